"""A customer's mail with files that can be looked at."""

from __future__ import annotations

import base64
import io
import sys
from email.message import EmailMessage
from pathlib import Path

from conftest import Demo
from customers import SUPPORT, unique
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "rendering"))

from documents import pdf


def deliver_files(demo: Demo, subject: str, *, texts: int = 0) -> str:
    """Let a mail with a picture, a document of two pages and texts arrive; return its id."""
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(picture, "PNG")
    mail = EmailMessage()
    mail["From"] = "Rita Moss <rita@customer.example>"
    mail["To"], mail["Subject"] = SUPPORT, subject
    mail["Message-ID"] = f"<{unique('files').replace(' ', '')}@customer.example>"
    mail.set_content("See the files.")
    mail.add_attachment(picture.getvalue(), "image", "png", filename="lamp.png")
    mail.add_attachment(pdf(pages=2), "application", "pdf", filename="bill.pdf")
    for place in range(texts):
        mail.add_attachment(f"Item {place}", filename=f"item-{place}.txt")
    raw = base64.urlsafe_b64encode(bytes(mail)).decode()
    demo.ask("deliver", {"to": SUPPORT, "raw": raw, "authenticated": True})
    return mail["Message-ID"]
