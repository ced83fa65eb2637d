"""Lists follow an index and are sorted by none."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.store.ticket_views import TicketFilter, list_statement

EVERYBODY = Viewer(1, "agent", 2)
LIMITED = Viewer(1, "agent", 2, frozenset({3, 4}))


def plan(connection: Connection, viewer: Viewer, wanted: TicketFilter) -> str:
    statement = list_statement(viewer, wanted, (10, 20), 50)
    assert statement is not None
    sql = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return "\n".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))


@pytest.mark.parametrize(
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
def test_a_list_reads_its_index_in_order(
    deps: Deps, viewer: Viewer, wanted: TicketFilter, index: str
) -> None:
    if not deps.sessions.url.startswith("sqlite"):
        pytest.skip("asks SQLite for its plan")
    with deps.sessions.reading() as connection:
        steps = plan(connection, viewer, wanted)
    searches = [step for step in steps.splitlines() if step.startswith("SEARCH")]
    assert searches
    assert all(f"USING INDEX {index} " in step for step in searches), steps
    assert all("last_activity_at" in step for step in searches), steps
    assert "TEMP B-TREE" not in steps, steps


def test_nothing_is_asked_for_an_inbox_that_is_not_seen() -> None:
    assert list_statement(LIMITED, TicketFilter(inbox_id=9), None, 50) is None
