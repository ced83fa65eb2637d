import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Inbox, Result

from inbox_service.store.engine import Sessions
from inbox_service.store.tables import mailboxes

SetMailbox = Callable[..., None]


def findings(result: Result) -> dict[str, bool]:
    return {finding["part"]: finding["ok"] for finding in result.json()}


def test_a_new_folder_needs_a_database_and_processes(inbox: Inbox) -> None:
    shown = inbox("doctor", "--json")
    assert shown.code == 1
    assert findings(shown) == {"data folder": True, "database": False, "queue": False}


def test_every_finding_that_is_not_ok_says_what_to_do(inbox: Inbox, site_id: str) -> None:
    bad = [finding for finding in inbox("doctor", "--json").json() if not finding["ok"]]
    assert bad
    assert all(finding["remedy"] for finding in bad)


def test_an_upgraded_database_is_well(inbox: Inbox, site_id: str) -> None:
    shown = findings(inbox("doctor", "--json"))
    assert shown["database"]
    assert shown["site https://shop.example"] is False


def test_people_read_a_line_for_each_part(inbox: Inbox) -> None:
    shown = inbox("doctor").out
    assert "ok         data folder: " in shown
    assert "attention  database: sqlite, revision none, needed " in shown
    assert "           -> Run `inbox db upgrade`." in shown


def test_a_folder_that_cannot_be_written_is_found(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    key = "k" * 32
    folder = str(tmp_path / "file")
    shown = inbox("doctor", "--json", INBOX_DATA_DIR=folder, INBOX_SECRET_KEY=key)
    assert findings(shown)["data folder"] is False


def test_a_database_that_does_not_answer_is_found(inbox: Inbox) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    shown = findings(inbox("doctor", "--json", DATABASE_URL=url))
    assert shown["database"] is False


def test_a_key_that_opens_no_stored_secret_is_found(inbox: Inbox, site_id: str) -> None:
    inbox("site", "rotate", site_id)
    assert findings(inbox("doctor", "--json"))["secrets"]
    shown = inbox("doctor", "--json", INBOX_SECRET_KEY="k" * 32)
    assert findings(shown)["secrets"] is False


@pytest.fixture
def set_mailbox(inbox: Inbox, site_id: str, env: dict[str, str], tmp_path: Path) -> SetMailbox:
    """Connects a mailbox and writes into its row."""
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps({"client_id": "c", "client_secret": "s", "refresh_token": "r"}))
    inbox(
        *("mailbox", "add", "--site", site_id, "--address", "support@shop.example"),
        *("--credentials", str(path), "--inbox", "Support=support@shop.example"),
    )

    def write(**values: object) -> None:
        sessions = Sessions(f"sqlite:///{env['INBOX_DATA_DIR']}/inbox.db")
        with sessions.writing() as connection:
            connection.execute(mailboxes.update().values(**values))
        sessions.close()

    return write


@pytest.mark.parametrize(
    ("state", "age_s", "ok", "remedy"),
    [
        ("healthy", 5, True, ""),
        ("syncing", 5, True, ""),
        ("healthy", 900, False, "inbox up"),
        ("degraded", 5, False, "mailbox status"),
        ("reauth_needed", 5, False, "Connect the mailbox again"),
        ("stopped", 5, False, "mailbox status"),
    ],
)
def test_a_mailbox_is_judged_by_its_state_and_age(
    inbox: Inbox, set_mailbox: SetMailbox, state: str, age_s: int, ok: bool, remedy: str
) -> None:
    set_mailbox(state=state, live_cursor_at=time.time_ns() // 1_000_000 - age_s * 1000)
    found = {finding["part"]: finding for finding in inbox("doctor", "--json").json()}
    judged = found["mailbox support@shop.example"]
    assert judged["ok"] is ok
    assert remedy in judged["remedy"]


def test_a_mailbox_that_was_never_read_needs_attention(
    inbox: Inbox, set_mailbox: SetMailbox
) -> None:
    set_mailbox(live_cursor_at=None)
    assert "never read" in inbox("doctor").out
