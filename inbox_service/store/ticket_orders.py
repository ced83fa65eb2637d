"""What a list begins with, and the index that holds its rows in that order.

An order is a row of stretches, each read along an index: first the tickets whose customer waits,
by how long; then the others, by their last activity. So one cursor leads through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    RowMapping,
    Select,
    bindparam,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from .tables import tickets

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list: the tickets that `fit`, by a column and then by their ids.

    `has_own_index` says that its index is led by neither inbox nor person, and ends with both.
    """

    column: str
    is_falling: bool = True
    fits: tuple[ColumnElement[bool], ...] = ()
    has_own_index: bool = False

    @property
    def start(self) -> Key:
        """Return the key that all its rows follow."""
        return (2**63 - 1, 2**63 - 1) if self.is_falling else (0, 0)

    def sorting(self, columns: Any) -> tuple[Any, Any]:
        """Return what to ORDER BY."""
        pair = (columns[self.column], columns["id"])
        return (pair[0].desc(), pair[1].desc()) if self.is_falling else pair

    def following(self, key: Key) -> Any:
        """Return the condition that a ticket follows the row with this key."""
        # A row value: "a < x OR (a = x AND b < y)" says the same but is read from the index's
        # start.
        here = tuple_(tickets.c[self.column], tickets.c.id)
        there = tuple_(*(bindparam(None, part, BigInteger) for part in key))
        return here < there if self.is_falling else here > there

    def key_of(self, row: RowMapping) -> Key:
        """Return the key of a row of this stretch."""
        return row[self.column], row["id"]

    def first(self, scans: Sequence[Select[Any]], limit: int) -> CompoundSelect[Any] | Select[Any]:
        """Return the first `limit` rows of SELECTs of tickets, in this order."""
        parts = [scan.order_by(*self.sorting(tickets.c)).limit(limit) for scan in scans]
        if len(parts) == 1:
            return parts[0]
        # The limit stands in every part: PostgreSQL would else read all of one to sort them
        # together (measured: 45 ms instead of 5 with 100,000 tickets). What is sorted now is a few
        # pages.
        merged = union_all(*(select(part.subquery()) for part in parts))
        return merged.order_by(*self.sorting(merged.selected_columns)).limit(limit)


class Sifted(FunctionElement[int]):
    """A number that SQLite shall choose no index by.

    It takes the index that holds the most conditions, also where all its rows must then be sorted;
    PostgreSQL weighs both and chooses well.
    """

    inherit_cache = True
    type = BigInteger()


@compiles(Sifted)
def _as_it_is(element: Sifted, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses, **how)


@compiles(Sifted, "sqlite")
def _without_index(element: Sifted, compiler: SQLCompiler, **how: Any) -> str:
    return f"+{_as_it_is(element, compiler, **how)}"


def _of_priority(priority: str) -> Stretch:
    # The index leaves out what is normal; that is not believed of a parameter.
    is_special = tickets.c.priority != literal_column("'normal'")
    fits = (tickets.c.priority == priority, *([is_special] if priority != "normal" else []))
    return Stretch("last_activity_at", fits=fits, has_own_index=priority != "normal")


ACTIVITY = Stretch("last_activity_at")
_waits = tickets.c.waiting_since.is_not(None)

# By the names of domain.tickets.ORDERS.
ORDERS: Mapping[str, Sequence[Stretch]] = {
    "activity": (ACTIVITY,),
    "waiting": (
        Stretch("waiting_since", is_falling=False, fits=(_waits,), has_own_index=True),
        Stretch("last_activity_at", fits=(tickets.c.waiting_since.is_(None),)),
    ),
    "created": (Stretch("created_at", has_own_index=True),),
    "priority": tuple(_of_priority(one) for one in ("urgent", "high", "normal", "low")),
}
