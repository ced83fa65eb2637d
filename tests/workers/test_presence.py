from redis import Redis

from inbox_service.ports import Presence
from inbox_service.testing import FakeClock
from workers.presence import ValkeyPresence


def test_an_agent_is_seen_at_the_ticket(connection: Redis) -> None:
    board = ValkeyPresence(connection, FakeClock())
    board.mark(1, Presence(7, 42, "replying"), 7)
    assert board.present(1) == [Presence(7, 42, "replying")]


def test_an_agent_is_at_one_ticket_at_a_time(connection: Redis) -> None:
    board = ValkeyPresence(connection, FakeClock())
    board.mark(1, Presence(7, 42, "viewing"), 7)
    board.mark(1, Presence(7, 43, "viewing"), 7)
    assert [presence.ticket_id for presence in board.present(1)] == [43]


def test_an_agent_who_leaves_is_gone(connection: Redis) -> None:
    board = ValkeyPresence(connection, FakeClock())
    board.mark(1, Presence(7, 42, "viewing"), 7)
    board.mark(1, None, 7)
    assert board.present(1) == []


def test_presence_ends_after_fifteen_seconds(connection: Redis) -> None:
    clock = FakeClock()
    board = ValkeyPresence(connection, clock)
    board.mark(1, Presence(7, 42, "viewing"), 7)
    clock.advance(seconds=14)
    assert len(board.present(1)) == 1
    clock.advance(seconds=2)
    assert board.present(1) == []


def test_the_server_forgets_a_site_where_nobody_is(connection: Redis) -> None:
    ValkeyPresence(connection, FakeClock()).mark(1, Presence(7, 42, "viewing"), 7)
    (key,) = connection.keys("inbox:presence:*")
    assert 0 < connection.ttl(key) <= 15


def test_sites_do_not_see_each_other(connection: Redis) -> None:
    board = ValkeyPresence(connection, FakeClock())
    board.mark(1, Presence(7, 42, "viewing"), 7)
    assert board.present(2) == []


def test_without_the_server_nobody_is_seen(no_connection: Redis) -> None:
    board = ValkeyPresence(no_connection, FakeClock())
    board.mark(1, Presence(7, 42, "viewing"), 7)
    assert board.present(1) == []


def test_a_site_is_watched_wherever_in_the_inbox_its_agent_is(connection: Redis) -> None:
    board = ValkeyPresence(connection, FakeClock())
    board.mark(1, None, 7)
    board.mark(2, Presence(8, 42, "viewing"), 8)
    assert board.watched() == {1, 2}


def test_a_site_is_watched_for_forty_seconds_after_the_last_word(connection: Redis) -> None:
    clock = FakeClock()
    board = ValkeyPresence(connection, clock)
    board.mark(1, None, 7)
    clock.advance(seconds=39)
    board.mark(2, None, 8)
    clock.advance(seconds=2)
    assert board.watched() == {2}


def test_without_the_server_no_site_is_watched(no_connection: Redis) -> None:
    board = ValkeyPresence(no_connection, FakeClock())
    board.mark(1, None, 7)
    assert board.watched() == frozenset()
