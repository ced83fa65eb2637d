"""ready.json, which other programs read, and the progress of the first sync."""

import json
from pathlib import Path

import pytest
import ready
from progress import Progress

USERS = (
    "manager\tmanager\tpw1\tadministrator\ten_US\tMara\tm@x.example\n"
    "agent_ar\tagent_ar\tpw2\tagent\tar\tأمينة\ta@x.example\n"
)
ENV = {
    "WORDPRESS": "http://127.0.0.1:1",
    "INBOX_BIND": "127.0.0.1:2",
    "GMAIL_API_ROOT": "http://127.0.0.1:3",
    "DATABASE_URL": "sqlite:////x",
    "HOME": "/nobody",
}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    (tmp_path / "users.tsv").write_text(USERS)
    ready.write(tmp_path, ready.describe(tmp_path, ["inbox=12", "wordpress=13"], ENV))
    return tmp_path


def row(**changes: object) -> dict[str, object]:
    base = {
        "address": "a@x.example",
        "state": "healthy",
        "receipts": {"ticket": 2, "reply": 3},
        "tickets": 2,
        "messages": 5,
        "backfill": {"done": 5, "total": 5},
    }
    return base | changes


def test_ready_json_has_the_promised_shape(demo):
    content = json.loads((demo / "ready.json").read_text())
    assert set(content) == {"wordpress", "service", "gmail", "users", "pids", "env"}
    assert content["service"] == "http://127.0.0.1:2"
    assert content["pids"] == {"inbox": 12, "wordpress": 13}
    assert content["users"]["agent_ar"] == {
        "login": "agent_ar",
        "password": "pw2",
        "role": "agent",
        "locale": "ar",
    }


def test_only_settings_of_the_service_are_handed_on(demo):
    content = json.loads((demo / "ready.json").read_text())
    assert "HOME" not in content["env"]
    assert content["env"]["DATABASE_URL"] == "sqlite:////x"


def test_passwords_are_for_the_owner_alone(demo):
    assert (demo / "ready.json").stat().st_mode & 0o777 == 0o600


def test_a_person_is_told_where_to_go_who_may_enter_and_how_to_stop(demo):
    text = ready.show(demo)
    assert "http://127.0.0.1:1/wp-admin/" in text
    assert "pw1" in text
    assert f"bin/demo-stop --dir {demo}" in text


def test_mailboxes_are_done_when_all_of_them_are_healthy():
    assert Progress.of([row(), row()]).done
    assert not Progress.of([row(), row(state="syncing")]).done


def test_progress_adds_up_the_mailboxes():
    progress = Progress.of([row(), row(backfill={"done": 0, "total": 20})])
    assert str(progress) == "10 mails accounted for of about 25, 4 tickets"


def test_a_mailbox_that_lost_its_consent_is_named():
    assert Progress.of([row(state="reauth_needed")]).broken == ("a@x.example",)
