"""Calendar parts, beyond the mails of nasty/."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.mail import Invitation
from inbox_service.mime.calendars import invitation

AT = 1_741_000_000_000  # 2025-03-03T11:06:40Z


def event(*lines: str) -> Invitation:
    """Read an event of these lines."""
    found = invitation("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "starts_at"),
    [
        ("DTSTART:20250303T110640Z", AT),
        ("DTSTART;TZID=Asia/Riyadh:20250303T140640", AT),
        ("DTSTART;TZID=Asia/Manila:20250303T190640", AT),
        ("DTSTART;TZID=Arab Standard Time:20250303T140640", AT),
        ('DTSTART;X="a;b:c";TZID=Singapore Standard Time:20250303T190640', AT),
        ("DTSTART;TZID=../../etc/passwd:20250303T110640", None),
        ("DTSTART;TZID=Nowhere:20250303T110640", None),
        ("DTSTART:20250303T110640", None),
        ("DTSTART:20250303", None),
        ("DTSTART:99999999T999999Z", None),
        ("DTSTART:soon", None),
    ],
)
def test_a_moment_is_known_where_its_zone_is(line: str, starts_at: int | None) -> None:
    assert event(line).starts_at == starts_at


@pytest.mark.parametrize(
    ("duration", "ends"),
    [
        ("PT30M", "2025-03-03T11:36"),
        ("P1D", "2025-03-04T11:06"),
        ("P1W", "2025-03-10T11:06"),
        ("P1DT1H", "2025-03-04T12:06"),
        ("-PT5M", ""),
        ("P99999D", "2298-12-16T11:06"),
        ("nonsense", ""),
    ],
)
def test_an_end_is_counted_from_the_duration(duration: str, ends: str) -> None:
    assert event("DTSTART:20250303T110640Z", f"DURATION:{duration}").ends == ends


def test_of_several_events_the_first_is_shown() -> None:
    two = "BEGIN:VEVENT\nSUMMARY:one\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:two\nEND:VEVENT"
    found = invitation(two)
    assert found is not None
    assert found.summary == "one"


def test_a_zone_has_no_say_in_the_event() -> None:
    zone = "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:16010101T000000\nEND:STANDARD\nEND:VTIMEZONE"
    found = invitation(f"{zone}\nBEGIN:VEVENT\nDTSTART:20250303T110640Z\nEND:VEVENT")
    assert found is not None
    assert found.starts_at == AT


def test_the_method_is_the_calendars_or_else_the_parts() -> None:
    found = invitation("BEGIN:VEVENT\nEND:VEVENT", "CANCEL")
    assert found is not None
    assert found.method == "cancel"


def test_the_organizer_is_named_or_else_addressed() -> None:
    assert event("ORGANIZER:MAILTO:ana@shop.example").organizer == "ana@shop.example"


@pytest.mark.parametrize("content", ["", "BEGIN:VCALENDAR\nEND:VCALENDAR", "words", "BEGIN:VALARM"])
def test_what_has_no_event_is_no_invitation(content: str) -> None:
    assert invitation(content) is None


@pytest.mark.parametrize("piece", [';A="', ";;;;", "\r\n ", ":", ';A="";', "\\n", "BEGIN:VALARM\n"])
def test_a_calendar_made_to_be_slow_is_read_in_two_seconds(piece: str) -> None:
    begun = time.process_time()
    invitation(f"BEGIN:VEVENT\r\nDTSTART{piece * 200_000}")
    assert time.process_time() - begun < 2


@given(st.text(alphabet='BEGINVTDSUMARY:;="\\,\n\r T0123456789Z', max_size=200))
def test_no_text_makes_a_calendar_raise(text: str) -> None:
    invitation(f"BEGIN:VEVENT\n{text}\nEND:VEVENT")
