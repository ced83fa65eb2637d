"""`inbox doctor --live` on an account of the simulated Google."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Inbox, Result

from connectors.gmail.live import READING
from connectors.testkit.gmail_simulator import GmailSimulator

ADDRESS = "support@shop.example"
UNVERIFIED = Path(__file__).parents[2] / "docs" / "unverified.md"
BY_SENDING = {"message_id", "own_headers", "draft", "plus_address", "archiving"}


@pytest.fixture
def google() -> Iterator[GmailSimulator]:
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def live(inbox: Inbox, site_id: str, google: GmailSimulator, tmp_path: Path) -> Inbox:
    """Runs the doctor on a connected account: `live("--send")`."""
    owner = google.add_account(ADDRESS)
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps(owner.as_json()))
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

    def run(*options: str) -> Result:
        return inbox("doctor", "--live", ADDRESS, *options, **here)

    return run


def test_it_prints_a_line_for_each_point(live: Inbox) -> None:
    shown = live()
    assert shown.code == 0, shown.out + shown.err
    assert "ok         fresh_cursor: " in shown.out
    assert "open       quota_table: " in shown.out


def test_it_reads_only_unless_told_to_send(live: Inbox, google: GmailSimulator) -> None:
    live()
    assert google.messages(ADDRESS) == []
    parts = {finding["part"] for finding in live("--send", "--json").json()}
    assert parts >= BY_SENDING
    assert [
        one["labelIds"] for one in google.messages(ADDRESS) if "TRASH" not in one["labelIds"]
    ] == []


def test_a_point_that_is_not_as_the_code_counts_on_is_an_exit_code(
    live: Inbox, google: GmailSimulator
) -> None:
    google.fault("drafts.create", reason="domainPolicy")
    assert live("--send").code == 1


def test_sending_goes_with_a_mailbox(inbox: Inbox) -> None:
    refused = inbox("doctor", "--send")
    assert (refused.code, refused.out) == (2, "")
    assert "--live MAILBOX" in refused.err


def test_a_mailbox_that_is_not_connected_is_refused(inbox: Inbox, site_id: str) -> None:
    refused = inbox("doctor", "--live", "nobody@shop.example")
    assert refused.code == 2
    assert "nobody@shop.example" in refused.err


def test_every_point_stands_in_the_list_of_what_is_unverified() -> None:
    listed = UNVERIFIED.read_text(encoding="utf-8")
    points = {name for name, _ in READING} | BY_SENDING
    assert [point for point in sorted(points) if f"| `{point}`" not in listed] == []
