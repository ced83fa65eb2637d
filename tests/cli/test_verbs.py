import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import Inbox, Result

from inbox_service.store import schema, sync_runs
from inbox_service.store.engine import Sessions
from inbox_service.store.tables import mailboxes


@pytest.fixture
def credentials(tmp_path: Path) -> str:
    """A file with credentials of a Gmail account."""
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps({"client_id": "c", "client_secret": "s", "refresh_token": "r"}))
    return str(path)


def add_mailbox(inbox: Inbox, site_id: str, credentials: str, *more: str) -> Result:
    return inbox(
        *("mailbox", "add", "--site", site_id, "--address", "support@shop.example"),
        *("--credentials", credentials, "--inbox", "Support=support@shop.example", *more),
    )


def test_an_upgrade_says_which_revision_it_reached(inbox: Inbox) -> None:
    assert f"revision {schema.newest()}." in inbox("db", "upgrade").out


def test_adding_a_site_prints_a_pairing_code_for_people(inbox: Inbox, site_id: str) -> None:
    made = inbox("site", "add", "--name", "Other", "--url", "https://other.example")
    assert made.code == 0
    assert "within 15 minutes" in made.out


def test_adding_a_site_prints_json_for_programs(inbox: Inbox, site_id: str) -> None:
    made = inbox("site", "add", "--name", "O", "--url", "https://other.example", "--json").json()
    assert made["site_id"].isdigit()
    assert len(made["code"]) > 22


def test_a_known_address_gets_a_new_code_and_no_second_site(inbox: Inbox, site_id: str) -> None:
    again = inbox("site", "add", "--name", "Shop", "--url", "https://shop.example", "--json")
    assert again.json()["site_id"] == site_id
    assert len(inbox("site", "list", "--json").json()) == 1


def test_a_site_with_a_wrong_address_is_refused(inbox: Inbox, site_id: str) -> None:
    refused = inbox("site", "add", "--name", "Shop", "--url", "not an address")
    assert (refused.code, refused.out) == (2, "")


def test_the_list_of_sites_shows_address_and_state(inbox: Inbox, site_id: str) -> None:
    assert inbox("site", "list").out == f"{site_id}  unpaired  https://shop.example  Shop\n"


def test_rotating_a_key_prints_it_once(inbox: Inbox, site_id: str) -> None:
    first = inbox("site", "rotate", site_id, "--json").json()
    second = inbox("site", "rotate", site_id, "--json").json()
    assert first["site_id"] == site_id
    assert first["secret"] != second["secret"]


def test_rotating_the_key_of_no_site_is_refused(inbox: Inbox, site_id: str) -> None:
    assert "inbox site list" in inbox("site", "rotate", "12").err


def test_a_new_mailbox_shows_in_the_status(inbox: Inbox, site_id: str, credentials: str) -> None:
    assert add_mailbox(inbox, site_id, credentials).code == 0
    (row,) = inbox("mailbox", "status", "--json").json()
    assert row["address"] == "support@shop.example"
    assert (row["state"], row["tickets"], row["messages"]) == ("syncing", 0, 0)
    assert {"cursor_age_s", "receipts", "backfill", "units_per_minute"} <= row.keys()


def test_the_status_for_people_names_the_mailbox(
    inbox: Inbox, site_id: str, credentials: str
) -> None:
    add_mailbox(inbox, site_id, credentials)
    shown = inbox("mailbox", "status").out
    assert shown.startswith("support@shop.example: syncing, not read yet\n")
    assert "receipts: none" in shown


def test_the_list_of_mailboxes_shows_their_states(
    inbox: Inbox, site_id: str, credentials: str
) -> None:
    add_mailbox(inbox, site_id, credentials)
    assert inbox("mailbox", "list").out == "support@shop.example  syncing  0  0\n"


