"""A customer erased everywhere, in steps that can be interrupted and taken again.

The work is found by what is left of the person, so that a step that was done finds nothing, and
his addresses go last: until then they lead to the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.erasure import Person
from inbox_service.errors import Invalid
from inbox_service.store import erasing as store
from inbox_service.store import persons

from . import auth
from .access import normal_address
from .erasing import OTHERS_MAIL, Sum, erase_from_ticket
from .letters import letters_of

# One step answers within the ten seconds that WordPress waits.
TICKETS_AT_ONCE = 20
_BLOBS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Erased:
    """How far an erasure came: counts since it began.

    `removed` counts messages, files, mails and entries; `kept` says how many things were kept for
    which reason. `held_up` tells that a mail to the person is being sent just now.
    """

    done: bool
    removed: int
    kept: Mapping[str, int]
    held_up: bool = False


def erase_for(deps: Deps, caller: auth.Caller, email: str) -> Erased:
    """Do the next step for the site's plugin."""
    with auth.plugin_writing(deps, caller):
        pass
    return erase(deps, caller.site_id, email)


def erase(deps: Deps, site_id: int, email: str) -> Erased:
    """Do the next step of erasing whoever has this address; call it until it is `done`.

    raises Invalid for what is no address.
    """
    address = normal_address(email)
    if "@" not in address:
        raise Invalid("This is not a complete e-mail address.", field="email")
    with deps.sessions.writing() as connection:
        erasure = store.begin(connection, site_id, address, deps.clock.now())
    step = {"tickets": _tickets, "letters": _letters, "person": _person}[erasure["step"]]
    erased = step(deps, site_id, address, erasure)
    sweep_bytes(deps)
    return erased


def erase_whole(deps: Deps, site_id: int, email: str) -> Erased:
    """Erase whoever has this address, in one go; not `done` only where a mail is being sent."""
    erased = erase(deps, site_id, email)
    while not erased.done and not erased.held_up:
        erased = erase(deps, site_id, email)
    return erased


def sweep_bytes(deps: Deps) -> int:
    """Delete the files of what was erased, also of an erasure that was cut off; return how many."""
    with deps.sessions.reading() as connection:
        doomed = store.doomed(connection, deps.clock.now(), _BLOBS_AT_ONCE)
    for site_id, sha256 in doomed:
        deps.blobs.delete(site_id, sha256)
    if doomed:
        with deps.sessions.writing() as connection:
            store.undoom(connection, doomed)
    return len(doomed)


Erasure = Mapping[str, Any]


def _tickets(deps: Deps, site_id: int, email: str, erasure: Erasure) -> Erased:
    with deps.sessions.reading() as connection:
        who = persons.person(connection, site_id, email)
        ticket_ids = persons.tickets_with(connection, site_id, who, TICKETS_AT_ONCE)
    total, held_up = _total(erasure), 0
    for ticket_id in ticket_ids:
        now = deps.clock.now()
        with deps.sessions.writing() as connection:
            part = erase_from_ticket(connection, site_id, ticket_id, who, now)
            held_up += part is None
            total.add(part or Sum())
            _note(connection, erasure, total, now)
    if not ticket_ids:
        with deps.sessions.writing() as connection:
            _note(connection, erasure, total, deps.clock.now(), step="letters", position=0)
    waits = bool(ticket_ids) and held_up == len(ticket_ids)
    return Erased(False, total.removed, total.kept, held_up=waits)


def _letters(deps: Deps, site_id: int, email: str, erasure: Erasure) -> Erased:
    with deps.sessions.reading() as connection:
        who = persons.person(connection, site_id, email)
    found = letters_of(deps, site_id, who, erasure["position"])
    total, now = _total(erasure), deps.clock.now()
    with deps.sessions.writing() as connection:
        for letter in found.letters:
            if letter.is_his:
                store.bury_loose(connection, site_id, letter.row, now)
                store.doom(connection, site_id, [letter.row["blob"]], now)
                total.removed += 1
            else:
                total.kept[OTHERS_MAIL] += 1
        further = {"position": found.next_id} if found.next_id else {"step": "person"}
        _note(connection, erasure, total, now, **further)
    return Erased(False, total.removed, total.kept)


def _person(deps: Deps, site_id: int, email: str, erasure: Erasure) -> Erased:
    total, now = _total(erasure), deps.clock.now()
    with deps.sessions.writing() as connection:
        # Whoever takes mail of his in waits here, and then finds a stranger; or was first, and
        # then there is a ticket again.
        who = persons.person(connection, site_id, email, lock=True)
        if persons.tickets_with(connection, site_id, who, 1):
            _note(connection, erasure, total, now, step="tickets", position=0)
            return Erased(False, total.removed, total.kept)
        _parked_entries(connection, site_id, who, total, now)
        total.removed += who.customer_id is not None
        store.forget(connection, site_id, who, now)
        store.end(connection, erasure)
    return Erased(True, total.removed, total.kept)


def _parked_entries(
    connection: Connection, site_id: int, who: Person, total: Sum, now: int
) -> None:
    parked = persons.parked_entries(connection, site_id)
    his = [entry for entry in parked if persons.is_entry_of(entry, who)]
    others = [entry for entry in parked if entry not in his]
    # Files are stored once, whoever sends them: a picture may be another visitor's too.
    shared = {file["blob"] for entry in others for file in entry["entry"].get("files", ())}
    for entry in his:
        files = {file["blob"] for file in entry["entry"]["files"]}
        store.empty_entry(connection, entry)
        store.doom(connection, site_id, files - shared, now)
        total.removed += 1


def _total(erasure: Erasure) -> Sum:
    return Sum(erasure["removed"], Counter(erasure["kept"]))


def _note(connection: Connection, erasure: Erasure, total: Sum, now: int, **further: Any) -> None:
    sums = {"removed": total.removed, "kept": dict(+total.kept), "updated_at": now}
    store.note(connection, erasure, {**sums, **further})
