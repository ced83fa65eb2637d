"""Every screen of ours in wp-admin, and how to get there."""

from __future__ import annotations

import re

from conftest import Person
from playwright.sync_api import Page, expect

DESK = "/wp-admin/admin.php?page=unified-inbox"
SETTINGS = "/wp-admin/admin.php?page=unified-inbox-settings"

# Address -> what stands there once everything is drawn.
VIEWS = {
    f"{DESK}#/open": ".uib-row",
    f"{DESK}#/unassigned": ".uib-row, .uib-empty",
    f"{DESK}#/open?priority=normal&waiting_hours=24": ".uib-filters__chip",
    f"{DESK}#/spam": ".uib-empty, .uib-row",
}
TABS = {
    f"{SETTINGS}#/mailboxes": ".uibs-mailbox",
    f"{SETTINGS}#/connect": ".uibs-way",
    f"{SETTINGS}#/connect/gmail": ".uibs-steps",
    f"{SETTINGS}#/connect/service-account": "textarea",
    f"{SETTINGS}#/forms": ".uibs-card",
    f"{SETTINGS}#/access": ".uibs-roles",
    f"{SETTINGS}#/access/1": ".uibs-choices",
    f"{SETTINGS}#/teams": ".uibs-page",
    f"{SETTINGS}#/teams/new": ".uibs-members",
    f"{SETTINGS}#/routing": ".uibs-page",
    f"{SETTINGS}#/sending": ".uibs-number",
    f"{SETTINGS}#/notifications": ".uibs-page input[type=checkbox]",
    f"{SETTINGS}#/saved-replies": ".uibs-page",
    f"{SETTINGS}#/saved-replies/new": ".uibs-saved",
    f"{SETTINGS}#/signatures": ".uibs-page textarea",
    f"{SETTINGS}#/connection": "[data-unified-inbox-tab=connection]",
}


def name_of(address: str) -> str:
    """Return what a picture of the screen is called."""
    return re.sub(r"[^\w-]+", "-", address.rpartition("#/")[2])


def see(person: Person, address: str, width: int, sign: str) -> None:
    """Open an address anew and wait until it is drawn."""
    person.page.set_viewport_size({"width": width, "height": 900})
    person.page.goto("about:blank")
    person.page.goto(address)
    expect(person.page.locator(sign).first).to_be_visible()


def choose_language(page: Page, home: str, locale: str) -> None:
    """Choose the language of the screens, as people do it in their profile."""
    page.goto(f"{home}/wp-admin/profile.php")
    page.locator("#locale").select_option(locale)
    page.locator("#submit").click()
    page.wait_for_load_state()
