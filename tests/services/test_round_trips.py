"""Every kind of mail through a strict Google and back: what arrived is read and compared."""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

import pytest
from google_shop import SUPPORT, GoogleShop, open_google_shop

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.services import outbox, replies, uploads
from inbox_service.services.auth import Caller
from inbox_service.services.uploads import Announced
from inbox_service.store.tables import messages
from inbox_service.testing import FakeClock, add_agent

RITA, OMAR = "rita@customer.example", "omar@supplier.example"
ASKED = "<asked@customer.example>"
PICTURE = b"\x89PNG\r\n\x1a\n"


@dataclass
class Desk:
    """An agent of the shop with one ticket, and the mailboxes of those who are written to."""

    shop: GoogleShop
    agent_id: int
    thread_id: str

    def upload(self, content: bytes, name: str, kind: str, *, inline: bool = False) -> Any:
        """Upload a file for the mail; return its row."""
        deps, caller = self.shop.deps, Caller(self.shop.site_id, "agent", "7")
        row = uploads.begin(deps, caller, 1, Announced(name, kind, len(content), inline))
        for at in range(0, len(content), uploads.LARGEST_PIECE):
            piece = content[at : at + uploads.LARGEST_PIECE]
            uploads.add_piece(deps, caller, row["id"], at, piece)
        return row

    def last_message(self) -> dict[str, Any]:
        with self.shop.deps.sessions.reading() as connection:
            rows = connection.execute(messages.select().order_by(messages.c.id)).mappings()
            return dict(rows.all()[-1])

    def send(self, text: str, **draft: Any) -> tuple[EmailMessage, str]:
        """Send it; return what Gmail keeps as sent, and its thread."""
        deps, site_id = self.shop.deps, self.shop.site_id
        draft = {"seen_up_to": self.last_message()["id"], "quotes": False} | draft
        wanted = replies.ReplyDraft(text, **draft)
        prepared = replies.prepare_reply(deps, site_id, self.agent_id, 1, wanted)
        with deps.sessions.writing() as connection:
            replies.add_reply(connection, deps, prepared)
        self.shop.clock.advance(seconds=60)
        states = [outbox.deliver(deps, *row, "test") for row in outbox.due(deps)]
        assert states == ["sent"]
        [kept] = self.shop.google.messages(SUPPORT, "SENT", with_raw=True)
        return read(kept), str(kept["threadId"])

    def received(self, account: str) -> EmailMessage:
        """Return the mail in somebody's inbox."""
        [mail] = self.shop.google.messages(account, "INBOX", with_raw=True)
        return read(mail)


def read(message: dict[str, Any]) -> EmailMessage:
    raw = urlsafe_b64decode(message["raw"] + "==")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


def files(mail: EmailMessage) -> list[tuple[str | None, str, bytes]]:
    found = list(mail.iter_attachments())
    return [(one.get_filename(), one.get_content_type(), one.get_content()) for one in found]


def emails(mail: EmailMessage, name: str) -> list[str]:
    return [email for _, email in getaddresses(mail.get_all(name, []))]


