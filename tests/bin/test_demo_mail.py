"""The demo's mail has to be what its README promises, and what mail programs really write."""

from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parsedate_to_datetime

import pytest
from mail import files, history, script
from mail.people import DOMAIN

NOW = 1_790_000_000_000


@pytest.fixture(scope="module")
def placed() -> list[history.Placed]:
    return history.mails(NOW)


@pytest.fixture(scope="module")
def parsed(placed: list[history.Placed]) -> list[EmailMessage]:
    return [message_from_bytes(mail.raw, policy=default) for mail in placed]


@pytest.fixture(scope="module")
def conversations() -> list[script.Conversation]:
    return script.read(history.SCRIPTS)


def test_there_are_about_two_hundred_mails_of_the_last_three_weeks(placed):
    assert 190 <= len(placed) <= 240
    assert all(NOW - 21 * history.DAY < mail.received_at < NOW for mail in placed)


def test_the_same_moment_gives_the_same_mails(placed):
    assert history.mails(NOW) == placed


def test_mails_come_in_the_order_of_their_times(placed, parsed):
    times = [mail.received_at for mail in placed]
    assert times == sorted(times)
    for mail, message in zip(placed, parsed, strict=True):
        assert parsedate_to_datetime(message["Date"]).timestamp() == mail.received_at // 1000


def test_every_address_is_in_a_domain_that_cannot_exist(parsed):
    for message in parsed:
        lines = [str(message[name]) for name in ("From", "To")]
        assert all(address.endswith(".example") for _, address in getaddresses(lines))


def test_every_inbox_gets_mail_in_each_language(conversations):
    pairs = {(conversation.inbox, conversation.language) for conversation in conversations}
    assert pairs >= {
        (i, lang) for i in ("support", "billing", "sales") for lang in ("en", "ar", "tl")
    }


def test_no_message_id_is_used_twice(parsed):
    ids = Counter(str(message["Message-ID"]) for message in parsed)
    assert set(ids.values()) == {1}


def test_an_answer_names_every_mail_before_it(parsed):
    known: set[str] = set()
    for message in parsed:
        references = str(message["References"] or "").split()
        assert set(references) <= known
        known.add(str(message["Message-ID"]))


def test_an_inline_picture_is_the_one_the_html_shows(parsed):
    shown = 0
    for message in parsed:
        html = message.get_body(("html",))
        for part in message.walk():
            if part["Content-ID"]:
                assert html is not None
                assert f"cid:{str(part['Content-ID'])[1:-1]}" in html.get_content()
                assert part.get_content().startswith(b"\x89PNG")
                shown += 1
    assert shown >= 6


def test_attachments_are_files_of_their_type(parsed):
    starts = {"application/pdf": b"%PDF-1.4", "image/png": b"\x89PNG"}
    found = Counter()
    for message in parsed:
        for part in message.iter_attachments():
            content_type = part.get_content_type()
            if content_type in starts:
                assert part.get_content().startswith(starts[content_type])
            found[content_type] += 1
    assert found["application/pdf"] >= 15
    assert {"text/csv", "image/png", "text/plain"} <= set(found)


def test_a_bounce_reports_the_mail_it_is_about(parsed):
    bounces = [m for m in parsed if m.get_content_type() == "multipart/report"]
    sent = {str(m["Message-ID"]): str(m["To"]) for m in parsed if DOMAIN in str(m["From"])}
    for bounce in bounces:
        _, status, original = bounce.iter_parts()
        assert status.get_content_type() == "message/delivery-status"
        about = message_from_bytes(original.get_payload(decode=True))["Message-ID"]
        assert sent[about]
    assert {b["Subject"] for b in bounces} == {
        "Delivery Status Notification (Failure)",
        "Delivery Status Notification (Delay)",
    }


def test_mail_that_nobody_typed_says_so(parsed):
    marks = Counter(str(m["Auto-Submitted"]) for m in parsed if m["Auto-Submitted"])
    assert marks["auto-replied"] >= 3
    assert marks["auto-generated"] >= 3
    assert any(m["List-Unsubscribe"] for m in parsed)


def test_old_programs_write_in_their_own_charsets(parsed):
    charsets = {str(m.get_content_charset()) for m in parsed if not m.is_multipart()}
    assert {"utf-8", "windows-1256", "iso-8859-1"} <= charsets


def test_only_the_last_mail_of_a_customer_is_unread(placed, parsed):
    unread = [m for p, m in zip(placed, parsed, strict=True) if "UNREAD" in p.labels]
    answered = {r for m in parsed for r in str(m["References"] or "").split()}
    assert not {str(m["Message-ID"]) for m in unread} & answered


def test_the_shop_had_the_last_word_in_many_conversations(conversations):
    last = Counter(conversation.turns[-1].kind for conversation in conversations)
    assert last["out"] >= 30
    assert last["in"] >= 30


def test_an_unknown_picture_is_an_error_and_not_an_empty_file():
    with pytest.raises(KeyError):
        files.picture("nothing")


def test_brackets_in_a_title_do_not_break_a_pdf():
    assert rb"(A \(b\) c)" in files.page("A (b) c", ())
