"""Which parts of a mail are its text, and which are files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import mail, raw, with_headers

from inbox_service.errors import NotFound
from inbox_service.mime import attachment, parse
from inbox_service.mime.flowed import unflow


def multipart(kind: str, *parts: str) -> bytes:
    """Write a multipart mail out of whole parts."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n{body}--b--\r\n".encode()


def part(content_type: str, content: str, *headers: str) -> str:
    """Write one part."""
    return "\r\n".join([f"Content-Type: {content_type}", *headers, "", content])


def test_of_alternatives_both_text_and_html_are_kept() -> None:
    parsed = mail("gmail-reply-arabic")
    assert parsed.text.startswith("وصل الطلب اليوم")
    assert parsed.html.startswith('<div dir="rtl">')


def test_the_best_alternative_of_a_kind_is_the_last_that_says_something() -> None:
    plain = part("text/plain", "one"), part("text/plain", "two"), part("text/plain", " ")
    assert parse(multipart("alternative", *plain)).text == "two"


def test_several_inline_texts_are_joined_in_order() -> None:
    parsed = parse(multipart("mixed", part("text/plain", "one"), part("text/plain", "two")))
    assert parsed.text == "one\n\ntwo"


def test_a_text_beside_html_is_shown_in_both() -> None:
    html_and_footer = part("text/html", "<p>hi</p>"), part("text/plain", "a < b")
    parsed = parse(multipart("mixed", *html_and_footer))
    assert parsed.text == "hi\n\na < b"
    assert parsed.html == "<p>hi</p>\n<div>a &lt; b</div>"


def test_html_around_a_picture_is_one_body() -> None:
    parsed = mail("apple-mail-mixed")
    assert parsed.html.count("<body>") == 2
    assert parsed.text == "The box was open:\n\n\nand the cup is broken.\n"


def test_a_named_text_is_a_file() -> None:
    named = part("text/plain; name=log.txt", "line")
    parsed = parse(multipart("mixed", part("text/plain", "see log"), named))
    assert parsed.text == "see log"
    assert parsed.attachments[0].filename == "log.txt"


def test_a_text_marked_as_attachment_is_a_file() -> None:
    marked = part("text/plain", "line", "Content-Disposition: attachment")
    assert parse(multipart("mixed", marked)).text == ""


def test_a_text_too_long_to_read_is_a_file() -> None:
    parsed = with_headers("Content-Type: text/plain", body=b"x" * 2_000_000)
    assert parsed.text == ""
    assert parsed.attachments[0].size == 2_000_000


def test_an_accelerated_copy_of_the_text_is_not_shown_as_a_file() -> None:
    amp = part("text/x-amp-html", "<html amp4email>")
    parsed = parse(multipart("alternative", part("text/plain", "hi"), amp))
    assert (parsed.text, parsed.attachments) == ("hi", ())


def test_an_invitation_is_a_file_with_a_made_up_name() -> None:
    invite = part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR")
    parsed = parse(multipart("alternative", part("text/plain", "hi"), invite))
    assert parsed.attachments[0].filename == "part-1.ics"


def test_related_pictures_are_inline_only_where_the_html_shows_them() -> None:
    logo, sheet = mail("outlook-reply").attachments
    assert (logo.content_id, logo.inline, logo.part) == ("logo01@firm.example", True, 2)
    assert (sheet.filename, sheet.inline, sheet.part) == ("فاتورة.xls", False, 3)


def test_a_file_is_found_again_by_its_part_number() -> None:
    described, content = attachment(raw("outlook-reply"), 3)
    assert described == mail("outlook-reply").attachments[1]
    assert content == b"sheet"


@pytest.mark.parametrize("number", [0, 99, -1])
def test_a_part_that_is_no_file_is_not_handed_out(number: int) -> None:
    with pytest.raises(NotFound):
        attachment(raw("outlook-reply"), number)


def test_a_forwarded_mail_is_one_file_named_by_its_subject() -> None:
    parsed = mail("forwarded-as-attachment")
    assert [a.filename for a in parsed.attachments] == ["A_B: café.eml"]
    assert "inner text" not in parsed.text


def test_every_file_of_every_mail_is_handed_out_as_described() -> None:
    for name in ("outlook-reply", "apple-mail-mixed", "forwarded-as-attachment", "bounce-gmail"):
        for described in mail(name).attachments:
            again, content = attachment(raw(name), described.part)
            assert (again, len(content)) == (described, described.size)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\\b.txt", "a_b.txt"),
        ("cod\u202etxt.exe", "cod_txt.exe"),
        ("bad\x00name.pdf", "badname.pdf"),
        ("x" * 400 + ".pdf", "x" * 197 + ".pdf"),
        ("...", "part-0.pdf"),
    ],
)
def test_a_filename_is_safe_to_show_and_to_save(given_name: str, shown: str) -> None:
    header = f'Content-Type: application/pdf; name="{given_name}"'.encode()
    assert with_headers(header.replace(b"\\", b"\\\\")).attachments[0].filename == shown


def test_broken_base64_gives_what_it_holds() -> None:
    parsed = mail("broken-boundary")
    assert parsed.attachments[0].filename == "bill of march.pdf"
    assert attachment(raw("broken-boundary"), parsed.attachments[0].part)[1] == b"Hello"


def test_base64_glued_from_padded_runs_is_read_to_its_end() -> None:
    header = "Content-Transfer-Encoding: base64"
    assert with_headers(header, body=b"b25l\nIHR3bw==\nIHRocmVl").text.startswith("one two")


def test_quoted_printable_with_errors_is_read() -> None:
    assert "café =ZZ and a  byte" in mail("broken-boundary").text


def test_uuencoded_text_is_read() -> None:
    body = b"begin 644 a.txt\n#:&D*\n`\nend\n"
    assert with_headers("Content-Transfer-Encoding: x-uuencode", body=body).text == "hi\n"


def test_html_says_its_charset_where_the_header_does_not() -> None:
    body = '<meta charset="windows-1256"><p>مرحبا</p>'.encode("cp1256")
    assert "مرحبا" in with_headers("Content-Type: text/html", body=body).html


def test_flowed_lines_are_joined_as_the_sender_wrote_them() -> None:
    text = mail("gmail-reply-filipino").text
    assert "lahat ng nakasulat dito." in text
    assert "isinulat ni Ana Santos <ana@shop.example> ang:" in text


@pytest.mark.parametrize(
    ("flowed", "joined"),
    [
        ("one \ntwo", "one two"),
        ("one\ntwo", "one\ntwo"),
        ("> one \n> two\nthree", "> one two\nthree"),
        (">> one \n> two", ">> one \n> two"),
        (" From here", "From here"),
        ("text \n-- \nname", "text \n-- \nname"),
    ],
)
def test_flowed_text_keeps_depth_and_signature(flowed: str, joined: str) -> None:
    assert unflow(flowed) == joined


@given(st.text(alphabet="a >-\n", max_size=60))
def test_joining_flowed_lines_loses_no_letter(text: str) -> None:
    assert unflow(text).count("a") == text.count("a")
