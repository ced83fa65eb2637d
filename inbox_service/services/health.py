"""Mailboxes that stop being read: managers are told once, and once more when it is over.

What is wrong stands in the mailbox's row, written by its sync. Here that becomes an incident, and a
mail through another mailbox of the site. Where there is none, the plugin sends the site's own mail
(`open_incidents`, `note_told`).
"""

from __future__ import annotations

import structlog
from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.mail import Address
from inbox_service.errors import InboxError
from inbox_service.store import incidents as store
from inbox_service.store import mailbox_views, sites
from inbox_service.store.rows import Row
from inbox_service.texts import moment, text

from . import auth
from .notices import Notice, prepare_notice, queue_notice

_log = structlog.get_logger()

# What is tried again by itself is worth a manager's time when it lasts.
_LASTING_MS = 30 * 60_000
SETTINGS_PAGE = "/wp-admin/admin.php?page=unified-inbox-settings"


def look_after(deps: Deps) -> dict[str, int]:
    """Find mailboxes that stopped or work again, and tell the managers; return how many of each."""
    begun, ended = _note(deps)
    told = [_try_to_tell(deps, one, "incident", "told_at") for one in _untold(deps)]
    told += [_try_to_tell(deps, one, "recovery", "recovery_told_at") for one in _recovered(deps)]
    return {"begun": begun, "ended": ended, "told": sum(told)}


def open_incidents(deps: Deps, caller: auth.Caller) -> list[Row]:
    """Return the mailboxes of the calling plugin's site that are not being read."""
    with deps.sessions.reading() as connection:
        return store.open_of(connection, caller.site_id)


def note_told(deps: Deps, caller: auth.Caller, incident_id: int) -> bool:
    """Note that the plugin mailed the managers; False where that was done before."""
    with auth.plugin_writing(deps, caller) as (connection, at):
        return store.write(connection, caller.site_id, incident_id, "told_at", {"told_at": at})


def troubles(act: auth.Act) -> list[Row]:
    """Return the open incidents of the mailboxes that feed what the viewer sees."""
    rows = store.open_of(act.connection, act.viewer.site_id)
    if not rows or act.viewer.inboxes is None:
        return rows
    seen = {row["id"] for row in mailbox_views.seen_by(act.connection, act.viewer)}
    return [row for row in rows if row["mailbox_id"] in seen]


def _note(deps: Deps) -> tuple[int, int]:
    now = deps.clock.now()
    # Nearly always there is nothing to write, and then nobody waits for the write lock.
    with deps.sessions.reading() as connection:
        if not (store.beginning(connection, now - _LASTING_MS) or store.ending(connection)):
            return 0, 0
    with deps.sessions.writing() as connection:
        ended = store.ending(connection)
        for incident in ended:
            _end(connection, incident, now)
        begun = store.beginning(connection, now - _LASTING_MS)
        for mailbox in begun:
            store.begin(connection, mailbox, now)
            _log.warning("mailbox_in_trouble", mailbox_id=mailbox["id"], state=mailbox["state"])
    return len(begun), len(ended)


def _end(connection: Connection, incident: Row, now: int) -> None:
    values: Row = {"ended_at": now}
    # Of a mailbox that was taken away nobody needs to hear that it is read again.
    if incident["disconnected_at"] is not None:
        values["recovery_told_at"] = now
    store.write(connection, incident["site_id"], incident["id"], "ended_at", values)


def _untold(deps: Deps) -> list[Row]:
    with deps.sessions.reading() as connection:
        return store.untold(connection)


def _recovered(deps: Deps) -> list[Row]:
    with deps.sessions.reading() as connection:
        return store.untold_recoveries(connection)


def _try_to_tell(deps: Deps, incident: Row, kind: str, column: str) -> bool:
    try:
        return _tell(deps, incident, kind, column)
    except (InboxError, OSError):
        # What cannot be told of one mailbox must not keep back what is to be told of another.
        _log.exception("incident_not_told", incident_id=incident["id"])
        return False


def _tell(deps: Deps, incident: Row, kind: str, column: str) -> bool:
    """Mail every manager through a mailbox that works; False where that cannot be done."""
    site_id = incident["site_id"]
    with deps.sessions.reading() as connection:
        site = sites.get(connection, site_id)
        ways = store.sending_mailboxes(connection, site_id)
        managers = store.managers(connection, site_id)
    if site is None or not ways:
        return False
    notices = [_notice(incident, kind, dict(site), manager) for manager in managers]
    prepared = [prepare_notice(deps, site_id, None, one, through=ways[0]) for one in notices]
    if not any(prepared):
        return False
    with deps.sessions.writing() as connection:
        now = deps.clock.now()
        if not store.write(connection, site_id, incident["id"], column, {column: now}):
            return False
        queued = [queue_notice(connection, deps, one) for one in prepared if one]
    for row_id in queued:
        if row_id is not None:
            deps.queue.hint("deliver", site_id, row_id)
    return True


def _notice(incident: Row, kind: str, site: Row, manager: Row) -> Notice:
    locale, address = manager["locale"], incident["address"]
    url = f"{site['home_url']}{SETTINGS_PAGE}#/mailboxes/{incident['mailbox_id']}"
    body = text(
        locale,
        f"{kind}_body",
        address=address,
        site=site["name"],
        since=moment(incident["began_at"], locale, site["timezone"]),
        reason=incident["reason"] or incident["state"],
        remedy=text(locale, f"remedy_{incident['state']}", url=url),
        url=url,
    )
    subject = text(locale, f"{kind}_subject", address=address)
    return Notice(kind, Address(manager["email"], manager["name"]), subject, body, locale)
