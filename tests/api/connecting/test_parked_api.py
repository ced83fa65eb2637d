"""The parked shelf over the API, from a mail at Google to the ticket made of it."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from consent_page import SUPPORT, Owner, code_of

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.testing import FakeClock


@pytest.fixture
def mailbox(owner: Owner, google: GmailSimulator, clock: FakeClock) -> str:
    """A mailbox with two automatic replies that answer nothing; its id."""
    for subject in ("Away", "On holiday"):
        google.deliver(SUPPORT, automatic(subject))
        clock.advance(seconds=2)
    made = owner.connect()
    assert owner.sync(made["id"]) == ""
    return str(made["id"])


def automatic(subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Omar <omar@example.net>", SUPPORT, subject
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("I am away.")
    mail.add_alternative("<p onclick=alert(1)>I am <b>away</b>.</p>", "html")
    return bytes(mail)


def shelf(owner: Owner, mailbox: str, **query: Any) -> Any:
    answer = owner.shop.manager.get(f"/mailboxes/{mailbox}/parked", **query)
    assert answer.status_code == 200, answer.json
    return answer.json


def ids(owner: Owner, mailbox: str, **query: Any) -> list[str]:
    return [mail["id"] for mail in shelf(owner, mailbox, **query)["items"]]


def move(owner: Owner, mailbox: str, receipt_ids: list[str], outcome: str) -> Any:
    body = {"receipt_ids": receipt_ids, "outcome": outcome}
    return owner.shop.manager.call("PATCH", f"/mailboxes/{mailbox}/parked", body)


def test_the_shelf_shows_text_and_never_markup(owner: Owner, mailbox: str) -> None:
    away = shelf(owner, mailbox)["items"][-1]
    assert (away["sender_email"], away["subject"]) == ("omar@example.net", "Away")
    assert away["preview"] == "I am away."
    assert away["reason"] == "automatic reply that belongs to no ticket"


def test_the_shelf_is_paged(owner: Owner, mailbox: str) -> None:
    first = shelf(owner, mailbox, limit=1)
    rest = shelf(owner, mailbox, limit=1, cursor=first["next_cursor"])
    assert [page["items"][0]["subject"] for page in (first, rest)] == ["On holiday", "Away"]
    assert rest["next_cursor"] is None


def test_a_mail_of_the_shelf_becomes_a_ticket(owner: Owner, mailbox: str) -> None:
    chosen = ids(owner, mailbox)[:1]
    path = f"/mailboxes/{mailbox}/parked/tickets"
    made: Any = owner.shop.manager.call("POST", path, {"receipt_ids": chosen}).json
    assert [one["receipt_id"] for one in made["items"]] == chosen
    ticket = owner.shop.manager.get(f"/tickets/{made['items'][0]['ticket_number']}").json
    assert ticket["subject"] == "On holiday"
    assert len(ids(owner, mailbox)) == 1


def test_mails_are_discarded_and_taken_back(owner: Owner, mailbox: str) -> None:
    both = ids(owner, mailbox)
    assert sorted(move(owner, mailbox, both, "discarded").json["receipt_ids"]) == sorted(both)
    assert (ids(owner, mailbox), ids(owner, mailbox, outcome="discarded")) == ([], both)
    move(owner, mailbox, both[:1], "parked")
    assert ids(owner, mailbox) == both[:1]


def test_a_mailbox_tells_how_many_mails_are_parked(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["parked"] == 2
    move(owner, mailbox, ids(owner, mailbox), "discarded")
    assert owner.mailbox(mailbox)["parked"] == 0


def test_nothing_chosen_is_refused(owner: Owner, mailbox: str) -> None:
    assert move(owner, mailbox, [], "discarded").status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"receipt_ids": ["1"], "outcome": "discarded"}),
        ("POST", "/tickets", {"receipt_ids": ["1"]}),
    ],
)
def test_only_managers_see_the_shelf(
    owner: Owner, mailbox: str, method: str, path: str, body: Any
) -> None:
    lead = owner.shop.hire(20, role="lead")
    refused = lead.call(method, f"/mailboxes/{mailbox}/parked{path}", body)
    assert code_of(refused) == (403, "managers_only")
