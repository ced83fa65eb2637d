"""What an agent wrote, before it is a mail."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from inbox_service.errors import Invalid

MAX_TEXT = 500_000
MAX_RECIPIENTS = 100
# About the moment it is sent at, and no part of what was written.
_OF_THE_MOMENT = frozenset({"seen_up_to", "set_status", "send_at", "to_suppressed"})


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """What an agent wrote. `to` None means: whom a reply goes to by itself.

    `seen_up_to` is the newest message the agent saw, notes included; `set_status` a status to give
    the ticket with it, None to leave it; `send_at` a moment (ms UTC) to send it at, None for now.

    `sender` is the address to write as, None for the one the customer wrote to. `uploads` are the
    files that go along. A draft that `forwards` a message passes it on, with its `files` (ids of
    attachments, None for all). `quotes` tells whether earlier mail stands below.
    """

    text: str
    html: str = ""
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    sender: str | None = None
    uploads: tuple[int, ...] = ()
    forwards: int | None = None
    files: tuple[int, ...] | None = None
    quotes: bool = True
    seen_up_to: int | None = None
    set_status: str | None = None
    send_at: int | None = None
    # Also to addresses that mail bounced from for good.
    to_suppressed: bool = False


def written(draft: ReplyDraft) -> dict[str, Any]:
    """Return what a draft keeps of it: the text, and whatever is not as it is by itself."""
    usual = ReplyDraft("")
    every = {name: value for name, value in asdict(draft).items() if name not in _OF_THE_MOMENT}
    return {
        name: value
        for name, value in every.items()
        if name == "text" or value != getattr(usual, name)
    }


def check(draft: ReplyDraft) -> None:
    """Refuse what no mail can be made of; raises Invalid naming the field."""
    if not draft.text.strip() and draft.forwards is None and not draft.uploads:
        raise Invalid("Write something first: the text is empty.", field="text")
    if len(draft.text) + len(draft.html) > MAX_TEXT:
        raise Invalid(f"The text is longer than {MAX_TEXT} characters.", field="text")
    if not draft.to and (draft.to is not None or draft.forwards is not None):
        raise Invalid("Name somebody to send it to.", field="to")
    if len(draft.to or ()) + len(draft.cc) + len(draft.bcc) > MAX_RECIPIENTS:
        raise Invalid(f"At most {MAX_RECIPIENTS} people can get one reply.", field="to")
