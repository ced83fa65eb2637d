"""A visitor files a request and follows it: with scripts and without, in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import Demo, Pages, Person
from customers import SUPPORT, eventually, unique
from playwright.sync_api import Browser, expect
from visitor import PICTURE, Visitor

SignIn = Callable[..., Person]


def reply(agent: Person, text: str) -> None:
    """Answer the open ticket, in whatever language the screen is."""
    agent.words.fill(text)
    agent.words.press("Control+Enter")
    expect(agent.message(text)).to_be_visible()


@pytest.mark.parametrize("language", ["", "ar"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_request_goes_all_the_way_and_stays_one_ticket(
    demo: Demo,
    browser: Browser,
    pages: Pages,
    sign_in: SignIn,
    speak: Callable[[str], None],
    scripts: bool,
    language: str,
) -> None:
    speak(language)
    visitor = Visitor.arrive(demo, browser, scripts=scripts)
    subject = unique("طلبي وصل مكسورًا" if language else "My order is broken")
    reference = visitor.file(pages.form, subject, "Two cups are broken.")

    agent = sign_in("agent")
    agent.open_ticket(subject)
    first = agent.message("Two cups are broken.")
    expect(first.get_by_text(PICTURE.name)).to_be_visible()

    link = visitor.link(SUPPORT)
    assert reference in link
    visitor.page.goto(link)
    assert "grant=" not in visitor.page.url
    expect(visitor.step).to_have_class("is-now")
    expect(visitor.messages).to_have_count(1)

    promise = unique("New cups leave today")
    reply(agent, promise)
    eventually(lambda: visitor.page.reload() and visitor.messages.count() == 2)
    expect(visitor.messages.nth(1)).to_contain_text(promise)
    answer = unique("Thank you, here is a picture")
    visitor.answer(answer)
    joined = agent.message(answer)
    expect(joined.get_by_text(PICTURE.name)).to_be_visible()

    visitor.page.locator("button[value=close]").click()
    expect(visitor.page.locator(".unified-inbox-done")).to_be_visible()
    expect(agent.ticket.locator(".uib-status[data-status=solved]").first).to_be_visible()


def test_the_confirmation_holds_nothing_the_visitor_wrote(
    demo: Demo, browser: Browser, pages: Pages
) -> None:
    visitor = Visitor.arrive(demo, browser)
    subject = unique("Buy cheap watches")
    visitor.file(pages.form, subject, "Visit evil.example now")
    [mail] = eventually(lambda: visitor.confirmations(SUPPORT))
    written = mail.as_string()
    assert subject not in written
    assert "evil.example" not in written
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_form_sent_while_the_service_is_down_becomes_one_ticket_with_its_file(
    demo: Demo, browser: Browser, pages: Pages, sign_in: SignIn
) -> None:
    visitor = Visitor.arrive(demo, browser)
    subject = unique("Sent into the dark")
    demo.service("stop")
    try:
        reference = visitor.file(pages.form, subject, "Is anybody there?")
    finally:
        demo.service("start")
    assert re.fullmatch(r"[0-9A-Z -]{8,12}", reference)
    visitor.page.request.get(f"{demo.wordpress}/wp-cron.php?doing_wp_cron")
    agent = sign_in("agent")
    agent.open_ticket(subject)
    with agent.page.expect_download() as downloading:
        agent.page.get_by_role("link", name=re.compile(re.escape(PICTURE.name))).first.click()
    assert downloading.value.path().read_bytes() == PICTURE.content
    assert agent.page.locator(".uib-row").filter(has_text=subject).count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    demo: Demo, browser: Browser, pages: Pages
) -> None:
    visitor = Visitor.arrive(demo, browser)
    visitor.page.goto(pages.form)
    visitor.write("A subject", "A message")
    visitor.field("email").fill("nobody")
    visitor.field("consent").uncheck()
    visitor.send()
    summary = visitor.page.locator(".unified-inbox-errors")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(visitor.field("email")).to_have_attribute("aria-invalid", "true")
    expect(visitor.field("message")).to_have_value("A message")


def test_the_status_page_shows_nothing_without_a_link_or_a_code(
    demo: Demo, browser: Browser, pages: Pages
) -> None:
    visitor = Visitor.arrive(demo, browser)
    answer = visitor.page.goto(f"{pages.status}?unified_inbox_ticket=ABCDEFGH&grant=made.up")
    assert answer
    headers = answer.headers
    assert "no-store" in headers["cache-control"]
    assert headers["referrer-policy"] == "no-referrer"
    robots = visitor.page.locator("meta[name=robots]").first
    expect(robots).to_have_attribute("content", re.compile("noindex"))
    expect(visitor.messages).to_have_count(0)
    expect(visitor.page.locator("#unified-inbox-email")).to_be_visible()


def test_a_code_opens_all_requests_of_an_address_and_no_others(
    demo: Demo, browser: Browser, pages: Pages
) -> None:
    visitor = Visitor.arrive(demo, browser, scripts=False)
    subject = unique("Where is my parcel?")
    visitor.file(pages.form, subject, "It is late.")
    visitor.page.goto(pages.status)
    visitor.page.locator("#unified-inbox-email").fill(visitor.email)
    visitor.page.locator("button[value=mail_code]").click()
    code = eventually(
        lambda: [
            found[0]
            for mail in visitor.confirmations(SUPPORT)
            if (found := re.search(r"\b\d{6}\b", mail["Subject"]))
        ]
    )
    visitor.page.locator("#unified-inbox-code").fill(code[0])
    visitor.page.locator("button[value=enter_code]").click()
    expect(visitor.page.get_by_text(subject)).to_be_visible()
    expect(visitor.page.locator(".unified-inbox a[href*=unified_inbox_ticket]")).to_have_count(1)


def test_a_wrong_code_opens_nothing_and_says_no_more(
    demo: Demo, browser: Browser, pages: Pages
) -> None:
    visitor = Visitor.arrive(demo, browser)
    visitor.page.goto(pages.status)
    visitor.page.locator("#unified-inbox-email").fill(visitor.email)
    visitor.page.locator("button[value=mail_code]").click()
    visitor.page.locator("#unified-inbox-code").fill("000000")
    visitor.page.locator("button[value=enter_code]").click()
    expect(visitor.page.locator(".unified-inbox-errors")).to_be_visible()
    expect(visitor.page.locator(".unified-inbox-errors")).not_to_contain_text(visitor.email)
