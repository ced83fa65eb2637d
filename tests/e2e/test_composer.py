"""Replies with formatting, as they are written and as they leave."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually
from playwright.sync_api import expect

SignIn = Callable[..., Person]

# One red dot.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
)
BLUE = {"en": ("ltr", "blue"), "ar": ("rtl", "الأزرق")}


def test_a_formatted_reply_leaves_with_its_picture_and_says_the_same_in_plain_text(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, (side, blue) = sign_in(*corner.seat), BLUE[corner.language]
    subject = asked(demo, agent, "Which colours are there?")
    agent.words.press_sequentially(f"- {blue}")
    agent.words.press("Enter")
    agent.words.press("Enter")
    agent.words.press("Control+b")
    agent.words.press_sequentially("17-A ")
    picture = {"name": "dot.png", "mimeType": "image/png", "buffer": PICTURE}
    agent.page.locator(".uib-composer input[accept]").set_input_files(picture)
    expect(agent.words.locator("img[alt='dot.png']")).to_be_visible()
    agent.shot(f"rich-{corner}")
    agent.words.press("Control+Enter")
    (_, mail), *_ = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain.get_content().splitlines()[:2] == [f"- {blue}", "17-A [dot.png]"]
    html = page.get_content()
    assert f'<ul dir="{side}"><li>{blue}</li></ul>' in html
    assert "<b>17-A" in html
    (image,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert f"cid:{image['Content-ID'].strip('<>')}" in html
    assert image.get_content() == PICTURE
    agent.shot(f"rich-sent-{corner}")


def test_words_from_word_come_without_its_fonts(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    asked(demo, agent)
    agent.words.evaluate(
        """( field ) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData( 'text/html', "<p class=MsoNormal style='margin:0cm'><b>" +
                "<span style='font-family:Calibri'>Offer</span></b><o:p></o:p></p>" +
                "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>" +
                "<span style='mso-list:Ignore'>1.</span></span>Blue</p>" );
            const how = { clipboardData, bubbles: true, cancelable: true };
            field.dispatchEvent( new ClipboardEvent( 'paste', how ) );
        }"""
    )
    expect(agent.words.locator("b")).to_have_text("Offer")
    expect(agent.words.locator("ol > li")).to_have_text("Blue")
    expect(agent.words.locator("[style]")).to_have_count(0)


@pytest.mark.usefixtures("time_to_undo")
def test_a_status_that_came_with_a_reply_goes_with_it_again(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    asked(demo, agent)
    agent.words.fill("Which size?")
    agent.words.press("Control+Alt+Enter")
    status = agent.ticket.locator(".uib-status").first
    expect(status).to_have_attribute("data-status", "pending")
    agent.leave_field()
    agent.page.keyboard.press("z")
    expect(status).to_have_attribute("data-status", "open")
    expect(agent.words).to_have_text("Which size?")
