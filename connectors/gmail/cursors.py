"""The positions of the two streams, as versioned text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from inbox_service.ports import Cursor, CursorExpired

_LIVE = "h1:"
_BACKFILL = "b1:"
DAY = 24 * 3600 * 1000
# 2**14 days before now is 1981: older than any mail, so the last window has no lower end.
_LAST_STEP = 13


def live_cursor(history_id: int) -> Cursor:
    """Return the live cursor that begins after this history record."""
    return f"{_LIVE}{history_id}"


def history_id(cursor: Cursor) -> int:
    """Return the history id of a live cursor; raises CursorExpired for text of another make."""
    digits = cursor.removeprefix(_LIVE)
    if not cursor.startswith(_LIVE) or not (digits.isascii() and digits.isdecimal()):
        raise CursorExpired("This is not a cursor of this version of the Gmail connector.")
    return int(digits)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a back-fill stands.

    It goes back from `anchor` (ms UTC) in windows that double: window 0 is the last day and all
    that is dated later, window 1 the two days before, window 2 the four before those. In each
    window it lists one label after the other, by `page`. So it is newest first over all labels,
    although Gmail lists neither by date nor by several labels; and a page token that no longer
    works costs one window, never a message.
    """

    anchor: int
    step: int = 0
    label: str = ""
    page: str = ""
    total: int | None = None
    done: bool = False

    @classmethod
    def read(cls, cursor: Cursor | None) -> Place | None:
        """Read a back-fill cursor; None where there is none, or one of another version."""
        if cursor is None or not cursor.startswith(_BACKFILL):
            return None
        try:
            return cls(**json.loads(cursor.removeprefix(_BACKFILL)))
        except (ValueError, TypeError):
            return None

    def cursor(self) -> Cursor:
        return _BACKFILL + json.dumps(asdict(self), separators=(",", ":"))

    def window(self, since: int | None) -> tuple[int | None, int | None]:
        """Return the window's first and last moment (ms UTC), None where it is open."""
        last = self.anchor - (2**self.step - 1) * DAY if self.step else None
        first = self.anchor - (2 ** (self.step + 1) - 1) * DAY
        if since is not None and since > first:
            return since, last
        return (first if self.step < _LAST_STEP else since), last

    def after_page(self, page: str, labels: list[str], since: int | None) -> Place:
        """Return the next place: the same label's next page, the next label, the next window."""
        if page:
            return replace(self, page=page)
        if later := [label for label in labels if label > self.label]:
            return replace(self, page="", label=later[0])
        first, _ = self.window(since)
        if first is None or first == since or self.step >= _LAST_STEP:
            return replace(self, page="", done=True)
        return replace(self, page="", label=labels[0], step=self.step + 1)
