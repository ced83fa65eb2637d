"""Newsletters look after cleaning as they did before: pictures and figures in HTML_SHOTS."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from newsletters import newsletters
from pictures import alikeness, height_of, picture
from playwright.sync_api import Page
from stage import Stage

from inbox_service import mime

LETTERS = newsletters()
SHOTS = Path(os.environ.get("HTML_SHOTS", Path(__file__).parents[2] / ".test" / "shots" / "html"))
# Letters without a body of their own stand in our reading type, a little wider between lines; those
# without a doctype were drawn by the rules of browsers long ago.
LEAST, LEAST_OF_OLD_ONES = 0.97, 0.8
OUR_MARGIN = "<style>body{margin:2px}</style>"


@pytest.fixture(scope="module")
def page(stage: Stage) -> Page:
    """A page as wide as a message is in the desk, with the plugin's own frame in it."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / "alike.txt").unlink(missing_ok=True)
    page = stage.browser.new_context(viewport={"width": 700, "height": 800}).new_page()
    page.goto(f"http://127.0.0.1:{stage.trap.port}/")
    return page


def framed(stage: Stage, page: Page, html: str, direction: str) -> str:
    """Return the frame's document for a mail that was cleaned."""
    page.goto(f"http://127.0.0.1:{stage.trap.port}/")
    page.evaluate(stage.frame_script)
    given = {"html": mime.sanitize(html).html, "direction": direction, "attachments": []}
    mail = {**given, "filesRoot": "/files/", "showRemote": False}
    return str(page.evaluate("(mail) => frameDocument( mail )", mail))


def test_there_are_thirty_newsletters() -> None:
    assert len(LETTERS) >= 30


@pytest.mark.parametrize("name", LETTERS)
def test_a_newsletter_keeps_its_look(stage: Stage, page: Page, name: str) -> None:
    html, bodiless = LETTERS[name], "<body" not in LETTERS[name]
    document = framed(stage, page, html, "rtl" if name.endswith("-ar") else "ltr")
    height = height_of(page, document)
    after = picture(page, document, SHOTS / f"{name}-after.png", height)
    before = picture(page, OUR_MARGIN * bodiless + html, SHOTS / f"{name}-before.png", height)
    alike = alikeness(page, before, after)
    with (SHOTS / "alike.txt").open("a", encoding="utf-8") as figures:
        figures.write(f"{name:24} {alike:.3f}\n")
    assert alike >= (LEAST if html.startswith("<!doctype") else LEAST_OF_OLD_ONES)


def test_a_hidden_preview_line_stays_hidden(stage: Stage, page: Page) -> None:
    page.set_content(framed(stage, page, LETTERS["classes-only-en"], "ltr"))
    assert not page.get_by_text("Three new pots").is_visible()


def test_a_design_for_the_dark_stays_readable(stage: Stage, page: Page) -> None:
    document = framed(stage, page, LETTERS["dark-aware-en"], "ltr")
    page.emulate_media(color_scheme="dark")
    page.set_content(document)
    card = page.get_by_text("Delivery on Thursday").locator("xpath=ancestor::div[1]")
    assert card.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert card.evaluate("(one) => getComputedStyle(one).color") == "rgb(27, 27, 27)"
    page.emulate_media(color_scheme="light")


def test_a_small_screen_gets_the_layout_for_small_screens(stage: Stage, page: Page) -> None:
    document = framed(stage, page, LETTERS["columns-en"], "ltr")
    page.set_viewport_size({"width": 360, "height": 800})
    page.set_content(document)
    first, second = (page.get_by_text(word) for word in ("Stoneware bowl", "Linen apron"))
    assert (first.bounding_box() or {})["x"] == (second.bounding_box() or {})["x"]
    page.set_viewport_size({"width": 700, "height": 800})
