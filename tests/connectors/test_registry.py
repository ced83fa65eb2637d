"""Connectors are found by kind."""

import sys
from collections.abc import Iterator

import pytest

from connectors.gmail import GmailConnector
from connectors.memory import MemoryConnector, MemoryServer
from connectors.registry import Endpoints, Registry
from connectors.testkit.fakes import CountingBudget, FixedClock, MemoryCell
from inbox_service.errors import Invalid


@pytest.fixture
def server() -> MemoryServer:
    return MemoryServer(FixedClock())


@pytest.fixture
def registry(server: MemoryServer) -> Registry:
    return Registry(Endpoints(), FixedClock(), extra={"memory": server.connector})


def build(registry, kind, config):
    return registry.build(kind, config, MemoryCell({}), CountingBudget())


def test_the_known_kinds_are_listed_in_order(registry):
    assert registry.kinds() == ["gmail", "memory"]


def test_memory_mailboxes_are_no_kind_of_a_real_process():
    assert Registry(Endpoints(), FixedClock()).kinds() == ["gmail"]


def test_gmail_is_loaded_by_its_kind(registry):
    assert isinstance(build(registry, "gmail", {"address": "a@b.example"}), GmailConnector)


def test_a_kind_handed_in_is_built_by_its_factory(registry, server):
    server.add("support@shop.example")
    connector = build(registry, "memory", {"mailbox": "support@shop.example"})
    assert isinstance(connector, MemoryConnector)


def test_an_unknown_kind_is_refused_with_the_known_ones(registry):
    with pytest.raises(Invalid, match="Known kinds: gmail, memory") as caught:
        build(registry, "pigeon", {})
    assert caught.value.details == {"field": "kind"}


def test_a_wrong_config_names_its_field(registry):
    with pytest.raises(Invalid) as caught:
        build(registry, "gmail", {"address": "nobody"})
    assert caught.value.details == {"field": "address"}


@pytest.fixture
def pigeon(tmp_path) -> Iterator[None]:
    """Install a package that brings the kind "pigeon" and claims "gmail"."""
    info = tmp_path / "pigeon-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeon\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[unified_inbox.connectors]\npigeon = pigeon_post:make\ngmail = pigeon_post:make\n"
    )
    (tmp_path / "pigeon_post.py").write_text("def make(setup):\n    return setup.config\n")
    sys.path.insert(0, str(tmp_path))
    yield
    sys.path.remove(str(tmp_path))
    sys.modules.pop("pigeon_post", None)


@pytest.mark.usefixtures("pigeon")
def test_a_package_can_bring_a_connector(registry):
    assert registry.kinds() == ["gmail", "memory", "pigeon"]
    assert build(registry, "pigeon", {"loft": 3}) == {"loft": 3}


@pytest.mark.usefixtures("pigeon")
def test_a_package_cannot_replace_our_own_connector(registry):
    assert isinstance(build(registry, "gmail", {"address": "a@b.example"}), GmailConnector)
