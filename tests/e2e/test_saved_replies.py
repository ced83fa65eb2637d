"""What is written once and put in by a sign."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, unique
from google import Settings
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]

ARABIC_MAIL = "أين طلبي؟ لم يصل إليّ بعد، وقد مضى أسبوع."


def keep(page: Page, name: str, shortcut: str, texts: dict[str, str]) -> None:
    """Keep a reply for everybody, by the settings."""
    page.get_by_role("link", name="Add a saved reply").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Shortcut", exact=True).fill(shortcut)
    page.get_by_label("Who finds it").select_option("everybody")
    for language, text in texts.items():
        page.get_by_role("button", name=language).click()
        page.get_by_role("textbox", name=f"Text: {language}").fill(text)
    page.get_by_role("button", name="Save the reply", exact=True).click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


@pytest.fixture
def thanks(demo: Demo, sign_in: SignIn) -> str:
    """The shortcut of a saved reply in two languages."""
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    settings.open("saved-replies")
    name = unique("Where it is")
    shortcut = name.rpartition(" ")[2].lower()
    texts = {
        "English": "Hello {customer.first_name}, we look at once.",
        "العربية": "أهلاً {customer.first_name}، نبحث عنه حالاً.",
    }
    keep(settings.page, name, shortcut, texts)
    return shortcut


def test_a_slash_puts_in_the_text_of_the_customers_language(
    demo: Demo, sign_in: SignIn, thanks: str, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    subject = unique("طلبي")
    demo.deliver(SUPPORT, subject, ARABIC_MAIL, From="Layla Haddad <layla.h@customer.example>")
    agent.open_ticket(subject)
    agent.words.click()
    agent.page.keyboard.type(f"/{thanks}")
    best = agent.page.get_by_role("option").first
    expect(best).to_contain_text("العربية")
    agent.shot(f"saved-reply-{corner}")
    agent.page.keyboard.press("Enter")
    expect(agent.words).to_have_text("أهلاً Layla، نبحث عنه حالاً.")
