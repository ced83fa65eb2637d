"""Which files can be pictured, and why one cannot."""

from __future__ import annotations

from enum import StrEnum

MOST_BYTES = 25 * 1024 * 1024
# Of a longer document the beginning is pictured, as a preview is no reader.
MOST_PAGES = 10
# The longer side in pixels: beside its message, and by itself.
SMALL, LARGE = 320, 1600

_IMAGES = ("png", "jpeg", "gif", "webp", "bmp", "tiff", "avif")
_KINDS = {f"image/{name}": "image" for name in _IMAGES} | {
    "image/jpg": "image",
    "image/pjpeg": "image",
    "image/x-ms-bmp": "image",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
}
# What programs that know no types send as application/octet-stream.
_ENDINGS = dict.fromkeys((*_IMAGES, "jpg", "tif"), "image") | {"pdf": "pdf"}


class Refusal(StrEnum):
    """Why a file has no preview."""

    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"


def kind_of(content_type: str, filename: str) -> str | None:
    """Return how a file is pictured, "image" or "pdf"; None for one that is not.

    Both are as the sender says: what pictures the file looks at its bytes, and at nothing else.
    """
    said = content_type.lower().partition(";")[0].strip()
    if said != "application/octet-stream":
        return _KINDS.get(said)
    return _ENDINGS.get(filename.lower().rpartition(".")[2])
