"""Teams and those who lead them, in a browser: made by the keyboard, named by a rule, removed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from axe import faults
from conftest import Demo, Person
from customers import SUPPORT
from google import Settings
from playwright.sync_api import Page, expect

SignIn = Callable[..., Person]


def make_team(page: Page, name: str, member: str) -> None:
    """Make a team of one person without touching the mouse."""
    page.get_by_role("link", name="Add a team").first.press("Enter")
    page.get_by_label("Name", exact=True).press_sequentially(name)
    page.get_by_role("checkbox", name=member).press("Space")
    page.get_by_role("button", name="Save the team").press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def remove_team(page: Page, name: str) -> None:
    """Remove a team, after what that means was read."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Remove this team").click()
    expect(page.get_by_text("1 ticket loses this team")).to_be_focused()
    page.get_by_role("button", name="Remove this team now").click()
    expect(page.get_by_text("The team is removed.")).to_be_visible()


def test_a_team_is_made_gets_a_ticket_and_leaves_it_when_it_goes(
    demo: Demo, sign_in: SignIn
) -> None:
    name, subject = f"Repairs {secrets.token_hex(2)}", f"A crack {secrets.token_hex(3)}"
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    settings.open("teams")
    make_team(settings.page, name, "Ana Santos")
    demo.deliver(SUPPORT, subject, "What now?")
    agent = sign_in("agent")
    agent.open_ticket(subject)
    agent.ticket.get_by_role("button", name="Team").click()
    agent.page.get_by_role("menuitemradio", name=name).click()
    expect(agent.ticket).to_contain_text("gave this to the team")
    agent.page.reload()
    agent.show_view(name)
    expect(agent.page).to_have_url(re.compile(r"#/team/\d+$"))
    expect(agent.page.locator(".uib-list__title")).to_have_text(name)
    expect(agent.row(subject)).to_be_visible()
    current = agent.page.locator(".uib-view[aria-current=page]")
    expect(current).to_contain_text("1 ticket")
    agent.shot("team-view")
    assert faults(agent.page, "#unified-inbox-root") == []
    agent.row(subject).click()
    remove_team(settings.page, name)
    expect(agent.ticket).to_contain_text("took this out of its team")


def test_only_who_has_the_role_is_offered_the_lead(demo: Demo, sign_in: SignIn) -> None:
    settings = Settings(sign_in("manager", desk=False).page, demo.wordpress)
    settings.open("teams/new")
    box = settings.page.get_by_role
    box("checkbox", name="Ana Santos").check()
    box("checkbox", name="Mara Reed").check()
    expect(box("checkbox", name="leads the team")).to_have_count(1)
    box("checkbox", name="Mara Reed leads the team").check()
    expect(box("checkbox", name="Mara Reed leads the team")).to_be_checked()
