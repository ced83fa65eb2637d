"""Addresses that mail bounced from for good: no reply goes there unless its writer insists."""

from __future__ import annotations

from collections.abc import Iterable

from inbox_service.deps import Deps
from inbox_service.domain.moments import rfc3339
from inbox_service.errors import Invalid
from inbox_service.store import suppressions


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
