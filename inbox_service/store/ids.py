"""Ids: 63-bit integers in order of time, made without asking the database."""

from __future__ import annotations

import secrets
import threading

_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id(at: int) -> int:
    """Return an id for the moment `at` (ms UTC, until 2109): 42 bits of time, 21 of chance.

    Ids of one process and one millisecond follow each other, so a batch keeps its order. A message
    is given the time the provider received it, so that sorting by id sorts by time even when mail
    is read newest first.
    """
    global _last  # noqa: PLW0603  (the one process-wide sequence)
    with _lock:
        if at == _last >> _RANDOM_BITS:
            _last += 1
        else:
            # The top bit of the random part stays free for the ids that follow in the same ms.
            _last = (at << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS - 1)
        return _last


def moment_of(made: int) -> int:
    """Return the moment (ms UTC) that an id was made for."""
    return made >> _RANDOM_BITS


def first_id(at: int) -> int:
    """Return the least id of the moment `at`: what is newer has a greater one."""
    return min(max(at, 0) << _RANDOM_BITS, 2**63 - 1)
