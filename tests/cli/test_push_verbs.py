import json
from pathlib import Path

import pytest
from command_line import Inbox

from connectors.testkit.gmail_simulator import GmailSimulator

TOPIC = "projects/shop/topics/mail"
SUBSCRIPTION = "projects/shop/subscriptions/inbox"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A service account's key file."""
    path = tmp_path_factory.mktemp("key") / "key.json"
    with GmailSimulator() as google:
        path.write_text(json.dumps(google.add_service_account("listener@x.example", ())))
    return path


@pytest.fixture
def channel_id(inbox: Inbox, site_id: str, key: Path) -> str:
    made = inbox(
        *("push", "add", "--site", site_id, "--topic", TOPIC),
        *("--subscription", SUBSCRIPTION, "--key", str(key), "--json"),
    )
    return str(made.json()["channel_id"])


def test_a_channel_is_listed_with_how_it_does(inbox: Inbox, site_id: str, channel_id: str) -> None:
    assert inbox("push", "list").out == f"{channel_id}  {site_id}  shop  0  nothing came yet\n"


def test_a_list_for_programs_shows_no_key(inbox: Inbox, channel_id: str) -> None:
    listed = inbox("push", "list", "--json")
    assert (listed.json()[0]["pulls"], "PRIVATE" in listed.out) == (True, False)


def test_a_channel_that_pushes_needs_no_key(inbox: Inbox, site_id: str) -> None:
    signed = ("--audience", "https://shop.example/push", "--signer", "push@shop.example")
    made = inbox("push", "add", "--site", site_id, "--topic", TOPIC, *signed)
    assert "inbox push list" in made.out


def test_a_channel_is_removed(inbox: Inbox, channel_id: str) -> None:
    assert "polled" in inbox("push", "remove", channel_id).out
    assert inbox("push", "list", "--json").json() == []


def test_a_file_that_is_no_key_is_refused(inbox: Inbox, site_id: str, tmp_path: Path) -> None:
    for content in ("x", "[]", "{}"):
        (tmp_path / "key.json").write_text(content)
        refused = inbox(
            *("push", "add", "--site", site_id, "--topic", TOPIC),
            *("--subscription", SUBSCRIPTION, "--key", str(tmp_path / "key.json")),
        )
        assert refused.code == 2
        assert "key" in refused.err


def test_removing_what_is_not_there_says_so(inbox: Inbox, site_id: str) -> None:
    assert "inbox push list" in inbox("push", "remove", "5").err
