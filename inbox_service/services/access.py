"""Who a customer is: by the link in a mail, by a session that a code opened, or as a user."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden
from inbox_service.ports import SecretBox
from inbox_service.store import access, portal
from inbox_service.store.automatic_sends import email_hash
from inbox_service.store.ids import new_id

from . import auth, keys
from .views import visible_ticket

LINK_LIFE_MS = 90 * 86_400_000
# A link that is good for another two months is sent again, so that replies do not pile up rows.
_GOOD_ENOUGH_MS = 60 * 86_400_000
_PURPOSE = "link-grant"
_GRANT = struct.Struct(">Q")
_SIGNED = struct.Struct(">QQ")  # site, grant


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer whose right was proven.

    `email` is an address he has shown to read, "" where there is none, and `customer_id` whom it
    belongs to. `ticket_id` is the one ticket a link opens: then nothing else is.
    """

    site_id: int
    email: str = ""
    customer_id: int | None = None
    ticket_id: int | None = None
    wp_user_id: int | None = None


def grant(
    connection: Connection, secrets: SecretBox, site_id: int, ticket_id: int, email: str, now: int
) -> str:
    """Return the token of a link that opens this ticket to the reader of `email`, for 90 days.

    `connection` is an open write transaction; the link is the row, so revoking the row ends it.
    """
    address = normal_address(email)
    grant_id = access.lasting_grant(connection, site_id, ticket_id, address, now + _GOOD_ENOUGH_MS)
    if grant_id is None:
        grant_id = new_id(now)
        row = {"site_id": site_id, "id": grant_id, "ticket_id": ticket_id, "email": address}
        times = {"created_at": now, "expires_at": now + LINK_LIFE_MS}
        access.add_grant(connection, row | times)
    signature = secrets.sign(_SIGNED.pack(site_id, grant_id), _PURPOSE)
    return f"{base64.urlsafe_b64encode(_GRANT.pack(grant_id)).decode()}.{signature}"


def revoke_links(deps: Deps, caller: auth.Caller, number: int) -> None:
    """End every link that opens the ticket, for the calling agent."""
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number)
        access.revoke_grants(act.connection, caller.site_id, ticket["id"], act.at)


def visitor(connection: Connection, secrets: SecretBox, caller: auth.Caller, now: int) -> Visitor:
    """Return who the customer or guest is; raises Forbidden where he cannot be (any more)."""
    if caller.type == "customer":
        return _user(connection, caller)
    kind, _, token = caller.subject.partition(":")
    if kind == "grant":
        return _by_link(connection, secrets, caller.site_id, token, now)
    if kind == "session":
        return _by_session(connection, caller.site_id, token, now)
    raise Forbidden("You are not known here.", code="visitor_unknown")


def normal_address(email: str) -> str:
    """Return an address in the spelling it is stored and compared in."""
    return email.strip().lower()


def _by_link(
    connection: Connection, secrets: SecretBox, site_id: int, token: str, now: int
) -> Visitor:
    # One answer to all of them: whether a link ever was good is nobody's business.
    refused = Forbidden("This link does not open anything (any more).", code="link_invalid")
    encoded, _, signature = token.partition(".")
    try:
        (grant_id,) = _GRANT.unpack(base64.b64decode(encoded.encode(), b"-_", validate=True))
    except (ValueError, binascii.Error, struct.error) as error:
        raise refused from error
    if not secrets.verify(_SIGNED.pack(site_id, grant_id), signature, _PURPOSE):
        raise refused
    row = access.live_grant(connection, site_id, grant_id, now)
    if row is None:
        raise refused
    return Visitor(site_id, row["email"], ticket_id=row["ticket_id"])


def _by_session(connection: Connection, site_id: int, token: str, now: int) -> Visitor:
    row = access.live_session(connection, site_id, keys.fingerprint(token), now)
    if row is None:
        raise Forbidden("This visit is over: come in by e-mail again.", code="session_invalid")
    email = row["email"]
    return Visitor(site_id, email, portal.customer_of(connection, site_id, email))


def _user(connection: Connection, caller: auth.Caller) -> Visitor:
    # isascii first: str.isdigit also takes Arabic digits, which int() would read as a user.
    text = caller.subject
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) == 0:
        raise Forbidden("You are not known here.", code="visitor_unknown")
    site_id, user_id = caller.site_id, int(text)
    # WordPress lets anybody register with any address: it counts once its mail was read, and
    # only as long as it is still the address of the account (design: Customers).
    email = normal_address(caller.email)
    if not email or access.verified_hash(connection, site_id, user_id) != email_hash(email):
        return Visitor(site_id, wp_user_id=user_id)
    customer_id = portal.customer_of(connection, site_id, email)
    return Visitor(site_id, email, customer_id, wp_user_id=user_id)
