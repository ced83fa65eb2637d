"""Waits until every mailbox has been read to its end, and says how far it is.

    progress.py INBOX_COMMAND LOG_FILE BEGAN

The file BEGAN was written when the first sync began. Ends with 1 when a mailbox stops for good, or
nothing has moved for three minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOOK_EVERY = 3.0
SAY_EVERY = 10.0
PATIENCE = 180.0
BROKEN = ("reauth_needed", "stopped")


@dataclass(frozen=True, slots=True)
class Progress:
    """What `inbox mailbox status --json` says of all mailboxes together."""

    receipts: int
    total: int
    tickets: int
    messages: int
    done: bool
    broken: tuple[str, ...]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> Progress:
        """Sum up the mailboxes."""
        return cls(
            receipts=sum(sum(row["receipts"].values()) for row in rows),
            total=sum(row["backfill"]["total"] or 0 for row in rows),
            tickets=sum(row["tickets"] for row in rows),
            messages=sum(row["messages"] for row in rows),
            done=all(row["state"] == "healthy" for row in rows),
            broken=tuple(row["address"] for row in rows if row["state"] in BROKEN),
        )

    def __str__(self) -> str:
        found = f"{self.receipts} mails accounted for"
        known = f" of about {self.total}" if self.total > self.receipts else ""
        return f"{found}{known}, {self.tickets} tickets"


def look(command: str) -> Progress:
    """Ask the service's command line."""
    answer = subprocess.run(  # noqa: S603 - our own command
        [command, "mailbox", "status", "--json"], check=True, capture_output=True, text=True
    )
    return Progress.of(json.loads(answer.stdout))


def wait(command: str) -> Progress:
    """Look until all is done, something is broken, or nothing moves any more."""
    moved_at = said_at = time.monotonic()
    progress = look(command)
    while not progress.done and not progress.broken and time.monotonic() - moved_at < PATIENCE:
        time.sleep(LOOK_EVERY)
        before, progress = progress, look(command)
        if progress.receipts != before.receipts:
            moved_at = time.monotonic()
        if time.monotonic() - said_at > SAY_EVERY:
            said_at = time.monotonic()
            print(f"    {progress}", flush=True)
    return progress


def main() -> int:
    """Wait, and sum up with the speed."""
    command, log, began = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    progress = wait(command)
    seconds = time.time() - began.stat().st_mtime
    if not progress.done:
        print(f"Not finished: {', '.join(progress.broken) or progress}", file=sys.stderr)
        return 1
    speed = progress.receipts / max(seconds, 1)
    tracebacks = log.read_text(encoding="utf-8", errors="replace").count("Traceback (most recent")
    print(
        f"    {progress.receipts} mails accounted for: {progress.messages} messages in "
        f"{progress.tickets} tickets, {seconds:.0f} s, {speed:.0f} messages/s, "
        f"{tracebacks} tracebacks"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
