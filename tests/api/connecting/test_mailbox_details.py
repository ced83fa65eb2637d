"""What a mailbox's own screen shows, and what of it can be changed there."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from consent_page import SUPPORT, Owner

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services import reconcile
from inbox_service.testing import FakeClock


@pytest.fixture
def mailbox(owner: Owner, google: GmailSimulator, clock: FakeClock) -> str:
    """A mailbox with one mail, read some seconds ago; its id."""
    google.deliver(SUPPORT, mail("First"))
    made = owner.connect()
    assert owner.sync(made["id"]) == ""
    clock.advance(seconds=5)
    return str(made["id"])


def mail(subject: str, **headers: str) -> bytes:
    message = EmailMessage()
    given = {"From": "Omar <omar@example.net>", "To": SUPPORT, "Subject": subject}
    for name, value in {**given, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("Where is my order?")
    return bytes(message)


def ask(owner: Owner, mailbox: str) -> Any:
    answer = owner.shop.manager.call("POST", f"/mailboxes/{mailbox}/sync")
    assert answer.status_code == 202
    return answer.json


def change(owner: Owner, mailbox: str, **body: Any) -> Any:
    return owner.shop.manager.call("PATCH", f"/mailboxes/{mailbox}", body)


def test_the_back_fill_tells_how_far_it_is(owner: Owner, mailbox: str) -> None:
    backfill = owner.mailbox(mailbox)["backfill"]
    assert (backfill["state"], backfill["done"], backfill["total"]) == ("done", 1, 1)
    assert {"per_minute", "seconds_left"} <= backfill.keys()


def test_a_mailbox_that_nobody_asked_to_look_into_has_no_look(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["look"] is None


def test_a_look_says_what_it_found(owner: Owner, mailbox: str, google: GmailSimulator) -> None:
    google.deliver(SUPPORT, mail("Second"))
    google.deliver(SUPPORT, mail("Away", Auto_Submitted="auto-replied"))
    assert ask(owner, mailbox)["look"]["answered_at"] is None
    owner.sync(mailbox)
    look = owner.mailbox(mailbox)["look"]
    assert (look["new"], look["parked"], look["error"]) == (1, 1, "")
    assert look["answered_at"] >= look["asked_at"]


def test_a_look_that_finds_nothing_says_so(owner: Owner, mailbox: str) -> None:
    ask(owner, mailbox)
    owner.sync(mailbox)
    look = owner.mailbox(mailbox)["look"]
    assert (look["new"], look["parked"], look["error"]) == (0, 0, "")
    assert look["answered_at"] is not None


def test_the_last_comparison_is_shown(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["comparison"] is None
    reconcile.work_on(owner.shop.deps, owner.shop.site_id, int(mailbox), "worker")
    shown = owner.mailbox(mailbox)["comparison"]
    assert (shown["shown"], shown["accounted"], shown["missing"]) == (1, 1, 0)
    assert shown["outcomes"] == {"ticket": 1}
    assert (shown["error"], shown["is_running"]) == ("", False)


def test_the_pace_of_the_quota_is_shown(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["units_per_minute"] == 4800


def test_which_labels_are_read_can_be_changed(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["labels"] == ["INBOX", "SENT"]
    changed = change(owner, mailbox, labels=["INBOX", "SENT", "CATEGORY_UPDATES"]).json
    assert changed["labels"] == ["CATEGORY_UPDATES", "INBOX", "SENT"]
    assert changed["backfill"]["state"] == "pending"


def test_fewer_labels_read_nothing_again(owner: Owner, mailbox: str) -> None:
    changed = change(owner, mailbox, labels=["INBOX"]).json
    assert (changed["labels"], changed["backfill"]["state"]) == (["INBOX"], "done")


@pytest.mark.parametrize("labels", [[], ["DRAFT"], ["in:anywhere"]])
def test_labels_that_cannot_be_read_are_refused(
    owner: Owner, mailbox: str, labels: list[str]
) -> None:
    assert change(owner, mailbox, labels=labels).status_code == 422


def test_solved_mail_is_archived_only_where_the_owner_wants_it(owner: Owner, mailbox: str) -> None:
    assert owner.mailbox(mailbox)["archive_on_solve"] is False
    assert change(owner, mailbox, archive_on_solve=True).json["archive_on_solve"] is True
