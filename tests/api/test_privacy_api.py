"""Exports and erasures as WordPress asks for them: by the plugin, in steps."""

from __future__ import annotations

from typing import Any

import pytest
from shop import Client, Shop
from sqlalchemy import insert, select

from inbox_service.domain.mail import Address
from inbox_service.services.privacy import TICKETS_AT_ONCE
from inbox_service.store.ids import new_id
from inbox_service.store.tables import form_entries, forms, messages, participants
from inbox_service.testing import (
    START,
    add_customer,
    add_message,
    add_participant,
    add_ticket,
)

EMAIL = "omar@example.net"
HIM = {"email": EMAIL}
ENTRY = {"entry_key": "k" * 32, "reference": "K7M2Q9XA", "submitted_at": START}


@pytest.fixture
def omar(shop: Shop) -> int:
    """A customer with one ticket."""
    customer_id = shop.add(add_customer, email=EMAIL)
    ask(shop, customer_id)
    return customer_id


def ask(shop: Shop, customer_id: int) -> int:
    ticket_id = shop.add(add_ticket, shop.inbox_id, customer_id=customer_id)
    shop.add(add_message, ticket_id, author_id=customer_id)
    with shop.deps.sessions.writing() as connection:
        add_participant(connection, shop.site_id, ticket_id, Address(EMAIL, "Omar"))
    return ticket_id


def post(client: Client, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = client.call("POST", f"/customers/{path}", body)
    assert answer.status_code == status, answer.json
    return dict(answer.json or {})


def texts(shop: Shop) -> set[str]:
    with shop.deps.sessions.reading() as connection:
        return set(connection.scalars(select(messages.c.text)))


def park(shop: Shop, **entry: Any) -> None:
    """Let an entry wait that became no ticket."""
    with shop.deps.sessions.writing() as connection:
        own = {"site_id": shop.site_id, "created_at": START}
        form = {**own, "id": new_id(START), "name": "Contact us", "inbox_id": shop.inbox_id}
        connection.execute(insert(forms).values(**form, definition={}))
        row = {**own, **ENTRY, "id": new_id(START), "form_id": form["id"], "state": "parked"}
        connection.execute(insert(form_entries).values(**row, wp_user_id=9, entry=entry))


def test_an_export_goes_on_by_its_cursor(shop: Shop, omar: int) -> None:
    first = post(shop.plugin, "exports", HIM)
    assert (first["names"], first["addresses"]) == (["Omar"], [EMAIL])
    [ticket] = first["tickets"]
    assert (ticket["subject"], ticket["status"], ticket["form"]) == (
        "Where is my order?",
        "open",
        "",
    )
    assert ticket["messages"] == [
        {
            "from": "you",
            "created_at": ticket["created_at"],
            "name": "Omar",
            "text": "Where is it?",
            "files": [],
        }
    ]
    last = post(shop.plugin, "exports", {**HIM, "cursor": first["next_cursor"]})
    assert (last["tickets"], last["next_cursor"]) == ([], None)


def test_an_export_writes_nothing(shop: Shop, omar: int) -> None:
    post(shop.plugin, "exports", HIM)
    assert texts(shop) == {"Where is it?"}


def test_an_entry_that_became_no_ticket_is_exported_and_erased(shop: Shop, omar: int) -> None:
    file = {"name": "a.png", "type": "image/png", "blob": shop.deps.blobs.put(shop.site_id, b"PNG")}
    park(shop, fields={"email": "OMAR@example.net", "message": "Hello"}, files=[file])
    [entry] = post(shop.plugin, "exports", HIM)["entries"]
    assert (entry["reference"], entry["fields"]["message"]) == ("K7M2Q9XA", "Hello")
    assert entry["files"] == ["a.png"]
    erase(shop)
    with shop.deps.sessions.reading() as connection:
        row = connection.execute(select(form_entries)).mappings().one()
    assert (row["entry"], row["wp_user_id"]) == ({"fields": {}, "files": []}, None)
    assert list((shop.deps.settings.data_dir / "blobs").rglob("*.zst")) == []


def test_a_file_that_another_entry_has_as_well_stays(shop: Shop, omar: int) -> None:
    blob = shop.deps.blobs.put(shop.site_id, b"PNG")
    file = {"name": "a.png", "type": "image/png", "blob": blob}
    park(shop, fields={"email": EMAIL}, files=[file])
    with shop.deps.sessions.writing() as connection:
        row = dict(connection.execute(select(form_entries)).mappings().one())
        other = {"entry_key": "other", "reference": "00000002", "id": new_id(START)}
        other |= {"entry": {"fields": {"email": "rita@example.net"}, "files": [file]}}
        connection.execute(insert(form_entries).values({**row, **other}))
    erase(shop)
    assert shop.deps.blobs.get(shop.site_id, blob) == b"PNG"


def erase(shop: Shop) -> list[dict[str, Any]]:
    """Ask until it is done, and return the answers."""
    answers = [post(shop.plugin, "erasures", HIM)]
    while not answers[-1]["done"]:
        answers.append(post(shop.plugin, "erasures", HIM))
    return answers


def test_an_erasure_is_asked_for_until_it_is_done(shop: Shop, omar: int) -> None:
    for _ in range(TICKETS_AT_ONCE):
        ask(shop, omar)
    answers = erase(shop)
    assert answers[0]["removed"] == TICKETS_AT_ONCE
    assert answers[-1] == {
        "done": True,
        "held_up": False,
        "removed": TICKETS_AT_ONCE + 2,
        "kept": [],
    }
    assert texts(shop) == {""}


def test_agents_see_that_a_message_was_erased(shop: Shop, omar: int) -> None:
    erase(shop)
    [ticket] = shop.manager.get("/tickets?status=solved").json["items"]
    [message] = shop.manager.get(f"/tickets/{ticket['number']}/messages").json["items"]
    assert (ticket["subject"], message["text"], message["erased"]) == ("", "", True)
    assert ticket["erased"] is True


def test_agents_find_no_customer_any_more(shop: Shop, omar: int) -> None:
    erase(shop)
    assert shop.manager.get("/customers").json["items"] == []
    assert shop.manager.get(f"/customers/{omar}").json["name"] == ""


@pytest.mark.parametrize("path", ["exports", "erasures"])
def test_it_is_the_plugins_alone(shop: Shop, omar: int, path: str) -> None:
    assert post(shop.manager, path, HIM, 403)["code"] == "actor_not_admitted"
    assert texts(shop) == {"Where is it?"}


def test_an_erasure_spends_its_token(shop: Shop, omar: int) -> None:
    answers = [shop.plugin.call("POST", "/customers/erasures", HIM, jti="j" * 32) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]


def test_what_is_no_address_is_refused(shop: Shop) -> None:
    assert post(shop.plugin, "erasures", {"email": "omar"}, 422)["field"] == "email"
    assert post(shop.plugin, "exports", {"email": EMAIL, "cursor": "x"}, 422)["field"] == "cursor"


def test_people_who_are_copied_in_lose_their_part_only(shop: Shop, omar: int) -> None:
    rita = shop.add(add_customer, email="rita@example.net", name="Rita")
    ticket_id = shop.add(add_ticket, shop.inbox_id, customer_id=rita, subject="Ours")
    shop.add(add_message, ticket_id, author_id=rita, author_email="rita@example.net", text="We")
    with shop.deps.sessions.writing() as connection:
        add_participant(connection, shop.site_id, ticket_id, Address(EMAIL), "copied")
    erase(shop)
    assert texts(shop) == {"", "We"}
    with shop.deps.sessions.reading() as connection:
        assert connection.execute(select(participants)).all() == []
