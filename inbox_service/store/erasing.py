"""The writes of an erasure: rows lose what they say of a person and keep their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from inbox_service.domain.erasure import Person

from .automatic_sends import email_hash
from .rows import Row, all_rows, one_row
from .tables import (
    access_codes,
    address_suppressions,
    attachments,
    automatic_sends,
    blobs,
    blocked_senders,
    customer_addresses,
    customers,
    drafts,
    erased_blobs,
    erasures,
    form_entries,
    guest_sessions,
    link_grants,
    message_ids,
    messages,
    outbox,
    participants,
    receipts,
    uploads,
    verified_addresses,
)
from .upsert import insert_missing

# The receipt of an erased mail is a tombstone: with it the mail never comes back.
ERASED = "erased at the customer's request"
# What may still go out; a row that failed waits for nobody but an agent.
_UNSENT = ("waiting", "claimed", "unsure", "failed")


# --- how far an erasure came -----------------------------------------------------------------


def begin(connection: Connection, site_id: int, email: str, at: int) -> Row:
    """Return the erasure of the address that is under way, begun where there is none; locked."""
    key = {"site_id": site_id, "email_hash": email_hash(email)}
    insert_missing(connection, erasures, [{**key, "started_at": at, "updated_at": at}])
    query = select(erasures).where(
        erasures.c.site_id == site_id, erasures.c.email_hash == key["email_hash"]
    )
    found = one_row(connection, query.with_for_update())
    assert found is not None
    return found


def note(connection: Connection, erasure: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Note how far the erasure came."""
    connection.execute(update(erasures).where(*_under_way(erasure)).values(**values))


def end(connection: Connection, erasure: Mapping[str, Any]) -> None:
    """Forget that there was an erasure."""
    connection.execute(delete(erasures).where(*_under_way(erasure)))


def _under_way(erasure: Mapping[str, Any]) -> tuple[Any, Any]:
    return (
        erasures.c.site_id == erasure["site_id"],
        erasures.c.email_hash == erasure["email_hash"],
    )


# --- a ticket --------------------------------------------------------------------------------


def is_being_sent(connection: Connection, site_id: int, ticket_id: int, now: int) -> bool:
    """Tell whether a worker is sending a mail of the ticket just now."""
    query = select(outbox.c.id).where(
        outbox.c.site_id == site_id,
        outbox.c.ticket_id == ticket_id,
        outbox.c.state == "claimed",
        outbox.c.claim_until > now,
    )
    return connection.execute(query.limit(1)).first() is not None


def messages_of(connection: Connection, site_id: int, ticket_id: int) -> list[Row]:
    """Return the ticket's messages that were not erased, oldest first."""
    query = (
        select(messages)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id == ticket_id,
            messages.c.erased_at.is_(None),
        )
        .order_by(messages.c.id)
    )
    return all_rows(connection, query)


