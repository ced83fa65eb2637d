"""Small real files to attach: PNG pictures, PDF pages and tables, made without any library."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Colour = tuple[int, int, int]
PAPER, INK, SAGE, WOOD, GLASS, RED = (
    (250, 248, 242),
    (62, 58, 54),
    (150, 172, 142),
    (176, 138, 98),
    (196, 216, 222),
    (190, 62, 52),
)
TYPES = {
    "png": ("image", "png"),
    "pdf": ("application", "pdf"),
    "csv": ("text", "csv"),
    "txt": ("text", "plain"),
}


class Canvas:
    """A picture of coloured rows; shapes are drawn in horizontal spans, which is fast enough."""

    def __init__(self, width: int = 480, height: int = 320, ground: Colour = PAPER) -> None:
        self.width = width
        self.height = height
        self.rows = [bytearray(bytes(ground) * width) for _ in range(height)]

    def span(self, y: int, left: int, right: int, colour: Colour) -> None:
        """Colours part of one row; what lies outside of the picture is left out."""
        left, right = max(0, left), min(self.width, right)
        if 0 <= y < self.height and left < right:
            self.rows[y][left * 3 : right * 3] = bytes(colour) * (right - left)

    def box(self, x: int, y: int, width: int, height: int, colour: Colour) -> None:
        """A filled rectangle."""
        for row in range(y, y + height):
            self.span(row, x, x + width, colour)

    def disc(self, x: int, y: int, across: int, down: int, colour: Colour) -> None:
        """A filled ellipse around (x, y) with these radii."""
        for row in range(-down, down + 1):
            half = int(across * (1 - (row / down) ** 2) ** 0.5)
            self.span(y + row, x - half, x + half, colour)

    def png(self) -> bytes:
        """The picture as a PNG file (ISO/IEC 15948: 8 bits a colour, no filter)."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows), 6)
        chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def _table(canvas: Canvas) -> None:
    canvas.box(0, 220, canvas.width, 100, WOOD)


def _pot(canvas: Canvas, colour: Colour) -> None:
    _table(canvas)
    canvas.disc(345, 160, 52, 46, colour)
    canvas.disc(345, 160, 34, 30, PAPER)
    for step in range(70):  # the spout
        canvas.box(90 + step, 110 + step, 24, 12, colour)
    canvas.disc(240, 175, 110, 82, colour)
    canvas.disc(240, 96, 60, 14, colour)
    canvas.disc(240, 80, 12, 12, colour)


def _chipped_pot(canvas: Canvas) -> None:
    _pot(canvas, INK)
    canvas.disc(92, 112, 13, 11, PAPER)
    canvas.disc(104, 122, 7, 6, GLASS)


def _cup(canvas: Canvas, x: int, colour: Colour) -> None:
    canvas.disc(x + 62, 190, 26, 26, colour)
    canvas.disc(x + 62, 190, 15, 15, PAPER)
    canvas.box(x - 50, 150, 100, 60, colour)
    canvas.disc(x, 210, 50, 34, colour)
    canvas.disc(x, 150, 50, 12, PAPER)


def _cups(canvas: Canvas) -> None:
    _table(canvas)
    for x in (90, 240, 390):
        _cup(canvas, x, SAGE)


def _broken_cup(canvas: Canvas) -> None:
    _table(canvas)
    _cup(canvas, 210, SAGE)
    for step in range(26):  # a wedge is missing from the rim, and lies beside the cup
        canvas.span(150 + step, 170 + step // 2, 206 - step // 2, PAPER)
        canvas.span(250 + step, 340 - step, 340 + step, SAGE)


def _moth(canvas: Canvas) -> None:
    canvas.box(0, 0, canvas.width, canvas.height, WOOD)
    canvas.disc(205, 165, 62, 34, PAPER)
    canvas.disc(275, 165, 62, 34, PAPER)
    canvas.disc(240, 160, 12, 44, INK)


def _screen(canvas: Canvas) -> None:
    canvas.box(0, 0, canvas.width, 34, INK)
    canvas.box(60, 10, 300, 14, PAPER)
    canvas.box(60, 90, 220, 18, RED)
    for line in range(4):
        canvas.box(60, 130 + 24 * line, 330 - 40 * line, 8, GLASS)
    canvas.box(60, 250, 110, 30, SAGE)


def _statement(canvas: Canvas) -> None:
    canvas.box(40, 24, 170, 16, INK)
    for line in range(9):
        doubled = line in (3, 4)
        canvas.box(40, 66 + 26 * line, 230, 8, RED if doubled else GLASS)
        canvas.box(380, 66 + 26 * line, 60, 8, RED if doubled else INK)


def _plan(canvas: Canvas) -> None:
    for row in range(3):
        for column in range(6):
            free = (row, column) in ((0, 5), (2, 0))
            canvas.box(24 + 74 * column, 30 + 95 * row, 62, 68, SAGE if free else GLASS)


_DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "bank-statement": _statement,
    "broken-cup": _broken_cup,
    "chipped-spout": _chipped_pot,
    "cups-in-daylight": _cups,
    "error-page": _screen,
    "floor-plan": _plan,
    "moth": _moth,
    "wrong-item": _cups,
}


def picture(name: str) -> bytes:
    """The PNG of that name.

    raises KeyError for a picture nobody has drawn.
    """
    canvas = Canvas()
    _DRAWINGS[name](canvas)
    return canvas.png()


def page(title: str, lines: tuple[str, ...]) -> bytes:
    """A PDF of one page in Helvetica (ISO 32000-1, the least that viewers accept)."""
    shown = [f"BT /F1 20 Tf 60 760 Td ({_pdf_text(title)}) Tj ET"]
    shown += [
        f"BT /F1 11 Tf 60 {720 - 18 * row} Td ({_pdf_text(line)}) Tj ET"
        for row, line in enumerate(lines)
    ]
    stream = "\n".join(shown).encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        out.rindex(b"xref"),
    )
    return bytes(out)


def _pdf_text(text: str) -> str:
    plain = text.encode("latin-1", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def attachment(name: str) -> tuple[bytes, str, str]:
    """The content and type of the file of that name."""
    stem, _, ending = name.rpartition(".")
    main, sub = TYPES[ending]
    title = stem.replace("-", " ").capitalize()
    if ending == "png":
        return picture(stem), main, sub
    if ending == "pdf":
        lines = (
            "Jasmine & Reed, 3 Mill Lane",
            f"Document: {title}",
            "",
            "Thank you for your trust.",
        )
        return page(title, lines), main, sub
    rows = [f"{number},{title} {number},{number * 3}" for number in range(1, 13)]
    return "\r\n".join(["number,text,amount", *rows]).encode(), main, sub
