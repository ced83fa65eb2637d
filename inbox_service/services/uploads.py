"""Files that agents attach: they come in pieces, before the mail that takes them is written.

A piece is small enough for the limits that web servers have for one request, and what has come is
kept, so that a lost connection costs one piece.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.mail import OutgoingAttachment
from inbox_service.domain.mail_size import room_for_files
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.store import erasing, inboxes, mailboxes, tickets, uploads
from inbox_service.store.ids import new_id

from . import auth
from .desk import Row
from .views import visible_ticket

# Below the one MiB that nginx takes for a request by default.
LARGEST_PIECE = 768 * 1024
MOST_FILES = 100
UNUSED_FOR_MS = 24 * 3_600_000
_AT_ONCE = 100
# In front of every piece: no two pieces are then the same blob, so one can go without a look at
# who else has it.
_SALT = 16


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that a browser is about to send; `size` is in bytes.

    An `inline` one is shown by the HTML of the mail, under the `content_id` that it is given.
    """

    filename: str
    content_type: str
    size: int
    inline: bool = False


def begin(deps: Deps, caller: auth.Caller, number: int, file: Announced) -> Row:
    """Make room for a file in the ticket's next mail.

    raises Invalid `attachments_too_large` where the mail could not hold it, with its `size`, the
    `total` of all files and their `limit`.
    """
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number)
        agent_id = act.viewer.agent_id or 0
        others = uploads.of_ticket(act.connection, caller.site_id, agent_id, ticket["id"])
        limit = room_in(deps, act.connection, caller.site_id, ticket["inbox_id"])
        _check_room(file, others, limit)
        row = _row(caller.site_id, agent_id, ticket["id"], file, act.at)
        uploads.add(act.connection, row)
    return row


def of_ticket(deps: Deps, caller: auth.Caller, number: int) -> list[Row]:
    """Return what the calling agent uploaded for the ticket's next mail."""
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        agent_id = act.viewer.agent_id or 0
        return uploads.of_ticket(act.connection, caller.site_id, agent_id, ticket["id"])


def add_piece(deps: Deps, caller: auth.Caller, upload_id: int, offset: int, content: bytes) -> Row:
    """Keep the bytes that begin at `offset`, and return how the upload stands now.

    A piece that is there already changes nothing: its answer was lost. raises Conflict
    `offset_wrong` with `received`, from where to go on.
    """
    with auth.reading(deps, caller) as act:
        row = _own(act, upload_id)
    if offset < row["received"] and offset + len(content) <= row["received"]:
        return row
    _check_piece(row, offset, len(content))
    blob = _store(deps, caller.site_id, content)
    piece = {"size": len(content), "blob": blob}
    with auth.writing(deps, caller) as act:
        if not uploads.add_piece(act.connection, row, piece, act.at):
            raise _elsewhere(row)
        erasing.undoom(act.connection, [(caller.site_id, blob)])
        return _own(act, upload_id)


def read(deps: Deps, caller: auth.Caller, upload_id: int) -> tuple[Row, bytes]:
    """Return a file of the calling agent's with its bytes; raises NotFound, also for half a one."""
    with auth.reading(deps, caller) as act:
        row = _own(act, upload_id)
    if not is_whole(row):
        raise _gone()
    return row, _content(deps, row)


def is_whole(row: Row) -> bool:
    """Tell whether all bytes of an upload are here."""
    return bool(row["received"] >= row["size"])


def _store(deps: Deps, site_id: int, content: bytes) -> str:
    """Store a piece that goes again in a day unless a row names it by then; return its name."""
    salted = secrets.token_bytes(_SALT) + content
    blob = hashlib.sha256(salted).hexdigest()
    # Noted first: nothing else would find the file of a process that ends right after writing it.
    with deps.sessions.writing() as connection:
        erasing.doom(connection, site_id, [blob], deps.clock.now() + UNUSED_FOR_MS)
    return deps.blobs.put(site_id, salted)


def bring(
    deps: Deps, site_id: int, agent_id: int, ticket_id: int, files: Sequence[OutgoingAttachment]
) -> list[Row]:
    """Store files that came whole, as by mail, and return them as uploads of the agent.

    Call it outside a transaction, and `put_in` within the one that gives them to a message: none
    of them then ever waits for another mail.
    """
    return [
        _row(site_id, agent_id, ticket_id, _announced(file), deps.clock.now())
        | {
            "received": len(file.content),
            "pieces": [{"size": len(file.content), "blob": _store(deps, site_id, file.content)}],
        }
        for file in files
    ]


