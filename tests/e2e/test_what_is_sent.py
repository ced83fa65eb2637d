"""What agents send: files with progress and refusal, answers to all, mail passed on."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, asked, eventually, unique
from playwright.sync_api import Locator, Route, expect

MEBIBYTE = 1024 * 1024

SignIn = Callable[..., Person]


def composer(person: Person) -> Locator:
    return person.page.locator(".uib-composer")


def chooser(person: Person) -> Locator:
    """What the browser's own dialog gives files to."""
    return composer(person).locator("input[type=file]:not([accept])")


def choose_empty(person: Person, name: str, size: int) -> None:
    """Choose a file that the browser makes itself: handing over megabytes takes it long."""
    chooser(person).evaluate(
        """( input, [ name, size ] ) => {
            const chosen = new DataTransfer();
            chosen.items.add( new File( [ new Uint8Array( size ) ], name ) );
            input.files = chosen.files;
            input.dispatchEvent( new Event( 'change', { bubbles: true } ) );
        }""",
        [name, size],
    )


def hold(held: list[Route], route: Route) -> None:
    """Keep the first request back, and let those behind it through."""
    if held:
        route.continue_()
    else:
        held.append(route)


def test_files_come_with_progress_and_one_too_large_is_refused(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent = sign_in(*corner.seat)
    subject = asked(demo, agent, "Where is the map?")
    # Its first piece is held until the bar was seen.
    held: list[Route] = []
    agent.page.route("**/uploads/*/content*", lambda route: hold(held, route))
    content = bytes(range(256)) * (4 * 1024)
    file = {"name": "map.pdf", "mimeType": "application/pdf", "buffer": content}
    chooser(agent).set_input_files(file)
    files = composer(agent).locator(".uib-outgoing-list")
    expect(files.get_by_role("progressbar")).to_be_visible()
    expect(agent.send_button).to_be_disabled()
    agent.shot(f"upload-{corner}")
    eventually(lambda: agent.page.wait_for_timeout(100) or held)
    held[0].continue_()
    expect(files.get_by_role("progressbar")).to_have_count(0)
    choose_empty(agent, "film.pdf", 25 * MEBIBYTE)
    expect(files.get_by_role("alert")).to_contain_text("film.pdf")
    agent.shot(f"refusal-{corner}")
    files.get_by_role("listitem").last.get_by_role("button").last.click()
    agent.words.fill("Here it is.")
    agent.send_button.click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    [sent] = mail.iter_attachments()
    assert (sent.get_filename(), sent.get_content()) == ("map.pdf", content)


def test_an_answer_to_all_reaches_all_and_no_address_of_the_site(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, subject = sign_in(*corner.seat), unique("Shall we all meet?")
    demo.deliver(
        SUPPORT, subject, "On Monday?", Cc="Tom <tom@customer.example>, sales@jasmine-reed.example"
    )
    agent.open_ticket(subject)
    composer(agent).get_by_role("button", name=corner.say("Reply to all")).click()
    agent.shot(f"reply-all-{corner}")
    agent.words.fill("Monday is fine.")
    agent.send_button.click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    assert (mail["To"], mail["Cc"]) == (
        "Rita Moss <rita@customer.example>",
        "Tom <tom@customer.example>",
    )


def test_a_message_is_passed_on(demo: Demo, sign_in: SignIn, corner: Corner) -> None:
    agent = sign_in(*corner.seat)
    subject = asked(demo, agent, "Can you repair it?")
    agent.page.get_by_role("button", name=corner.say("Forward"), exact=True).click()
    composer(agent).get_by_label(corner.say("To"), exact=True).fill("smith@repairs.example")
    agent.shot(f"forward-{corner}")
    agent.send_button.click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Fwd: {subject}"))
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["To"] == "smith@repairs.example"
    assert "I would like two." in body.get_content()
