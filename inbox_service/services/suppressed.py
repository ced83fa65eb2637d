"""Addresses that mail bounced from for good: no reply goes there unless its writer insists."""

from __future__ import annotations

from collections.abc import Iterable

from inbox_service.deps import Deps
from inbox_service.domain.moments import rfc3339
from inbox_service.errors import Invalid
from inbox_service.store import suppressions
from inbox_service.store.rows import Row

from . import auth

# More than a mail goes to; a longer question is not one of a composer.
_MOST_ASKED = 100


def suppressed_among(deps: Deps, caller: auth.Caller, emails: Iterable[str]) -> list[Row]:
    """Return the marks of those of the addresses that mail bounced from."""
    with auth.reading(deps, caller) as act:
        asked = list(emails)[:_MOST_ASKED]
        return suppressions.among(act.connection, caller.site_id, asked)


def check_suppressed(deps: Deps, site_id: int, emails: Iterable[str]) -> None:
    """Refuse a mail to addresses that mail bounced from; raises Invalid `address_suppressed`.

    The error's `suppressed` names each with the reason its provider gave, and since when.
    """
    with deps.sessions.reading() as connection:
        rows = suppressions.among(connection, site_id, emails)
    if rows:
        named = ", ".join(row["email"] for row in rows)
        raise Invalid(
            f"Mail to {named} came back before. Correct the address, or send it all the same.",
            code="address_suppressed",
            field="to",
            suppressed=[
                {"email": row["email"], "reason": row["reason"], "since": rfc3339(row["since"])}
                for row in rows
            ],
        )
