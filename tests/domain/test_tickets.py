"""How mail moves a ticket."""

from __future__ import annotations

from typing import Any

import pytest

from inbox_service.domain.tickets import REOPEN_WITHIN_MS, Side, after_message, needs_follow_up

OPEN: dict[str, Any] = {"status": "open", "waiting_since": 5, "solved_at": None}
SOLVED: dict[str, Any] = {"status": "solved", "waiting_since": None, "solved_at": 10}


def moved(ticket: dict[str, Any], side: Side, **how: bool) -> dict[str, Any]:
    """Return what a message at 100 changes."""
    return after_message(ticket, side, 100, **{"history": False, "left_inbox": False, **how})


def test_a_customer_reopens_and_waits_from_then() -> None:
    assert moved(SOLVED, "customer")["status"] == "open"
    assert moved(SOLVED, "customer")["waiting_since"] == 100


def test_a_customer_who_waits_already_waits_since_the_first_message() -> None:
    assert moved(OPEN, "customer")["waiting_since"] == 5


def test_our_answer_ends_the_wait_and_leaves_the_status() -> None:
    assert moved(OPEN, "ours") == {"waiting_since": None}


def test_automatic_mail_changes_nothing() -> None:
    assert moved(SOLVED, "automatic") == {}


@pytest.mark.parametrize(
    ("side", "left_inbox", "status"),
    [("ours", False, "solved"), ("customer", False, "open"), ("customer", True, "solved")],
)
def test_history_is_solved_where_we_wrote_last_or_it_was_archived(
    side: Side, left_inbox: bool, status: str
) -> None:
    assert moved(OPEN, side, history=True, left_inbox=left_inbox)["status"] == status


def test_only_a_late_reply_to_a_solved_ticket_needs_a_follow_up() -> None:
    assert not needs_follow_up(OPEN, 10 + REOPEN_WITHIN_MS * 2)
    assert not needs_follow_up(SOLVED, 10 + REOPEN_WITHIN_MS)
    assert needs_follow_up(SOLVED, 11 + REOPEN_WITHIN_MS)
