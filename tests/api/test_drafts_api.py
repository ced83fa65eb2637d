"""What an agent begins to write is kept as he types, on whatever screen, until it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from memory_feed import feed_inbox
from shop import MANAGER, Client, Shop
from sqlalchemy import select
from werkzeug.test import TestResponse

from inbox_service.services import drafts as service
from inbox_service.services import housekeeping
from inbox_service.store.tables import messages
from inbox_service.testing import FakeClock, add_customer, add_message, add_ticket

REPLY = "/tickets/1/drafts/reply"


@pytest.fixture
def ticket_id(shop: Shop) -> int:
    customer_id = shop.add(add_customer, email="omar@example.net")
    return shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)


@pytest.fixture
def message_id(shop: Shop, ticket_id: int) -> str:
    """The id of the customer's message."""
    return str(shop.add(add_message, ticket_id))


@pytest.fixture
def file(shop: Shop, ticket_id: int) -> str:
    """The id of a file that the manager attached."""
    feed_inbox(shop)
    announced = {"name": "map.pdf", "size": 3}
    answer = shop.manager.call("POST", "/tickets/1/uploads", announced).json
    assert answer
    return str(answer["id"])


def save(
    who: Client, text: str, path: str = REPLY, uploads: list[str] | None = None, **given: Any
) -> TestResponse:
    content = {"text": text} | ({} if uploads is None else {"uploads": uploads})
    return who.call("PUT", path, {"content": content, **given})


def saved(who: Client, text: str, **given: Any) -> dict[str, Any]:
    """Save, and return the draft as it is then."""
    answer = save(who, text, **given).json
    assert answer
    kept: dict[str, Any] = answer["draft"]
    return kept


def drafts_of(who: Client) -> list[dict[str, Any]]:
    answer = who.get("/tickets/1/drafts").json
    assert answer
    items: list[dict[str, Any]] = answer["items"]
    return items


def test_a_draft_is_there_on_the_next_screen(shop: Shop, ticket_id: int) -> None:
    content = {"text": "Dear Omar", "to": ["omar@example.net"], "cc": None}
    shop.manager.call("PUT", REPLY, {"content": content})
    [draft] = drafts_of(shop.manager)
    assert (draft["kind"], draft["content"], draft["other"]) == ("reply", content, None)


def test_a_reply_is_kept_whole(shop: Shop, message_id: str, file: str) -> None:
    content = {
        "text": "See below.",
        "html": "<p>See below.</p>",
        "to": ["smith@repairs.example"],
        "cc": ["ana@shop.example"],
        "bcc": ["boss@shop.example"],
        "from": "billing@shop.example",
        "uploads": [file],
        "forwards": message_id,
        "files": ["18"],
        "quotes": False,
    }
    shop.manager.call("PUT", REPLY, {"content": content})
    assert [one["content"] for one in drafts_of(shop.manager)] == [content]


@pytest.mark.parametrize("what", [{"uploads": []}, {"bcc": ["a@b.example"]}, {"forwards": "17"}])
def test_without_words_files_or_a_message_to_pass_on_there_is_no_draft(
    shop: Shop, ticket_id: int, what: dict[str, Any]
) -> None:
    shop.manager.call("PUT", REPLY, {"content": {"text": "", **what}})
    assert drafts_of(shop.manager) == []


def test_a_message_to_pass_on_is_a_draft_without_words(shop: Shop, message_id: str) -> None:
    assert saved(shop.manager, "") is None
    shop.manager.call("PUT", REPLY, {"content": {"text": "", "forwards": message_id}})
    assert len(drafts_of(shop.manager)) == 1


def test_a_message_of_another_ticket_is_not_kept_to_be_passed_on(
    shop: Shop, ticket_id: int
) -> None:
    other = shop.add(add_ticket, shop.inbox_id, number=2)
    elsewhere = str(shop.add(add_message, other))
    content = {"text": "See below.", "forwards": elsewhere}
    shop.manager.call("PUT", REPLY, {"content": content})
    assert drafts_of(shop.manager)[0]["content"]["forwards"] is None


def test_a_file_alone_is_a_draft_until_it_is_removed(shop: Shop, ticket_id: int, file: str) -> None:
    first = saved(shop.manager, "", uploads=[file])
    assert first["content"]["uploads"] == [file]
    shop.manager.call("DELETE", f"/uploads/{file}")
    assert saved(shop.manager, "", uploads=[file], based_on=first["version"]) is None


def test_files_are_those_of_the_next_mail_on_every_screen(
    shop: Shop, ticket_id: int, file: str
) -> None:
    saved(shop.manager, "Dear Omar", uploads=[file])
    assert saved(shop.manager, "Dear Omar", uploads=[])["other"] is None


def test_a_file_that_a_draft_names_is_kept_for_as_long_as_the_draft(
    shop: Shop, ticket_id: int, file: str, clock: FakeClock
) -> None:
    draft = saved(shop.manager, "Dear Omar", uploads=[file])
    clock.advance(hours=24 * 60)
    assert housekeeping.forget_expired(shop.deps)["uploads"] == 0
    saved(shop.manager, "", uploads=[], based_on=draft["version"])
    assert housekeeping.forget_expired(shop.deps)["uploads"] == 1


def test_a_reply_and_a_note_are_two_drafts(shop: Shop, ticket_id: int) -> None:
    save(shop.manager, "Dear Omar")
    save(shop.manager, "Ask Ana", "/tickets/1/drafts/note")
    assert {one["kind"]: one["content"]["text"] for one in drafts_of(shop.manager)} == {
        "reply": "Dear Omar",
        "note": "Ask Ana",
    }