def put_in(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert what was brought."""
    for row in rows:
        uploads.add(connection, row)
    erasing.undoom(connection, [(row["site_id"], blob) for row in rows for blob in _blobs(row)])


def remove(deps: Deps, caller: auth.Caller, upload_id: int) -> None:
    """Take a file out of the ticket's next mail."""
    with auth.writing(deps, caller) as act:
        row = _own(act, upload_id)
        uploads.remove(act.connection, caller.site_id, row["agent_id"], upload_id)
        erasing.doom(act.connection, caller.site_id, uploads.blobs_of([row]), act.at)


def room_in(deps: Deps, connection: Connection, site_id: int, inbox_id: int) -> int:
    """Return how many bytes of files a mail from this inbox may hold."""
    feeds = inboxes.feeds(connection, site_id, inbox_id)
    found = [mailboxes.get(connection, site_id, feed["mailbox_id"]) for feed in feeds]
    kinds = {mailbox["kind"] for mailbox in found if mailbox}
    # The smallest: which of them sends is not settled before the mail is written.
    return min((room_for_files(deps.connectors.largest_mail(kind)) for kind in kinds), default=0)


def wanted(
    connection: Connection, site_id: int, agent_id: int, ticket_id: int, ids: Collection[int]
) -> list[Row]:
    """Return the uploads a mail shall take, in order; raises Invalid where one is not whole."""
    rows = uploads.of_ticket(connection, site_id, agent_id, ticket_id)
    found = [row for row in rows if row["id"] in ids]
    if len(found) < len(set(ids)):
        raise Invalid(
            "A file of this mail was removed meanwhile: look at the list of files again.",
            code="upload_gone",
            field="uploads",
        )
    for row in found:
        if not is_whole(row):
            raise Invalid(
                f"{row['filename']} is not uploaded yet: wait for it, or remove it.",
                code="upload_incomplete",
                field="uploads",
            )
    return found


def take_uploads(
    connection: Connection, rows: Sequence[Row], message_id: int, leaves_at: int
) -> None:
    """Let a message that is written now have its files; raises Conflict where one is gone."""
    if uploads.take(connection, rows, message_id, leaves_at) < len(rows):
        raise Conflict("A file of this mail was removed meanwhile.", code="upload_gone")


def files_of(deps: Deps, rows: Sequence[Row]) -> list[OutgoingAttachment]:
    """Return uploads as files of a mail; call it outside a transaction."""
    return [
        OutgoingAttachment(
            row["filename"], row["content_type"], _content(deps, row), row["content_id"]
        )
        for row in rows
    ]


def sweep(deps: Deps) -> int:
    """Forget uploads that were not used for a day, and those whose mail is out; return how many."""
    before = deps.clock.now() - UNUSED_FOR_MS
    with deps.sessions.writing() as connection:
        rows = uploads.expired(connection, before, _AT_ONCE)
        uploads.delete_rows(connection, rows)
        for row in rows:
            erasing.doom(connection, row["site_id"], uploads.blobs_of([row]), deps.clock.now())
    return len(rows)


def _announced(file: OutgoingAttachment) -> Announced:
    # As long as their columns: what came by mail may have a name of any length.
    return Announced(file.filename[-255:], file.content_type[:127], len(file.content))


def _blobs(row: Row) -> list[str]:
    return uploads.blobs_of([row])


def _row(site_id: int, agent_id: int, ticket_id: int, file: Announced, at: int) -> Row:
    return {
        "site_id": site_id,
        "id": new_id(at),
        "agent_id": agent_id,
        "ticket_id": ticket_id,
        "message_id": None,
        "filename": file.filename,
        "content_type": file.content_type,
        "content_id": f"{secrets.token_hex(12)}@inline" if file.inline else "",
        "size": file.size,
        "received": 0,
        "pieces": [],
        "created_at": at,
        "updated_at": at,
    }


def _check_room(file: Announced, others: Sequence[Row], limit: int) -> None:
    total = file.size + sum(row["size"] for row in others)
    if total > limit:
        raise Invalid(
            f"{file.filename} has {_megabytes(file.size)} MB; together with the other files "
            f"{_megabytes(total)} MB. One mail takes {_megabytes(limit)} MB: send a link instead.",
            code="attachments_too_large",
            field="size",
            size=file.size,
            total=total,
            limit=limit,
        )
    if len(others) >= MOST_FILES:
        raise Invalid(f"One mail takes {MOST_FILES} files.", code="too_many_files", field="name")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _check_piece(row: Row, offset: int, size: int) -> None:
    if offset != row["received"]:
        raise _elsewhere(row)
    if not 0 < size <= LARGEST_PIECE:
        raise Invalid(f"A piece has 1 to {LARGEST_PIECE} bytes.", field="offset")
    if offset + size > row["size"]:
        raise Invalid("The file is larger than was said: begin anew.", field="size")


def _elsewhere(row: Row) -> Conflict:
    return Conflict(
        f"The upload stands at byte {row['received']}: go on from there.",
        code="offset_wrong",
        received=row["received"],
    )


def _own(act: auth.Act, upload_id: int) -> Row:
    row = uploads.get(act.connection, act.viewer.site_id, act.viewer.agent_id or 0, upload_id)
    ticket = tickets.get(act.connection, row["site_id"], row["ticket_id"]) if row else None
    # His own file, but perhaps no more his inbox.
    if row is None or ticket is None or not act.viewer.sees(ticket["inbox_id"]):
        raise _gone()
    return row


def _gone() -> NotFound:
    return NotFound("This file is not waiting to be sent any more.", code="upload_not_found")


def _content(deps: Deps, row: Row) -> bytes:
    pieces = (deps.blobs.get(row["site_id"], piece["blob"])[_SALT:] for piece in row["pieces"])
    return b"".join(pieces)
