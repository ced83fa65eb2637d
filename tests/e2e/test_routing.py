"""Rules that give new tickets away: written, tried, put in order, at work."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from conftest import Demo, Person
from customers import SUPPORT
from google import Settings
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]


@pytest.fixture
def routing(demo: Demo, sign_in: SignIn) -> Iterator[Page]:
    """The rules before a manager; what a test adds is taken away again."""
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    settings.open("routing")
    expect(settings.page.get_by_role("heading", name="Routing")).to_be_visible()
    yield settings.page
    settings.open("routing")
    expect(settings.page.get_by_role("button", name="Add a rule").first).to_be_visible()
    removes = settings.page.get_by_role("button", name="Remove ")
    while (left := removes.count()) > 0:
        removes.first.click()
        expect(removes).to_have_count(left - 1)


def add_rule(page: Page, name: str, word: str, person: str) -> None:
    """Write a rule that gives mail with a word to a person."""
    page.get_by_role("button", name="Add a rule").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("One of these words").fill(word)
    page.get_by_label("Person").select_option(label=person)
    page.get_by_role("button", name="Save the rule").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_rule_gives_new_mail_to_a_person(demo: Demo, routing: Page, sign_in: SignIn) -> None:
    word = f"zebra{secrets.token_hex(3)}"
    add_rule(routing, "Zebras", word, "Ana Santos")
    subject = f"About {word}"
    demo.deliver(SUPPORT, subject, "Where is it?")
    agent = sign_in("agent")
    agent.open_ticket(subject)
    expect(agent.ticket).to_contain_text("Ana Santos")


def test_the_first_rule_that_fits_decides_and_a_trial_shows_it(
    demo: Demo, routing: Page, sign_in: SignIn
) -> None:
    word = f"yak{secrets.token_hex(3)}"
    subject = f"About {word}"
    demo.deliver(SUPPORT, subject, "Where is it?")
    agent = sign_in("agent")
    agent.show_news_until(agent.row(subject))
    add_rule(routing, "Yaks to Mara", word, "Mara Reed")
    add_rule(routing, "Yaks to Ana", word, "Ana Santos")
    routing.get_by_role("button", name="Move Yaks to Ana up").click()
    routing.reload()
    routing.get_by_role("button", name="Try on the last 100 tickets").click()
    line = routing.get_by_role("row").filter(has_text=subject)
    expect(line).to_contain_text("Yaks to Ana")
    expect(line).to_contain_text("Ana Santos")


def test_a_rule_that_is_switched_off_leaves_mail_alone(
    demo: Demo, routing: Page, sign_in: SignIn
) -> None:
    word = f"gnu{secrets.token_hex(3)}"
    add_rule(routing, "Gnus", word, "Ana Santos")
    routing.get_by_role("switch", name="Use the rule Gnus").uncheck()
    routing.reload()
    expect(routing.get_by_role("switch", name="Use the rule Gnus")).not_to_be_checked()
    subject = f"About {word}"
    demo.deliver(SUPPORT, subject, "Where is it?")
    agent = sign_in("agent")
    agent.open_ticket(subject)
    expect(agent.ticket).not_to_contain_text("Ana Santos")
