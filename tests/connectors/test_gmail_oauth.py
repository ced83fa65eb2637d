"""Access tokens are renewed once, early, and only where they should be."""

from threading import Barrier, Thread

import pytest

from connectors.gmail.oauth import TokenEndpoint
from connectors.testkit.fakes import MemoryCell
from connectors.testkit.harness import put
from inbox_service.ports import ConnectorBroken, NeedsReauth, Priority, RetryLater

MINUTE = 60 * 1000


def test_a_new_mailbox_gets_its_first_token_and_keeps_it(gmail):
    gmail.connector().start()
    gmail.connector().start()
    stored = gmail.cell.read()
    assert gmail.cell.renewals == 1
    assert stored["access_token"]
    assert stored["expires_at"] > gmail.clock.now()
    assert stored["refresh_token"]


def test_a_token_is_renewed_five_minutes_before_it_ends(gmail):
    connector = gmail.connector()
    connector.start()
    gmail.clock.at = gmail.cell.read()["expires_at"] - 6 * MINUTE
    connector.start()
    assert gmail.cell.renewals == 1
    gmail.clock.advance(2 * MINUTE)
    connector.start()
    assert gmail.cell.renewals == 2


def test_a_token_that_ended_early_is_renewed_once_more(gmail):
    connector = gmail.connector()
    connector.start()
    gmail.simulator.expire_tokens(gmail.address)
    connector.start()
    assert gmail.cell.renewals == 2


def test_a_batch_renews_an_ended_token_too(gmail):
    gmail.config["units"] = "2025"
    refs = put(gmail, 2)
    connector = gmail.connector()
    connector.start()
    gmail.simulator.expire_tokens(gmail.address)
    assert len(list(connector.fetch(refs, Priority.BACKFILL))) == 2
    assert gmail.cell.renewals == 2


def test_a_token_another_worker_renewed_is_taken_over(gmail):
    first, second = gmail.connector(), gmail.connector()
    first.start()
    second.start()
    gmail.simulator.expire_tokens(gmail.address)
    first.start()
    second.start()
    assert gmail.cell.renewals == 2


def test_many_workers_at_once_renew_once(gmail):
    connectors = [gmail.connector() for _ in range(6)]
    together = Barrier(6)

    def work(connector) -> None:
        together.wait()
        connector.start()

    threads = [Thread(target=work, args=(connector,)) for connector in connectors]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert gmail.simulator.calls(gmail.address)["getProfile"] == 6
    assert gmail.cell.renewals == 1


@pytest.mark.parametrize("missing", ["client_id", "client_secret", "refresh_token"])
def test_incomplete_credentials_need_the_owner(gmail, missing):
    gmail.cell = MemoryCell({**gmail.cell.read(), missing: ""})
    with pytest.raises(NeedsReauth, match=missing):
        gmail.connector().start()


def test_a_wrong_client_secret_needs_the_owner(gmail):
    gmail.cell = MemoryCell({**gmail.cell.read(), "client_secret": "other"})
    with pytest.raises(NeedsReauth, match="invalid_client"):
        gmail.connector().start()


def test_a_revoked_grant_needs_the_owner_and_keeps_the_stored_token(gmail):
    gmail.connector().start()
    before = gmail.cell.read()
    gmail.revoke()
    with pytest.raises(NeedsReauth, match="expired or revoked"):
        gmail.connector().start()
    assert gmail.cell.read() == before


@pytest.mark.parametrize("kind", ["error", "drop"])
def test_trouble_at_the_token_server_is_tried_later(gmail, kind):
    gmail.simulator.fault("token", kind=kind, times=None)
    with pytest.raises(RetryLater):
        gmail.connector().start()


def test_an_unknown_answer_of_the_token_server_stops_the_mailbox(gmail):
    # A Gmail path at the token address: 404 without the fields of RFC 6749.
    endpoint = TokenEndpoint(f"{gmail.simulator.root}/nowhere", gmail.clock)
    with pytest.raises(ConnectorBroken, match="404"):
        endpoint.renew(gmail.cell.read())


def test_a_token_address_in_the_credentials_is_ignored(gmail):
    evil = {**gmail.cell.read(), "token_uri": "http://127.0.0.1:9/token"}
    gmail.cell = MemoryCell(evil)
    assert gmail.connector().start()


def test_no_secret_shows_in_the_errors(gmail):
    gmail.cell = MemoryCell({**gmail.cell.read(), "refresh_token": "1//very-secret"})
    with pytest.raises(NeedsReauth) as caught:
        gmail.connector().start()
    assert "very-secret" not in str(caught.value)