def test_nobody_sees_what_a_colleague_is_writing(shop: Shop, ticket_id: int) -> None:
    ana = shop.hire(8)
    save(shop.manager, "Dear Omar")
    assert drafts_of(ana) == []
    assert [one["has_draft"] for one in (shown(ana), shown(shop.manager))] == [False, True]


def shown(who: Client) -> dict[str, Any]:
    answer = who.get("/tickets").json
    assert answer
    ticket: dict[str, Any] = answer["items"][0]
    return ticket


def test_typing_on_replaces_the_draft(shop: Shop, ticket_id: int) -> None:
    first = saved(shop.manager, "Dear")
    second = saved(shop.manager, "Dear Omar", based_on=first["version"])
    assert first["version"] != second["version"]
    assert (second["content"]["text"], second["other"]) == ("Dear Omar", None)


def test_an_emptied_draft_is_gone(shop: Shop, ticket_id: int) -> None:
    first = saved(shop.manager, "Dear")
    assert saved(shop.manager, "  ", based_on=first["version"]) is None
    assert drafts_of(shop.manager) == []


def test_of_two_screens_the_newest_wins_and_the_other_text_is_kept(
    shop: Shop, ticket_id: int
) -> None:
    first = saved(shop.manager, "Dear")
    saved(shop.manager, "Dear Omar, from the phone", based_on=first["version"])
    last = saved(shop.manager, "Dear Omar, from the desk", based_on=first["version"])
    assert last["content"]["text"] == "Dear Omar, from the desk"
    assert last["other"]["content"]["text"] == "Dear Omar, from the phone"


def test_what_was_typed_earlier_but_comes_later_is_the_other(
    shop: Shop, ticket_id: int, clock: FakeClock
) -> None:
    clock.advance(hours=1)
    saved(shop.manager, "Typed at the desk")
    late = saved(shop.manager, "Typed on the train", age=600_000)
    assert late["content"]["text"] == "Typed at the desk"
    assert late["other"]["content"]["text"] == "Typed on the train"


def test_the_same_text_from_two_screens_is_no_conflict(shop: Shop, ticket_id: int) -> None:
    saved(shop.manager, "Dear Omar")
    assert saved(shop.manager, "Dear Omar")["other"] is None


def two_texts(shop: Shop) -> dict[str, Any]:
    saved(shop.manager, "From the phone")
    return saved(shop.manager, "From the desk")


def test_the_other_text_can_be_taken_and_what_was_the_draft_is_kept(
    shop: Shop, ticket_id: int
) -> None:
    version = two_texts(shop)["version"]
    taken = saved(shop.manager, "From the phone", based_on=version, other="swap")
    assert taken["other"]["content"]["text"] == "From the desk"


def test_the_other_text_can_be_discarded(shop: Shop, ticket_id: int) -> None:
    two_texts(shop)
    assert shop.manager.call("DELETE", f"{REPLY}/other").status_code == 204
    [draft] = drafts_of(shop.manager)
    assert (draft["content"]["text"], draft["other"]) == ("From the desk", None)


def test_the_other_text_outlives_an_emptied_draft(shop: Shop, ticket_id: int) -> None:
    version = two_texts(shop)["version"]
    assert saved(shop.manager, "", based_on=version)["other"]["content"]["text"] == "From the phone"


def test_sending_ends_the_draft_and_only_that_one(shop: Shop, ticket_id: int) -> None:
    save(shop.manager, "Dear Omar")
    save(shop.manager, "Looks lost.", "/tickets/1/drafts/note")
    write_note(shop)
    assert [one["kind"] for one in drafts_of(shop.manager)] == ["reply"]


def write_note(shop: Shop) -> None:
    body = {"kind": "note", "text": "Looks lost."}
    headers = {"Idempotency-Key": "once"}
    answer = shop.manager.call("POST", "/tickets/1/messages", body, headers=headers)
    assert answer.status_code == 201


def test_a_save_that_was_on_its_way_does_not_bring_a_sent_draft_back(
    shop: Shop, ticket_id: int
) -> None:
    note = "/tickets/1/drafts/note"
    answer = save(shop.manager, "Looks", note).json
    assert answer
    write_note(shop)
    late = save(shop.manager, "Looks lost.", note, based_on=answer["draft"]["version"])
    assert late.json
    assert (late.status_code, late.json["code"]) == (409, "draft_sent")
    assert drafts_of(shop.manager) == []


def test_a_save_does_not_bring_a_discarded_draft_back(shop: Shop, ticket_id: int) -> None:
    version = saved(shop.manager, "Looks")["version"]
    save(shop.manager, "", based_on=version)
    late = save(shop.manager, "Looks lost.", based_on=version)
    assert late.json
    assert (late.status_code, late.json["code"]) == (409, "draft_ended")


def test_what_is_not_sent_after_all_is_a_draft_again(shop: Shop, ticket_id: int) -> None:
    write_note(shop)
    save(shop.manager, "Begun meanwhile", "/tickets/1/drafts/note")
    with shop.deps.sessions.writing() as connection:
        message = dict(connection.execute(select(messages)).mappings().one())
        content = {"text": message["text"]}
        service.bring_back(connection, message, content, shop.deps.clock.now() + 1)
    [draft] = drafts_of(shop.manager)
    assert draft["content"]["text"] == "Looks lost."
    assert draft["other"]["content"]["text"] == "Begun meanwhile"


def test_who_may_only_read_keeps_no_drafts(shop: Shop, ticket_id: int) -> None:
    shop.change_agent(MANAGER, role="viewer")
    assert save(shop.manager, "Dear Omar").status_code == 403


def test_a_draft_of_a_third_kind_has_no_address(shop: Shop, ticket_id: int) -> None:
    assert save(shop.manager, "Dear Omar", "/tickets/1/drafts/poem").status_code == 404
