"""`inbox customer`: what is held about a person, exported and erased by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Inbox

from inbox_service.domain.mail import Address
from inbox_service.store.engine import Sessions
from inbox_service.testing import (
    add_customer,
    add_inbox,
    add_message,
    add_participant,
    add_ticket,
)

OMAR = "omar@example.net"


@pytest.fixture
def site(site_id: str, env: dict[str, str]) -> str:
    """A site to whose desk Omar wrote once; its id."""
    sessions = Sessions(f"sqlite:///{Path(env['INBOX_DATA_DIR']) / 'inbox.db'}")
    with sessions.writing() as connection:
        inbox_id = add_inbox(connection, int(site_id))
        customer_id = add_customer(connection, int(site_id), email=OMAR)
        ticket_id = add_ticket(connection, int(site_id), inbox_id, customer_id=customer_id)
        add_message(connection, int(site_id), ticket_id, author_id=customer_id, author_email=OMAR)
        add_participant(connection, int(site_id), ticket_id, Address(OMAR, "Omar"))
    sessions.close()
    return site_id


def test_an_export_holds_what_the_person_wrote(inbox: Inbox, site: str) -> None:
    exported = inbox("customer", "export", OMAR, "--site", site).json()
    assert (exported["names"], exported["addresses"]) == (["Omar"], [OMAR])
    (ticket,) = exported["tickets"]
    assert [message["text"] for message in ticket["messages"]] == ["Where is it?"]
    assert ticket["created_at"].endswith("Z")


def test_the_export_of_a_stranger_is_empty(inbox: Inbox, site: str) -> None:
    exported = inbox("customer", "export", "nobody@example.net", "--site", site).json()
    assert (exported["tickets"], exported["names"], exported["entries"]) == ([], [], [])


def test_an_erasure_leaves_nothing_to_export(inbox: Inbox, site: str) -> None:
    erased = inbox("customer", "erase", OMAR, "--site", site, "--yes", "--json").json()
    assert erased["removed"] > 0
    again = inbox("customer", "export", OMAR, "--site", site).json()
    assert (again["tickets"], again["names"]) == ([], [])


def test_an_erasure_says_how_much_is_gone(inbox: Inbox, site: str) -> None:
    told = inbox("customer", "erase", OMAR, "--site", site, "--yes")
    assert told.out.startswith(f"{OMAR}: ")
    assert "things are erased" in told.out


def test_nothing_is_erased_without_a_yes(inbox: Inbox, site: str, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "workers.main", "customer", "erase", OMAR, "--site", site]
    asked = subprocess.run(
        command,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert asked.returncode == 130
    assert inbox("customer", "export", OMAR, "--site", site).json()["names"] == ["Omar"]


@pytest.mark.parametrize("verb", [("export", OMAR), ("erase", OMAR, "--yes")])
def test_a_site_that_is_not_there_is_named(inbox: Inbox, site: str, verb: tuple[str, ...]) -> None:
    refused = inbox("customer", *verb, "--site", "12")
    assert (refused.code, "inbox site list" in refused.err) == (2, True)


def test_reindexing_counts_the_mail_it_made_findable(inbox: Inbox, site: str) -> None:
    done = inbox("db", "reindex")
    assert (done.out, done.err) == ("Messages that can be found: 1\n", "Messages: 1 of 1\n")
