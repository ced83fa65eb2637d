"""Every screen of ours in wp-admin, and how to get there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conftest import Demo, Person
from customers import SUPPORT, unique
from files import deliver_files
from playwright.sync_api import Page, expect

DESK = "/wp-admin/admin.php?page=unified-inbox"
SETTINGS = "/wp-admin/admin.php?page=unified-inbox-settings"

# Address -> what stands there once everything is drawn.
VIEWS = {
    f"{DESK}#/open": ".uib-row",
    f"{DESK}#/unassigned": ".uib-row, .uib-empty",
    f"{DESK}#/mentions": ".uib-row, .uib-empty",
    f"{DESK}#/open?priority=normal&waiting_hours=24": ".uib-filters__chip",
    f"{DESK}#/spam": ".uib-empty, .uib-row",
    f"{DESK}#/trash": ".uib-trash",
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


@dataclass(frozen=True)
class Overlay:
    """Something that opens over the desk, by pressing buttons or by typing."""

    name: str
    part: str
    pressed: tuple[str, ...] = ()
    typed: str = ""
    sign: str = ""  # what stands in the part once it is drawn
    is_narrow: bool = False  # there for narrow screens alone
    is_written: bool = False  # typed where tickets are answered


DIALOG = ".components-modal__frame"
MENU = ".components-popover [role=menu]"
FOUND = ".uib-option, .uib-options__word"
NEW = ".uib-list__acts > button >> nth=-1"
MORE = ".uib-ticket__acts [aria-haspopup=menu]"

TAKES_FOCUS = (DIALOG, MENU, ".uib-filter")

NARROWED = f"{DESK}#/open?priority=normal"
OVER_LIST = (
    Overlay("views", ".uib-viewsmenu__lists", (".uib-viewsmenu button",), is_narrow=True),
    Overlay("sort", MENU, (".uib-list__acts [aria-haspopup=menu]",)),
    Overlay("filter", ".uib-filter", (".uib-list__acts [aria-expanded]:not([aria-haspopup])",)),
    Overlay("save-view", DIALOG, (".uib-filters__acts button",)),
    Overlay("new-ticket", DIALOG, (NEW,)),
    Overlay("found-customers", DIALOG, (NEW,), typed="la", sign=".uib-other >> nth=1"),
    Overlay("keyboard", DIALOG, typed="?", sign=".uib-keys"),
    Overlay("bulk", ".uib-bulk", (".uib-row__check input", ".uib-bulk button")),
)
OVER_TICKET = (
    Overlay("acts", MENU, (MORE,)),
    Overlay("snooze", DIALOG, (".uib-solve + button",)),
    Overlay("merge", DIALOG, (MORE, f"{MENU} [role=menuitem] >> nth=0")),
    Overlay("split", DIALOG, (MORE, f"{MENU} [role=menuitem] >> nth=1")),
    Overlay("customer", DIALOG, (MORE, f"{MENU} [role=menuitem] >> nth=2")),
    Overlay("original", DIALOG, (".uib-message__original",), sign=".uib-original__text"),
    Overlay("lightbox", DIALOG, (".uib-tile__look",), sign=".uib-lightbox__page"),
    Overlay(
        "saved-replies",
        ".uib-options-popover",
        (".uib-composer__tools [aria-haspopup=dialog]",),
        sign=FOUND,
    ),
    Overlay("slash", ".uib-options-popover", typed="/", sign=FOUND, is_written=True),
    Overlay(
        "mention",
        ".uib-options-popover",
        (".uib-composer__tab >> nth=1",),
        typed="@",
        sign=FOUND,
        is_written=True,
    ),
    Overlay("details", ".uib-side", (".uib-ticket__details",)),
)
OVER_TRASHED = (Overlay("delete-for-good", DIALOG, (MORE, f"{MENU} [role=menuitem] >> nth=-1")),)


def name_of(address: str) -> str:
    """Return what a picture of the screen is called."""
    return re.sub(r"[^\w-]+", "-", address.rpartition("#/")[2])


def see(person: Person, address: str, width: int, sign: str) -> None:
    """Open an address anew and wait until it is drawn."""
    person.page.set_viewport_size({"width": width, "height": 900})
    person.page.goto("about:blank")
    person.page.goto(address)
    expect(person.page.locator(sign).first).to_be_visible()


def open_looked_at(demo: Demo, person: Person, width: int) -> None:
    """Open a ticket of two messages, with files that have their previews."""
    subject = unique("Two lamps")
    demo.deliver(SUPPORT, f"Re: {subject}", "Or three?", References=deliver_files(demo, subject))
    see(person, demo.wordpress + DESK, width, ".uib-row")
    person.open_ticket(subject)
    expect(person.ticket.locator("button.uib-tile__look")).to_have_count(2)
    expect(person.ticket.locator(".uib-message__original")).to_have_count(2)


def open_trashed(demo: Demo, person: Person, width: int) -> None:
    """Open a ticket that lies in the trash."""
    subject = unique("Sent by mistake")
    demo.deliver(SUPPORT, subject, "Please forget this.")
    see(person, demo.wordpress + DESK, width, ".uib-row")
    person.show_news_until(person.row(subject))
    person.row(subject).focus()
    person.page.keyboard.press("#")
    expect(person.page.locator(".uib-notice")).to_be_visible()
    see(person, f"{demo.wordpress}{DESK}#/trash", width, ".uib-row")
    person.row(subject).click()
    expect(person.ticket.locator(".uib-message")).to_be_visible()


def opened(person: Person, overlays: tuple[Overlay, ...]) -> Iterator[Overlay]:
    """Open one after the other; all but the last are closed when the next is asked for."""
    page = person.page
    page.emulate_media(reduced_motion="reduce")
    narrow = (page.viewport_size or {"width": 0})["width"] < 1200
    for one in overlays:
        if one.is_narrow and not narrow:
            continue
        open_overlay(person, one)
        yield one
        if one is not overlays[-1]:
            page.keyboard.press("Escape")
            expect(page.locator(one.part)).to_have_count(0)
        if one.is_written:
            person.words.fill("")
        page.evaluate("document.activeElement.blur()")


def open_overlay(person: Person, one: Overlay) -> None:
    """Press and type what it takes, until all is drawn and keys go there."""
    page = person.page
    for place in one.pressed:
        if place.startswith(MENU):
            wait_for_focus(page, MENU)  # or the menu moves it away between focus and key
        # By the key, as boxes of rows show only to those who point at them.
        page.locator(place).first.press("Space")
    if one.is_written:
        person.words.focus()
    elif one.typed and one.pressed:
        page.locator(f"{one.part} input").first.focus()
    page.keyboard.type(one.typed)
    expect(page.locator(one.sign or one.part).first).to_be_visible()
    if one.part in TAKES_FOCUS:
        wait_for_focus(page, one.part)


def wait_for_focus(page: Page, part: str) -> None:
    """Wait until keys go to a part of the page."""
    page.wait_for_function("part => document.activeElement.closest(part) !== null", arg=part)
