"""Lists follow an index and are sorted by none."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, text

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.store.ticket_filter import TicketFilter
from inbox_service.store.ticket_orders import ACTIVITY, ORDERS, Stretch
from inbox_service.store.ticket_views import list_statement

EVERYBODY = Viewer(1, "agent", 2)
LIMITED = Viewer(1, "agent", 2, frozenset({3, 4}))


LISTS = pytest.mark.parametrize(
    ("viewer", "wanted", "index"),
    [
        (EVERYBODY, TicketFilter(status="open"), "ix_tickets_list"),
        (EVERYBODY, TicketFilter(), "ix_tickets_list"),
        (EVERYBODY, TicketFilter(status="open", inbox_id=3), "ix_tickets_inbox"),
        (EVERYBODY, TicketFilter(inbox_id=3), "ix_tickets_inbox"),
        (EVERYBODY, TicketFilter(status="open", assignee_id=2), "ix_tickets_assignee"),
        (EVERYBODY, TicketFilter(status="open", unassigned=True), "ix_tickets_assignee"),
        (EVERYBODY, TicketFilter(status="open", team_id=5), "ix_tickets_team"),
        (LIMITED, TicketFilter(status="open"), "ix_tickets_inbox"),
        (LIMITED, TicketFilter(), "ix_tickets_inbox"),
    ],
)


ORDERED = pytest.mark.parametrize(
    ("order", "place", "index"),
    [
        ("created", 0, "ix_tickets_created"),
        ("waiting", 0, "ix_tickets_waiting"),
        ("waiting", 1, "ix_tickets_list"),
        ("priority", 0, "ix_tickets_priority"),
        ("priority", 2, "ix_tickets_list"),
    ],
)


def plan(
    connection: Connection, viewer: Viewer, wanted: TicketFilter, stretch: Stretch = ACTIVITY
) -> list[str]:
    statement = list_statement(viewer, wanted, (10, 20), 50, stretch)
    assert statement is not None
    dialect = connection.dialect
    sql = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    if dialect.name == "sqlite":
        return [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    # The table is empty: only without these can be seen what an index allows.
    for other in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
        connection.execute(text(f"SET LOCAL enable_{other} = off"))
    return [row[0].strip(" ->") for row in connection.execute(text(f"EXPLAIN {sql}"))]


@LISTS
def test_a_list_reads_its_index_in_order(
    deps: Deps, viewer: Viewer, wanted: TicketFilter, index: str
) -> None:
    with deps.sessions.reading() as connection:
        steps = plan(connection, viewer, wanted)
        # PostgreSQL knows no best index of an empty table; that one gives the order is enough.
        name = f" {index} " if connection.dialect.name == "sqlite" else " ix_tickets_"
    searches = [step for step in steps if step.startswith(("SEARCH", "Index Scan"))]
    conditions = [step for step in steps if "last_activity_at" in step and "Sort Key" not in step]
    assert searches
    assert all(name in step for step in searches), steps
    assert len(conditions) == len(searches), steps
    assert not [step for step in steps if step.startswith(("SCAN tickets", "Sort  ", "Seq"))]


@ORDERED
@pytest.mark.parametrize("wanted", [{"status": "open"}, {"status": "open", "unassigned": True}])
def test_another_order_reads_an_index_of_its_own(
    deps: Deps, wanted: dict[str, Any], order: str, place: int, index: str
) -> None:
    stretch = ORDERS[order][place]
    with deps.sessions.reading() as connection:
        steps = plan(connection, EVERYBODY, TicketFilter(**wanted), stretch)
        is_sqlite = connection.dialect.name == "sqlite"
    searches = [step for step in steps if step.startswith(("SEARCH", "Index Scan"))]
    by_person = index == "ix_tickets_list" and "unassigned" in wanted
    name = " ix_tickets_assignee " if by_person else f" {index} "
    assert searches
    assert all((name if is_sqlite else " ix_tickets_") in step for step in searches), steps
    assert not [step for step in steps if step.startswith(("USE TEMP", "Sort  ", "Seq"))], steps


@ORDERED
@pytest.mark.parametrize(
    ("viewer", "wanted"),
    [(LIMITED, TicketFilter(status="open")), (EVERYBODY, TicketFilter(status="open", inbox_id=3))],
)
def test_inboxes_are_sifted_within_such_an_index(
    deps: Deps, viewer: Viewer, wanted: TicketFilter, order: str, place: int, index: str
) -> None:
    stretch = ORDERS[order][place]
    with deps.sessions.reading() as connection:
        steps = plan(connection, viewer, wanted, stretch)
        if connection.dialect.name == "sqlite" and stretch.has_own_index:
            assert any(f" {index} " in step for step in steps), steps
            assert not [step for step in steps if "TEMP B-TREE" in step], steps
    assert not [step for step in steps if step.startswith(("SCAN tickets", "Seq"))], steps


@LISTS
def test_only_what_is_limited_is_merged(
    deps: Deps, viewer: Viewer, wanted: TicketFilter, index: str
) -> None:
    with deps.sessions.reading() as connection:
        steps = plan(connection, viewer, wanted)
    sorts = [place for place, step in enumerate(steps) if "TEMP B-TREE" in step]
    assert all(steps[place - 1].startswith("SCAN anon") for place in sorts), steps
    statement = list_statement(viewer, wanted, None, 50)
    scans = str(statement).count("FROM tickets")
    assert str(statement).count("LIMIT") == (scans + 1 if scans > 1 else 1)


@pytest.mark.parametrize("viewer", [EVERYBODY, LIMITED])
def test_the_few_snoozed_are_found_without_reading_the_others(deps: Deps, viewer: Viewer) -> None:
    with deps.sessions.reading() as connection:
        steps = plan(connection, viewer, TicketFilter(snoozed=True))
        # As above: of an empty table PostgreSQL knows no best one.
        is_sqlite = connection.dialect.name == "sqlite"
    name = " ix_tickets_snoozed " if is_sqlite else " ix_tickets_"
    searches = [step for step in steps if step.startswith(("SEARCH", "Index Scan"))]
    assert searches
    assert all(name in step for step in searches), steps


def test_nothing_is_asked_for_an_inbox_that_is_not_seen() -> None:
    assert list_statement(LIMITED, TicketFilter(inbox_id=9), None, 50) is None


SIFTED = pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (TicketFilter(status="open", priority="urgent"), "ix_tickets_list"),
        (TicketFilter(status="open", has_attachments=True, since=5, until=30), "ix_tickets_list"),
        (TicketFilter(status="open", tag_id=7), "ix_tickets_list"),
        (TicketFilter(inbox_id=3, waiting_before=9), "ix_tickets_inbox"),
        (TicketFilter(status="open", assignee_id=2, unread=True), "ix_tickets_assignee"),
    ],
)


@SIFTED
def test_what_no_index_holds_is_sifted_from_rows_read_in_order(
    deps: Deps, wanted: TicketFilter, index: str
) -> None:
    with deps.sessions.reading() as connection:
        steps = plan(connection, EVERYBODY, wanted)
        name = f" {index} " if connection.dialect.name == "sqlite" else " ix_tickets_"
    of_tickets = [step for step in steps if step.startswith(("SEARCH tickets", "Index Scan"))]
    assert any(name in step for step in of_tickets), steps
    assert not [step for step in steps if step.startswith(("SCAN tickets", "Seq"))]
    statement = list_statement(EVERYBODY, wanted, None, 50)
    # As many as a page looks at, and then as many as it shows.
    assert str(statement).count("LIMIT") >= 2


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (TicketFilter(status="open", customer_id=7), "ix_tickets_customer"),
        (TicketFilter(tag_id=7, is_seldom=True), "ix_ticket_tags_tag"),
        (TicketFilter(tag_id=7, is_seldom=True, assignee_id=2), "ix_ticket_tags_tag"),
        (TicketFilter(mentioned=True), "ix_mentions_unread"),
    ],
)
def test_a_customer_and_a_seldom_tag_are_found_by_their_own_index(
    deps: Deps, wanted: TicketFilter, index: str
) -> None:
    with deps.sessions.reading() as connection:
        steps = plan(connection, LIMITED, wanted)
        if connection.dialect.name == "sqlite":
            assert any(f" {index} " in step for step in steps), steps
    assert not [step for step in steps if step.startswith(("SCAN tickets", "Seq"))]
    assert not [step for step in steps if " ix_tickets_list " in step], steps