def winmail(name: str, content: bytes) -> bytes:
    """Write the winmail.dat that Outlook packs a file into ([MS-OXTNEF] 2.1.3)."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for tag, data in ((0x69002, b""), (0x18010, name.encode() + b"\0"), (0x6800F, content)):
        out += struct.pack("<BII", 2, tag, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


def question() -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = f"Rita Moss <{RITA}>", SUPPORT
    mail["Subject"], mail["Message-ID"] = "Where is it?", ASKED
    mail.set_content("Please tell me.")
    return mail


@pytest.fixture
def desk(deps_with: Callable[[ConnectorSource | None], Deps]) -> Iterator[Desk]:
    clock = FakeClock()
    with GmailSimulator(time=clock.now, quota_per_minute=0) as google:
        shop = open_google_shop(deps_with, google, clock)
        for account in (RITA, OMAR):
            google.add_account(account)
        with shop.deps.sessions.writing() as connection:
            agent_id = add_agent(connection, shop.site_id, wp_user_id=7)
        yield Desk(shop, agent_id, arrive(shop, question()))


def arrive(shop: GoogleShop, mail: EmailMessage) -> str:
    """Let a mail arrive and be read; return its thread at Gmail."""
    at = shop.clock.advance(seconds=1)
    found = shop.google.deliver(SUPPORT, bytes(mail), received_at=at)
    shop.settle()
    return str(found["threadId"])


def test_a_text_arrives_as_it_was_written_in_its_thread(desk: Desk) -> None:
    sent, thread_id = desk.send("It is on its way.\n\n  Ana")
    arrived = desk.received(RITA)
    assert thread_id == desk.thread_id
    assert (arrived["To"], arrived["Subject"]) == (f"Rita Moss <{RITA}>", "Re: Where is it?")
    assert (arrived["In-Reply-To"], arrived["References"]) == (ASKED, ASKED)
    assert body(arrived) == "It is on its way.\n\n  Ana"
    assert arrived["Message-ID"] == sent["Message-ID"]
    assert desk.last_message()["rfc_message_id"] == sent["Message-ID"].strip("<>")


def test_html_arrives_beside_its_text(desk: Desk) -> None:
    desk.send("Bold", html="<p><b>Bold</b></p>")
    arrived = desk.received(RITA)
    assert arrived.get_content_type() == "multipart/alternative"
    assert (body(arrived), "<b>Bold</b>" in body(arrived, "html")) == ("Bold", True)


def test_arabic_keeps_its_letters_and_its_direction(desk: Desk) -> None:
    text = "طلبك في الطريق، وسيصل غدًا."
    desk.send(text)
    arrived = desk.received(RITA)
    assert body(arrived) == text
    assert '<body dir="rtl">' in body(arrived, "html")


def test_a_picture_inside_arrives_inside(desk: Desk) -> None:
    row = desk.upload(PICTURE, "logo.png", "image/png", inline=True)
    html = f'<p>See</p><img src="cid:{row["content_id"]}" alt="">'
    desk.send("See", html=html, uploads=(row["id"],))
    related = [one for one in desk.received(RITA).walk() if one["Content-ID"]]
    assert [(one["Content-ID"], one.get_content()) for one in related] == [
        (f"<{row['content_id']}>", PICTURE)
    ]


def test_24_megabytes_arrive_whole(desk: Desk) -> None:
    content = bytes(range(256)) * (24 * 1024 * 4)
    row = desk.upload(content, "plan.bin", "application/zip")
    desk.send("The plan", uploads=(row["id"],))
    [(name, kind, arrived)] = files(desk.received(RITA))
    assert (name, kind, len(arrived), arrived == content) == (
        "plan.bin",
        "application/zip",
        24 * 1024 * 1024,
        True,
    )


def test_forty_people_are_all_named_and_blind_ones_only_to_us(desk: Desk) -> None:
    people = tuple(f"c{n}@elsewhere.example" for n in range(40))
    sent, _ = desk.send("All of you", to=(RITA, *people[:19]), cc=people[19:], bcc=(OMAR,))
    arrived = desk.received(OMAR)
    assert emails(arrived, "To") == [RITA, *people[:19]]
    assert emails(arrived, "Cc") == [*people[19:]]
    assert (arrived["Bcc"], sent["Bcc"]) == (None, OMAR)


def test_a_forwarded_winmail_arrives_as_the_files_in_it(desk: Desk) -> None:
    mail = question()
    del mail["Message-ID"]
    mail["Message-ID"], mail["References"] = "<second@customer.example>", ASKED
    packed = winmail("plan.pdf", b"%PDF-1.7")
    mail.add_attachment(packed, "application", "ms-tnef", filename="winmail.dat")
    arrive(desk.shop, mail)
    last = desk.last_message()["id"]
    desk.send("Can you help?", to=(OMAR,), forwards=last, quotes=True)
    arrived = desk.received(OMAR)
    assert files(arrived) == [("plan.pdf", "application/pdf", b"%PDF-1.7")]
    assert arrived["Subject"] == "Fwd: Where is it?"
    assert f"From: Rita Moss <{RITA}>" in body(arrived)
    assert arrived["References"] == f"{ASKED} <second@customer.example>"
