"""Sending what waits in the outbox: once where the provider can confirm it, else at most once.

Claim (short transaction), do the I/O, settle (short transaction). The row tells at every moment how
far it came, so that whoever picks it up after a crash looks before it sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM
from inbox_service.domain.sending import WaitReason
from inbox_service.errors import InboxError
from inbox_service.ports import (
    Action,
    Capability,
    Connector,
    ConnectorError,
    MessageRef,
    NeedsReauth,
    OutgoingRaw,
    QuotaSpent,
    RetryLater,
    Sending,
    SendLimit,
    SendRefused,
    SendUnsure,
    SentRef,
    SkipMessage,
    Unreachable,
)
from inbox_service.store import mailboxes, outbox

from .connections import connect
from .desk import Desk
from .send_limits import closed_until
from .settling import settle

log = structlog.get_logger()

Row = Mapping[str, Any]

# Longer than a send may take (the connectors' read time-out is 120 s): a claim must not run out
# while its holder is still sending.
CLAIM_MS = 300_000
_LOOK_AGAIN_MS = 60_000


def due(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, outbox row) of those whose time has come."""
    with deps.sessions.reading() as connection:
        return outbox.due(connection, deps.clock.now())


def deliver(deps: Deps, site_id: int, outbox_id: int, holder: str) -> str:
    """Send one row and return its state; "" where it was not to be had.

    Whatever goes wrong stands in the row, and the agent is told by it; nothing is raised.
    """
    now = deps.clock.now()
    with deps.sessions.writing() as connection:
        claimed = outbox.claim(connection, site_id, outbox_id, holder, now, now + CLAIM_MS)
        row = outbox.get(connection, site_id, outbox_id)
        mailbox = mailboxes.get(connection, site_id, row["mailbox_id"]) if row else None
        closed = _closed_until(connection, row, mailbox, now) if row and mailbox else None
    if not claimed or row is None or mailbox is None:
        return ""
    delivery = _Delivery(deps, row, mailbox, holder)
    if delivery.is_too_late():
        return delivery.cancel()
    return delivery.run() if closed is None else delivery.park(closed)


def _closed_until(connection: Connection, row: Row, mailbox: Row, now: int) -> int | None:
    # To look and to archive is allowed: it is mails that are limited.
    is_mail = row["delivering_since"] is None and row["kind"] != "archive"
    return closed_until(connection, mailbox, row["recipients"] or 1, now) if is_mail else None


