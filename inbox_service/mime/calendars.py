"""Calendar parts (RFC 5545) into what an agent must know: what, when, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from inbox_service.domain.mail import Invitation
from inbox_service.mime.headers import one_line

CONTENT_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
MAX_CALENDAR = 512 * 1024
MAX_TEXT = 500

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})((?:;(?:\"[^\"]*\"|[^\":;])*){0,30}):(.*)")
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(?:\"([^\"]*)\"|([^\";:]*))")
_ESCAPE = re.compile(r"\\([\\;,nN])")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_SHOWN = ("VEVENT", "VTODO")


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time as written, and when that is."""

    written: str = ""
    zone: str = ""
    at: int | None = None


@dataclass(slots=True)
class _Event:
    lines: dict[str, _Line] = field(default_factory=dict)
    attendees: list[_Line] = field(default_factory=list)

    def text(self, name: str) -> str:
        line = self.lines.get(name)
        return _unescaped(line.value) if line else ""


def invitation(content: str, method: str = "") -> Invitation | None:
    """Read the first event or task of a calendar; None where it has none. Never raises.

    `method` is the Content-Type's, for calendars that do not say it themselves.
    """
    found = _first_event(content[:MAX_CALENDAR])
    if found is None:
        return None
    said, event = found
    starts = _moment(event.lines.get("DTSTART"))
    ends = _moment(event.lines.get("DTEND") or event.lines.get("DUE"))
    if not ends.written:
        ends = _after(starts, event.text("DURATION"))
    return Invitation(
        method=(said or method).lower()[:20],
        summary=event.text("SUMMARY"),
        place=event.text("LOCATION"),
        organizer=_person(event.lines.get("ORGANIZER")),
        starts=starts.written,
        ends=ends.written,
        zone=starts.zone,
        starts_at=starts.at,
        ends_at=ends.at,
        answer=_answer(event) if (said or method).lower() == "reply" else "",
        repeats="RRULE" in event.lines,
    )


def _first_event(content: str) -> tuple[str, _Event] | None:
    method = ""
    inside = ""
    event = _Event()
    depth = 0
    for line in _lines(content):
        if line.name == "METHOD" and not inside:
            method = line.value.strip()
        elif line.name == "BEGIN":
            depth += bool(inside)
            inside = inside or (line.value.strip().upper() if _is_shown(line) else "")
        elif line.name == "END" and inside:
            if depth == 0:
                return method, event
            depth -= 1
        elif inside and depth == 0:  # deeper is an alarm, with a summary of its own
            _note(event, line)
    return (method, event) if inside else None


def _is_shown(line: _Line) -> bool:
    return line.value.strip().upper() in _SHOWN


def _note(event: _Event, line: _Line) -> None:
    if line.name == "ATTENDEE":
        event.attendees.append(line)
    else:
        event.lines.setdefault(line.name, line)


def _lines(content: str) -> Iterator[_Line]:
    for text in _FOLD.sub("", content).splitlines():
        found = _LINE.match(text[:20_000])
        if found:
            given = _PARAMETER.findall(found[2])
            parameters = {name.upper(): quoted or plain for name, quoted, plain in given}
            yield _Line(found[1].upper(), parameters, found[3])


def _unescaped(value: str) -> str:
    plain = _ESCAPE.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return one_line(plain)[:MAX_TEXT]


def _person(line: _Line | None) -> str:
    if line is None:
        return ""
    name = one_line(line.parameters.get("CN", ""))
    address = re.sub(r"(?i)^mailto:", "", line.value.strip())
    return (name or address)[:MAX_TEXT]


def _answer(event: _Event) -> str:
    answers = [line.parameters.get("PARTSTAT", "") for line in event.attendees]
    return next((answer.lower()[:20] for answer in answers if answer), "")


def _moment(line: _Line | None) -> _Moment:
    found = _MOMENT.match(line.value.strip()) if line else None
    if line is None or found is None:
        return _Moment()
    try:
        return _read_moment(found, line.parameters.get("TZID", ""))
    except (ValueError, OverflowError):  # a thirteenth month
        return _Moment()


def _read_moment(found: re.Match[str], zone_name: str) -> _Moment:
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return _Moment(day.isoformat())
    clock = time(int(found[4]), int(found[5]), int(found[6] or 0))
    zone = UTC if found[7] else _zone(zone_name)
    name = "UTC" if found[7] else one_line(zone_name)[:100]
    return _dated(datetime.combine(day, clock, zone), name)


def _dated(moment: datetime, zone: str) -> _Moment:
    at = int(moment.timestamp()) * 1000 if moment.tzinfo else None
    return _Moment(moment.replace(tzinfo=None).isoformat(timespec="minutes"), zone, at)


def _zone(name: str) -> ZoneInfo | None:
    """Return a zone by its name there, or by what Windows calls it; None for one of its own."""
    mapped = get_global("windows_zone_mapping").get(name, name)
    try:
        return ZoneInfo(mapped)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _after(starts: _Moment, duration: str) -> _Moment:
    found = _DURATION.fullmatch(duration.strip())
    if not found or "T" not in starts.written or found[1] == "-":
        return _Moment()
    weeks, days, hours, minutes = (int(found[n] or 0) for n in (2, 3, 4, 5))
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        ends = datetime.fromisoformat(starts.written) + length
    except OverflowError:
        return _Moment()
    at = starts.at + int(length.total_seconds()) * 1000 if starts.at is not None else None
    return _Moment(ends.isoformat(timespec="minutes"), starts.zone, at)
