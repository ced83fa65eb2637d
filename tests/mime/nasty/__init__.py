"""Mail as it comes in the wild: each case has a name, its bytes, and what must be read from it.

The bytes lie in tests/fixtures/nasty too, for other programs; `python -m tests.mime.nasty.write`
writes them there anew.
"""

from __future__ import annotations

from . import automatic, charsets, contents, files, headers, hostile, structure
from .case import Case

_TABLES = (
    charsets.CASES,
    headers.CASES,
    structure.CASES,
    contents.CASES,
    files.CASES,
    automatic.CASES,
    hostile.CASES,
)
CASES: dict[str, Case] = {case.name: case for table in _TABLES for case in table}

__all__ = ["CASES", "Case"]
