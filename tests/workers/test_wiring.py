from pathlib import Path

import pytest

from inbox_service.errors import Misconfigured, Unavailable
from workers.wiring import probes, wire


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of a process with a data folder and nothing else."""
    return {"INBOX_DATA_DIR": str(tmp_path / "data")}


def test_wiring_opens_no_connection(env: dict[str, str]) -> None:
    unreachable = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    assert wire({**env, **unreachable}).settings.redis_url == "redis://127.0.0.1:1/0"


def test_the_secret_key_is_made_once_and_kept(env: dict[str, str]) -> None:
    sealed = wire(env).secrets.seal(b"secret", "here")
    assert wire(env).secrets.open(sealed, "here") == b"secret"


def test_our_connectors_are_known(env: dict[str, str]) -> None:
    assert "gmail" in wire(env).connectors.kinds()


def test_a_wrong_setting_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="REDIS_URL"):
        wire({**env, "REDIS_URL": "http://here"})


def test_the_probe_of_the_queue_is_quiet_when_it_answers(
    env: dict[str, str], valkey_url: str
) -> None:
    probes(wire({**env, "REDIS_URL": valkey_url}))["queue"]()


def test_the_probe_of_the_queue_says_what_to_do_when_it_does_not(env: dict[str, str]) -> None:
    with pytest.raises(Unavailable, match="inbox up"):
        probes(wire(env))["queue"]()
