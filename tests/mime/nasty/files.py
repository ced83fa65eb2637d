"""Files packed into other things: winmail.dat, uuencode, yEnc."""

from __future__ import annotations

import binascii
import struct

from .case import Case, attached, case, entity, mail, multipart, text

_TITLE, _DATA, _NEW, _PROPERTIES, _BODY = 0x18010, 0x6800F, 0x69002, 0x69005, 0x2800C
_MESSAGE, _CODE_PAGE = 0x69003, 0x69007


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    """Write a TNEF stream ([MS-OXTNEF] 2.1.3)."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for tag, data in attributes:
        out += struct.pack("<BII", 2, tag, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """Write MAPI properties: type, id, value."""
    out = struct.pack("<I", len(values))
    for kind, number, value in values:
        out += struct.pack("<HH", kind, number)
        if kind in (0x1E, 0x1F, 0x102, 0x0D):
            out += struct.pack("<II", 1, len(value))
        out += value + b"\0" * (-len(value) % 4)
    return out


def outlook(
    *attributes: tuple[int, bytes], words: str = "see the file", name: str = "winmail.dat"
) -> bytes:
    """Write Outlook's mail: the words, and a winmail.dat."""
    return multipart(
        "mixed", text(words), attached(f"application/ms-tnef; name={name}", tnef(*attributes))
    )


def uuencoded(name: str, content: bytes) -> bytes:
    """Write a file as uuencode does."""
    pieces = [content[at : at + 45] for at in range(0, len(content), 45)]
    return (
        b"begin 644 "
        + name.encode()
        + b"\r\n"
        + b"".join(map(binascii.b2a_uu, pieces))
        + b"`\nend\n"
    )


def yencoded(name: str, content: bytes) -> bytes:
    """Write a file as yEnc does."""
    out = b""
    for byte in content:
        code = (byte + 42) % 256
        out += b"=" + bytes([(code + 64) % 256]) if code in b"\0\r\n=" else bytes([code])
    return (
        f"=ybegin line=128 size={len(content)} name={name}\r\n".encode()
        + out
        + f"\r\n=yend size={len(content)}\r\n".encode()
    )


def _unicode(content: str) -> bytes:
    return content.encode("utf-16-le") + b"\0\0"


_ONE = ((_NEW, b"\0" * 14), (_TITLE, b"BILL~1.PDF\0"), (_DATA, b"file"))
_LONG = properties((0x1F, 0x3707, _unicode("فاتورة.pdf")), (0x1E, 0x370E, b"application/pdf\0"))
_RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Hello caf\'e9 \u1571?\par bye}"
_HTML_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello"
    rb"\htmlrtf \par}\htmlrtf0{\*\htmltag72 </p>}}"
)


def _rtf(content: bytes) -> bytes:
    return struct.pack("<IIII", len(content) + 12, len(content), 0x414C454D, 0) + content


def _lzfu(content: bytes) -> bytes:
    """Compress in name only: every byte stands for itself."""
    body = b"".join(b"\0" + content[at : at + 8] for at in range(0, len(content), 8))
    return struct.pack("<IIII", len(body) + 12, len(content), 0x75465A4C, 0) + body


def _embedded(stream: bytes) -> bytes:
    return bytes.fromhex("0703020000000000c000000000000046") + stream


_EVERY_BYTE = bytes(range(256))
_PDF = [("bill.pdf", "application/pdf", 256)]

