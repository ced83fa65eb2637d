"""What we send: 7 bits, short lines, no header that a text could add, and the way back."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mails import outgoing

from inbox_service.domain.mail import Address, AutomaticKind, OutgoingAttachment, ParsedMail
from inbox_service.errors import Invalid
from inbox_service.mime import attachment, compose, parse

PDF = OutgoingAttachment("bill.pdf", "application/pdf", b"%PDF-1.7\x00\xff")
LOGO = OutgoingAttachment("logo.png", "image/png", b"\x89PNG", content_id="logo@shop")


def composed(**changes: object) -> tuple[bytes, ParsedMail]:
    """Compose a mail and parse it again; whatever it is, it must be fit to travel."""
    raw = compose(outgoing(**changes))
    check_fit(raw)
    return raw, parse(raw)


def check_fit(raw: bytes) -> None:
    """Fail where a relay might break the mail (RFC 5321 4.5.3.1.6, RFC 5322 2.1.1)."""
    assert raw.isascii()
    assert b"\x00" not in raw
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)


def read_by_stdlib(raw: bytes) -> EmailMessage:
    """Read the mail with another parser than ours."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_plain_mail_has_what_a_mail_needs() -> None:
    raw, _ = composed(reply_to=Address("reply@shop.example"))
    message = read_by_stdlib(raw)
    assert message["From"] == "Shop <support@shop.example>"
    assert message["To"] == "Mona <mona@mail.example>"
    assert message["Reply-To"] == "reply@shop.example"
    assert message["Message-ID"] == "<out-1@shop.example>"
    assert message["Date"] == "Mon, 03 Mar 2025 11:06:40 +0000"
    assert message["X-Unified-Inbox-Send-Id"] == "send-1"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content() == "It is on its way.\r\n"


def test_what_is_not_set_has_no_header() -> None:
    raw, _ = composed()
    head = raw.split(b"\r\n\r\n")[0].lower()
    for name in (
        b"cc:",
        b"bcc:",
        b"reply-to:",
        b"in-reply-to:",
        b"references:",
        b"auto-submitted:",
    ):
        assert b"\r\n" + name not in head


def test_hidden_recipients_are_named_for_the_provider() -> None:
    raw, _ = composed(bcc=(Address("audit@shop.example"),))
    assert read_by_stdlib(raw)["Bcc"] == "audit@shop.example"


def test_an_automatic_mail_says_so_and_is_understood_so() -> None:
    raw, parsed = composed(automatic=True)
    assert read_by_stdlib(raw)["Auto-Submitted"] == "auto-generated"
    assert parsed.automatic is AutomaticKind.NOTICE


def test_a_mail_of_a_person_is_not_automatic() -> None:
    assert composed()[1].automatic is None


def test_long_ids_are_never_folded_or_encoded() -> None:
    ids = tuple(f"{number}{'x' * 200}@mail.example" for number in range(20))
    raw, parsed = composed(in_reply_to=ids[-1], references=ids, message_id="y" * 500 + "@x")
    assert parsed.references == ids
    assert parsed.in_reply_to == (ids[-1],)
    assert b"=?" not in raw


def test_of_a_long_chain_the_root_and_the_latest_are_named() -> None:
    ids = tuple(f"{number}@mail.example" for number in range(200))
    references = composed(references=ids)[1].references
    assert (references[0], references[-1], len(references)) == (ids[0], ids[-1], 50)


def test_html_stands_beside_the_text_with_its_direction_and_language() -> None:
    raw, parsed = composed(html="<p>مرحبا</p>", text="مرحبا", direction="rtl", language="ar")
    assert [part.get_content_type() for part in read_by_stdlib(raw).iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert '<html dir="rtl" lang="ar">' in parsed.html
    assert '<div dir="rtl" lang="ar">\n<p>مرحبا</p>' in parsed.html


@pytest.mark.parametrize("language", ["", '"><script>', "x" * 50, "ar\nx"])
def test_an_unknown_or_odd_language_is_left_out(language: str) -> None:
    assert "lang=" not in composed(html="<p>x</p>", language=language)[1].html


def test_a_picture_of_the_html_is_inline_and_a_file_is_not() -> None:
    raw, parsed = composed(html='<img src="cid:logo@shop">', attachments=(PDF, LOGO))
    logo, bill = parsed.attachments
    assert (logo.content_id, logo.inline, logo.filename) == ("logo@shop", True, "logo.png")
    assert (bill.inline, bill.filename, bill.content_type) == (False, "bill.pdf", "application/pdf")
    assert attachment(raw, bill.part)[1] == PDF.content


def test_a_picture_of_a_mail_without_html_is_a_file() -> None:
    assert composed(attachments=(LOGO,))[1].attachments[0].inline is False


@pytest.mark.parametrize(
    ("content_type", "sent"),
    [
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("message/rfc822", "application/octet-stream"),
        ("multipart/mixed", "application/octet-stream"),
        ("text/plain\r\nX: y", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_file_has_a_type_that_may_be_sent(content_type: str, sent: str) -> None:
    file = OutgoingAttachment("a.bin", content_type, b"a,b\n")
    raw, parsed = composed(attachments=(file,))
    assert parsed.attachments[0].content_type == sent
    assert attachment(raw, parsed.attachments[0].part)[1] == b"a,b\n"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("فاتورة شهر مارس.pdf", "فاتورة شهر مارس.pdf"),
        ("a" * 190 + ".pdf", "a" * 190 + ".pdf"),
        ('quo"te.pdf', "quo_te.pdf"),
        ("two; x=y.pdf", "two; x=y.pdf"),
        ("new\r\nline.pdf", "new line.pdf"),
        ("../up.pdf", "_up.pdf"),
        ("%41*.pdf", "%41*.pdf"),
    ],
)
def test_a_filename_arrives(name: str, sent: str) -> None:
    file = OutgoingAttachment(name, "application/pdf", b"x")
    raw, parsed = composed(attachments=(file,))
    assert parsed.attachments[0].filename == sent
    (part,) = read_by_stdlib(raw).iter_attachments()
    assert part.get_filename() == sent


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hi\r\nBcc: thief@evil.example"},
        {"subject": "Hi\nBcc: thief@evil.example\n\nbody"},
        {"subject": "Hi\x0bBcc: x\x0cBcc: y\x85Bcc: z\u2028Bcc: thief@evil.example"},
        {"sender": Address("a@shop.example", "A\r\nBcc: thief@evil.example")},
        {"to": (Address("a@shop.example", 'A" <thief@evil.example>,\r\nBcc: "'),)},
        {"to": (Address("a@shop.example", "=?utf-8?q?x=0D=0ABcc:_y?="),)},
        {"attachments": (OutgoingAttachment("a\r\nBcc: x", "a/b\r\nBcc: x", b""),)},
    ],
)
def test_no_text_can_add_a_header(changes: dict[str, object]) -> None:
    raw, parsed = composed(**changes)
    message = read_by_stdlib(raw)
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert len(parsed.to) == 1
    assert all(b"bcc:" not in line.lower()[:4] for line in raw.split(b"\r\n"))


