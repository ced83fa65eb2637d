"""A ticket on paper."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage

from conftest import Demo, Person
from corners import Corner
from customers import SUPPORT, unique
from playwright.sync_api import expect

SignIn = Callable[..., Person]

ROWS = 90
# Says what is printed, which is gone from the page right after.
LISTEN = """
    document.addEventListener( 'load', ( { target: paper } ) => {
        if ( paper.className === 'uib-paper' ) {
            paper.contentWindow.addEventListener( 'beforeprint', () => {
                const page = paper.contentDocument;
                const [ mail ] = page.querySelectorAll( '.uib-paper__mail' );
                window.printed = {
                    frames: page.querySelectorAll( 'iframe' ).length,
                    rows: mail.shadowRoot.querySelectorAll( 'tr' ).length,
                    subject: page.querySelector( '.uib-printed h1' ).textContent,
                    side: page.dir,
                    sandbox: paper.sandbox.value,
                };
            } );
        }
    }, true );
"""


def long_mail(demo: Demo, subject: str) -> None:
    """Let a mail arrive whose HTML is longer than a sheet."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Rita <rita@customer.example>", SUPPORT, subject
    rows = "".join(f"<tr><td>Lamp {number}</td></tr>" for number in range(ROWS))
    mail.set_content(f"<table>{rows}</table>", subtype="html")
    raw = base64.urlsafe_b64encode(bytes(mail)).decode()
    demo.ask("deliver", {"to": SUPPORT, "raw": raw, "authenticated": True})


def test_a_long_mail_goes_on_over_the_sheets_of_a_page_in_which_nothing_runs(
    demo: Demo, sign_in: SignIn, corner: Corner
) -> None:
    agent, subject = sign_in(*corner.seat), unique("Ninety lamps")
    long_mail(demo, subject)
    agent.open_ticket(subject)
    expect(agent.ticket.locator(".uib-timeline iframe")).to_be_visible()
    agent.leave_field()
    agent.page.evaluate(LISTEN)
    agent.page.keyboard.press("Control+p")
    agent.page.wait_for_function("window.printed")
    assert agent.page.evaluate("window.printed") == {
        "frames": 0,
        "rows": ROWS,
        "subject": subject,
        "side": "rtl" if corner.language == "ar" else "",
        "sandbox": "allow-same-origin allow-modals",
    }
    expect(agent.page.locator(".uib-paper")).to_have_count(0)
