"""Stored mail that belongs to no ticket: whose it is can only be read in its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.erasure import Person
from inbox_service.domain.mail import ParsedMail
from inbox_service.errors import NotFound
from inbox_service.store import persons

log = structlog.get_logger()

# How much stored mail is looked through at a time: about a second's work.
AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """A stored mail that names the person; `parsed` is None where it cannot be read.

    It `is_his` where he wrote it or it went to nobody else; else it is another person's.
    """

    row: Mapping[str, Any]
    parsed: ParsedMail | None
    is_his: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The person's letters of one stretch, and the id to go on from; None at the end."""

    letters: list[Letter]
    next_id: int | None


def letters_of(deps: Deps, site_id: int, who: Person, after: int) -> Found:
    """Look through the next stored mails; call it outside a transaction."""
    with deps.sessions.reading() as connection:
        rows = persons.loose_mail(connection, site_id, after, AT_ONCE)
    named = _pattern(who)
    letters = [_letter(deps, site_id, dict(row), who, named) for row in rows]
    next_id = rows[-1]["id"] if len(rows) == AT_ONCE else None
    return Found([letter for letter in letters if letter is not None], next_id)


def _pattern(who: Person) -> re.Pattern[bytes]:
    emails = "|".join(re.escape(email) for email in sorted(who.emails))
    return re.compile(rf"(?<![\w.+-])(?:{emails})(?![\w-])".encode(), re.IGNORECASE)


def _letter(
    deps: Deps, site_id: int, row: Mapping[str, Any], who: Person, named: re.Pattern[bytes]
) -> Letter | None:
    try:
        raw = deps.blobs.get(site_id, row["blob"])
    except NotFound:
        return None
    # Nearly every mail ends here: reading them all would take minutes.
    if not named.search(raw.replace(b"\r", b"").partition(b"\n\n")[0]):
        return None
    try:
        parsed = mime.parse(raw)
    except Exception as error:  # noqa: BLE001  (parked because it cannot be read: his, for safety)
        log.info("letter_unreadable", site_id=site_id, error=type(error).__name__)
        return Letter(row, None, is_his=True)
    return Letter(row, parsed, _is_his(parsed, who))


def _is_his(parsed: ParsedMail, who: Person) -> bool:
    if parsed.sender is None or who.has(parsed.sender.email):
        return True
    if parsed.bounce is not None and who.has(parsed.bounce.recipient):
        return True
    people = [*parsed.to, *parsed.cc]
    return bool(people) and all(who.has(one.email) for one in people)
