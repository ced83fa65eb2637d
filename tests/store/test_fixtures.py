"""The test database itself."""

from sqlalchemy import func, select

from inbox_service.deps import Deps
from inbox_service.store import counters
from inbox_service.store.tables import tickets
from inbox_service.testing import add_inbox, add_message, add_site, add_ticket


def test_rows_made_by_the_factories_are_linked_and_counted(deps: Deps) -> None:
    with deps.sessions.writing() as connection:
        site_id = add_site(connection)
        ticket_id = add_ticket(connection, site_id, add_inbox(connection, site_id))
        add_message(connection, site_id, ticket_id)
    with deps.sessions.reading() as connection:
        assert [n for _, n in counters.read(connection, site_id)] == [1]


def test_each_test_starts_with_an_empty_database(deps: Deps) -> None:
    with deps.sessions.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tickets)) == 0
