"""A message passed on to somebody else, with its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import OutgoingAttachment
from inbox_service.errors import Invalid
from inbox_service.store import messages, timeline
from inbox_service.store.rows import Row

from .reply_draft import ReplyDraft


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The message, and those of its files that go along."""

    message: Row
    files: Sequence[Row]

    @property
    def subject(self) -> str:
        """The subject of the mail; a prefix that is there already is not doubled."""
        subject = str(self.message["subject"])
        return subject if subject.lower().startswith(("fwd:", "fw:")) else f"Fwd: {subject}"

    @property
    def message_id(self) -> str:
        """What the mail names as what it came from, as Gmail does."""
        return str(self.message["rfc_message_id"])

    @property
    def references(self) -> tuple[str, ...]:
        """The References header: an answer to the forward then finds the ticket."""
        chain = (*self.message["reference_ids"], self.message_id)
        return tuple(dict.fromkeys(one for one in chain if one))


def read_forwarded(
    connection: Connection, ticket_id: int, site_id: int, draft: ReplyDraft
) -> Forwarded | None:
    """Return what the draft passes on, None where it answers; raises Invalid where it is gone."""
    if draft.forwards is None:
        return None
    message = messages.get_many(connection, site_id, [draft.forwards]).get(draft.forwards)
    if message is None or message["ticket_id"] != ticket_id or message["kind"] == "note":
        raise Invalid("The ticket has no such message to forward.", field="forwards")
    rows = timeline.attachments_of(connection, site_id, [message["id"]]).get(message["id"], [])
    # Pictures inside the HTML belong to it; other files may be left out.
    files = [
        dict(row)
        for row in rows
        if row["inline"] or draft.files is None or row["id"] in draft.files
    ]
    return Forwarded(message, files)


def forwarded_files(deps: Deps, forwarded: Forwarded) -> list[OutgoingAttachment]:
    """Return the files with their bytes; call it outside a transaction.

    What was packed into a winmail.dat goes as the files it is, which every mail program can open.
    """
    message = forwarded.message
    if not forwarded.files or not message["blob"]:
        return []
    raw = deps.blobs.get(message["site_id"], message["blob"])
    return [
        OutgoingAttachment(
            row["filename"],
            row["content_type"],
            mime.attachment(raw, row["part"])[1],
            row["content_id"] if row["inline"] else "",
        )
        for row in forwarded.files
    ]