class _Delivery:
    """One claimed row on its way out."""

    def __init__(self, deps: Deps, row: Row, mailbox: Row, holder: str) -> None:
        self.deps = deps
        self.row = row
        self.mailbox = mailbox
        self.holder = holder

    def run(self) -> str:
        """Look first where an earlier try may have gone out; then send."""
        try:
            sent = self._do(connect(self.deps, self.mailbox))
        except RetryLater as pause:
            return self._pause(pause)
        except NeedsReauth as error:
            reason = WaitReason.MAILBOX_SIGNED_OUT
            return self._wait(reason, str(error) or reason, _LOOK_AGAIN_MS)
        except SendRefused as error:
            return self._end("failed", WaitReason.REFUSED, str(error))
        except (ConnectorError, InboxError, OSError) as error:
            log.exception("send_failed", site_id=self.row["site_id"], outbox_id=self.row["id"])
            return self._wait(WaitReason.PROVIDER_BUSY, str(error), _LOOK_AGAIN_MS)
        if sent is None:
            return self._unsure()
        self._settle(sent)
        return "sent"

    def _do(self, connector: Connector) -> SentRef | None:
        if self.row["kind"] == "archive":
            return self._archive(connector)
        return self._look(connector) if self.row["delivering_since"] else self._send(connector)

    def _archive(self, connector: Connector) -> SentRef:
        done = SentRef(self.row["provider_id"], self.row["provider_thread_id"], "")
        # Twice is the same as once, so no note is made before it. What is gone, and a provider
        # without labels, have no inbox to leave.
        if Capability.LABELS in connector.capabilities:
            with suppress(SkipMessage):
                connector.apply(MessageRef(done.provider_id, done.thread_id), Action.ARCHIVE)
        return done

    def is_too_late(self) -> bool:
        """Tell whether the mail was of use only until some time ago, and surely never left."""
        expires_at = self.row["expires_at"]
        begun = self.row["delivering_since"] is not None
        return not begun and expires_at is not None and expires_at <= self.deps.clock.now()

    def cancel(self) -> str:
        """Let the mail be."""
        words = "It waited for so long that it is of no use any more."
        return self._end("cancelled", WaitReason.TOO_LATE, words)

    def park(self, until: int) -> str:
        """Let the mail wait until its mailbox may send mails again."""
        words = "This mailbox may send no more mail for now."
        return self._wait(WaitReason.SEND_LIMIT, words, until - self.deps.clock.now())

    def _look(self, connector: Connector) -> SentRef | None:
        found = connector.find_sent(self.row["send_key"], self.row["memo"] or "")
        if isinstance(found, SentRef):
            return found
        confirmed = Capability.CONFIRMS_SENDS in connector.capabilities
        if found is Sending.NOT_SENT and confirmed:
            return self._send(connector)
        return None

    def _send(self, connector: Connector) -> SentRef | None:
        memo = self.row["memo"] or self._prepare(connector)
        # From here until it is settled, a crash leaves the question open: the row says so first.
        attempts = self.row["attempts"] + 1
        self._write({"delivering_since": self.deps.clock.now(), "attempts": attempts})
        try:
            return connector.deliver(memo)
        except SendUnsure:
            found = connector.find_sent(self.row["send_key"], memo)
            return found if isinstance(found, SentRef) else None
        except (RetryLater, NeedsReauth, SendRefused):
            # The provider said no: nothing went out.
            self._write({"delivering_since": None})
            raise

    def _prepare(self, connector: Connector) -> str:
        raw = self.deps.blobs.get(self.row["site_id"], self.row["blob"])
        if self.row["scheduled_at"] is not None:
            # RFC 5322 3.6.1: a mail is of when its author let it go, not of when he wrote it.
            raw = mime.redated(raw, self.deps.clock.now())
        outgoing = OutgoingRaw(raw, self.row["provider_thread_id"])
        again = self.row["claims"] > 1
        try:
            memo = connector.prepare(outgoing, self.row["send_key"], again=again)
        except QuotaSpent:
            if not again:
                # Nothing was made: the next try need not look for what is left of this one.
                self._write({"claims": 0})
            raise
        self._write({"memo": memo})
        return memo

    def _settle(self, sent: SentRef) -> None:
        with self.deps.sessions.writing() as connection:
            desk = self._desk(connection)
            settle(desk, dict(self.row), sent)
            desk.flush()

    def _pause(self, pause: RetryLater) -> str:
        wait_ms = int(pause.after * 1000)
        if isinstance(pause, SendLimit):
            self._park_mailbox(wait_ms)
            return self._wait(WaitReason.SEND_LIMIT, str(pause), wait_ms)
        is_there = not isinstance(pause, Unreachable)
        reason = WaitReason.PROVIDER_BUSY if is_there else WaitReason.PROVIDER_UNREACHABLE
        return self._wait(reason, str(pause), wait_ms)

    def _park_mailbox(self, wait_ms: int) -> None:
        # The others need not be refused one by one: each costs quota, and Google's patience.
        until = self.deps.clock.now() + wait_ms
        site_id, mailbox_id = self.mailbox["site_id"], self.mailbox["id"]
        with self.deps.sessions.writing() as connection:
            mailboxes.write(connection, site_id, mailbox_id, {"sends_paused_until": until})

    def _wait(self, reason: WaitReason, words: str, wait_ms: int) -> str:
        state = "unsure" if self.row["delivering_since"] else "waiting"
        return self._release(state, reason, words, wait_ms)

    def _unsure(self) -> str:
        return self._release(
            "unsure",
            WaitReason.NOT_CERTAIN,
            "It is not certain that this went out. It will not be sent again by itself; "
            "the mailbox's sent mail tells.",
            _LOOK_AGAIN_MS,
        )

    def _release(self, state: str, reason: WaitReason, words: str, wait_ms: int) -> str:
        due_at = self.deps.clock.now() + max(wait_ms, 1000)
        told = {"reason": reason.value, "error": words[:500]}
        self._write({"state": state, "due_at": due_at, **told})
        return state

    def _end(self, state: str, reason: WaitReason, words: str) -> str:
        now = self.deps.clock.now()
        told = {"state": state, "reason": reason.value, "error": words[:500]}
        values: dict[str, Any] = {**told, "settled_at": now}
        if state == "cancelled":
            values |= {"memo": (self.row["memo"] or "") if self.row["claims"] > 1 else None}
            values |= {"due_at": now}
        with self.deps.sessions.writing() as connection:
            held = outbox.write_claimed(connection, self.row, self.holder, values)
            desk = self._desk(connection)
            ticket = desk.tickets.get(self.row["ticket_id"])
            if held and ticket is not None and self.row["kind"] != "archive":
                desk.record("message_failed", SYSTEM, ticket, self.row["message_id"])
            desk.flush()
        return state

    def _desk(self, connection: Connection) -> Desk:
        desk = Desk(connection, self.row["site_id"], self.deps.clock.now())
        desk.load({self.row["ticket_id"]} - {None})
        return desk

    def _write(self, values: dict[str, Any]) -> None:
        with self.deps.sessions.writing() as connection:
            held = outbox.write_claimed(connection, self.row, self.holder, values)
        if not held:
            raise ClaimLost
        self.row = {**self.row, **values}


class ClaimLost(InboxError):
    """Another worker took this mail over."""
