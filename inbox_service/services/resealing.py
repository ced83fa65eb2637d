"""Replacing INBOX_SECRET_KEY: every stored secret is sealed again with the newest key."""

from __future__ import annotations

from inbox_service.deps import Deps
from inbox_service.errors import Misconfigured
from inbox_service.store import sealed


def reseal(deps: Deps) -> int:
    """Seal every stored secret with the newest key and return how many there are.

    All or none: raises Misconfigured where one opens with no key. A value that a worker replaces
    in the same moment is left to it: it seals with the newest key, too.
    """
    with deps.sessions.writing() as connection:
        values = list(sealed.all_values(connection))
        for value in values:
            plain = deps.secrets.open(value.sealed, value.context)
            sealed.replace(connection, value, deps.secrets.seal(plain, value.context))
    return len(values)


def count_locked(deps: Deps) -> tuple[int, int]:
    """Return how many stored secrets there are, and how many of them no key of ours opens."""
    with deps.sessions.reading() as connection:
        values = list(sealed.all_values(connection))
    return len(values), sum(not _opens(deps, value) for value in values)


def _opens(deps: Deps, value: sealed.SealedValue) -> bool:
    try:
        deps.secrets.open(value.sealed, value.context)
    except Misconfigured:
        return False
    return True