CASES: tuple[Case, ...] = (
    case(
        "winmail-with-a-file",
        outlook(*_ONE),
        text="see the file",
        files=[("BILL~1.PDF", "application/pdf", 4)],
        contents={"BILL~1.PDF": b"file"},
    ),
    case(
        "winmail-with-a-long-arabic-name",
        outlook(*_ONE, (_PROPERTIES, _LONG)),
        files=[("فاتورة.pdf", "application/pdf", 4)],
    ),
    case(
        "winmail-with-two-files",
        outlook(*_ONE, (_NEW, b""), (_TITLE, b"b.txt\0"), (_DATA, b"two")),
        files=[("BILL~1.PDF", "application/pdf", 4), ("b.txt", "text/plain", 3)],
    ),
    case(
        "winmail-with-words-only",
        outlook((_BODY, b"the same words\0")),
        text="see the file",
        files=[],
    ),
    case(
        "winmail-is-all-there-is",
        mail(
            "Content-Type: application/ms-tnef; name=winmail.dat",
            body=tnef(
                (_CODE_PAGE, struct.pack("<II", 1256, 0)),
                (_BODY, "أين طلبي".encode("cp1256") + b"\0"),
            ),
        ),
        text="أين طلبي",
    ),
    case(
        "winmail-with-html",
        mail(
            "Content-Type: application/ms-tnef",
            body=tnef(
                (
                    _MESSAGE,
                    properties(
                        (0x03, 0x3FDE, struct.pack("<I", 65001)),
                        (0x102, 0x1013, "<p>أين</p>".encode()),
                    ),
                )
            ),
        ),
        html_has="<p>أين</p>",
    ),
    case(
        "winmail-with-plain-rtf",
        mail(
            "Content-Type: application/ms-tnef",
            body=tnef((_MESSAGE, properties((0x102, 0x1009, _rtf(_RTF))))),
        ),
        text="Hello café أ\nbye",
    ),
    case(
        "winmail-with-compressed-rtf",
        mail(
            "Content-Type: application/ms-tnef",
            body=tnef((_MESSAGE, properties((0x102, 0x1009, _lzfu(_RTF))))),
        ),
        text="Hello café أ\nbye",
    ),
    case(
        "winmail-with-html-in-rtf",
        mail(
            "Content-Type: application/ms-tnef",
            body=tnef((_MESSAGE, properties((0x102, 0x1009, _rtf(_HTML_RTF))))),
        ),
        html_has="<p>Hello</p>",
    ),
    case(
        "winmail-with-a-mail-inside",
        outlook(
            (_NEW, b""),
            (
                _PROPERTIES,
                properties(
                    (0x1F, 0x3707, _unicode("old.msg")),
                    (0x0D, 0x3701, _embedded(tnef((_BODY, b"old words\0"), *_ONE))),
                ),
            ),
        ),
        files=[("old.txt", "text/plain", 9), ("BILL~1.PDF", "application/pdf", 4)],
    ),
    case(
        "winmail-called-octet-stream",
        multipart(
            "mixed", text(), attached("application/octet-stream; name=winmail.dat", tnef(*_ONE))
        ),
        files=[("BILL~1.PDF", "application/pdf", 4)],
    ),
    case(
        "winmail-with-a-path-as-name",
        outlook((_NEW, b""), (_TITLE, b"..\\..\\evil.exe\0"), (_DATA, b"x")),
        count_files=1,
    ),
    case(
        "winmail-that-is-none",
        multipart("mixed", text(), attached("application/ms-tnef; name=winmail.dat", b"rubbish")),
        files=[("winmail.dat", "application/ms-tnef", 7)],
    ),
    case(
        "winmail-empty",
        multipart("mixed", text(), attached("application/ms-tnef; name=winmail.dat", b"")),
        files=[("winmail.dat", "application/ms-tnef", 0)],
    ),
    case(
        "winmail-cut-off",
        multipart("mixed", text(), attached("application/ms-tnef", tnef(*_ONE)[:-4])),
        count_files=1,
    ),
    case(
        "winmail-with-a-length-beyond-its-end",
        multipart(
            "mixed",
            text(),
            attached(
                "application/ms-tnef", struct.pack("<IHBII", 0x223E9F78, 1, 2, _DATA, 0xFFFFFFFF)
            ),
        ),
        count_files=1,
    ),
    case(
        "winmail-with-four-billion-properties",
        outlook(*_ONE, (_PROPERTIES, struct.pack("<I", 0xFFFFFFFF) + b"\x1f\x00" * 50)),
        count_files=1,
    ),
    # --- in the text
    case(
        "uuencode-in-the-text",
        mail(body=b"see:\r\n\r\n" + uuencoded("bill.pdf", _EVERY_BYTE) + b"bye\r\n"),
        has="bye",
        files=_PDF,
        contents={"bill.pdf": _EVERY_BYTE},
    ),
    case(
        "uuencode-twice",
        mail(body=uuencoded("bill.pdf", _EVERY_BYTE) + uuencoded("b.txt", b"two")),
        files=[*_PDF, ("b.txt", "text/plain", 3)],
    ),
    case(
        "uuencode-that-never-ends",
        mail(body=b"begin 644 a.txt\r\n#:&D*\r\n"),
        has="begin 644",
        files=[],
    ),
    case(
        "uuencode-that-is-prose",
        mail(body=b"begin 644 things before you\r\nend them all\r\n"),
        has="end them all",
        files=[],
    ),
    case(
        "uuencode-in-base64-dress",
        mail(body=b"begin-base64 644 b.txt\r\nd29yZHM=\r\n====\r\n"),
        files=[("b.txt", "text/plain", 5)],
        contents={"b.txt": b"words"},
    ),
    case(
        "uuencode-as-transfer-encoding",
        mail("Content-Transfer-Encoding: x-uuencode", body=uuencoded("a", b"hi")),
        text="hi",
    ),
    case(
        "uuencode-larger-than-a-text-may-be",
        mail(body=b"see\r\n" + uuencoded("big.bin", b"\x01" * 1_200_000)),
        text="see",
        files=[("big.bin", "application/octet-stream", 1_200_000)],
    ),
    case(
        "yenc-in-the-text",
        mail(body=b"see:\r\n" + yencoded("bill.pdf", _EVERY_BYTE)),
        text="see:",
        files=_PDF,
        contents={"bill.pdf": _EVERY_BYTE},
    ),
    case(
        "yenc-that-never-ends",
        mail(body=b"=ybegin line=128 size=4 name=a\r\nabcd"),
        has="=ybegin",
        files=[],
    ),
    case(
        "a-text-called-winmail",
        multipart("mixed", entity("Content-Type: text/plain; name=notes.txt", body="words")),
        text="",
        files=[("notes.txt", "text/plain", 5)],
    ),
)
