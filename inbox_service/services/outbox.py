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

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM
from inbox_service.errors import InboxError
from inbox_service.ports import (
    Action,
    Capability,
    Connector,
    ConnectorError,
    MessageRef,
    NeedsReauth,
    OutgoingRaw,
    RetryLater,
    Sending,
    SendRefused,
    SendUnsure,
    SentRef,
    SkipMessage,
)
from inbox_service.store import mailboxes, outbox

from .connections import connect
from .desk import Desk
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
    if not claimed or row is None or mailbox is None:
        return ""
    delivery = _Delivery(deps, row, mailbox, holder)
    return delivery.cancel() if delivery.is_too_late() else delivery.run()


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
            return self._wait(str(pause), int(pause.after * 1000))
        except NeedsReauth as error:
            return self._wait(f"The mailbox must be connected again: {error}", _LOOK_AGAIN_MS)
        except SendRefused as error:
            return self._end("failed", str(error))
        except (ConnectorError, InboxError, OSError) as error:
            log.exception("send_failed", site_id=self.row["site_id"], outbox_id=self.row["id"])
            return self._wait(str(error), _LOOK_AGAIN_MS)
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
        return self._end("cancelled", "It waited for so long that it is of no use any more.")

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
        outgoing = OutgoingRaw(raw, self.row["provider_thread_id"])
        memo = connector.prepare(outgoing, self.row["send_key"])
        self._write({"memo": memo})
        return memo

    def _settle(self, sent: SentRef) -> None:
        with self.deps.sessions.writing() as connection:
            desk = self._desk(connection)
            settle(desk, dict(self.row), sent)
            desk.flush()

    def _wait(self, reason: str, wait_ms: int) -> str:
        state = "unsure" if self.row["delivering_since"] else "waiting"
        return self._release(state, reason, wait_ms)

    def _unsure(self) -> str:
        return self._release(
            "unsure",
            "It is not certain that this went out. It will not be sent again by itself; "
            "the mailbox's sent mail tells.",
            _LOOK_AGAIN_MS,
        )

    def _release(self, state: str, reason: str, wait_ms: int) -> str:
        due_at = self.deps.clock.now() + max(wait_ms, 1000)
        self._write({"state": state, "error": reason[:500], "due_at": due_at})
        return state

    def _end(self, state: str, reason: str) -> str:
        values = {"state": state, "error": reason[:500], "settled_at": self.deps.clock.now()}
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
