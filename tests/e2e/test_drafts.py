"""What an agent begins to write is never lost: reload, lost connection, another tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo, Person
from playwright.sync_api import Page, expect
from test_journey import SUPPORT, unique

SignIn = Callable[..., Person]

WORDS = {
    "agent": {
        "saved": "Saved just now",
        "local": "Saved on this device",
        "draft": "Draft",
        "files": "Files to send",
        "bcc": "Bcc",
    },
    "agent_ar": {
        "saved": "حُفظت",
        "local": "محفوظة على هذا الجهاز",
        "draft": "مسودة",
        "files": "الملفات المراد إرسالها",
        "bcc": "نسخة مخفية",
    },
}


def foot(page: Page) -> Any:
    return page.locator(".uib-composer__foot")


def attach(page: Page, name: str) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator(".uib-composer input[type=file]:not([accept])").set_input_files(file)


def files(page: Page, words: dict[str, str]) -> Any:
    return page.locator(".uib-composer").get_by_role("list", name=words["files"])


@pytest.mark.parametrize("user", ["agent", "agent_ar"])
def test_a_draft_outlives_a_reload_and_a_lost_connection(
    demo: Demo, sign_in: SignIn, user: str
) -> None:
    agent, words = sign_in(user), WORDS[user]
    subject = unique("Is the blue pot still there?")
    demo.deliver(SUPPORT, subject, "The one in the window.")
    agent.open_ticket(subject)
    begun = unique("Yes, and")
    attach(agent.page, "pots.pdf")
    expect(files(agent.page, words)).to_contain_text("pots.pdf")
    agent.page.locator(".uib-to").click()
    agent.page.get_by_label(words["bcc"], exact=True).fill("boss@jasmine-reed.example")
    agent.words.fill(begun)
    expect(foot(agent.page)).to_contain_text(words["saved"])
    expect(agent.row(subject)).to_contain_text(words["draft"])
    agent.page.evaluate("window.localStorage.clear()")
    agent.page.reload()
    expect(agent.words).to_have_text(begun)
    expect(files(agent.page, words)).to_contain_text("pots.pdf")
    expect(agent.page.locator(".uib-to")).to_contain_text("boss@jasmine-reed.example")
    agent.shot(f"draft-{user}")

    agent.page.route("**/drafts/**", lambda route: route.abort())
    agent.words.press("Control+End")
    agent.words.press_sequentially(" ")
    agent.words.press("Control+b")
    agent.words.press_sequentially("we keep it")
    expect(foot(agent.page)).to_contain_text(words["local"])
    agent.shot(f"draft-lost-{user}")
    agent.page.reload()
    expect(agent.words).to_have_text(f"{begun} we keep it")
    agent.page.unroute("**/drafts/**")
    expect(foot(agent.page)).to_contain_text(words["saved"].partition(" ")[0])
    expect(foot(agent.page)).not_to_contain_text(words["local"])
    expect(agent.words.locator("b")).to_have_text("we keep it")
    agent.words.press("Control+Enter")
    body = agent.page.frame_locator(".uib-message[data-kind=out] iframe").locator("body")
    expect(body).to_have_text(f"{begun} we keep it")


@pytest.mark.parametrize("user", ["agent", "agent_ar"])
def test_a_session_that_ends_while_typing_costs_no_word(
    demo: Demo, sign_in: SignIn, user: str
) -> None:
    agent, words = sign_in(user), WORDS[user]
    subject = unique("Do you open on Monday?")
    demo.deliver(SUPPORT, subject, "I would come by.")
    agent.open_ticket(subject)
    agent.page.context.clear_cookies()
    agent.words.press_sequentially("We do, ")
    expect(foot(agent.page)).to_contain_text(words["local"])
    dialog = agent.page.locator("#wp-auth-check")
    expect(dialog).to_be_visible()
    agent.shot(f"draft-logged-out-{user}")
    inside = agent.page.frame_locator("#wp-auth-check-frame")
    inside.locator("#user_login").fill(demo.users[user]["login"])
    inside.locator("#user_pass").fill(demo.users[user]["password"])
    inside.locator("#wp-submit").click()
    expect(dialog).to_be_hidden()
    expect(foot(agent.page)).to_contain_text(words["saved"].partition(" ")[0])
    expect(foot(agent.page)).not_to_contain_text(words["local"])
    agent.words.press("Control+End")
    agent.words.press_sequentially("from nine.")
    agent.words.press("Control+Enter")
    expect(agent.page.get_by_role("article").filter(has_text="We do, from nine.")).to_be_visible()


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
