"""What stands behind a conversation: originals, files, the customer; and all of it on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, unique
from files import deliver_files
from playwright.sync_api import expect

SignIn = Callable[..., Person]

CARD = """<?php
add_filter( 'unified_inbox_customer_cards', static function ( array $cards ): array {
    $cards['orders'] = array(
        'title' => 'Orders',
        'html'  => static function ( array $customer ): string {
            return '<a href="https://shop.example/7">No. 7</a> of ' . esc_html( $customer['name'] );
        },
    );
    $cards['broken'] = array(
        'title' => 'Broken',
        'html'  => static function (): string {
            throw new RuntimeException( 'broken' );
        },
    );
    return $cards;
} );
"""


@pytest.fixture
def cards(demo: Demo) -> Iterator[None]:
    """A plugin that knows of orders, and one card of it that fails."""
    plugin = demo.folder / "site" / "wp-content" / "mu-plugins" / "test-cards.php"
    plugin.write_text(CARD, encoding="utf-8")
    yield
    plugin.unlink()


def test_files_are_looked_at_and_the_original_is_shown(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, say = sign_in(*corner.seat), corner.say
    page, subject = agent.page, unique("Two files")
    deliver_files(demo, subject)
    agent.open_ticket(subject)
    looks = agent.ticket.locator("button.uib-tile__look")
    expect(looks).to_have_count(2)
    pictures = "[...document.querySelectorAll('.uib-tile__picture')]"
    page.wait_for_function(f"() => {pictures}.every(one => one.naturalWidth)")
    agent.shot(f"previews-{corner}")
    looks.first.click()
    box = page.get_by_role("dialog")
    expect(box.locator(".uib-lightbox__page")).to_have_count(1)
    box.get_by_role("button", name=say("Larger")).click()
    agent.shot(f"lightbox-{corner}")
    page.keyboard.press("ArrowLeft" if corner.language == "ar" else "ArrowRight")
    expect(box.locator(".uib-lightbox__page")).to_have_count(2)
    page.keyboard.press("Escape")
    agent.ticket.get_by_role("button", name=say("Show original")).click()
    expect(page.locator(".uib-original__headers")).to_contain_text("rita@customer.example")
    expect(page.locator(".uib-original__text")).to_contain_text(subject)
    agent.shot(f"original-{corner}")


def test_very_many_files_do_not_lengthen_the_desk(demo: Demo, sign_in: SignIn) -> None:
    agent, subject = sign_in("agent", 375, 812), unique("Sixty files")
    deliver_files(demo, subject, texts=58)
    agent.open_ticket(subject)
    expect(agent.ticket.locator(".uib-chip")).to_have_count(60)
    root = agent.page.locator("#unified-inbox-root")
    assert root.evaluate("one => one.scrollHeight - one.clientHeight") == 0
    agent.ticket.locator(".uib-chip").last.scroll_into_view_if_needed()
    agent.shot("many-files")
    assert root.evaluate("one => one.scrollTop") == 0


def test_on_paper_stands_the_conversation_and_nothing_else(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    page, subject = agent.page, unique("For the files of the office")
    demo.deliver(SUPPORT, subject, "Please keep this.")
    agent.open_ticket(subject)
    expect(agent.ticket).to_contain_text("Please keep this.")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".uib-printed h1")).to_have_text(subject)
    expect(page.locator(".uib-message").first).to_be_visible()
    for part in ("#adminmenumain", "#wpadminbar", ".uib-list", ".uib-views", ".uib-composer"):
        expect(page.locator(part)).to_be_hidden()
    agent.shot(f"printed-{corner}")


@pytest.mark.usefixtures("cards")
def test_the_details_hold_cards_of_other_plugins_and_a_note(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    page, subject = agent.page, unique("Who am I")
    demo.deliver(
        SUPPORT, subject, "Do you know me?", From=f"Nora <{unique('n').split()[-1]}@n.example>"
    )
    agent.open_ticket(subject)
    side = page.locator(".uib-side")
    if not side.is_visible():
        agent.ticket.get_by_role("button", name=corner.say("Details")).click()
    expect(side.get_by_role("heading", name="Orders")).to_be_visible()
    expect(side.get_by_role("link", name="No. 7")).to_be_visible()
    expect(side).not_to_contain_text("Broken")
    agent.shot(f"cards-{corner}")
