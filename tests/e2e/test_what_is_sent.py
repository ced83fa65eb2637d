"""What agents send: files with progress and refusal, answers to all, mail passed on."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo, Person
from playwright.sync_api import Locator, Route, expect

SUPPORT = "support@jasmine-reed.example"
MEBIBYTE = 1024 * 1024

SignIn = Callable[..., Person]

# The button that attaches, the list of files, what a refusal says, the button that sends.
WORDS = {
    "agent": ("Attach files", "Files to send", "One mail takes", "Send"),
    "agent_ar": ("إرفاق ملفات", "الملفات المراد إرسالها", "تتسع الرسالة الواحدة", "إرسال"),
}


def unique(words: str) -> str:
    """Return a subject that no other mail has."""
    return f"{words} {secrets.token_hex(3).upper()}"


def eventually(look: Callable[[], Any], seconds: float = 90) -> Any:
    """Return what `look` finds as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.25)
    return found


def composer(person: Person) -> Locator:
    return person.page.locator(".uib-composer")


def choose(person: Person, label: str, name: str, content: bytes) -> None:
    """Choose a file as the browser's own dialog would give it."""
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    composer(person).locator(f"input[type=file][aria-label='{label}']").set_input_files(file)


def choose_empty(person: Person, label: str, name: str, size: int) -> None:
    """Choose a file that the browser makes itself: handing over megabytes takes it long."""
    composer(person).locator(f"input[type=file][aria-label='{label}']").evaluate(
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


@pytest.mark.parametrize("user", ["agent", "agent_ar"])
def test_files_come_with_progress_and_one_too_large_is_refused(
    demo: Demo, sign_in: SignIn, user: str
) -> None:
    attach, listed, refusal, send = WORDS[user]
    agent, subject = sign_in(user), unique("Where is the map?")
    demo.deliver(SUPPORT, subject, "Please send it.")
    agent.open_ticket(subject)
    # Its first piece is held until the bar was seen.
    held: list[Route] = []
    agent.page.route("**/uploads/*/content*", lambda route: hold(held, route))
    content = bytes(range(256)) * (4 * 1024)
    choose(agent, attach, "map.pdf", content)
    files = composer(agent).get_by_role("list", name=listed)
    expect(files.get_by_role("progressbar")).to_be_visible()
    expect(composer(agent).get_by_role("button", name=send, exact=True)).to_be_disabled()
    agent.shot(f"upload-{user}")
    eventually(lambda: agent.page.wait_for_timeout(100) or held)
    held[0].continue_()
    expect(files.get_by_role("progressbar")).to_have_count(0)
    choose_empty(agent, attach, "film.pdf", 25 * MEBIBYTE)
    expect(files.get_by_role("alert")).to_contain_text(refusal)
    agent.shot(f"refusal-{user}")
    agent.page.set_viewport_size({"width": 375, "height": 812})
    agent.shot(f"refusal-{user}-375")
    agent.page.set_viewport_size({"width": 1440, "height": 900})
    files.get_by_role("listitem").last.get_by_role("button").last.click()
    agent.words.fill("Here it is.")
    composer(agent).get_by_role("button", name=send, exact=True).click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    [file] = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("map.pdf", content)


def test_an_answer_to_all_reaches_all_and_no_address_of_the_site(
    demo: Demo, sign_in: SignIn
) -> None:
    agent, subject = sign_in("agent"), unique("Shall we all meet?")
    demo.deliver(
        SUPPORT, subject, "On Monday?", Cc="Tom <tom@customer.example>, sales@jasmine-reed.example"
    )
    agent.open_ticket(subject)
    composer(agent).get_by_role("button", name="Reply to all").click()
    agent.shot("reply-all-en")
    agent.words.fill("Monday is fine.")
    composer(agent).get_by_role("button", name="Send", exact=True).click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Re: {subject}"))
    assert (mail["To"], mail["Cc"]) == (
        "Rita Moss <rita@customer.example>",
        "Tom <tom@customer.example>",
    )


def test_a_message_is_passed_on(demo: Demo, sign_in: SignIn) -> None:
    agent, subject = sign_in("agent"), unique("Can you repair it?")
    demo.deliver(SUPPORT, subject, "The handle is loose.")
    agent.open_ticket(subject)
    agent.page.get_by_role("button", name="Forward", exact=True).click()
    composer(agent).get_by_label("To", exact=True).fill("smith@repairs.example")
    agent.shot("forward-en")
    composer(agent).get_by_role("button", name="Send", exact=True).click()
    [(_, mail)] = eventually(lambda: demo.sent(SUPPORT, f"Fwd: {subject}"))
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["To"] == "smith@repairs.example"
    assert "The handle is loose." in body.get_content()
