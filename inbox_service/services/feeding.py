"""Which of a mailbox's addresses feed which inbox, as the owner chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.store import feeds as feed_store

_LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class Feed:
    """An inbox by its name, and an address of the mailbox that feeds it.

    `inbox_id` names an inbox there is, which then gets this name; `colour` "" leaves its colour.
    """

    name: str
    address: str
    colour: str = ""
    inbox_id: int | None = None


def checked_feeds(wanted: Sequence[Feed], field: str) -> list[Feed]:
    """Return the feeds in their stored form; raises Invalid naming `field`."""
    feeds = [
        replace(feed, name=feed.name.strip(), address=checked_address(field, feed.address))
        for feed in wanted
    ]
    if not feeds or any(not feed.name for feed in feeds):
        raise Invalid("Name an inbox for the mailbox: NAME=ADDRESS.", field=field)
    # A unique key would refuse it too, but cannot say which field was wrong.
    addresses = [feed.address for feed in feeds]
    if len(set(addresses)) < len(addresses):
        raise Invalid("An address feeds one inbox only: name each address once.", field=field)
    return feeds


def checked_address(field: str, address: str) -> str:
    """Return an address in its stored form; raises Invalid naming `field`."""
    email = address.strip().lower()
    local, at, domain = email.partition("@")
    is_whole = local and at and domain and len(email) <= _LONGEST_ADDRESS
    if not is_whole or any(sign in email for sign in " ,;<>\r\n"):
        raise Invalid(f"{address!r} is not an e-mail address.", field=field)
    return email


def place_feeds(
    connection: Connection, mailbox: Mapping[str, Any], feeds: Sequence[Feed], at: int
) -> None:
    """Let these addresses of the mailbox feed these inboxes and no others; the first is the
    default. raises Conflict `address_taken` where another mailbox has one of them."""
    site_id, mailbox_id = mailbox["site_id"], mailbox["id"]
    for position, feed in enumerate(feeds):
        known = feed_store.of_address(connection, site_id, feed.address)
        if known is not None and known["mailbox_id"] != mailbox_id:
            raise Conflict(
                f"{feed.address} is connected already: another mailbox brings its mail.",
                code="address_taken",
                field="inboxes",
            )
        inbox_id = _inbox(connection, site_id, _meant(connection, feed, known), at)
        feed_store.put(
            connection, site_id, mailbox_id, feed.address, inbox_id, at, default=position == 0
        )
    # Last, so that an inbox which lost its address here was found by it above.
    kept = {feed.address for feed in feeds}
    feed_store.drop_others(connection, site_id, mailbox_id, kept)


def _meant(connection: Connection, feed: Feed, known: Mapping[str, Any] | None) -> Feed:
    """Return the feed with the inbox it means: a new name for the address's own inbox renames it.

    An inbox that other addresses feed too keeps its name: theirs would change with it.
    """
    if feed.inbox_id is not None or known is None:
        return feed
    if feed_store.inbox_named(connection, known["site_id"], feed.name) is not None:
        return feed
    if feed_store.count_addresses(connection, known["site_id"], known["inbox_id"]) > 1:
        return feed
    return replace(feed, inbox_id=known["inbox_id"])


def _inbox(connection: Connection, site_id: int, feed: Feed, at: int) -> int:
    """Return the inbox a feed means: by its id, else by its name, else a new one."""
    named = feed_store.inbox_named(connection, site_id, feed.name)
    if feed.inbox_id is None and named is None:
        return feed_store.add_inbox(connection, site_id, feed.name, feed.colour, at)
    inbox_id = int(named["id"]) if named and feed.inbox_id is None else feed.inbox_id
    if inbox_id is None or feed_store.inbox(connection, site_id, inbox_id) is None:
        raise NotFound("There is no such inbox here.", field="inboxes")
    if named is not None and named["id"] != inbox_id:
        raise Conflict(
            f"Another inbox is called {feed.name}.", code="inbox_name_taken", field="inboxes"
        )
    colour = {"colour": feed.colour} if feed.colour else {}
    feed_store.change_inbox(connection, site_id, inbox_id, name=feed.name, **colour)
    return inbox_id
