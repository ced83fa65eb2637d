"""One change to many tickets: what it writes, leaves out, goes on with and takes back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, insert, select, update
from team import Team

from inbox_service.errors import Invalid, NotFound
from inbox_service.services import blocking, bulk, snoozing, views
from inbox_service.services import tickets as service
from inbox_service.services.asked import Asked
from inbox_service.services.auth import Caller
from inbox_service.services.bulk import BulkView
from inbox_service.services.idempotency import Key
from inbox_service.store import counters
from inbox_service.store.counters import Bucket
from inbox_service.store.tables import agents, bulk_items, bulks, events, tickets
from inbox_service.testing import (
    START,
    FakeClock,
    RecordingQueue,
    add_agent,
    add_inbox,
    add_message,
    add_ticket,
)

HOUR = 3_600_000


def add_tickets(team: Team, count: int, **values: Any) -> list[int]:
    """Open tickets 1 to `count`, in one transaction."""
    with team.deps.sessions.writing() as connection:
        return [
            add_ticket(connection, team.site_id, team.inbox_id, number=number, **values)
            for number in range(1, count + 1)
        ]


def key(name: str = "k") -> Key:
    return Key(name, name)


def change(team: Team, numbers: range, name: str = "k", /, **changes: Any) -> BulkView:
    versions = dict.fromkeys(numbers, 1)
    return bulk.change_these(team.deps, team.caller, versions, changes, key(name))


def change_all(team: Team, asked: Asked | None = None, /, **changes: Any) -> BulkView:
    wanted = asked or Asked(status="open")
    return bulk.change_all(team.deps, team.caller, wanted, changes, key())


def undo(team: Team, view: BulkView, name: str = "undo") -> BulkView:
    return bulk.take_back(team.deps, team.caller, view.row["id"], key(name))


def finish(team: Team, view: BulkView) -> BulkView:
    while bulk.work_on(team.deps, team.site_id, view.row["id"]):
        pass
    return bulk.show(team.deps, team.caller, view.row["id"])


def figures(view: BulkView) -> tuple[Any, ...]:
    return tuple(view.row[name] for name in ("state", "total", "done", "left_out"))


def values(team: Team, *names: str) -> list[Any]:
    with team.reading() as connection:
        rows = connection.execute(select(tickets).order_by(tickets.c.number)).mappings().all()
    return [tuple(row[name] for name in names) if names[1:] else row[names[0]] for row in rows]


def rows_of(team: Team) -> list[dict[str, Any]]:
    """Return every ticket as it is, but for its version."""
    with team.reading() as connection:
        rows = connection.execute(select(tickets).order_by(tickets.c.id)).mappings()
        return [{name: row[name] for name in row if name != "version"} for row in rows]


def counted(team: Team) -> dict[Bucket, int]:
    with team.reading() as connection:
        return dict(counters.read(connection, team.site_id))


def statements(team: Team) -> list[str]:
    """Return a list to which every statement from now on is added."""
    said: list[str] = []
    engine = team.deps.sessions.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, text, *_: said.append(text))
    return said


def test_few_tickets_are_changed_before_the_answer(team: Team) -> None:
    add_tickets(team, 3, waiting_since=START)
    view = change(team, range(1, 4), status="solved")
    assert figures(view) == ("done", 3, 3, 0)
    assert values(team, "status", "waiting_since") == [("solved", None)] * 3
    assert [one.row["version"] for one in view.tickets] == [2, 2, 2]
    solved = Bucket(team.inbox_id, None, None, "inbox", "solved")
    assert counted(team) == {solved: 3}


def test_each_ticket_tells_who_did_it(team: Team) -> None:
    add_tickets(team, 2)
    change(team, range(1, 3), priority="high", add_tags=["late"])
    with team.reading() as connection:
        rows = connection.execute(select(events).order_by(events.c.seq)).mappings().all()
    kinds = ["ticket_priority_changed", "ticket_tagged"] * 2
    assert [row["kind"] for row in rows] == kinds
    assert {row["actor_id"] for row in rows} == {team.agent_id}
    assert len({row["ticket_id"] for row in rows}) == 2


def test_fifty_tickets_take_as_few_statements_as_five(team: Team) -> None:
    add_tickets(team, 55)
    said = statements(team)
    change(team, range(1, 6), "a", status="solved", add_tags=["done"])
    few = len(said)
    change(team, range(6, 56), "b", status="solved", add_tags=["done"])
    assert len(said) - few <= few + 1
    assert few < 45


def test_what_somebody_changed_meanwhile_is_left_out_and_named(team: Team) -> None:
    add_tickets(team, 3)
    service.change(team.deps, team.caller, 2, 1, {"priority": "high"})
    view = change(team, range(1, 4), status="solved")
    assert figures(view) == ("done", 3, 2, 1)
    assert [(row["number"], row["reason"]) for row in view.left_out] == [(2, "stale")]
    assert values(team, "status") == ["solved", "open", "solved"]


def test_what_cannot_take_the_change_is_left_out(team: Team, clock: FakeClock) -> None:
    add_tickets(team, 2)
    team.add(add_ticket, team.inbox_id, number=3, status="solved")
    view = change(team, range(1, 4), snoozed_until=clock.now() + HOUR)
    assert [(row["number"], row["reason"]) for row in view.left_out] == [(3, "not_snoozable")]
    assert values(team, "snoozed_until") == [START + HOUR, START + HOUR, None]


def test_tickets_out_of_reach_are_not_even_counted(team: Team) -> None:
    add_tickets(team, 1)
    other = team.add(add_inbox)
    team.add(add_ticket, other, number=2)
    team.add(add_agent, inboxes=(team.inbox_id,), wp_user_id=8)
    caller = Caller(team.site_id, "agent", "8")
    changes = {"status": "solved"}
    view = bulk.change_these(team.deps, caller, {1: 1, 2: 1}, changes, key("few"))
    assert figures(view) == ("done", 1, 1, 0)
    assert figures(bulk.change_all(team.deps, caller, Asked(), {"priority": "low"}, key()))[1] == 1
    assert values(team, "status") == ["solved", "open"]


def test_a_time_to_come_back_that_is_past_is_refused(team: Team) -> None:
    add_tickets(team, 1)
    with pytest.raises(Invalid, match="to come"):
        change(team, range(1, 2), snoozed_until=START)


def test_all_that_match_are_written_down_at_once_and_changed_in_steps(team: Team) -> None:
    add_tickets(team, 250)
    view = change_all(team, status="solved")
    assert figures(view) == ("running", 250, 0, 0)
    assert isinstance(team.deps.queue, RecordingQueue)
    assert team.deps.queue.hints == [("work_on_bulk", (team.site_id, view.row["id"]))]
    team.add(add_ticket, team.inbox_id, number=999)
    assert bulk.work_on(team.deps, team.site_id, view.row["id"])
    assert figures(bulk.show(team.deps, team.caller, view.row["id"])) == ("running", 250, 100, 0)
    assert figures(finish(team, view)) == ("done", 250, 250, 0)
    assert values(team, "status") == ["solved"] * 250 + ["open"]
    assert counted(team)[Bucket(team.inbox_id, None, None, "inbox", "solved")] == 250


def test_only_what_the_list_shows_is_changed(team: Team) -> None:
    add_tickets(team, 2)
    team.add(add_ticket, team.inbox_id, number=3, assignee_id=team.agent_id)
    team.add(add_ticket, team.inbox_id, number=4, place="spam")
    change_all(team, Asked(status="open", assignee="none"), place="trash")
    assert values(team, "place") == ["trash", "trash", "inbox", "spam"]


def test_a_bulk_that_a_kill_cut_off_is_found_and_ended(team: Team) -> None:
    add_tickets(team, 150)
    view = change_all(team, priority="low")
    bulk.work_on(team.deps, team.site_id, view.row["id"])
    assert bulk.running(team.deps) == [(team.site_id, view.row["id"])]
    assert figures(finish(team, view)) == ("done", 150, 150, 0)
    assert bulk.running(team.deps) == []
    assert not bulk.work_on(team.deps, team.site_id, view.row["id"])
    assert values(team, "version") == [2] * 150


def test_a_cancelled_bulk_leaves_the_rest_as_it_is(team: Team) -> None:
    add_tickets(team, 150)
    view = change_all(team, priority="low")
    bulk.work_on(team.deps, team.site_id, view.row["id"])
    ended = bulk.cancel(team.deps, team.caller, view.row["id"])
    assert figures(ended) == ("cancelled", 150, 100, 0)
    assert not bulk.work_on(team.deps, team.site_id, view.row["id"])
    assert values(team, "priority").count("normal") == 50


def test_the_whole_is_taken_back_to_the_letter(team: Team, clock: FakeClock) -> None:
    add_tickets(team, 120, waiting_since=START, priority="high")
    service.change(team.deps, team.caller, 1, 1, {"tags": ["vip"]})
    snoozing.snooze(team.deps, team.caller, 2, 1, START + HOUR)
    before = rows_of(team)
    clock.advance(seconds=5)
    done = change_all(team, status="solved", add_tags=["old"], remove_tags=["vip"])
    finish(team, done)
    back = finish(team, undo(team, done))
    assert figures(back) == ("done", 120, 120, 0)
    assert rows_of(team) == before
    assert views.show_ticket(team.deps, team.caller, 1).tags == ["vip"]


def test_what_was_changed_after_it_is_not_taken_back(team: Team) -> None:
    add_tickets(team, 2)
    done = change(team, range(1, 3), status="solved")
    service.change(team.deps, team.caller, 1, 2, {"status": "pending"})
    back = undo(team, done)
    assert [(row["number"], row["reason"]) for row in back.left_out] == [(1, "stale")]
    assert values(team, "status") == ["pending", "open"]


def test_what_was_so_already_is_not_taken_back(team: Team) -> None:
    add_tickets(team, 1, status="solved")
    team.add(add_ticket, team.inbox_id, number=2)
    done = change(team, range(1, 3), status="solved")
    assert figures(undo(team, done)) == ("done", 1, 1, 0)
    assert values(team, "status") == ["solved", "open"]


def test_taking_back_a_bulk_under_way_ends_it_first(team: Team) -> None:
    add_tickets(team, 150)
    view = change_all(team, priority="low")
    bulk.work_on(team.deps, team.site_id, view.row["id"])
    assert figures(undo(team, view)) == ("done", 100, 100, 0)
    assert set(values(team, "priority")) == {"normal"}
    assert bulk.show(team.deps, team.caller, view.row["id"]).row["state"] == "cancelled"


def test_tickets_that_leave_spam_end_the_blocks_made_from_them(team: Team) -> None:
    [ticket_id] = add_tickets(team, 1)
    team.add(add_message, ticket_id)
    blocking.mark_spam(team.deps, team.caller, 1, 1, block_sender=True)
    bulk.change_these(team.deps, team.caller, {1: 2}, {"place": "inbox"}, key())
    page = blocking.list_blocked(team.deps, team.caller, None, 10)
    assert page.items == []


def test_the_same_key_changes_nothing_twice(team: Team) -> None:
    add_tickets(team, 1)
    first = change(team, range(1, 2), status="solved")
    again = change(team, range(1, 2), status="solved")
    assert again.row["id"] == first.row["id"]
    assert values(team, "version") == [2]


def test_nobody_stops_or_sees_a_bulk_of_somebody_else(team: Team) -> None:
    add_tickets(team, 1)
    view = change(team, range(1, 2), status="solved")
    team.add(add_agent, wp_user_id=8)
    other = Caller(team.site_id, "agent", "8")
    for look in (bulk.show, bulk.cancel):
        with pytest.raises(NotFound):
            look(team.deps, other, view.row["id"])
    with pytest.raises(NotFound):
        bulk.take_back(team.deps, other, view.row["id"], key("other"))


def test_what_never_was_cannot_be_taken_back(team: Team) -> None:
    with pytest.raises(NotFound):
        bulk.take_back(team.deps, team.caller, 5, key())


@pytest.mark.parametrize("now", [{"state": "suspended"}, {"role": "viewer"}])
def test_what_somebody_may_no_longer_do_is_not_done_in_his_name(
    team: Team, now: dict[str, str]
) -> None:
    add_tickets(team, 150)
    view = change_all(team, status="solved")
    with team.deps.sessions.writing() as connection:
        connection.execute(update(agents).where(agents.c.id == team.agent_id).values(**now))
    assert not bulk.work_on(team.deps, team.site_id, view.row["id"])
    with team.reading() as connection:
        assert connection.scalar(select(bulks.c.state)) == "cancelled"
    assert set(values(team, "status")) == {"open"}


def test_more_tickets_than_anybody_means_are_refused(team: Team) -> None:
    add_tickets(team, 1)
    with team.deps.sessions.writing() as connection:
        row = dict(connection.execute(select(tickets)).mappings().one())
        more = (
            {**row, "id": row["id"] + n, "number": row["number"] + n, "reference": f"X{n:07d}"}
            for n in range(1, bulk.MOST + 1)
        )
        connection.execute(insert(tickets), list(more))
    with pytest.raises(Invalid) as raised:
        change_all(team, status="solved")
    assert raised.value.code == "too_many"
    with team.reading() as connection:
        assert connection.execute(select(bulk_items)).all() == []
