"""The child that pictures one file: bytes on stdin, a line of JSON and WebP images on stdout.

It is run by `parent`, without an environment, and limits itself before it looks at the file.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from inbox_service.domain.previews import LARGE, MOST_PAGES, SMALL, Refusal

_MEMORY = 1024**3
_PROCESSOR_SECONDS = 20
# 48 megapixels are those of a telephone's camera; four bytes each fit into the memory thrice.
_MOST_PIXELS = 50_000_000
# No others: each is a decoder more that a stranger may write for.
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_QUALITY = 80
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD

Sized = tuple[int, str, Image.Image]


class CannotPictureError(Exception):
    """The file cannot be pictured, for the reason given."""


def main(kind: str, mark: str) -> None:
    """Answer with the pictures of the file on stdin, or with why there are none."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        pages, pictures = (_of_pdf if kind == "pdf" else _of_image)(content)
        _answer(pages, pictures, mark)
    except CannotPictureError as error:
        _refuse(str(error))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        _refuse(Refusal.TOO_LARGE)
    except (UnidentifiedImageError, pypdfium2.PdfiumError, OSError, ValueError, SyntaxError):
        _refuse(Refusal.UNREADABLE)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    # It writes to its pipe alone, starts nothing, and leaves no image of its memory.
    for one in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(one, (0, 0))
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _of_image(content: bytes) -> tuple[int, Iterator[Sized]]:
    image = Image.open(io.BytesIO(content), formats=_FORMATS)
    # A JPEG is read smaller right away; of what moves the first picture is shown.
    image.draft("RGB", (LARGE * 2, LARGE * 2))
    upright = ImageOps.exif_transpose(image)
    return 1, _both_sizes(1, _on_white(upright))


def _of_pdf(content: bytes) -> tuple[int, Iterator[Sized]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise CannotPictureError(Refusal.PROTECTED) from error
        raise
    return len(document), _pages_of(document)


def _pages_of(document: pypdfium2.PdfDocument) -> Iterator[Sized]:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        scale = LARGE / max(*page.get_size(), 1.0)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
        if number:
            yield number + 1, "large", picture
        else:
            yield from _both_sizes(1, picture)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image.thumbnail((LARGE, LARGE))
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    image.thumbnail((LARGE, LARGE))
    return image.convert("RGB")


def _both_sizes(page: int, picture: Image.Image) -> Iterator[Sized]:
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    yield page, "small", small
    yield page, "large", picture


def _answer(pages: int, pictures: Iterator[Sized], mark: str) -> None:
    told, contents = [], []
    for page, size, picture in pictures:
        written = io.BytesIO()
        # The mark makes it this file's own: erased with it, it takes no other's picture along.
        xmp = f"{mark}/{page}/{size}".encode()
        picture.save(written, "WEBP", quality=_QUALITY, xmp=xmp)
        told.append({"page": page, "size": size, "width": picture.width, "height": picture.height})
        contents.append(written.getvalue())
    for one, content in zip(told, contents, strict=True):
        one["length"] = len(content)
    sys.stdout.buffer.write(json.dumps({"pages": pages, "pictures": told}).encode() + b"\n")
    sys.stdout.buffer.writelines(contents)


def _refuse(reason: str) -> None:
    sys.stdout.buffer.write(json.dumps({"refusal": reason}).encode() + b"\n")
