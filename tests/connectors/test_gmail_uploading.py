"""Large mails go to Gmail in pieces, whole, and a broken connection costs a piece."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from connectors.gmail.uploading import LARGEST_AT_ONCE, upload_in_pieces
from connectors.testkit.conformance_sending import outgoing
from inbox_service.ports import OutgoingRaw, RetryLater

LINE = b"0123456789" * 7 + b"\r\n"


def large(gmail: Any) -> bytes:
    """Write a mail that needs two pieces."""
    return outgoing(gmail, "key-1") + LINE * (9 * 1024 * 1024 // len(LINE))


def test_a_large_mail_arrives_whole(gmail: Any) -> None:
    raw, connector = large(gmail), gmail.connector()
    assert len(raw) > LARGEST_AT_ONCE
    connector.deliver(connector.prepare(OutgoingRaw(raw), "key-1"))
    [arrived] = gmail.received()
    assert arrived.endswith(LINE * 100)
    assert arrived.count(LINE) == raw.count(LINE)


def test_a_large_mail_whose_answer_is_lost_waits_and_is_not_sent(gmail: Any) -> None:
    gmail.simulator.fault("drafts.create", kind="accept_then_drop")
    with pytest.raises(RetryLater):
        gmail.connector().prepare(OutgoingRaw(large(gmail)), "key-1")
    assert gmail.sent() == []


class Flaky:
    """A session onto a server that breaks off at the second piece, after half of it."""

    def __init__(self, breaks: int) -> None:
        self.held = b""
        self.breaks = breaks

    def post(self, _url: str, **_more: Any) -> requests.Response:
        return self._answer(200, Location="here")

    def put(self, _place: str, *, data: bytes, headers: dict[str, str], **_more: Any) -> Any:
        span, _, total = headers["Content-Range"].removeprefix("bytes ").partition("/")
        if span != "*":
            assert int(span.partition("-")[0]) == len(self.held)
            if self.held and self.breaks:
                self.breaks -= 1
                self.held += data[: len(data) // 2]
                raise requests.ConnectionError
            self.held += data
        done = len(self.held) == int(total)
        return (
            self._answer(200) if done else self._answer(308, Range=f"bytes=0-{len(self.held) - 1}")
        )

    def _answer(self, status: int, **headers: str) -> requests.Response:
        answer = requests.Response()
        answer.status_code = status
        answer.headers.update(headers)
        return answer


def test_after_a_break_it_goes_on_from_what_is_held() -> None:
    session, raw = Flaky(breaks=2), LINE * 500_000
    answer = upload_in_pieces(session, "drafts", {}, raw)  # type: ignore[arg-type]  # as much of one as is used
    assert answer.status_code == 200
    assert session.held == raw


def test_who_breaks_off_again_and_again_is_left_for_later() -> None:
    with pytest.raises(RetryLater):
        upload_in_pieces(Flaky(breaks=9), "drafts", {}, LINE * 500_000)  # type: ignore[arg-type]  # as above
