"""What a search asks of tickets, its names of people, inboxes, tags and days looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from inbox_service.domain.nights import zone
from inbox_service.domain.search_dates import day_named, start_of, today_at
from inbox_service.domain.search_query import Condition, Problem, Query, near
from inbox_service.domain.search_words import fold
from inbox_service.domain.tickets import STATUSES
from inbox_service.store import agents, mailbox_views, sites, tag_views
from inbox_service.store.search import Properties

from . import auth

IS = (*STATUSES, "unassigned", "mine", "unread", "snoozed", "spam", "trash")
NOBODY = 0


class Understanding:
    """The conditions of one search; afterwards `problems` tells which of them are none."""

    def __init__(self, act: auth.Act, query: Query) -> None:
        """Look up what the query names."""
        self.properties = Properties()
        # What is searched was written at or after `since`, and before `until`; ms UTC.
        self.since: int | None = None
        self.until: int | None = None
        self.problems: list[Problem] = list(query.problems)
        self._act = act
        self._site_id = act.viewer.site_id
        # A program is nobody's assignee: an id that no agent has finds nothing.
        self._me = act.viewer.agent_id or -1
        takers: Mapping[str, Callable[[Condition], None]] = {
            "is": self._take_is,
            "tag": self._take_tag,
            "inbox": self._take_inbox,
            "assignee": self._take_assignee,
            "before": self._take_day,
            "after": self._take_day,
        }
        for condition in query.conditions:
            takers[condition.name](condition)

    def _take_is(self, condition: Condition) -> None:
        value = fold(condition.value)
        meant = [known for known in IS if known == value] or [
            known for known in IS if known.startswith(value)
        ]
        if len(meant) != 1:
            self._complain(condition, meant or near(value, IS))
        elif meant[0] in STATUSES:
            self._take_status(meant[0], condition.negated)
        elif meant[0] in ("spam", "trash"):
            # What is there is left out anyway, unless it is asked for.
            if not condition.negated:
                self._set(places=self._places() | {meant[0]})
        elif meant[0] in ("unassigned", "mine"):
            self._assign({self._me if meant[0] == "mine" else NOBODY}, condition.negated)
        else:
            self._set(**{meant[0]: not condition.negated})

    def _places(self) -> frozenset[str]:
        return self.properties.places - {"inbox"}

    def _take_status(self, status: str, negated: bool) -> None:
        # Several are a choice: is:open is:pending.
        self._add("statuses", frozenset({status}), negated)

    def _take_tag(self, condition: Condition) -> None:
        rows = tag_views.seen_by(self._act.connection, self._act.viewer)
        found = self._named(condition, {row["id"]: [row["name"]] for row in rows})
        if found and condition.negated:
            self._set(no_tags=self.properties.no_tags | found)
        elif found:
            self._set(tags=(*self.properties.tags, found))

    def _take_inbox(self, condition: Condition) -> None:
        rows = mailbox_views.inboxes_seen_by(self._act.connection, self._act.viewer)
        found = self._named(condition, {row["id"]: [row["name"]] for row in rows})
        self._add("inboxes", found, condition.negated)

    def _take_assignee(self, condition: Condition) -> None:
        value = fold(condition.value)
        if value in ("me", "none"):
            self._assign({self._me if value == "me" else NOBODY}, condition.negated)
            return
        rows = agents.all_active(self._act.connection, self._site_id)
        found = self._named(condition, {row["id"]: [row["name"], row["email"]] for row in rows})
        self._assign(found, condition.negated)

    def _assign(self, ids: Iterable[int], negated: bool) -> None:
        self._add("assignees", frozenset(ids), negated)

    def _take_day(self, condition: Condition) -> None:
        site = sites.get(self._act.connection, self._site_id)
        here = zone(site["timezone"] if site else "UTC")
        today = today_at(self._act.at, here)
        day = day_named(condition.value, today)
        if day is None:
            instead = (f"{condition.name}:{today.replace(day=1).isoformat()}",)
            self.problems.append(Problem(condition.part, "not_a_date", instead))
        # Not before is after, and the other way round.
        elif (condition.name == "after") != condition.negated:
            self.since = max(self.since or 0, start_of(day, here))
        else:
            at = start_of(day, here)
            self.until = at if self.until is None else min(self.until, at)

    def _named(self, condition: Condition, names: Mapping[int, list[str]]) -> frozenset[int]:
        """Return the ids of those whose name is the value, or else has a word that begins so."""
        value = fold(condition.value)
        folded = {key: [fold(name) for name in of] for key, of in names.items()}
        found = {key for key, of in folded.items() if value in of} or {
            key for key, of in folded.items() if any(f" {value}" in f" {name}" for name in of)
        }
        if not found:
            shown = {fold(of[0]): of[0] for of in names.values()}
            self._complain(condition, [shown[name] for name in near(value, list(shown))])
        return frozenset(found)

    def _add(self, name: str, values: frozenset[Any], negated: bool) -> None:
        field = f"no_{name}" if negated else name
        self._set(**{field: getattr(self.properties, field) | values})

    def _set(self, **values: Any) -> None:
        self.properties = replace(self.properties, **values)

    def _complain(self, condition: Condition, meant: Iterable[str]) -> None:
        minus = "-" if condition.negated else ""
        instead = tuple(f"{minus}{condition.name}:{_quoted(value)}" for value in meant)
        self.problems.append(Problem(condition.part, "unknown_value", instead[:10]))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
