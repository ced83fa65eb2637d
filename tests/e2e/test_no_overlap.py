"""No reply past a message nobody saw, none twice, none without its file."""

from __future__ import annotations

from collections.abc import Callable

from axe import faults
from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually, unique, write
from playwright.sync_api import Route, expect

SignIn = Callable[..., Person]
LONG = "\n\n".join(f"And my question number {number} is a long one." for number in range(60))


def both_open(demo: Demo, people: tuple[Person, Person], text: str) -> str:
    """Let a customer ask, let both open the ticket, and return its subject."""
    subject = unique("Please cancel my order")
    demo.deliver(SUPPORT, subject, text)
    for person in people:
        person.open_ticket(subject)
    return subject


def begin(here: Person, there: Person) -> None:
    """Begin a reply, and wait until it stands on the other screen too."""
    here.words.fill("It is cancelled.")
    there.hurry_until(lambda: there.words.inner_text().strip() == "It is cancelled.")


def test_a_reply_waits_for_the_colleagues_that_came_below_what_is_on_the_screen(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    second, first = sign_in(*corner.seat), sign_in(corner.colleague)
    subject = both_open(demo, (second, first), LONG)
    second.words.fill("It is cancelled.")
    # Who has begun to read moves by himself.
    second.ticket.locator(".uib-ticket__scroll").dispatch_event("wheel")
    kept = unique("I have kept it")
    write(first, kept)
    second.hurry_until(lambda: second.message(kept).count() == 1)
    second.words.press("Control+Enter")
    expect(second.page.locator(".uib-unseen")).to_contain_text(kept)
    second.shot(f"unseen-live-{corner}")
    second.words.fill("It is kept, as my colleague says.")
    second.words.press("Control+Enter")
    expect(second.page.locator(".uib-unseen")).to_have_count(0)
    eventually(lambda: len(demo.sent(SUPPORT, f"Re: {subject}")) == 2)
    said = [mail.as_string() for _, mail in demo.sent(SUPPORT, f"Re: {subject}")]
    assert [("It is cancelled." in one) for one in said] == [False, False]


def test_a_colleagues_reply_that_was_in_view_stops_nobody(demo: Demo, sign_in: SignIn) -> None:
    second, first = sign_in("agent"), sign_in("agent_ar")
    both_open(demo, (second, first), "Please.")
    second.words.fill("And it is kept.")
    write(first, "It is kept.")
    second.hurry_until(lambda: second.message("It is kept.").count() == 1)
    expect(second.message("It is kept.")).to_be_in_viewport(ratio=0.6)
    second.words.press("Control+Enter")
    expect(second.message("And it is kept.")).to_be_visible()


def test_what_was_sent_at_the_desk_is_not_sent_again_from_the_phone(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    desk, phone = sign_in(corner.seat[0]), sign_in(corner.seat[0], 375, 812)
    subject = both_open(demo, (desk, phone), "It is the blue one.")
    begin(desk, phone)
    # The phone hears of nothing, as if both had pressed the button at once.
    phone.page.route("**/live*", lambda route: route.abort())
    desk.words.press("Control+Enter")
    expect(desk.message("It is cancelled.")).to_be_visible()
    phone.words.press("Control+Enter")
    said = phone.page.locator(".uib-notice").filter(
        has_text=corner.say("Sent from another window.")
    )
    expect(said).to_be_visible()
    expect(phone.words).to_have_text("")
    phone.shot(f"sent-elsewhere-{corner}")
    eventually(lambda: len(demo.sent(SUPPORT, f"Re: {subject}")) > 1, seconds=12)
    assert len(demo.sent(SUPPORT, f"Re: {subject}")) == 1


def test_what_goes_on_in_a_second_window_is_kept_and_offered(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    first, second = sign_in(corner.seat[0]), sign_in(*corner.seat)
    both_open(demo, (first, second), "It is the blue one.")
    begin(first, second)
    first.words.press("Control+Enter")
    second.words.fill("It is cancelled. Sorry!")
    offer = second.page.locator(".uib-other-draft")
    expect(offer).to_be_visible()
    expect(second.words).to_have_text("It is cancelled. Sorry!")
    second.words.press("Control+Enter")
    expect(second.page.locator(".uib-composer__problem")).to_be_visible()
    second.shot(f"rest-of-sent-{corner}")
    assert faults(second.page, ".uib-composer") == []
    offer.get_by_role("button", name=corner.say("Discard it")).click()
    expect(second.words).to_have_text("")


def test_a_reply_waits_for_its_file_also_when_a_key_sends_it(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    subject = asked(demo, agent, "Where is the map?")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    agent.page.route("**/uploads/*/content*", hold)
    agent.words.fill("Here it is.")
    field = agent.page.locator(".uib-composer input[type=file]:not([accept])")
    field.set_input_files({"name": "map.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    agent.hurry_until(lambda: bool(held))
    agent.words.press("Control+Enter")
    expect(agent.page.locator(".uib-notice[data-problem]")).to_be_visible()
    agent.shot(f"wait-for-file-{corner}")
    held[0].continue_()
    expect(agent.send_button).to_be_enabled()
    agent.words.press("Control+Shift+Enter")
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    assert [one.get_filename() for one in mail.iter_attachments()] == ["map.pdf"]


def test_who_writes_in_a_ticket_that_is_deleted_is_told_and_keeps_his_words(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, manager = sign_in(*corner.seat), sign_in("manager")
    asked(demo, agent, "Buy my pills")
    number = agent.page.locator(".uib-ticket__number").inner_text().strip().lstrip("#")
    agent.words.fill("No, thank you.")
    call = """async ([path, method, data]) => {
        const read = await wp.apiFetch({ path, parse: false });
        const headers = { 'If-Match': read.headers.get('ETag') };
        await wp.apiFetch({ path, method, data, headers, parse: false });
    }"""
    path = f"/unified-inbox/v1/api/tickets/{number}"
    manager.page.evaluate(call, [path, "PATCH", {"place": "trash"}])
    mark = agent.ticket.locator(".uib-property").first
    agent.hurry_until(lambda: mark.inner_text().strip() == corner.say("Trash"))
    manager.page.evaluate(call, [path, "DELETE", None])
    gone = agent.page.locator(".uib-gone")
    agent.hurry_until(lambda: gone.count() == 1)
    expect(gone.locator("textarea")).to_have_value("No, thank you.")
    agent.shot(f"gone-{corner}")
    assert faults(agent.page, ".uib-gone") == []
    gone.get_by_role("button", name=corner.say("Go on")).click()
    expect(gone).to_have_count(0)
