"""What a case is, and small words to write one."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

FROM = b"From: Mona <mona@mail.example>"
PLAIN = b"Content-Type: text/plain; charset=utf-8"
BASE64 = b"Content-Transfer-Encoding: base64"
QP = b"Content-Transfer-Encoding: quoted-printable"


@dataclass(frozen=True, slots=True)
class Case:
    """A mail, and what must be read from it: names of ParsedMail's fields, and the few below.

    `has` stands in the text, `html_has` in the HTML; `files` are (name, type, size), `contents` the
    bytes of files by name; `emails` and `names` are those of To; `count` is how many.
    """

    name: str
    raw: bytes
    expected: dict[str, Any] = field(default_factory=dict)


def case(name: str, raw: bytes, **expected: Any) -> Case:
    """Return a case."""
    return Case(name, raw, expected)


def mail(*headers: bytes | str, body: bytes | str = b"hello\r\n") -> bytes:
    """Write a mail from Mona with these headers."""
    return entity(FROM, *headers, body=body)


def entity(*headers: bytes | str, body: bytes | str = b"") -> bytes:
    """Write headers, an empty line and a body."""
    lines = [one.encode() if isinstance(one, str) else one for one in headers]
    return b"\r\n".join([*lines, b"", body.encode() if isinstance(body, str) else body])


def multipart(
    kind: str, *parts: bytes, boundary: str = "b", headers: tuple[str, ...] = ()
) -> bytes:
    """Write a multipart mail from Mona."""
    return mail(
        f"Content-Type: multipart/{kind}; boundary={boundary}",
        *headers,
        body=joined(*parts, boundary=boundary),
    )


def joined(*parts: bytes, boundary: str = "b") -> bytes:
    """Put parts between boundaries."""
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + one + b"\r\n" for one in parts) + line + b"--\r\n"


def text(content: str = "hello") -> bytes:
    """Write a part of plain text."""
    return entity(PLAIN, body=content)


def attached(content_type: str, content: bytes, *headers: str) -> bytes:
    """Write a part that is a file, in base64."""
    return entity(
        f"Content-Type: {content_type}", BASE64, *headers, body=base64.encodebytes(content)
    )
