"""A reply that is being written: from its first key, and on every screen it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Demo, Person
from customers import SUPPORT, asked, unique
from playwright.sync_api import Route, expect
from visitor import PICTURE

SignIn = Callable[..., Person]


def test_keys_pressed_before_the_editor_comes_are_the_reply(demo: Demo, sign_in: SignIn) -> None:
    agent, held = sign_in("agent"), list[Route]()

    def hold(script: Route) -> None:
        held.append(script)

    agent.page.route("**/editor.js*", hold)
    subject = unique("Is the door open?")
    demo.deliver(SUPPORT, subject, "Tomorrow, I mean.")
    agent.show_news_until(agent.row(subject))
    agent.row(subject).click()
    agent.page.keyboard.type("rSee you at 9,")
    expect(agent.page.locator("textarea.uib-composer__field")).to_have_value("See you at 9,")
    held.pop().continue_()
    expect(agent.words).to_have_text("See you at 9,")
    expect(agent.words).to_be_focused()
    agent.page.keyboard.type(" at the door")
    expect(agent.words).to_have_text("See you at 9, at the door")


def test_a_picture_of_a_draft_is_seen_on_every_screen(demo: Demo, sign_in: SignIn) -> None:
    desk = sign_in("agent")
    subject = asked(demo, desk)
    desk.page.locator(".uib-composer input[accept]").set_input_files(PICTURE.chosen)
    expect(desk.words.locator("img[data-content-id]")).to_be_visible()
    expect(desk.page.locator(".uib-composer__foot")).to_contain_text("Saved")
    phone = sign_in("agent", 375, 812)
    phone.open_ticket(subject)
    expect(phone.words.locator("img[data-content-id]")).to_have_js_property("naturalWidth", 1)
    desk.page.reload()
    expect(desk.words.locator("img[data-content-id]")).to_have_js_property("naturalWidth", 1)
    expect(desk.words.locator("img[data-content-id]")).to_have_attribute("alt", PICTURE.name)


def test_what_was_just_sent_is_seen_on_a_phone_and_its_undo_covers_no_button(
    demo: Demo, sign_in: SignIn
) -> None:
    phone = sign_in("agent_ar", 375, 812)
    asked(demo, phone)
    phone.words.fill("\n".join(f"Line {number} of many" for number in range(12)))
    phone.words.press("Control+Enter")
    undo = phone.page.locator(".uib-notice")
    expect(undo).to_be_visible()
    expect(phone.message("Line 11 of many")).to_be_in_viewport()
    phone.shot("sent-on-a-phone")
    above, below = undo.bounding_box(), phone.page.locator(".uib-composer").bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
