"""Files to picture: written here, byte by byte where a library would refuse to."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def image(kind: str = "PNG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    """Return an image of one colour."""
    written = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(written, kind)
    return written.getvalue()


def bomb(side: int) -> bytes:
    """Return a PNG of few bytes that says it has `side` x `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    )


def pdf(pages: int = 1, width: int = 595, height: int = 842, trailer: str = "") -> bytes:
    """Return a document of empty pages (ISO 32000-1 7.5); `trailer` adds entries to its trailer."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] >>"] * pages,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start, count = len(written), len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    written += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    end = f"trailer\n<< /Size {count} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return written + end.encode()


def protected_pdf() -> bytes:
    """Return a document that opens with a password only (ISO 32000-1 7.6.3)."""
    key = "<" + "41" * 32 + ">"
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> "
    return pdf(trailer=f"{encrypt}/ID [<41> <41>] ")
