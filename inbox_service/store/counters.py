"""How many tickets stand where: kept with every change, so that no page ever counts rows."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, select

from inbox_service.domain.tickets import standing

from .tables import counters
from .upsert import insert_into


class Bucket(NamedTuple):
    """The properties that tickets are counted by; `status` is "snoozed" while they are."""

    inbox_id: int
    team_id: int | None
    assignee_id: int | None
    place: str
    status: str

    @classmethod
    def of(cls, ticket: Mapping[str, Any] | RowMapping) -> Bucket:
        """Return the bucket a ticket row is counted in."""
        return cls(
            ticket["inbox_id"],
            ticket["team_id"],
            ticket["assignee_id"],
            ticket["place"],
            standing(dict(ticket)),
        )


def shift(
    deltas: MutableMapping[Bucket, int],
    before: Mapping[str, Any] | RowMapping | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Count a ticket out of where it stood and into where it stands; None is nowhere.

    One that went into another ticket stands nowhere either.
    """
    for row, number in ((before, -1), (after, 1)):
        if row is not None and row["merged_into"] is None:
            deltas[Bucket.of(row)] = deltas.get(Bucket.of(row), 0) + number


def apply(connection: Connection, site_id: int, deltas: Mapping[Bucket, int]) -> None:
    """Add each delta to its counter, in the order of the keys (the lock order)."""
    for bucket, delta in sorted(deltas.items(), key=_key_of):
        if delta:
            connection.execute(_add(connection, site_id, bucket, delta))


def read(connection: Connection, site_id: int) -> list[tuple[Bucket, int]]:
    """Return every counter of the site that is not zero."""
    rows = connection.execute(
        select(counters).where(counters.c.site_id == site_id, counters.c.tickets != 0)
    )
    return [
        (
            Bucket(
                row.inbox_id, row.team_id or None, row.assignee_id or None, row.place, row.status
            ),
            row.tickets,
        )
        for row in rows
    ]


def _key_of(item: tuple[Bucket, int]) -> tuple[int, int, int, str, str]:
    bucket = item[0]
    return (
        bucket.inbox_id,
        bucket.team_id or 0,
        bucket.assignee_id or 0,
        bucket.place,
        bucket.status,
    )


def _add(connection: Connection, site_id: int, bucket: Bucket, delta: int) -> Any:
    statement = insert_into(connection, counters).values(
        site_id=site_id,
        inbox_id=bucket.inbox_id,
        team_id=bucket.team_id or 0,
        assignee_id=bucket.assignee_id or 0,
        place=bucket.place,
        status=bucket.status,
        tickets=delta,
    )
    return statement.on_conflict_do_update(
        index_elements=list(counters.primary_key.columns),
        set_={"tickets": counters.c.tickets + delta},
    )
