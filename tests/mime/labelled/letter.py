"""A labelled mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inbox_service.domain.mail import AutomaticKind


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, what wrote it (None: a person), and for a bounce what it must be read as.

    `unmarked`: it is automatic, but nothing in its headers says so, and its words are not read.
    """

    name: str
    raw: bytes
    kind: AutomaticKind | None
    bounce: dict[str, Any] | None = None
    unmarked: bool = False


def letter(
    name: str,
    kind: AutomaticKind | None,
    *headers: str,
    body: str = "Some words.\n",
    bounce: dict[str, Any] | None = None,
    unmarked: bool = False,
) -> Letter:
    """Write a mail to the shop with these headers."""
    given = {line.partition(":")[0].lower() for line in headers}
    usual = ("From: Mona <mona@mail.example>", "To: support@shop.example", "Subject: Re: Order 451")
    lines = [line for line in usual if line.partition(":")[0].lower() not in given]
    raw = "\r\n".join([*lines, *headers, "", body.replace("\n", "\r\n")]).encode()
    return Letter(name, raw, kind, bounce, unmarked)
