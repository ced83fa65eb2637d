"""Who may do what, in a browser: said on one screen, true at once on another that is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe import faults
from conftest import Demo, Person
from corners import arabic
from customers import SUPPORT, unique
from google import Settings
from playwright.sync_api import expect

SignIn = Callable[..., Person]
AMINA = "أمينة حداد"


@pytest.fixture
def manager(demo: Demo, sign_in: SignIn) -> Iterator[Settings]:
    """The manager's settings; at the end Amina may do again what her role says."""
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    yield settings
    place(settings, "As the role in WordPress says")


def place(settings: Settings, role: str, *inboxes: str, limited: bool = False) -> None:
    """Say what Amina may do and, where some are named or `limited`, which inboxes she sees."""
    page = settings.page
    settings.open("access")
    page.get_by_role("link", name=f"Change {AMINA}").click()
    page.get_by_role("radio", name=re.compile(f"^{role}")).check()
    reach = "Only chosen ones" if inboxes or limited else "All inboxes"
    page.get_by_role("radio", name=re.compile(f"^{reach}")).check()
    for box in page.locator(".uibs-reach input").all():
        box.uncheck()
    for name in inboxes:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="People and roles")).to_be_visible()


def test_who_may_only_read_loses_the_composer_while_he_looks(
    demo: Demo, sign_in: SignIn, manager: Settings
) -> None:
    subject = unique("May I look?")
    demo.deliver(SUPPORT, subject, "Only a little.")
    amina = sign_in("agent_ar")
    amina.open_ticket(subject)
    expect(amina.words).to_be_visible()
    place(manager, "Inbox viewer")
    expect(amina.words).to_have_count(0)
    expect(amina.ticket).to_contain_text(subject)
    expect(amina.page.locator(".uib-row input[type=checkbox]")).to_have_count(0)
    amina.shot("viewer-agent_ar")
    place(manager, "Inbox agent")
    expect(amina.words).to_be_visible()


def test_who_is_limited_to_one_inbox_is_left_with_that_alone(
    demo: Demo, sign_in: SignIn, manager: Settings
) -> None:
    subject = unique("The books")
    demo.deliver(SUPPORT, subject, "Are they balanced?")
    amina = sign_in("agent_ar")
    amina.open_ticket(subject)
    others = amina.page.locator(".uib-views").get_by_text("Support", exact=True)
    expect(others.first).to_be_visible()
    place(manager, "Inbox agent", "Billing")
    expect(others).to_have_count(0)
    expect(amina.row(subject)).to_have_count(0)
    expect(amina.ticket.get_by_role("heading", name=subject)).to_have_count(0)
    amina.shot("limited-agent_ar")


def test_who_sees_no_inbox_is_told_whom_to_ask(sign_in: SignIn, manager: Settings) -> None:
    place(manager, "Inbox agent", limited=True)
    amina = sign_in("agent_ar", 375, 812)
    expect(amina.page.locator(".uib-list .uib-empty")).to_contain_text(
        arabic()["No inbox is open to you yet"]
    )
    add = amina.page.get_by_role("button", name=arabic()["New ticket"], exact=True)
    expect(add).to_have_count(0)
    amina.shot("no-inbox-ar-375")
    assert faults(amina.page, "#unified-inbox-root") == []


def test_who_is_let_out_sees_nothing_any_more(
    demo: Demo, sign_in: SignIn, manager: Settings
) -> None:
    amina = sign_in("agent_ar")
    expect(amina.page.locator(".uib-views").first).to_be_visible()
    place_out(manager)
    expect(amina.page.locator(".uib-views")).to_have_count(0)
    expect(amina.page.locator("#unified-inbox-root .uib-empty__title")).to_be_visible()
    amina.shot("no-access-agent_ar")


def place_out(settings: Settings) -> None:
    """Take Amina's access away."""
    page = settings.page
    settings.open("access")
    page.get_by_role("link", name=f"Change {AMINA}").click()
    page.get_by_role("radio", name="No access").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="People and roles")).to_be_visible()


def test_the_last_manager_cannot_be_taken_away(manager: Settings) -> None:
    page = manager.page
    manager.open("access")
    page.get_by_label(re.compile("^Place of the role Administrator")).select_option("agent")
    page.get_by_role("button", name="Save the roles").click()
    expect(page.get_by_text("Somebody has to manage the inbox")).to_be_visible()