def write_message(
    connection: Connection, message: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Change a message: the one thing that may."""
    connection.execute(update(messages).where(*_is(messages, message)).values(**values))


def drop_attachments(connection: Connection, site_id: int, message_ids: Collection[int]) -> int:
    """Delete the attachments of messages; return how many there were."""
    which = (attachments.c.site_id == site_id, attachments.c.message_id.in_(sorted(message_ids)))
    return connection.execute(delete(attachments).where(*which)).rowcount


def unlink_ids(
    connection: Connection, site_id: int, message_id: int, hashes: Collection[str]
) -> None:
    """Forget by which Message-IDs later mail would find the message."""
    connection.execute(
        delete(message_ids).where(
            message_ids.c.site_id == site_id,
            message_ids.c.hash.in_(sorted(hashes)),
            message_ids.c.message_id == message_id,
        )
    )


def bury_receipts(
    connection: Connection,
    site_id: int,
    message_ids: Collection[int],
    *,
    own: bool,
    reason: str = ERASED,
) -> list[str]:
    """Make the receipts of messages tombstones and return the blobs they named.

    `own` messages are our side's: their receipts go on saying "sent", without the mail. `reason`
    says on the others why they are gone.
    """
    which = (receipts.c.site_id == site_id, receipts.c.message_id.in_(sorted(message_ids)))
    named = connection.scalars(select(receipts.c.blob).where(*which)).all()
    gone: Row = {"blob": None, "reference_hashes": []}
    if not own:
        gone |= {"outcome": "deleted", "reason": reason, "message_id_hash": ""}
    connection.execute(update(receipts).where(*which).values(**gone))
    return [blob for blob in named if blob]


def cancel_sends_of_ticket(
    connection: Connection, site_id: int, ticket_id: int, at: int
) -> list[str]:
    """Cancel what did not go out yet, and return the blobs of all the ticket's mails."""
    return _cancel(connection, site_id, outbox.c.ticket_id == ticket_id, at)


def cancel_sends(
    connection: Connection, site_id: int, message_ids: Collection[int], at: int
) -> list[str]:
    """Cancel replies that did not go out yet, and return the blobs of these replies' mails."""
    return _cancel(connection, site_id, outbox.c.message_id.in_(sorted(message_ids)), at)


def _cancel(connection: Connection, site_id: int, which: ColumnElement[bool], at: int) -> list[str]:
    here = (outbox.c.site_id == site_id, which)
    named = connection.scalars(select(outbox.c.blob).where(*here)).all()
    connection.execute(
        update(outbox)
        .where(*here, outbox.c.state.in_(_UNSENT))
        .values(state="cancelled", error=ERASED, settled_at=at, claim_until=None)
    )
    connection.execute(update(outbox).where(*here).values(blob="", memo=None))
    return [blob for blob in named if blob]


def drop_from_ticket(connection: Connection, site_id: int, ticket_id: int, who: Person) -> None:
    """Delete the person's part in a ticket, and the links that open it to him."""
    for table in (participants, link_grants):
        connection.execute(
            delete(table).where(
                table.c.site_id == site_id,
                table.c.ticket_id == ticket_id,
                table.c.email.in_(sorted(who.emails)),
            )
        )


def drop_own(connection: Connection, site_id: int, ticket_id: int) -> list[str]:
    """Delete what agents began to write in the person's ticket, and his user from its entry.

    Returns the blobs of the files that they wanted to send with it.
    """
    connection.execute(
        delete(drafts).where(drafts.c.site_id == site_id, drafts.c.ticket_id == ticket_id)
    )
    waiting = uploads.c.message_id.is_(None)
    here = (uploads.c.site_id == site_id, uploads.c.ticket_id == ticket_id, waiting)
    pieces = connection.scalars(select(uploads.c.pieces).where(*here)).all()
    connection.execute(delete(uploads).where(*here))
    connection.execute(
        update(form_entries)
        .where(form_entries.c.site_id == site_id, form_entries.c.ticket_id == ticket_id)
        .values(wp_user_id=None)
    )
    return [piece["blob"] for pieces_of_one in pieces for piece in pieces_of_one]


# --- mail that belongs to no ticket ----------------------------------------------------------


def bury_loose(connection: Connection, site_id: int, mail: Mapping[str, Any], at: int) -> None:
    """Forget a mail that `persons.loose_mail` returned; its receipt stays as a tombstone."""
    if mail["kind"] == "receipts":
        values: Row = {"outcome": "deleted", "reason": ERASED, "blob": None}
        values |= {"message_id_hash": "", "reference_hashes": []}
        which = (receipts.c.site_id == site_id, receipts.c.id == mail["id"])
        connection.execute(update(receipts).where(*which).values(**values))
        return
    _cancel(connection, site_id, outbox.c.id == mail["id"], at)


# --- the person ------------------------------------------------------------------------------


def empty_entry(connection: Connection, entry: Mapping[str, Any]) -> None:
    """Empty a parked entry; its key stays, so that a replay makes nothing new."""
    values: Row = {"entry": {"fields": {}, "files": []}, "wp_user_id": None, "reason": ERASED}
    connection.execute(update(form_entries).where(*_is(form_entries, entry)).values(**values))


def forget(connection: Connection, site_id: int, who: Person, at: int) -> None:
    """Let the customer be a number, and delete every way to him."""
    hashes = sorted(map(email_hash, who.emails))
    for table in (access_codes, verified_addresses, automatic_sends):
        connection.execute(
            delete(table).where(table.c.site_id == site_id, table.c.email_hash.in_(hashes))
        )
    by_address = (guest_sessions, link_grants, address_suppressions, blocked_senders)
    for table in (*by_address, customer_addresses):
        connection.execute(
            delete(table).where(table.c.site_id == site_id, table.c.email.in_(sorted(who.emails)))
        )
    nobody: Row = {"name": "", "locale": "", "wp_user_id": None, "note": "", "erased_at": at}
    connection.execute(
        update(customers)
        .where(customers.c.site_id == site_id, customers.c.id == (who.customer_id or 0))
        .values(**nobody)
    )


# --- bytes -----------------------------------------------------------------------------------


def doom(connection: Connection, site_id: int, sha256s: Iterable[str], at: int) -> None:
    """Note blobs whose files must go from `at` on, in the transaction that lets go of them."""
    wanted = sorted(set(sha256s))
    if not wanted:
        return
    connection.execute(delete(blobs).where(blobs.c.site_id == site_id, blobs.c.sha256.in_(wanted)))
    rows = [{"site_id": site_id, "sha256": one, "erased_at": at} for one in wanted]
    insert_missing(connection, erased_blobs, rows)


def doomed(connection: Connection, now: int, limit: int) -> Sequence[tuple[int, str]]:
    """Return (site, sha256) of blobs whose files must go by now."""
    query = select(erased_blobs.c.site_id, erased_blobs.c.sha256)
    query = query.where(erased_blobs.c.erased_at <= now).limit(limit)
    return [(site_id, sha256) for site_id, sha256 in connection.execute(query)]


def undoom(connection: Connection, gone: Iterable[tuple[int, str]]) -> None:
    """Note that the files are gone, or are to stay after all."""
    for site_id, sha256 in gone:
        connection.execute(
            delete(erased_blobs).where(
                erased_blobs.c.site_id == site_id, erased_blobs.c.sha256 == sha256
            )
        )


def _is(table: Any, row: Mapping[str, Any]) -> tuple[Any, Any]:
    return table.c.site_id == row["site_id"], table.c.id == row["id"]
