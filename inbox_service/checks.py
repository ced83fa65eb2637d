"""What `inbox doctor` looks at in the service itself: settings, folder, database, mailboxes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .deps import Deps
from .errors import InboxError
from .services import mailboxes, resealing, sites
from .store import schema

# A mailbox is looked into every few seconds; five minutes without means something is stuck.
_STALE_SECONDS = 300
_REMEDIES = {
    "reauth_needed": "Connect the mailbox again.",
    "stopped": "See the reason in `inbox mailbox status`.",
    "degraded": "See the reason in `inbox mailbox status`; it is tried again by itself.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: what was looked at, how it is, and what to do unless `ok`.

    `ok` is None for what could not be found out.
    """

    part: str
    ok: bool | None
    detail: str
    remedy: str = ""


Check = Callable[[Deps], Iterator[Finding]]


def folder(deps: Deps) -> Iterator[Finding]:
    """Look whether the data folder can be written to."""
    path = deps.settings.data_dir
    if _is_writable(path):
        yield Finding("data folder", ok=True, detail=str(path))
    else:
        remedy = "Make it writable for this user, or set INBOX_DATA_DIR to another folder."
        yield Finding("data folder", ok=False, detail=f"{path} cannot be written to", remedy=remedy)


def database(deps: Deps) -> Iterator[Finding]:
    """Look whether the database answers and has the shape this code needs."""
    kind = deps.settings.database_url.partition(":")[0].partition("+")[0]
    try:
        revision = schema.current(deps.sessions)
    except InboxError as error:
        yield Finding("database", ok=False, detail=f"{kind} does not answer", remedy=str(error))
        return
    if revision == schema.newest():
        yield Finding("database", ok=True, detail=f"{kind}, revision {revision}")
    else:
        detail = f"{kind}, revision {revision or 'none'}, needed {schema.newest()}"
        yield Finding("database", ok=False, detail=detail, remedy="Run `inbox db upgrade`.")


def data(deps: Deps) -> Iterator[Finding]:
    """Look at sites and mailboxes, where the database is well enough to be asked."""
    try:
        schema.require_current(deps.sessions)
    except InboxError:
        return
    yield _secrets(deps)
    yield from _paired_sites(deps)
    yield from _every_mailbox(deps)


def _secrets(deps: Deps) -> Finding:
    there, locked = resealing.count_locked(deps)
    if not locked:
        return Finding("secrets", ok=True, detail=f"all {there} open with our keys")
    # What a restored database looks like without the key that belongs to it.
    remedy = "Set the INBOX_SECRET_KEY they were sealed with, beside the new one if there is one."
    return Finding(
        "secrets", ok=False, detail=f"{locked} of {there} cannot be opened", remedy=remedy
    )


def _paired_sites(deps: Deps) -> Iterator[Finding]:
    known = sites.list_sites(deps)
    if not known:
        yield Finding("sites", ok=False, detail="none", remedy="Run `inbox site add`.")
    for site in known:
        paired = site["state"] == "active"
        again = f"Run `inbox site add --name ... --url {site['home_url']}` for a new pairing code."
        remedy = "" if paired else again
        yield Finding(f"site {site['home_url']}", paired, str(site["state"]), remedy)


def _every_mailbox(deps: Deps) -> Iterator[Finding]:
    for mailbox in mailboxes.status(deps):
        yield _mailbox(mailbox["address"], mailbox["state"], mailbox["cursor_age_s"])
        if mailbox["comparison"] is not None:
            yield _compared(mailbox["address"], mailbox["comparison"])


def _mailbox(address: str, state: str, age: float | None) -> Finding:
    seen = "never read" if age is None else f"read {age:.0f} s ago"
    remedy = _REMEDIES.get(state, "")
    if not remedy and (age is None or age > _STALE_SECONDS):
        remedy = "Check that `inbox up` (or a worker and the scheduler) runs."
    return Finding(f"mailbox {address}", not remedy, f"{state}, {seen}", remedy)


def _compared(address: str, result: Mapping[str, Any]) -> Finding:
    detail = f"{result['shown']} shown by the provider, {result['missing']} missing"
    remedy = f"Run `inbox mailbox reconcile {address}`." if result["missing"] else ""
    return Finding(f"mails of {address}", not result["missing"], detail, remedy)


def _is_writable(path: Path) -> bool:
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return True
    except OSError:
        return False
