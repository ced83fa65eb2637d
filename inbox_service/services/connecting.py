"""Consents under way: an owner is sent to the provider, comes back, and has a mailbox.

`state` is single-use, lives ten minutes, and belongs to the site and the WordPress user who began;
the PKCE verifier (RFC 7636) never leaves the service.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, InboxError, Invalid, NotFound
from inbox_service.ports import ConsentAnswer, ConsentRequest
from inbox_service.store import connecting, mailboxes
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import keys, managers, reconnecting
from .auth import Act, Caller
from .consents import Opened, redeem
from .oauth_clients import get_client, open_client

STATE_LIFE_MS = 10 * 60_000
# How long the owner may take to choose inboxes before the consent is forgotten.
CHOICE_LIFE_MS = 60 * 60_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What an owner wants to connect; `mailbox_id` to connect that one again."""

    oauth_client_id: int
    redirect_uri: str
    mailbox_id: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A consent that waits for its owner, and the page to send him to."""

    id: int
    authorization_url: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Return:
    """What the provider sent the owner back with."""

    state: str
    code: str = ""
    error: str = ""


def begin(deps: Deps, caller: Caller, wish: Wish) -> Begun:
    """Begin a consent; raises Invalid, NotFound for the client or the mailbox."""
    _require_address(wish.redirect_uri)
    # 256 and 384 bits; a verifier of 64 characters is within RFC 7636 4.1.
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with managers.writing(deps, caller) as act:
        client = get_client(act.connection, caller.site_id, wish.oauth_client_id)
        mailbox = _mailbox_to_reconnect(act, caller.site_id, wish.mailbox_id)
        flow_id = new_id(act.at)
        row = {
            "site_id": caller.site_id,
            "id": flow_id,
            "state_hash": keys.fingerprint(state),
            "verifier": deps.secrets.seal(verifier.encode(), _context(caller.site_id, flow_id)),
            "oauth_client_id": client["id"],
            "mailbox_id": wish.mailbox_id,
            "wp_user_id": int(caller.subject),
            "redirect_uri": wish.redirect_uri,
            "created_at": act.at,
            "expires_at": act.at + STATE_LIFE_MS,
        }
        connecting.add_flow(act.connection, row)
    # Outside the transaction: a connector may do what it likes to make an address.
    hint = mailbox["address"] if mailbox else wish.address.strip()
    request = ConsentRequest(
        client["client_id"], wish.redirect_uri, state, _challenge(verifier), hint
    )
    url = deps.connectors.consent(client["kind"]).authorization_url(request)
    return Begun(flow_id, url, row["expires_at"])


def come_back(deps: Deps, caller: Caller, back: Return) -> Row:
    """Take the owner's answer and return the consent's row.

    A mailbox that is connected already goes on with the new credentials; for a new one they are
    kept until the owner has chosen inboxes. raises Conflict and Invalid with the codes
    oauth_state_unknown, oauth_state_used, oauth_expired, oauth_denied, oauth_wrong_account,
    oauth_scope_missing and those of the provider's refusals.
    """
    flow, client = _take(deps, caller, back.state)
    try:
        # RFC 6749 4.1.2.1: a refusal comes with the state too, and spends it.
        if back.error or not back.code:
            raise _denied(back.error)
        verifier = deps.secrets.open(flow["verifier"], _context(flow["site_id"], flow["id"]))
        answer = ConsentAnswer(back.code, verifier.decode(), flow["redirect_uri"])
        opened = redeem(deps, client["kind"], open_client(deps, client), answer, client["project"])
        mailbox_id = _kept(deps, flow, client, opened)
    except InboxError as problem:
        # Noted as well as raised: the screen that began waits in another tab.
        note = {"code": problem.code, "detail": str(problem), **problem.details}
        _write(deps, flow, {"problem": note})
        raise
    # After the commit: a worker that is quick must find the new credentials.
    if mailbox_id is not None:
        deps.queue.hint("sync_mailbox", caller.site_id, mailbox_id)
    return show(deps, caller, flow["id"])


def show(deps: Deps, caller: Caller, flow_id: int) -> Row:
    """Return a consent that this caller began; raises NotFound."""
    with managers.reading(deps, caller) as act:
        flow = connecting.flow(act.connection, caller.site_id, flow_id)
    if flow is None or str(flow["wp_user_id"]) != caller.subject:
        raise NotFound("There is no such consent here.")
    return {**flow, "state": _state(flow, deps.clock.now())}


def kept_credentials(deps: Deps, flow: Row) -> dict[str, Any]:
    """Return the credentials that wait for the owner's choice."""
    sealed = deps.secrets.open(flow["credentials"], _context(flow["site_id"], flow["id"]))
    opened: dict[str, Any] = json.loads(sealed)
    return opened


