"""API keys on the command line."""

import pytest
from command_line import Inbox

from inbox_service.services import auth
from workers.wiring import wire


@pytest.fixture
def key(inbox: Inbox, site_id: str) -> dict[str, str]:
    """A new key of the site: its id and itself."""
    made: dict[str, str] = inbox(
        "apikey", "add", "--site", site_id, "--name", "Reports", "--json"
    ).json()
    return made


def test_a_new_key_opens_its_own_site(
    inbox: Inbox, site_id: str, key: dict[str, str], env: dict[str, str]
) -> None:
    deps = wire(env)
    request = auth.SignedRequest(f"Bearer {key['key']}", "GET", "/api/v1/agents", b"")
    caller = auth.identify(deps, request)
    deps.sessions.close()
    assert (str(caller.site_id), str(caller.subject)) == (site_id, key["id"])
    assert caller.scopes == {"read"}


def test_people_are_told_the_key_once(inbox: Inbox, site_id: str) -> None:
    made = inbox("apikey", "add", "--site", site_id, "--name", "Reports")
    assert "not shown again" in made.out
    assert f"uik_{site_id}_" in made.out


def test_the_list_shows_what_a_key_is_for_and_never_the_key(
    inbox: Inbox, site_id: str, key: dict[str, str]
) -> None:
    assert inbox("apikey", "list", "--site", site_id).out == f"{key['id']}  live  Reports\n"
    (row,) = inbox("apikey", "list", "--site", site_id, "--json").json()
    assert row.keys() == {"id", "name", "scopes", "state", "created_at", "revoked_at"}


def test_a_revoked_key_is_listed_as_revoked(
    inbox: Inbox, site_id: str, key: dict[str, str]
) -> None:
    assert inbox("apikey", "revoke", "--site", site_id, key["id"]).code == 0
    assert inbox("apikey", "list", "--site", site_id).out == f"{key['id']}  revoked  Reports\n"


def test_a_key_is_revoked_once(inbox: Inbox, site_id: str, key: dict[str, str]) -> None:
    inbox("apikey", "revoke", "--site", site_id, key["id"])
    again = inbox("apikey", "revoke", "--site", site_id, key["id"])
    assert (again.code, again.out) == (2, "")
    assert "inbox apikey list" in again.err


def test_another_sites_key_cannot_be_revoked(
    inbox: Inbox, site_id: str, key: dict[str, str]
) -> None:
    other = inbox("site", "add", "--name", "O", "--url", "https://other.example", "--json").json()
    assert inbox("apikey", "revoke", "--site", other["site_id"], key["id"]).code == 2
    assert " live " in inbox("apikey", "list", "--site", site_id).out


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("add", "--site", "12", "--name", "R"), "inbox site list"),
        (("list", "--site", "12"), "inbox site list"),
        (("revoke", "--site", "12", "3"), "inbox apikey list"),
    ],
)
def test_a_site_that_is_none_is_refused(
    inbox: Inbox, site_id: str, args: tuple[str, ...], named: str
) -> None:
    refused = inbox("apikey", *args)
    assert (refused.code, refused.out) == (2, "")
    assert named in refused.err


def test_a_scope_that_is_none_is_refused(inbox: Inbox, site_id: str) -> None:
    refused = inbox("apikey", "add", "--site", site_id, "--name", "R", "--scope", "everything")
    assert "The scopes are: read." in refused.err
