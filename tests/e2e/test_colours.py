"""The settings in the colour schemes that people choose in their profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import faults
from conftest import Demo, Person
from playwright.sync_api import Page
from screens import SETTINGS, TABS, see
from test_views import SCHEMES, WEAR

SignIn = Callable[..., Person]

# Between them every part that has a colour of its own.
PLACES = ("connect/gmail", "sending", "signatures")


def put_on(page: Page, home: str, scheme: str) -> None:
    """Let the page look as it does for somebody with this colour scheme."""
    page.add_style_tag(url=f"{home}/wp-admin/css/colors/{scheme}/colors.min.css")
    page.evaluate(WEAR, scheme)


@pytest.mark.parametrize("place", PLACES)
def test_the_settings_can_be_read_in_every_colour_scheme(
    demo: Demo, sign_in: SignIn, place: str
) -> None:
    manager = sign_in("manager", desk=False)
    address = f"{SETTINGS}#/{place}"
    see(manager, demo.wordpress + address, 1440, TABS[address])
    for scheme in SCHEMES:
        put_on(manager.page, demo.wordpress, scheme)
        assert [scheme, *faults(manager.page, "#wpbody-content")] == [scheme]