def test_secrets_of_a_mailbox_are_never_printed(inbox: Inbox, site_id: str, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"refresh_token": "very-secret-token"}))
    made = add_mailbox(inbox, site_id, str(path), "--json")
    shown = inbox("mailbox", "status", "--json")
    assert "very-secret-token" not in made.out + made.err + shown.out + shown.err


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--inbox", "Support", "--inbox"),
        ("--inbox", "=support@shop.example", "--inbox"),
        ("--config", "project", "--config"),
        ("--kind", "pigeon", "pigeon"),
        ("--days", "-1", "--days"),
        ("--site", "12", "site"),
    ],
)
def test_a_wrong_option_of_a_mailbox_is_named(
    inbox: Inbox, site_id: str, credentials: str, option: str, value: str, named: str
) -> None:
    refused = add_mailbox(inbox, site_id, credentials, option, value)
    assert (refused.code, refused.out) == (2, "")
    assert named in refused.err
    assert inbox("mailbox", "list").out == ""


@pytest.mark.parametrize("content", ["", "[1]", "{broken"])
def test_credentials_that_are_no_json_object_are_refused(
    inbox: Inbox, site_id: str, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    refused = add_mailbox(inbox, site_id, str(path))
    assert refused.code == 2
    assert str(path) in refused.err


def test_a_mailbox_is_connected_once(inbox: Inbox, site_id: str, credentials: str) -> None:
    add_mailbox(inbox, site_id, credentials)
    assert "connected already" in add_mailbox(inbox, site_id, credentials).err


def test_the_secret_key_can_be_replaced(
    inbox: Inbox, site_id: str, credentials: str, env: dict[str, str]
) -> None:
    add_mailbox(inbox, site_id, credentials)
    old = (Path(env["INBOX_DATA_DIR"]) / "secret.key").read_text()
    resealed = inbox("db", "reseal", INBOX_SECRET_KEY=f"{'n' * 32},{old}")
    assert resealed.out == "1 secrets are sealed with the newest key.\n"
    assert "INBOX_SECRET_KEY" in inbox("db", "reseal").err


def test_syncing_a_mailbox_that_is_not_connected_is_refused(inbox: Inbox, site_id: str) -> None:
    assert "inbox mailbox list" in inbox("mailbox", "sync", "nobody@shop.example").err


def test_nobody_else_on_the_host_can_read_what_it_writes(env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "workers.main", "db", "upgrade"]
    subprocess.run(command, env={**os.environ, **env}, umask=0o022, check=True)
    folder = Path(env["INBOX_DATA_DIR"])
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, folder / "inbox.db")}
    assert modes == {"data": 0o700, "inbox.db": 0o600}


def test_the_version_is_told(inbox: Inbox) -> None:
    assert inbox("--version").out.startswith("inbox, version ")


def test_the_status_tells_the_pace_of_the_back_fill_and_the_time_left(
    inbox: Inbox, site_id: str, credentials: str, env: dict[str, str]
) -> None:
    add_mailbox(inbox, site_id, credentials)
    in_the_middle_of_a_back_fill(env)
    (row,) = inbox("mailbox", "status", "--json").json()
    pace = row["backfill"]["per_minute"]
    assert row["backfill"]["seconds_left"] == 60_000 * 60 // pace
    shown = inbox("mailbox", "status").out
    assert re.search(r"back-fill 1000 of 61000, \d+ a minute, \d+ h \d+ min left;", shown)


def in_the_middle_of_a_back_fill(env: dict[str, str]) -> None:
    """Let a thousand of the mailbox's messages have been read within the last two minutes."""
    sessions = Sessions(f"sqlite:///{env['INBOX_DATA_DIR']}/inbox.db")
    now = time.time_ns() // 1_000_000
    with sessions.writing() as connection:
        progress = {"backfill_state": "running", "backfill_done": 1000, "backfill_total": 61_000}
        connection.execute(mailboxes.update().values(**progress))
        row = connection.execute(mailboxes.select()).mappings().one()
        run = {"stream": "backfill", "started_at": now - 120_000, "ended_at": now}
        sync_runs.add(connection, dict(row), **run, outcomes={"ticket": 1000}, error="")
    sessions.close()
