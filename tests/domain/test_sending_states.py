"""How far a send has come, and what a ticket becomes when a reply leaves it again."""

from __future__ import annotations

from typing import Any

import pytest

from inbox_service.domain.sending import (
    SendState,
    changes_of,
    daily_limit,
    daily_recipients,
    is_near,
    is_unseen,
    room_at,
    state_of,
    taken_back,
)

NOW = 1_000_000
TICKET = {
    "status": "open",
    "assignee_id": None,
    "solved_at": None,
    "snoozed_until": None,
    "waiting_since": 500,
    "last_message_id": 1,
    "last_activity_at": 500,
    "snippet": "Where is it?",
    "snippet_direction": "ltr",
    "has_attachments": False,
}
REPLY = {
    "assignee_id": 7,
    "waiting_since": None,
    "last_message_id": 2,
    "last_activity_at": 900,
    "snippet": "On its way.",
}


def send(**values: Any) -> dict[str, Any]:
    return {"state": "waiting", "error": "", "due_at": NOW, "scheduled_at": None} | values


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"due_at": NOW + 1}, SendState.HELD),
        ({"due_at": NOW + 1, "scheduled_at": NOW + 1}, SendState.SCHEDULED),
        ({}, SendState.WAITING),
        ({"scheduled_at": NOW}, SendState.WAITING),
        ({"due_at": NOW + 1, "error": "Busy."}, SendState.WAITING),
        ({"state": "claimed"}, SendState.SENDING),
        ({"state": "sent"}, SendState.SENT),
        ({"state": "failed"}, SendState.FAILED),
        ({"state": "cancelled"}, SendState.FAILED),
        ({"state": "unsure"}, SendState.UNSURE),
    ],
)
def test_a_send_is_shown_as_far_as_it_has_come(values: dict[str, Any], state: SendState) -> None:
    assert state_of(send(**values), NOW) is state


def test_nobody_outside_sees_what_may_still_be_taken_back() -> None:
    assert is_unseen(send(due_at=NOW + 1), NOW)
    assert not is_unseen(send(), NOW)


def after(**meanwhile: Any) -> dict[str, Any]:
    """Return the ticket with the reply in it, and what others did since."""
    return TICKET | REPLY | meanwhile


def back(ticket: dict[str, Any], *, answered_since: bool = False) -> dict[str, Any]:
    changes = changes_of(TICKET, TICKET | REPLY)
    return ticket | taken_back(ticket, changes, answered_since=answered_since)


def test_a_reply_that_is_taken_back_leaves_its_ticket_as_it_was() -> None:
    assert back(after()) == TICKET


def test_solving_with_a_reply_is_taken_back_with_it() -> None:
    solved = TICKET | REPLY | {"status": "solved", "solved_at": 900}
    assert solved | taken_back(solved, changes_of(TICKET, solved), answered_since=False) == TICKET


def test_what_somebody_changed_since_stays_as_he_made_it() -> None:
    ticket = back(after(assignee_id=9, status="pending"))
    assert (ticket["assignee_id"], ticket["status"]) == (9, "pending")


def test_who_wrote_again_meanwhile_has_waited_since_his_first_mail() -> None:
    ticket = back(after(waiting_since=950, last_message_id=3, snippet="Hello?"))
    assert (ticket["waiting_since"], ticket["snippet"]) == (500, "Hello?")


def test_nobody_waits_where_a_colleague_has_answered_since() -> None:
    ticket = back(after(last_message_id=3), answered_since=True)
    assert ticket["waiting_since"] is None


def test_nobody_waits_in_a_ticket_that_was_solved_since() -> None:
    assert back(after(status="solved", solved_at=990))["waiting_since"] is None


def test_a_private_account_may_write_to_fewer_people_than_a_company() -> None:
    assert daily_recipients("rita@gmail.com") < daily_recipients("support@shop.example")


# --- limits of a day ------------------------------------------------------------------------------

DAY = 24 * 3600 * 1000


@pytest.mark.parametrize(
    ("sent", "recipients", "limit", "room"),
    [
        ([], 1, 1, None),
        ([(NOW, 1)], 1, 2, None),
        ([(NOW, 1)], 1, 1, NOW + DAY),
        ([(NOW, 1), (NOW + 1, 1), (NOW + 2, 1)], 2, 3, NOW + 1 + DAY),
        ([(NOW, 1), (NOW + 1, 1)], 5, 3, NOW + 1 + DAY),
        ([], 5, 3, None),
    ],
)
def test_there_is_room_once_enough_left_a_day_ago(
    sent: list[tuple[int, int]], recipients: int, limit: int, room: int | None
) -> None:
    assert room_at(sent, recipients, limit) == room


@pytest.mark.parametrize(("recipients", "near"), [(0, False), (1599, False), (1600, True)])
def test_a_mailbox_is_near_its_limit_from_four_fifths_on(recipients: int, near: bool) -> None:
    assert is_near(recipients, 2000) is near


@pytest.mark.parametrize(("chosen", "limit"), [(None, 500), (40, 40)])
def test_a_chosen_limit_counts_before_the_providers(chosen: int | None, limit: int) -> None:
    assert daily_limit({"address": "shop@gmail.com", "daily_limit": chosen}) == limit
