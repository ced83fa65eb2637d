"""Forms: published to the plugin, signed, and changed by managers."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.forms import default_definition, fault_of
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.store import forms, inboxes, sites
from inbox_service.store.feeds import inbox as inbox_row
from inbox_service.store.ids import new_id

from . import auth, keys, managers

Row = dict[str, Any]


def published(deps: Deps, caller: auth.Caller) -> list[Row]:
    """Return the site's forms as its plugin shows them, each signed with the plugin's own key.

    A site that has an inbox has a form: the first call makes one.
    """
    _ensure_one(deps, caller.site_id)
    with deps.sessions.reading() as connection:
        key = sites.live_key(connection, caller.site_id, caller.key_id, deps.clock.now())
        rows = forms.of_site(connection, caller.site_id)
    if key is None:
        raise NotFound("The key that signed this has ended.", code="key_ended")
    secret = deps.secrets.open(key["secret"], keys.seal_context(key))
    return [{**row, "signature": signature(row["definition"], secret)} for row in rows]


def all_forms(deps: Deps, caller: auth.Caller) -> list[Row]:
    """Return the site's forms, for managers."""
    _ensure_one(deps, caller.site_id)
    with managers.reading(deps, caller) as act:
        return forms.of_site(act.connection, caller.site_id)


def add_form(deps: Deps, caller: auth.Caller, given: Mapping[str, Any]) -> Row:
    """Add a form; raises Invalid naming the field."""
    with managers.writing(deps, caller) as act:
        _check(act.connection, caller.site_id, given)
        row = _new_row(caller.site_id, given, act.at)
        forms.add(act.connection, row)
        return row


def change_form(deps: Deps, caller: auth.Caller, form_id: int, given: Mapping[str, Any]) -> Row:
    """Change a form's name, inbox or definition."""
    with managers.writing(deps, caller) as act:
        before = _found(act.connection, caller.site_id, form_id)
        _check(act.connection, caller.site_id, {**before, **given})
        forms.write(act.connection, caller.site_id, form_id, given)
        return _found(act.connection, caller.site_id, form_id)


def remove_form(deps: Deps, caller: auth.Caller, form_id: int) -> None:
    """Delete a form; raises Conflict where requests came in by it, for those name it."""
    with managers.writing(deps, caller) as act:
        _found(act.connection, caller.site_id, form_id)
        if forms.has_entries(act.connection, caller.site_id, form_id):
            raise Conflict(
                "Requests came in by this form, so it is kept: take it off your pages instead.",
                code="form_in_use",
            )
        forms.remove(act.connection, caller.site_id, form_id)


def signature(definition: Mapping[str, Any], secret: bytes) -> str:
    """Return the HMAC-SHA256 of a definition's canonical JSON, in hex.

    Canonical: names sorted, no spaces, characters as they are, so that PHP writes the same.
    """
    canonical = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(secret, canonical.encode(), hashlib.sha256).hexdigest()


def _ensure_one(deps: Deps, site_id: int) -> None:
    with deps.sessions.reading() as connection:
        if forms.of_site(connection, site_id) or inboxes.first(connection, site_id) is None:
            return
    with deps.sessions.writing() as connection:
        inbox_id = inboxes.first(connection, site_id)
        given = {"name": "Contact us", "inbox_id": inbox_id, "definition": default_definition()}
        # The inbox's own number: of two first visitors at once, one makes it.
        row = _new_row(site_id, given, deps.clock.now()) | {"id": inbox_id}
        forms.add_once(connection, row)


def _new_row(site_id: int, given: Mapping[str, Any], at: int) -> Row:
    return {
        "site_id": site_id,
        "id": new_id(at),
        "name": given["name"],
        "inbox_id": given["inbox_id"],
        "definition": given.get("definition") or default_definition(),
        "version": 1,
        "description": "",
        "created_at": at,
    }


def _check(connection: Connection, site_id: int, given: Mapping[str, Any]) -> None:
    if inbox_row(connection, site_id, given["inbox_id"]) is None:
        raise Invalid("There is no such inbox.", field="inbox_id")
    fault = fault_of(given["definition"]) if given.get("definition") else ""
    if fault:
        raise Invalid(fault, field="definition")


def _found(connection: Connection, site_id: int, form_id: int) -> Row:
    row = forms.get(connection, site_id, form_id)
    if row is None:
        raise NotFound("There is no such form.", code="form_not_found")
    return row
