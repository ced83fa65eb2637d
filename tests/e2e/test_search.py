"""Searching as agents do it, with operators, in Arabic and in English."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from axe import faults
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, eventually
from playwright.sync_api import expect

SignIn = Callable[..., Person]

ROOT = "#unified-inbox-root"

# Written with ornaments and the letters that people type for one another.
WRITTEN = "السلام عليكم، وَصَلَتِ المرآة مكسورة وأريد إستبدالها"
TYPED = "وصلت المراه"


def test_an_arabic_mail_is_found_by_words_and_operators_and_one_comes_back(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    mark = secrets.token_hex(3)
    subject = f"مرآة مكسورة {mark}"
    demo.deliver(SUPPORT, subject, f"{WRITTEN}\n\n{mark}")
    agent = sign_in(*corner.seat)
    agent.show_news_until(agent.row(subject))
    agent.leave_field()
    agent.page.keyboard.press("/")
    box = agent.page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(agent.page.get_by_role("option").filter(has_text="from:")).to_be_visible()
    agent.shot(f"search-help-{corner}")
    assert faults(agent.page, ROOT) == []

    box.press_sequentially(f"{TYPED} from:rita is:op")
    agent.page.get_by_role("option", name="is:open").click()
    rows = agent.page.locator(".uib-results .uib-row")
    first = rows.filter(has_text=mark)
    expect(first.locator("mark").first).to_have_text(re.compile("وَصَلَتِ"))
    agent.shot(f"search-{corner}")
    assert faults(agent.page, ROOT) == []
    box.fill(f"{TYPED} {mark} form:rita")
    box.press("Enter")
    agent.page.get_by_text(corner.say("Nothing is called “%s”. Did you mean:")).wait_for()
    agent.shot(f"search-wrong-{corner}")
    assert faults(agent.page, ROOT) == []
    agent.page.get_by_role("button", name="from:rita").click()
    expect(rows).to_have_count(1)

    box.press("ArrowDown")
    agent.page.keyboard.press("Enter")
    expect(agent.ticket.get_by_role("heading", name=subject)).to_be_visible()
    agent.leave_field()
    agent.page.keyboard.press("Escape")
    expect(agent.ticket.get_by_role("heading", name=subject)).to_have_count(0)
    agent.page.keyboard.press("Escape")
    expect(agent.page.locator(".uib-results")).to_have_count(0)
    expect(agent.row(subject)).to_be_visible()
    assert eventually(lambda: agent.page.evaluate("location.hash") in ("", "#/open"))


def test_where_nothing_is_found_the_next_step_is_offered(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent")
    box = agent.page.get_by_role("combobox")
    box.fill(f"nothing{secrets.token_hex(4)}")
    expect(agent.page.get_by_role("heading", name="Nothing found")).to_be_visible()
    agent.shot("search-nothing")
    box.press("Escape")
    expect(agent.page.locator(".uib-rows .uib-row").first).to_be_visible()
