"""What a customer is told of a ticket, and what is kept from him."""

from __future__ import annotations

from typing import Any

import pytest

from inbox_service.domain.portal import Reader, can_answer, is_shown, shown_name, side, step

DAY_MS = 86_400_000
LINA = Reader(5, frozenset({"lina@example.net"}))


def a_ticket(**values: Any) -> dict[str, Any]:
    new = {"status": "open", "assignee_id": None, "merged_into": None, "solved_at": None}
    return {**new, **values}


def a_message(**values: Any) -> dict[str, Any]:
    message = {"kind": "in", "author_type": "customer", "author_id": 9, "automatic": None}
    message |= {"author_email": "otto@example.net", "recipients": [], "copied": []}
    return {**message, **values}


def to(*emails: str) -> list[dict[str, str]]:
    return [{"email": email, "name": ""} for email in emails]


@pytest.mark.parametrize(
    ("ticket", "answered", "expected"),
    [
        ({}, False, "received"),
        ({}, True, "in_progress"),
        ({"assignee_id": 3}, False, "in_progress"),
        ({"status": "pending"}, False, "waiting_for_you"),
        ({"status": "pending", "assignee_id": 3}, True, "waiting_for_you"),
        ({"status": "solved"}, False, "solved"),
        ({"status": "solved", "assignee_id": 3}, True, "solved"),
    ],
)
def test_a_ticket_stands_at_one_of_four_steps(
    ticket: dict[str, Any], answered: bool, expected: str
) -> None:
    assert step(a_ticket(**ticket), answered=answered) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, True), (30, True), (31, False)])
def test_a_solved_ticket_takes_answers_for_a_month(days: int, expected: bool) -> None:
    assert can_answer(a_ticket(status="solved", solved_at=0), days * DAY_MS) is expected


def test_a_merged_ticket_takes_no_answers() -> None:
    assert not can_answer(a_ticket(merged_into=2), 0)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"author_email": "lina@example.net"}, True),
        ({"author_id": 5}, True),
        ({"kind": "out", "author_type": "agent", "recipients": to("Lina@example.net")}, True),
        ({"kind": "out", "author_type": "agent", "copied": to("lina@example.net")}, True),
        ({"kind": "out", "author_type": "agent", "recipients": to("otto@example.net")}, False),
        ({"recipients": to("support@shop.example")}, False),
        ({"recipients": to("support@shop.example"), "copied": to("lina@example.net")}, True),
        ({"kind": "note", "author_type": "agent", "recipients": to("lina@example.net")}, False),
        ({"author_type": "system", "recipients": to("lina@example.net")}, False),
        ({"author_id": 5, "automatic": "auto_reply"}, False),
        ({"author_id": 5, "automatic": "bounce"}, False),
        ({"author_id": 5, "automatic": "list"}, True),
    ],
)
def test_a_customer_sees_what_he_wrote_and_what_was_written_to_him(
    message: dict[str, Any], expected: bool
) -> None:
    assert is_shown(a_message(**message), LINA) is expected


@pytest.mark.parametrize(("number", "expected"), [(1, True), (2, False), (3, False)])
def test_a_reader_who_was_shut_out_reads_up_to_then(number: int, expected: bool) -> None:
    until_second = Reader(5, LINA.addresses, until=2)
    assert is_shown(a_message(id=number, author_id=5), until_second) is expected


def test_an_agent_with_a_customers_number_is_not_that_customer() -> None:
    ours = a_message(author_type="agent", author_id=5, author_email="lina@example.net")
    assert not LINA.wrote(ours)


@pytest.mark.parametrize(
    ("message", "expected"),
    [({"author_id": 5}, "you"), ({"kind": "out", "author_type": "agent"}, "us"), ({}, "other")],
)
def test_a_message_is_yours_ours_or_somebody_elses(message: dict[str, Any], expected: str) -> None:
    assert side(a_message(**message), LINA) == expected


@pytest.mark.parametrize(
    ("name", "shown"), [(" Sara ", "Sara"), ("otto@example.net", ""), ("", "")]
)
def test_a_name_that_is_an_address_is_not_shown(name: str, shown: str) -> None:
    assert shown_name({"author_name": name}) == shown