def _take(deps: Deps, caller: Caller, state: str) -> tuple[Row, Row]:
    """Spend a state and return its consent and client."""
    with managers.writing(deps, caller) as act:
        flow = connecting.flow_of_state(act.connection, caller.site_id, keys.fingerprint(state))
        # Somebody else's state is answered like one that never was.
        if flow is None or str(flow["wp_user_id"]) != caller.subject:
            raise Conflict(
                "This answer belongs to no consent of yours: begin again with Connect.",
                code="oauth_state_unknown",
            )
        if not connecting.use_flow(act.connection, caller.site_id, flow["id"], act.at):
            raise Conflict(
                "This answer was taken before: look at the list of mailboxes.",
                code="oauth_state_used",
            )
        # Looked at after it was spent, and rolled back with it: late is late, however often.
        if flow["expires_at"] < act.at:
            raise Conflict(
                "The consent took longer than ten minutes: begin again with Connect.",
                code="oauth_expired",
            )
        return flow, get_client(act.connection, caller.site_id, flow["oauth_client_id"])


def _kept(deps: Deps, flow: Row, client: Row, opened: Opened) -> int | None:
    """Store what the consent brought; return the mailbox that was connected again."""
    with deps.sessions.writing() as connection:
        mailbox = reconnecting.mailbox_of(connection, flow, client["kind"], opened.identity)
        values: dict[str, Any] = {
            "identity": asdict(opened.identity),
            "checks": [asdict(check) for check in opened.checks],
        }
        if mailbox is not None:
            reconnecting.renew(deps, connection, mailbox, client, opened)
            values["mailbox_id"] = mailbox["id"]
        else:
            # Nobody chose inboxes yet: sealed for this row, and erased within the hour.
            plain = json.dumps(dict(opened.credentials)).encode()
            context = _context(flow["site_id"], flow["id"])
            values["credentials"] = deps.secrets.seal(plain, context)
            values["expires_at"] = deps.clock.now() + CHOICE_LIFE_MS
        connecting.write_flow(connection, flow["site_id"], flow["id"], values)
    return mailbox["id"] if mailbox else None


def _write(deps: Deps, flow: Row, values: dict[str, Any]) -> None:
    with deps.sessions.writing() as connection:
        connecting.write_flow(connection, flow["site_id"], flow["id"], values)


def _state(flow: Row, now: int) -> str:
    # In this order: a failure that was noted stays one, also when the time is over.
    if flow["problem"] is not None:
        return "failed"
    if flow["used_at"] is not None and flow["mailbox_id"] is not None:
        return "connected"
    if flow["expires_at"] < now:
        return "expired"
    return "consented" if flow["credentials"] is not None else "waiting"


def _mailbox_to_reconnect(act: Act, site_id: int, mailbox_id: int | None) -> Row | None:
    if mailbox_id is None:
        return None
    mailbox = mailboxes.get(act.connection, site_id, mailbox_id)
    if mailbox is None or mailbox["disconnected_at"] is not None:
        raise NotFound("There is no such mailbox here.", field="mailbox_id")
    return mailbox


def _require_address(redirect_uri: str) -> None:
    parts = urlsplit(redirect_uri)
    if not parts.hostname or parts.fragment or not keys.is_private_transport(redirect_uri):
        raise Invalid(
            "Google sends owners back to https addresses only (or to this very computer).",
            code="https_required",
            field="redirect_uri",
        )


def _denied(error: str) -> Conflict:
    if error in ("", "access_denied"):
        words = "The account's owner did not allow it. Connect again and choose Allow."
    else:
        words = f"Google did not allow it ({error[:100]}). Begin again with Connect."
    return Conflict(words, code="oauth_denied")


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _context(site_id: int, flow_id: int) -> str:
    return f"oauth_flow:{site_id}:{flow_id}"
