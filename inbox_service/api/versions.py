"""Which version of a thing a change is meant for (RFC 9110 13.1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from marshmallow import Schema, fields

from inbox_service.errors import Invalid, Stale

_ETAG = re.compile(r'"([0-9]{1,18})"')


class IfMatch(Schema):
    """The version a change is meant for."""

    if_match = fields.String(
        data_key="If-Match", metadata={"description": "The ETag of the thing as it was read"}
    )


def etag(version: int) -> dict[str, str]:
    """Return the header that tells a version."""
    return {"ETag": f'"{version}"'}


def wanted_version(headers: dict[str, str]) -> int:
    """Return the version that If-Match names; raises Invalid where there is no such header."""
    if_match = headers.get("if_match")
    if if_match is None:
        raise Invalid(
            "Say which version you change: send If-Match with the ETag you have read.",
            code="precondition_required",
            field="If-Match",
        )
    found = _ETAG.fullmatch(if_match.strip())
    # Any other tag matches no version of ours.
    return int(found.group(1)) if found else 0


@contextmanager
def stale_with(name: str, shown: Callable[[Any], Any]) -> Iterator[None]:
    """Where a change is refused as stale, say how what is called `name` is now.

    The screen shows it without asking again; `shown` makes JSON of what the service found.
    """
    try:
        yield
    except Stale as stale:
        now = {name: shown(stale.details[name])}
        raise Stale(str(stale), code=stale.code, **now) from stale
