"""Files of strangers become pictures, or say why not; whatever they hold, nobody waits long."""

from __future__ import annotations

import io
import time
from functools import partial

import pytest
from documents import bomb, image, pdf, protected_pdf
from PIL import Image

from inbox_service.domain.previews import LARGE, MOST_BYTES, MOST_PAGES, SMALL, Refusal
from inbox_service.rendering import Pictures
from inbox_service.rendering import render as render_within

# A machine with everything else to do gives the child its seconds of processor late.
render = partial(render_within, seconds=900)


def sizes(made: Pictures) -> list[tuple[int, str, int, int]]:
    return [(one.page, one.size, one.width, one.height) for one in made.pictures]


def test_an_image_has_a_small_and_a_large_picture() -> None:
    made = render(image(size=(3200, 1600)), "image", "x")
    assert (made.pages, made.refusal) == (1, None)
    assert sizes(made) == [(1, "small", SMALL, SMALL // 2), (1, "large", LARGE, LARGE // 2)]
    with Image.open(io.BytesIO(made.pictures[1].content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (LARGE, LARGE // 2))


def test_a_small_image_is_not_blown_up() -> None:
    assert sizes(render(image("GIF", (40, 30)), "image", "x")) == [
        (1, "small", 40, 30),
        (1, "large", 40, 30),
    ]


def test_the_pages_of_a_document_are_pictured_up_to_a_limit() -> None:
    made = render(pdf(pages=MOST_PAGES + 2), "pdf", "x")
    assert made.pages == MOST_PAGES + 2
    assert [one.page for one in made.pictures] == [1, *range(1, MOST_PAGES + 1)]
    assert max(made.pictures[1].width, made.pictures[1].height) == LARGE


def test_two_files_never_have_the_same_picture() -> None:
    one, two = (render(image(), "image", mark).pictures[0].content for mark in ("a/1", "a/2"))
    assert one != two
    assert render(image(), "image", "a/1").pictures[0].content == one


@pytest.mark.parametrize(
    ("content", "kind", "refusal"),
    [
        (b"", "image", Refusal.UNREADABLE),
        (b"\x89PNG\r\n\x1a\n not really", "image", Refusal.UNREADABLE),
        (image()[:200], "image", Refusal.UNREADABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image", Refusal.UNREADABLE),
        (b"%PDF-1.4 not really", "pdf", Refusal.UNREADABLE),
        (protected_pdf(), "pdf", Refusal.PROTECTED),
        (bomb(30_000), "image", Refusal.TOO_LARGE),
        (b"x" * (MOST_BYTES + 1), "image", Refusal.TOO_LARGE),
    ],
)
def test_what_cannot_be_pictured_says_why(content: bytes, kind: str, refusal: Refusal) -> None:
    assert render(content, kind, "x") == Pictures(refusal=refusal)


def test_a_page_of_any_shape_stays_within_the_limit() -> None:
    made = render(pdf(width=14_400, height=3), "pdf", "x")
    assert made.pictures[1].width == LARGE


def test_a_child_that_takes_too_long_is_ended() -> None:
    begun = time.monotonic()
    made = render_within(pdf(), "pdf", "x", seconds=0.01)
    assert made.refusal is Refusal.TOO_SLOW
    assert time.monotonic() - begun < 300