@pytest.mark.parametrize(
    "changes",
    [
        {"to": (Address("a@b.example\r\nBcc: x@y.example"),)},
        {"to": (Address("a@b.example, x@y.example"),)},
        {"to": (Address("a b@c.example"),)},
        {"to": (Address("<a@b.example>"),)},
        {"to": (Address("no-at-sign"),)},
        {"to": (Address(""),)},
        {"to": (Address("ü@b.example"),)},
        {"sender": Address("a@")},
        {"reply_to": Address("a@b\n")},
        {"message_id": "a@b>\r\nBcc: <x"},
        {"message_id": "a b@c"},
        {"in_reply_to": "a@b\n"},
        {"references": ("a@b", "c\r\nd@e")},
        {"send_id": "x\r\nBcc: y"},
        {"send_id": ""},
        {"html": "<p>", "attachments": (OutgoingAttachment("a", "a/b", b"", "x>\r\ny"),)},
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        compose(outgoing(**changes))


def test_a_domain_of_another_script_is_written_in_ascii() -> None:
    assert composed(to=(Address("a@مثال.example"),))[1].to[0].email == "a@xn--mgbh0fb.example"


def test_a_line_without_end_is_wrapped_and_arrives_whole() -> None:
    assert composed(text="x" * 5000)[1].text == "x" * 5000 + "\n"


def test_a_dot_and_a_from_at_the_beginning_of_a_line_arrive() -> None:
    text = ".\n.hidden\nFrom me\n-- \nShop\n"
    assert composed(text=text)[1].text == text


def test_lone_surrogates_and_nul_do_not_stop_a_mail() -> None:
    assert composed(text="a\ud800b\x00c", subject="x\udfffy")[1].text == "abc\n"


# --- there and back ---------------------------------------------------------------------------

words = st.text(
    alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"]),
    max_size=120,
).map(lambda text: " ".join(text.split()))
locals_ = st.text(alphabet="abcxyz0189.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=40)
emails = locals_.filter(lambda text: text.strip(".'") == text).map(
    lambda text: f"{text}@mail.example"
)
people = st.builds(
    Address, emails, words.map(lambda text: text.strip(" ,'\"")[:150].strip(" ,'\""))
)
bodies = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=400
)
ids = st.text(alphabet="abcXYZ019.$%+=_-@", min_size=3, max_size=300).filter(lambda i: "@" in i)


@given(subject=words, text=bodies)
def test_subject_and_text_come_back(subject: str, text: str) -> None:
    _, parsed = composed(subject=subject, text=text)
    assert parsed.subject == subject
    assert parsed.text.rstrip("\n") == text.rstrip("\n")


@given(sender=people, to=st.lists(people, min_size=1, max_size=6, unique_by=lambda a: a.email))
def test_addresses_come_back(sender: Address, to: list[Address]) -> None:
    assume(all(a.name.lower() != a.email for a in (sender, *to)))
    raw, parsed = composed(sender=sender, to=tuple(to))
    assert parsed.sender == sender
    assert list(parsed.to) == to
    assert raw.count(b"\r\nBcc:") == 0


@given(references=st.lists(ids, max_size=20, unique=True), answered=ids)
def test_ids_come_back(references: list[str], answered: str) -> None:
    _, parsed = composed(references=tuple(references), in_reply_to=answered)
    assert list(parsed.references) == references
    assert parsed.in_reply_to == (answered,)


@given(st.lists(st.binary(max_size=300), max_size=4), st.booleans())
def test_files_come_back(contents: list[bytes], with_html: bool) -> None:
    files = tuple(
        OutgoingAttachment(f"{number}.bin", "application/octet-stream", content)
        for number, content in enumerate(contents)
    )
    raw, parsed = composed(attachments=files, html="<p>hi</p>" if with_html else "")
    assert [attachment(raw, one.part)[1] for one in parsed.attachments] == contents
