"""`inbox mailbox reconcile` on a mailbox of the simulated Google."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from command_line import Inbox, Result

from connectors.testkit.gmail_simulator import GmailSimulator

ADDRESS = "support@shop.example"


@pytest.fixture
def google() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def mailbox(inbox: Inbox, site_id: str, google: GmailSimulator, tmp_path: Path) -> Inbox:
    """Runs a verb on a connected mailbox: `mailbox("sync")`."""
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps(google.add_account(ADDRESS).as_json()))
    here = {
        "GMAIL_API_ROOT": google.root,
        "GOOGLE_OAUTH_ROOT": google.root,
        "GMAIL_UNITS_PER_MINUTE": "0",
    }
    made = inbox(
        *("mailbox", "add", "--site", site_id, "--address", ADDRESS),
        *("--credentials", str(path), "--inbox", f"Support={ADDRESS}"),
        **here,
    )
    assert made.code == 0, made.err

    def run(verb: str, *options: str) -> Result:
        return inbox("mailbox", verb, ADDRESS, *options, **here)

    return run


def deliver(google: GmailSimulator, subject: str, **headers: str) -> None:
    mail = EmailMessage()
    given = {"From": "omar@example.net", "To": ADDRESS, "Subject": subject}
    for name, value in {**given, **headers}.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Where is my order?")
    google.deliver(ADDRESS, bytes(mail))


def test_it_says_what_is_shown_and_what_became_of_it(
    mailbox: Inbox, google: GmailSimulator
) -> None:
    deliver(google, "One")
    deliver(google, "Two")
    deliver(google, "Away", Auto_Submitted="auto-replied")
    mailbox("sync")
    told = mailbox("reconcile")
    assert told.code == 0, told.err
    assert told.out == (f"{ADDRESS}: 3 shown, 3 accounted for: 1 parked, 2 tickets; 0 missing.\n")


def test_progress_goes_to_stderr_and_json_to_stdout(mailbox: Inbox, google: GmailSimulator) -> None:
    deliver(google, "One")
    mailbox("sync")
    told = mailbox("reconcile", "--json")
    assert "1 shown, 1 accounted for so far." in told.err
    result = told.json()
    assert (result["address"], result["shown"], result["missing"]) == (ADDRESS, 1, 0)
    assert result["outcomes"] == {"ticket": 1}
    assert result["ended_at"] >= result["started_at"]


def test_a_mailbox_that_was_never_read_is_to_be_read_first(mailbox: Inbox) -> None:
    refused = mailbox("reconcile")
    assert (refused.code, refused.out) == (2, "")
    assert "for the first time" in refused.err


def test_a_mailbox_that_nobody_connected_is_named(inbox: Inbox, site_id: str) -> None:
    refused = inbox("mailbox", "reconcile", "nobody@shop.example")
    assert (refused.code, "inbox mailbox list" in refused.err) == (2, True)


def test_the_status_tells_of_the_last_comparison(
    mailbox: Inbox, inbox: Inbox, google: GmailSimulator
) -> None:
    deliver(google, "One")
    mailbox("sync")
    assert inbox("mailbox", "status", "--json").json()[0]["comparison"] is None
    mailbox("reconcile")
    shown = inbox("mailbox", "status").out
    assert re.search(r"compared \d min ago: 1 shown, 1 accounted for, 0 missing\n", shown)


def test_the_doctor_tells_of_the_last_comparison(
    mailbox: Inbox, inbox: Inbox, google: GmailSimulator
) -> None:
    deliver(google, "One")
    mailbox("sync")
    mailbox("reconcile")
    findings = {one["part"]: one for one in inbox("doctor", "--json").json()}
    found = findings[f"mails of {ADDRESS}"]
    assert (found["ok"], found["detail"]) == (True, "1 shown by the provider, 0 missing")
