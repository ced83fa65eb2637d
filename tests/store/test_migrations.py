"""The migrations lead from nothing to the tables of the code, on both databases."""

import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Connection, MetaData, Table, inspect, text

from inbox_service.deps import Deps
from inbox_service.errors import Misconfigured, Unavailable
from inbox_service.store import schema
from inbox_service.store.engine import Sessions
from inbox_service.store.tables import metadata


@pytest.fixture
def sessions(empty_url: str) -> Iterator[Sessions]:
    """Transactions on the database that starts empty."""
    opened = Sessions(empty_url)
    yield opened
    opened.close()


def test_an_upgrade_from_nothing_makes_every_table(empty_url: str, sessions: Sessions) -> None:
    schema.upgrade(empty_url)
    names = {name for name in inspect(sessions.engine).get_table_names() if not _is_fts5(name)}
    assert names == {*metadata.tables, "alembic_version"}


def test_the_migrations_lead_to_the_tables_of_the_code(empty_url: str, sessions: Sessions) -> None:
    schema.upgrade(empty_url)
    with sessions.reading() as connection:
        is_ours = partial(_is_ours, connection.dialect.name)
        opts = {"compare_type": True, "include_object": is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def _is_ours(dialect: str, part: Any, name: str, *_: Any) -> bool:
    # Alembic does not ask an index for which database it is.
    is_elsewhere = dialect == "sqlite" and name == "ix_search_documents_words"
    return not (is_elsewhere or _is_fts5(name))


def _is_fts5(name: str) -> bool:
    # SQLite's own index for search, and the tables it lies in: no table of ours.
    return name.startswith("search_words")


def test_search_has_the_same_index_as_in_the_code(
    empty_url: str, sessions: Sessions, deps: Deps
) -> None:
    schema.upgrade(empty_url)
    assert _search_of(sessions) == _search_of(deps.sessions)


def _search_of(sessions: Sessions) -> set[str]:
    with sessions.reading() as connection:
        if connection.dialect.name == "postgresql":
            asked = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_documents_words'"
            schemas = text(f"{asked} AND schemaname = current_schema()")
            return {row[0].partition(" USING ")[2] for row in connection.execute(schemas)}
        asked = "SELECT sql FROM sqlite_master WHERE sql LIKE '%search_words%'"
        return {" ".join(row[0].split()) for row in connection.execute(text(asked))}


def test_an_upgrade_returns_the_revision_the_code_needs(empty_url: str, sessions: Sessions) -> None:
    assert schema.upgrade(empty_url) == schema.newest() == schema.current(sessions)


def test_a_second_upgrade_changes_nothing(empty_url: str, sessions: Sessions) -> None:
    schema.upgrade(empty_url)
    with sessions.writing() as connection:
        connection.execute(
            metadata.tables["sites"]
            .insert()
            .values(id=1, name="A shop", home_url="https://shop.example", created_at=1)
        )
    schema.upgrade(empty_url)
    with sessions.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM sites")).scalar() == 1


def test_a_database_of_the_release_before_keeps_its_rows(
    empty_url: str, sessions: Sessions
) -> None:
    schema.upgrade(empty_url, to="0004")
    names = "name, home_url, locale, timezone, state, id, last_seq, last_ticket_number, created_at"
    values = "'A shop', 'https://shop.example', 'ar', 'UTC', 'active', 1, 7, 7, 1"
    with sessions.writing() as connection:
        connection.execute(text(f"INSERT INTO sites ({names}) VALUES ({values})"))
    schema.upgrade(empty_url)
    with sessions.reading() as connection:
        site = connection.execute(metadata.tables["sites"].select()).one()
    assert (site.name, site.last_seq, site.status_page_url) == ("A shop", 7, "")


def test_mail_that_waited_before_is_found_by_the_ids_it_has_and_names(
    empty_url: str, sessions: Sessions
) -> None:
    schema.upgrade(empty_url, to="0023")
    waits = {"outcome": "filtered", "reason": "own mail that belongs to no ticket yet"}
    with sessions.writing() as connection:
        insert(connection, "sites", id=1, state="active")
        insert(connection, "mailboxes", site_id=1, id=2, state="healthy", backfill_state="done")
        named = {"message_id_hash": "own", "reference_hashes": ["first", "second"]}
        insert(connection, "receipts", site_id=1, id=3, mailbox_id=2, **waits, **named)
    schema.upgrade(empty_url, to="0024")
    with sessions.reading() as connection:
        found = connection.execute(text("SELECT hash, receipt_id FROM waiting_ids ORDER BY hash"))
        assert found.all() == [("first", 3), ("own", 3), ("second", 3)]


def insert(connection: Connection, name: str, **values: Any) -> None:
    """Insert a row into a table as it is at this revision, with nothing in what is not given."""
    table = Table(name, MetaData(), autoload_with=connection)
    needed = [one for one in table.c if not one.nullable and one.name not in values]
    nothing = {
        one.name: [] if isinstance(one.type, JSON) else one.type.python_type() for one in needed
    }
    connection.execute(table.insert().values(nothing | values))


@pytest.mark.parametrize(
    ("table", "names", "value"),
    [("outbox", {"kind", "state"}, "notice"), ("pending_notices", {"kind"}, "returned")],
)
def test_a_table_that_was_altered_has_its_checks_still(
    empty_url: str, sessions: Sessions, table: str, names: set[str], value: str
) -> None:
    schema.upgrade(empty_url)
    found = inspect(sessions.engine).get_check_constraints(table)
    checks = {str(check["name"]): check["sqltext"] for check in found}
    assert checks.keys() == {f"ck_{table}_{name}" for name in names}
    assert value in checks[f"ck_{table}_kind"]


def test_upgrades_at_the_same_moment_do_not_collide(empty_url: str, sessions: Sessions) -> None:
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.append(schema.upgrade(empty_url))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [schema.newest()] * 3


def test_an_empty_database_has_no_revision_and_is_refused(
    sessions: Sessions, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert schema.current(sessions) == ""
    with pytest.raises(Misconfigured, match="inbox db upgrade"):
        schema.require_current(sessions)


def test_an_upgraded_database_is_accepted(empty_url: str, sessions: Sessions) -> None:
    schema.upgrade(empty_url)
    schema.require_current(sessions)


def test_an_upgrade_where_nothing_answers_says_so(unused_tcp_port: int) -> None:
    with pytest.raises(Unavailable, match="DATABASE_URL"):
        schema.upgrade(f"postgresql+psycopg://nobody@127.0.0.1:{unused_tcp_port}/nothing")


@pytest.fixture
def unused_tcp_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
