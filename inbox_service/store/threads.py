"""The keys by which a mail finds its ticket: provider threads, Message-IDs, their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from .tables import message_ids, provider_threads
from .upsert import insert_missing


def message_id_hash(message_id: str) -> str:
    """Return the key of a Message-ID: 128 bits, whatever length the id has."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:32]


def tickets_of_provider_threads(
    connection: Connection, site_id: int, mailbox_id: int, thread_ids: Iterable[str]
) -> dict[str, list[int]]:
    """Return the tickets of each of the mailbox's provider threads, the latest linked first."""
    query = (
        select(provider_threads.c.thread_id, provider_threads.c.ticket_id)
        .where(
            provider_threads.c.site_id == site_id,
            provider_threads.c.mailbox_id == mailbox_id,
            provider_threads.c.thread_id.in_(sorted(set(thread_ids) - {""})),
        )
        .order_by(provider_threads.c.created_at.desc(), provider_threads.c.ticket_id.desc())
    )
    found: dict[str, list[int]] = {}
    for thread_id, ticket_id in connection.execute(query):
        found.setdefault(thread_id, []).append(ticket_id)
    return found


def messages_of_ids(
    connection: Connection, site_id: int, hashes: Iterable[str]
) -> dict[str, list[tuple[int, int]]]:
    """Return (message, ticket) pairs per Message-ID hash, newest message first."""
    query = (
        select(message_ids.c.hash, message_ids.c.message_id, message_ids.c.ticket_id)
        .where(message_ids.c.site_id == site_id, message_ids.c.hash.in_(sorted(set(hashes))))
        .order_by(message_ids.c.message_id.desc())
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for key, message_id, ticket_id in connection.execute(query):
        found.setdefault(key, []).append((message_id, ticket_id))
    return found


def link_provider_threads(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Remember which ticket a provider thread belongs to; a known link stays."""
    insert_missing(connection, provider_threads, list(rows))


def link_message_ids(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Remember which ticket a Message-ID belongs to; a known link stays."""
    insert_missing(connection, message_ids, list(rows))
