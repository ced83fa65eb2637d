"""One-time codes: mailed to an address, they show that who types them reads its mail.

A stranger must not learn which addresses are known. So the same is done for every address, down to
the mail that is composed and the rows that are written; the mail to an unknown one is cancelled
before it can leave.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service import texts
from inbox_service.deps import Deps
from inbox_service.domain.mail import Address
from inbox_service.errors import Forbidden, Invalid
from inbox_service.store import access, portal
from inbox_service.store.automatic_sends import email_hash
from inbox_service.store.ids import new_id

from . import auth, keys
from .access import normal_address
from .notices import Notice, PreparedNotice, prepare_notice, queue_notice

CODE_LIFE_MS = 10 * 60_000
MOST_ATTEMPTS = 5
SESSION_LIFE_MS = 12 * 3_600_000
_PURPOSE = "access-code"


@dataclass(frozen=True, slots=True)
class Session:
    """What a code opened: a token, told this once, and its end in ms UTC."""

    token: str
    expires_at: int


def mail_code(deps: Deps, caller: auth.Caller, email: str, locale: str) -> None:
    """Mail a code to the address where it belongs to a customer; say nothing about whether it does.

    raises Invalid for what is no address. Beyond the caps of automatic mail nothing happens, and
    the code that was mailed last stays good.
    """
    address = _checked(email)
    code = f"{secrets.randbelow(10**6):06d}"
    notice = Notice(
        "code",
        Address(address),
        texts.text(locale, "code_subject", code=code),
        texts.text(locale, "code_body", code=code, minutes=CODE_LIFE_MS // 60_000),
        locale,
        good_for_ms=CODE_LIFE_MS,
    )
    prepared = prepare_notice(deps, caller.site_id, None, notice)
    with auth.plugin_writing(deps, caller) as (connection, at):
        outbox_id = _queue(connection, deps, prepared, code, at) if prepared else None
    if outbox_id is not None:
        deps.queue.hint("deliver", caller.site_id, outbox_id)


def open_session(deps: Deps, caller: auth.Caller, email: str, code: str) -> Session:
    """Exchange a code for a session; raises Forbidden `code_invalid`, whatever is wrong with it."""
    address, token = normal_address(email), secrets.token_urlsafe(32)
    with auth.plugin_writing(deps, caller) as (connection, at):
        session = Session(token, at + SESSION_LIFE_MS)
        right = _redeem(connection, deps, caller.site_id, address, code, at)
        if right:
            row = {"site_id": caller.site_id, "id": new_id(at), "email": address}
            row |= {"token_hash": keys.fingerprint(token), "created_at": at}
            access.add_session(connection, row | {"expires_at": session.expires_at})
    # After the commit: a wrong guess must stay counted.
    if not right:
        raise _wrong_code()
    return session


def confirm_address(
    deps: Deps, caller: auth.Caller, wp_user_id: int, email: str, code: str
) -> None:
    """Let a WordPress user's address count, by a code; raises Forbidden `code_invalid`."""
    address = normal_address(email)
    with auth.plugin_writing(deps, caller) as (connection, at):
        right = _redeem(connection, deps, caller.site_id, address, code, at)
        if right:
            hashed = email_hash(address)
            access.verify_address(connection, caller.site_id, wp_user_id, hashed, at)
    if not right:
        raise _wrong_code()


def _queue(
    connection: Connection, deps: Deps, prepared: PreparedNotice, code: str, at: int
) -> int | None:
    site_id, email = prepared.site_id, prepared.notice.to.email
    outbox_id = queue_notice(connection, deps, prepared)
    if outbox_id is None:
        return None
    known = portal.customer_of(connection, site_id, email) is not None
    access.send_or_cancel(connection, site_id, outbox_id, send=known)
    code_id = new_id(at)
    row = {
        "site_id": site_id,
        "id": code_id,
        "email_hash": email_hash(email),
        # Keyed: six digits are guessed at once by whoever sees a plain hash of them.
        "code_hash": deps.secrets.sign(_signed(site_id, code_id, code), _PURPOSE),
        "attempts": 0,
        "created_at": at,
        "expires_at": at + CODE_LIFE_MS,
    }
    access.add_code(connection, row)
    return outbox_id


def _redeem(
    connection: Connection, deps: Deps, site_id: int, email: str, code: str, at: int
) -> bool:
    """Tell whether the code is the one mailed last, and use it up; every guess is counted."""
    row = access.newest_code(connection, site_id, email_hash(email))
    # Without a row the same work is done on one that nothing fits.
    code_id, known = (row["id"], row["code_hash"]) if row else (0, "")
    right = deps.secrets.verify(_signed(site_id, code_id, code), known, _PURPOSE)
    counted = access.count_attempt(connection, site_id, code_id, at, MOST_ATTEMPTS)
    if not (right and counted):
        return False
    access.use_code(connection, site_id, code_id, at)
    return True


def _signed(site_id: int, code_id: int, code: str) -> bytes:
    return f"{site_id}:{code_id}:{code}".encode("utf-8", "replace")


def _checked(email: str) -> str:
    address = normal_address(email)
    local, at, domain = address.partition("@")
    if not (local and at and domain) or any(sign in address for sign in " ,;<>\r\n"):
        raise Invalid("This is not a complete e-mail address.", field="email")
    return address


def _wrong_code() -> Forbidden:
    return Forbidden(
        "This code is wrong, was used before or is too old.", code="code_invalid", field="code"
    )
