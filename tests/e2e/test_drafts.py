"""What an agent begins to write is never lost: reload, lost connection, another tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, unique
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]
LOCAL = "Saved on this device; the service is not reachable"


def foot(page: Page) -> Any:
    return page.locator(".uib-composer__foot")


def expect_saved(agent: Person, corner: Corner) -> None:
    """Wait until the service has what was written."""
    expect(foot(agent.page)).not_to_contain_text(corner.say(LOCAL))
    expect(foot(agent.page)).to_contain_text(corner.say("Saved %s"))


def attach(page: Page, name: str) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator(".uib-composer input[type=file]:not([accept])").set_input_files(file)


def files(page: Page) -> Any:
    return page.locator(".uib-outgoing-list")


def test_a_draft_outlives_a_reload_and_a_lost_connection(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, begun = sign_in(*corner.seat), unique("Yes, and")
    page, subject = agent.page, asked(demo, agent, "Is the blue pot still there?")
    attach(page, "pots.pdf")
    expect(files(page)).to_contain_text("pots.pdf")
    page.locator(".uib-to").click()
    page.get_by_label(corner.say("Bcc"), exact=True).fill("boss@jasmine-reed.example")
    agent.words.fill(begun)
    expect_saved(agent, corner)
    row = page.locator(".uib-row").filter(has_text=subject)
    expect(row.locator(".uib-row__draft")).to_have_count(1)
    page.evaluate("window.localStorage.clear()")
    page.reload()
    expect(agent.words).to_have_text(begun)
    expect(files(page)).to_contain_text("pots.pdf")
    expect(page.locator(".uib-to")).to_contain_text("boss@jasmine-reed.example")
    agent.shot(f"draft-{corner}")

    page.context.set_offline(True)
    agent.words.press("Control+End")
    agent.words.press_sequentially(" ")
    agent.words.press("Control+b")
    agent.words.press_sequentially("we keep it")
    expect(foot(page)).to_contain_text(corner.say(LOCAL))
    lost = page.locator(".uib-connection[data-lost]")
    agent.hurry_until(lambda: lost.count() == 1)
    agent.shot(f"draft-lost-{corner}")
    # The rest is there again, drafts are not: what a reload shows comes from this device.
    page.route("**/drafts/**", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    expect(agent.words).to_have_text(f"{begun} we keep it")
    page.unroute("**/drafts/**")
    agent.come_back()
    expect_saved(agent, corner)
    expect(lost).to_have_count(0)
    expect(agent.words.locator("b")).to_have_text("we keep it")
    agent.words.press("Control+Enter")
    body = page.frame_locator(".uib-message[data-kind=out] iframe").locator("body")
    expect(body).to_have_text(f"{begun} we keep it")


def test_a_session_that_ends_while_typing_costs_no_word(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    asked(demo, agent, "Do you open on Monday?")
    agent.words.press_sequentially("We do")
    agent.page.context.clear_cookies()
    agent.words.press_sequentially(", ")
    expect(foot(agent.page)).to_contain_text(corner.say(LOCAL))
    dialog = agent.page.locator("#wp-auth-check")
    expect(dialog).to_be_visible()
    agent.shot(f"draft-logged-out-{corner}")
    inside = agent.page.frame_locator("#wp-auth-check-frame")
    inside.locator("#user_login").fill(demo.users[corner.seat[0]]["login"])
    inside.locator("#user_pass").fill(demo.users[corner.seat[0]]["password"])
    inside.locator("#wp-submit").click()
    expect(dialog).to_be_hidden()
    agent.come_back()
    expect_saved(agent, corner)
    agent.words.press("Control+End")
    agent.words.press_sequentially("from nine.")
    agent.words.press("Control+Enter")
    expect(agent.message("We do, from nine.")).to_be_visible()


def test_of_two_devices_the_newest_text_wins_and_the_other_is_offered(
    demo: Demo, sign_in: SignIn
) -> None:
    desk, phone = sign_in("agent"), sign_in("agent", 375, 700)
    subject = unique("Can I change the address?")
    demo.deliver(SUPPORT, subject, "I have moved.")
    for person in (desk, phone):
        person.open_ticket(subject)
    # It would take the desk's text as soon as somebody looks at it.
    phone.page.route("**/drafts", lambda route: route.abort())
    desk.words.fill("Typed at the desk")
    expect(foot(desk.page)).to_contain_text("Saved")
    phone.words.fill("Typed on the phone")
    other = phone.page.get_by_role("status").filter(has_text="another screen")
    expect(other).to_contain_text("Typed at the desk")
    phone.shot("draft-other")
    other.get_by_role("button", name="Go on with this one").click()
    expect(phone.words).to_have_text("Typed at the desk")
    expect(other).to_contain_text("Typed on the phone")
    other.get_by_role("button", name="Discard it").click()
    expect(other).to_have_count(0)
