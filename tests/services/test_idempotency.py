"""Doing a thing once, also when it is asked for twice at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from team import Team

from inbox_service.errors import InboxError, Invalid, Unauthenticated
from inbox_service.services import auth, conversations
from inbox_service.services.auth import Caller
from inbox_service.services.conversations import MessageView
from inbox_service.services.idempotency import Key, answered, once
from inbox_service.services.replies import ReplyDraft
from inbox_service.store.tables import idempotency, messages, used_tokens
from inbox_service.testing import START, add_ticket

KEY = Key("key", "hash")
NOTE = ReplyDraft("Looks lost.")


def note(team: Team, key: Key = KEY, caller: Caller | None = None) -> MessageView:
    return conversations.write_message(team.deps, caller or team.caller, 1, "note", NOTE, key)


def rows(team: Team) -> int:
    with team.reading() as connection:
        return connection.execute(select(func.count()).select_from(messages)).scalar_one()


def test_of_many_at_once_one_writes_and_all_get_its_message(team: Team) -> None:
    team.add(add_ticket, team.inbox_id, number=1)
    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(lambda _: note(team).row["id"], range(4)))
    assert (len(set(written)), rows(team)) == (1, 1)


def test_of_many_replays_at_once_one_is_let_in(team: Team) -> None:
    team.add(add_ticket, team.inbox_id, number=1)
    replayed = Caller(team.site_id, "agent", "7", "j" * 32, START + 60_000)

    def attempt(number: int) -> str:
        try:
            note(team, Key(str(number), "hash"), replayed)
        except Unauthenticated as refused:
            return refused.code
        return "written"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(attempt, range(4)))
    assert outcomes == ["token_replayed"] * 3 + ["written"]
    assert rows(team) == 1


def test_an_action_that_fails_leaves_the_key_free(team: Team) -> None:
    def fail() -> int:
        raise Invalid("No.")

    with pytest.raises(Invalid), auth.writing(team.deps, team.caller) as act:
        once(act, KEY, fail)
    with auth.writing(team.deps, team.caller) as act:
        assert once(act, KEY, lambda: 5) == 5


def test_an_action_that_fails_leaves_the_token_unspent(team: Team) -> None:
    caller = Caller(team.site_id, "agent", "7", "j" * 32, START)
    with pytest.raises(InboxError):
        note(team, caller=caller)
    with team.reading() as connection:
        assert connection.execute(select(used_tokens)).all() == []


def test_the_first_answer_is_given_again(team: Team) -> None:
    answers = []
    for made in (5, 6):
        with auth.writing(team.deps, team.caller) as act:
            answers.append(once(act, KEY, lambda made=made: made))
    assert answers == [5, 5]
    assert answered(team.deps, team.site_id, team.agent_id, KEY)


def test_a_key_is_kept_with_an_id_and_no_words(team: Team) -> None:
    team.add(add_ticket, team.inbox_id, number=1)
    view = note(team)
    with team.reading() as connection:
        kept = connection.execute(select(idempotency)).one()
    assert kept.response == {"id": str(view.row["id"])}


def test_another_request_under_the_key_is_refused(team: Team) -> None:
    with auth.writing(team.deps, team.caller) as act:
        once(act, KEY, lambda: 5)
    with (
        pytest.raises(Invalid, match="another request"),
        auth.writing(team.deps, team.caller) as act,
    ):
        once(act, Key("key", "other"), lambda: 6)
