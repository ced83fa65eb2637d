"""A mailbox that nobody could read for ten days: told once, and complete when it comes back."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from consent_page import SUPPORT, Owner
from sqlalchemy import select

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.services import health, reconcile
from inbox_service.store.tables import events, mailboxes, receipts
from inbox_service.testing import FakeClock

DAYS = 10


@pytest.fixture
def mailbox(owner: Owner, google: GmailSimulator, clock: FakeClock) -> str:
    """A mailbox that was read until ten days ago and gets three mails a day; its id."""
    google.deliver(SUPPORT, mail("Before"))
    made = owner.connect()
    assert owner.sync(made["id"]) == ""
    # Gmail says that a change of the password ends the consent (OAuth guide, "invalid_grant").
    google.revoke(SUPPORT)
    for day in range(DAYS):
        for number in range(3):
            clock.advance(hours=8)
            google.deliver(SUPPORT, mail(f"Day {day}, mail {number}"))
            owner.sync(made["id"])
            health.look_after(owner.shop.deps)
    # History lives for about a week: the cursor of ten days ago is forgotten.
    google.expire_history(SUPPORT)
    return str(made["id"])


def mail(subject: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Omar <o@example.net>", SUPPORT, subject
    message.set_content("Where is my order?")
    return bytes(message)


def reconnect(owner: Owner, mailbox: str) -> None:
    assert owner.consent(mailbox_id=mailbox)["mailbox_id"] == mailbox
    assert owner.sync(mailbox) == ""
    health.look_after(owner.shop.deps)


def rows(owner: Owner, table: Any) -> list[dict[str, Any]]:
    query = select(table).where(table.c.site_id == owner.shop.site_id)
    with owner.shop.deps.sessions.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def incidents(owner: Owner) -> Any:
    return owner.shop.plugin.get("/site").json["incidents"]


def test_the_mailbox_keeps_its_cursor_and_says_since_when(owner: Owner, mailbox: str) -> None:
    (row,) = rows(owner, mailboxes)
    assert (row["state"], row["live_cursor"] is None) == ("reauth_needed", False)
    (incident,) = incidents(owner)
    assert incident["began_at"] == owner.mailbox(mailbox)["since"]


def test_every_mail_of_the_outage_becomes_a_ticket_once(
    owner: Owner, mailbox: str, google: GmailSimulator
) -> None:
    reconnect(owner, mailbox)
    found = rows(owner, receipts)
    assert len(found) == len(google.messages(SUPPORT)) == 3 * DAYS + 1
    assert {row["outcome"] for row in found} <= {"ticket", "reply"}
    owner.sync(mailbox)
    assert len(rows(owner, receipts)) == 3 * DAYS + 1


def test_the_mailbox_is_healthy_and_accounted_for_afterwards(owner: Owner, mailbox: str) -> None:
    reconnect(owner, mailbox)
    assert (owner.mailbox(mailbox)["state"], incidents(owner)) == ("healthy", [])
    reconcile.work_on(owner.shop.deps, owner.shop.site_id, int(mailbox), "worker")
    comparison = owner.mailbox(mailbox)["comparison"]
    assert (comparison["shown"], comparison["missing"]) == (3 * DAYS + 1, 0)


def test_old_mail_of_the_outage_is_history_and_that_of_today_is_not(
    owner: Owner, mailbox: str
) -> None:
    reconnect(owner, mailbox)
    received = [row for row in rows(owner, events) if row["kind"] == "message_received"]
    quiet = [row for row in received if row["data"]["history"]]
    # Eight hours lie between two mails: four of them came within the last day.
    assert len(quiet) == 3 * DAYS - 4
