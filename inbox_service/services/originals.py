"""The original of a message: what its mail says before we made anything of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.errors import NotFound
from inbox_service.store import timeline

from . import auth, files
from .views import visible_ticket

# More of it is an attached file in base64, which nobody reads; the whole is there to save.
MOST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Original:
    """A mail's telling headers, what its provider found out, and the beginning of its bytes."""

    headers: Sequence[tuple[str, str]]
    checks: Sequence[mime.Check]
    text: str
    is_cut: bool
    size: int
    token: str


def show_original(deps: Deps, caller: auth.Caller, number: int, message_id: int) -> Original:
    """Return the original of a message in a ticket that the caller sees.

    raises NotFound `original_not_found` for one that is no mail, or was erased.
    """
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        mail = timeline.mail_of(act.connection, caller.site_id, message_id)
    if mail is None or mail.ticket_id != ticket["id"]:
        raise NotFound("The message has no original here.", code="original_not_found")
    # Read after the transaction (design rule 1).
    raw = deps.blobs.get(caller.site_id, mail.blob)
    return Original(
        mime.shown_headers(raw),
        mime.checks(mime.header_values(raw, "Authentication-Results")),
        mime.raw_text(raw, MOST_TEXT),
        len(raw) > MOST_TEXT,
        len(raw),
        files.token(deps, caller.site_id, message_id, act.at, files.Kind.ORIGINAL),
    )
