"""A visitor of the site: the contact form, the mail that confirms it, the status page."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass, field
from email.message import EmailMessage

from conftest import Demo
from customers import eventually
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

# A person needs longer than this to write a request; the form refuses what is faster.
TYPING_SECONDS = 2.5


@dataclass(frozen=True)
class Picture:
    """A file that a visitor sends, with a name in two scripts."""

    name: str
    content: bytes

    @property
    def chosen(self) -> FilePayload:
        """The file as it is given to a file field."""
        return {"name": self.name, "mimeType": "image/png", "buffer": self.content}


PICTURE = Picture(
    "قياس broken.png",
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    ),
)


@dataclass
class Visitor:
    """Somebody without an account, by an address nobody has used before."""

    demo: Demo
    page: Page
    email: str = field(default_factory=lambda: f"rita{secrets.token_hex(4)}@customer.example")

    @classmethod
    def arrive(
        cls, demo: Demo, browser: Browser, *, scripts: bool = True, width: int = 1280
    ) -> Visitor:
        """Come to the site, with JavaScript or without."""
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}
        )
        return cls(demo, context.new_page())

    def field(self, name: str) -> Locator:
        """Return a field of the form, whatever language its label is in."""
        return self.page.locator(f"#unified-inbox-form-{name}")

    def write(self, subject: str, text: str) -> None:
        """Fill in the form, with a file."""
        self.field("name").fill("Rita Moss")
        self.field("email").fill(self.email)
        self.field("subject").fill(subject)
        self.field("message").fill(text)
        self.field("file").set_input_files(PICTURE.chosen)
        self.field("consent").check()

    def send(self) -> None:
        """Press the form's button, no faster than a person."""
        time.sleep(TYPING_SECONDS)
        self.page.locator("#unified-inbox-form button[type=submit]").click()

    def file(self, address: str, subject: str, text: str) -> str:
        """File a request; return the reference that the page shows for it."""
        self.page.goto(address)
        self.write(subject, text)
        self.send()
        reference = self.page.locator(".unified-inbox-done .unified-inbox-reference")
        expect(reference).to_be_visible()
        return reference.inner_text()

    def confirmations(self, account: str) -> list[EmailMessage]:
        """Return the automatic mails that went to the visitor."""
        mails = self.demo.sent_to(account, self.email)
        return [mail for mail in mails if mail["Auto-Submitted"]]

    def link(self, account: str) -> str:
        """Return the link of the confirmation, once that has come."""
        [mail] = eventually(lambda: self.confirmations(account))
        body = mail.get_body(("plain",))
        assert body is not None
        found = re.search(r"https?://\S+grant=\S+", body.get_content())
        assert found, "the confirmation holds no link"
        return found[0]

    @property
    def step(self) -> Locator:
        """The step the request has reached."""
        return self.page.locator(".unified-inbox-steps [aria-current]")

    @property
    def messages(self) -> Locator:
        """The conversation, message by message."""
        return self.page.locator(".unified-inbox-message")

    def answer(self, text: str) -> None:
        """Answer on the status page, with a file."""
        self.page.locator("#unified-inbox-text").fill(text)
        self.page.locator("#unified-inbox-files").set_input_files(PICTURE.chosen)
        self.page.locator("button[value=answer]").click()
        expect(self.messages.filter(has_text=text)).to_be_visible()
