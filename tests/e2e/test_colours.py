"""The screens in the colour schemes that people choose in their profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import faults
from conftest import Demo, Person
from playwright.sync_api import expect
from screens import DESK, SETTINGS, TABS, see

SignIn = Callable[..., Person]

SCHEMES = ("light", "modern", "blue", "coffee", "ectoplasm", "midnight", "ocean", "sunrise")
WEAR = """scheme => {
    const { body } = document;
    body.className = body.className.replace(/admin-color-\\S+/, `admin-color-${scheme}`);
}"""

# Between them every part of the settings that has a colour of its own.
PLACES = ("connect/gmail", "sending", "signatures")


def faults_by_scheme(demo: Demo, person: Person, part: str) -> dict[str, list[str]]:
    """Return what axe finds in each scheme in which it finds something."""
    found = {}
    for scheme in SCHEMES:
        sheet = f"{demo.wordpress}/wp-admin/css/colors/{scheme}/colors.min.css"
        person.page.add_style_tag(url=sheet)
        person.page.evaluate(WEAR, scheme)
        found[scheme] = faults(person.page, part)
    return {scheme: some for scheme, some in found.items() if some}


def test_the_desk_can_be_read_in_every_colour_scheme(demo: Demo, sign_in: SignIn) -> None:
    agent = sign_in("agent", desk=False)
    see(agent, f"{demo.wordpress}{DESK}#/open?priority=normal", 1440, ".uib-row__open")
    agent.page.locator(".uib-row__open").first.click()
    expect(agent.ticket.get_by_role("heading").first).to_be_visible()
    assert faults_by_scheme(demo, agent, "#unified-inbox-root") == {}


@pytest.mark.parametrize("place", PLACES)
def test_the_settings_can_be_read_in_every_colour_scheme(
    demo: Demo, sign_in: SignIn, place: str
) -> None:
    manager = sign_in("manager", desk=False)
    address = f"{SETTINGS}#/{place}"
    see(manager, demo.wordpress + address, 1440, TABS[address])
    assert faults_by_scheme(demo, manager, "#wpbody-content") == {}
