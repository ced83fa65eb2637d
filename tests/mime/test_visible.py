"""What a message says now; quotes and signatures are folded away and never lost."""

# ruff: noqa: RUF001 - the letters of other scripts are meant.

from __future__ import annotations

import time

import pytest
from hostile import HOSTILE, check_harmless, described, unmarked
from hypothesis import given, settings
from hypothesis import strategies as st
from mails import mail

from inbox_service.domain.mail import Visible
from inbox_service.mime import sanitize, text_of, visible
from inbox_service.mime.folding import direction, fold_text
from inbox_service.mime.lines import MAX_LINES

INTROS = {
    "English, Gmail": "On Mon, Mar 3, 2025 at 10:15 AM Ana <ana@shop.example> wrote:",
    "English, wrapped": "On Mon, Mar 3, 2025 at 10:15 AM Ana Santos <\nana@shop.example> wrote:",
    "English, Apple": "On 3 Mar 2025, at 10:15, Ana <ana@shop.example> wrote:",
    "Arabic, Gmail": "في الاثنين، 3 مارس 2025 في 10:15 ص تمت كتابة ما يلي بواسطة أنا <a@b.co>:",
    "Arabic, Apple": "في ٣ مارس ٢٠٢٥، الساعة ١٠:١٥ ص، كتب أنا <ana@shop.example>:",
    "Arabic, short": "بتاريخ 3/3/2025 10:15 ص، كتب الدعم:",
    "Filipino, Gmail": "Noong Lun, Mar 3, 2025 nang 10:15 AM, isinulat ni Ana <a@b.example> ang:",
    "Filipino, Apple": "Noong Mar 3, 2025, nang 10:15 AM, sumulat si Ana <ana@shop.example>:",
    "German": "Am Mo., 3. März 2025 um 10:15 Uhr schrieb Ana <ana@shop.example>:",
    "French": "Le lun. 3 mars 2025 à 10:15, Ana <ana@shop.example> a écrit :",
    "Spanish": "El lun, 3 mar 2025 a las 10:15, Ana (<ana@shop.example>) escribió:",
    "Portuguese": "Em seg., 3 de mar. de 2025 às 10:15, Ana <ana@shop.example> escreveu:",
    "Italian": "Il giorno lun 3 mar 2025 alle ore 10:15 Ana <ana@shop.example> ha scritto:",
    "Dutch": "Op ma 3 mrt 2025 om 10:15 schreef Ana <ana@shop.example>:",
    "Swedish": "Den mån 3 mars 2025 kl 10:15 skrev Ana <ana@shop.example>:",
    "Polish": "W dniu 3.03.2025 o 10:15, Ana pisze, napisał(a):",
    "Russian": "3 марта 2025 г., в 10:15, Ana <ana@shop.example> написал(а):",
    "Turkish": "3 Mar 2025 Pzt, 10:15 tarihinde Ana <ana@shop.example> şunu yazdı:",
    "Hebrew": "בתאריך יום ב׳, 3 במרץ 2025 ב-10:15 מאת Ana <ana@shop.example> כתב:",
    "Indonesian": "Pada tanggal Sen, 3 Mar 2025 pukul 10:15 Ana <ana@shop.example> menulis:",
    "Chinese": "Ana <ana@shop.example> 于2025年3月3日周一 10:15写道:".replace(":", "\uff1a"),
    "Japanese": "2025年3月3日(月) 10:15 Ana <ana@shop.example>のメール:",
    "Greek": "Στις Δευ 3 Μαρ 2025 στις 10:15 Ana <ana@shop.example> έγραψε:",
}
UNMARKED = [name for name in INTROS if name not in ("Chinese", "Polish")]


def text_only(text: str) -> Visible:
    """Fold a mail that has only text."""
    return visible(text, "")


@pytest.mark.parametrize("intro", INTROS.values(), ids=list(INTROS))
def test_a_quote_is_folded_with_the_line_that_introduces_it(intro: str) -> None:
    seen = text_only(f"Thank you.\n\n{intro}\n\n> Hello,\n> it comes.\n")
    assert seen.text == "Thank you.\n\n"
    assert seen.folded_text.startswith(intro)


@pytest.mark.parametrize("name", UNMARKED)
def test_a_quote_without_marks_is_folded_after_a_full_introduction(name: str) -> None:
    seen = text_only(f"Thank you.\n\n{INTROS[name]}\n\nHello,\nit comes.\n")
    assert seen.text == "Thank you.\n\n"


HEADER_BLOCKS = {
    "English": "From: Ana <a@b.example>\nSent: Monday, March 3\nTo: Mona\nSubject: Order",
    "English, bold": "*From:* Ana\n*Date:* Monday\n*To:* Mona\n*Subject:* Order",
    "Arabic": "من: الدعم\nتاريخ الإرسال: 03/03/2025\nإلى: منى\nالموضوع: الطلب",
    "Filipino": "Mula kay: Ana\nIpinadala: Marso 3\nPara kay: Mona\nPaksa: Order",
    "German": "Von: Ana\nGesendet: Montag\nAn: Mona\nBetreff: Bestellung",
    "French": "De : Ana\nEnvoyé : lundi\nÀ : Mona\nObjet : Commande",
    "Spanish": "De: Ana\nEnviado el: lunes\nPara: Mona\nAsunto: Pedido",
    "Chinese": "发件人: Ana\n发送时间: 2025\n收件人: Mona\n主题: 订单",
}


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=list(HEADER_BLOCKS))
@pytest.mark.parametrize("rule", ["", "_" * 32 + "\n", "-----Original Message-----\n"])
def test_the_block_outlook_writes_begins_the_folded_part(block: str, rule: str) -> None:
    seen = text_only(f"Thank you.\n\n{rule}{block}\n\nHello,\nit comes.\n")
    assert seen.text == "Thank you.\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for Android<https://aka.ms/x>",
        "أُرسلت من الـ iPhone",
        "مرسل من هاتف Samsung",
        "Ipinadala mula sa aking iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Sent from Yahoo Mail on Android",
    ],
)
def test_the_line_of_a_device_is_folded(line: str) -> None:
    assert text_only(f"Yes please.\n\n{line}\n").folded_text == f"{line}\n"


@pytest.mark.parametrize(
    "line",
    [
        "Sent via DHL yesterday.",
        "Enviado de Madrid ayer.",
        "I sent it from the shop.",
        "Best regards",
    ],
)
def test_a_last_line_of_the_author_stays(line: str) -> None:
    assert text_only(f"Yes please.\n\n{line}\n").folded_text == ""


def test_a_signature_is_folded_with_the_quote_below_it() -> None:
    seen = text_only("Yes.\n-- \nAna\nShop\n\nOn 3 Mar 2025 Ana <a@b.example> wrote:\n> Hello\n")
    assert seen.text == "Yes.\n"


def test_the_footer_of_a_list_is_folded() -> None:
    footer = "_" * 47 + "\nShop mailing list\nhttps://lists.example/shop\n"
    assert text_only(f"Yes.\n\n{footer}").folded_text == footer


def test_answers_between_quotes_stay_with_what_they_answer() -> None:
    text = "On 3 Mar 2025 Ana <a@b.example> wrote:\n> Red?\nYes.\n> Large?\nNo, small.\n"
    seen = text_only(text + "> Ana\n")
    assert seen.text == text


def test_an_answer_below_the_quote_keeps_it_in_sight() -> None:
    text = "> Red or blue?\n\nBlue please.\n"
    assert text_only(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "> only\n> quoted\n",
        "On 3 Mar 2025 Ana <a@b.example> wrote:\n> Hello\n",
        "From: Ana\nSent: Monday\nTo: Mona\nSubject: x\n\nHello\n",
        "-- \nAna\n",
        "Sent from my iPhone\n",
        "",
    ],
)
def test_nothing_is_folded_where_nothing_else_is_written(text: str) -> None:
    assert (text_only(text).text, text_only(text).folded_text) == (text, "")


FORWARDS = [
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "---------- رسالة مُعاد توجيهها ---------",
    "---------- Ipinasang mensahe ---------",
    "-------- Weitergeleitete Nachricht --------",
    "---------- Mensaje reenviado ---------",
]


@pytest.mark.parametrize("mark", FORWARDS)
@pytest.mark.parametrize("above", ["", "Please look at this.\n\n"])
def test_a_forward_is_never_folded(mark: str, above: str) -> None:
    text = f"{above}{mark}\nFrom: Ana\nDate: Monday\nTo: Mona\nSubject: x\n\nHello\n\n> older\n"
    assert text_only(text).folded_text == ""


def test_a_forward_deep_in_a_quote_is_folded_with_it() -> None:
    quote = "On 3 Mar 2025 Ana <a@b.example> wrote:\n> See:\n> ---- Forwarded message ----\n> x\n"
    assert text_only(f"Yes.\n\n{quote}").folded_text == quote


@given(st.text(alphabet="ab >-:_\n@2", max_size=200))
def test_text_and_folded_text_are_the_text_again(text: str) -> None:
    written, folded = fold_text(text)
    assert written + folded == text
    assert written.strip() or not folded.strip() or not text.strip()


LINES = st.sampled_from(
    [
        "hello",
        "",
        "> quoted",
        "-- ",
        "On 3 Mar 2025 Ana <a@b.example> wrote:",
        "From: Ana",
        "Sent: Monday",
        "To: Mona",
        "Sent from my iPhone",
        "---- Forwarded message ----",
        "_" * 32,
        "https://lists.example",
        "wrote:",
    ]
)


@given(st.lists(LINES, max_size=15))
def test_a_heap_of_mail_lines_is_cut_in_two_with_nothing_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    seen = text_only(text)
    assert seen.text + seen.folded_text == text
    if seen.folded_text:
        assert seen.text.strip()


# --- HTML -------------------------------------------------------------------------------------

REPLIES = {
    "Gmail": "<div dir='ltr'>Thank you.</div><br><div class='gmail_quote'><div dir='ltr' "
    "class='gmail_attr'>On Mon, Mar 3, 2025 Ana wrote:<br></div><blockquote class='gmail_quote'>"
    "<div>QUOTED</div></blockquote></div>",
    "Outlook web": "<div>Thank you.</div><div id='appendonsend'></div><hr><div id='divRplyFwdMsg'>"
    "<b>From:</b> Ana<br><b>Sent:</b> Monday<br><b>Subject:</b> x</div><div>QUOTED</div>",
    "Outlook desktop": "<div><p>Thank you.</p><div><div style='border:none;border-top:solid #EEE'>"
    "<p><b>From:</b> Ana<br><b>Sent:</b> Monday<br><b>To:</b> Mona<br><b>Subject:</b> x</p>"
    "</div></div><p>QUOTED</p></div>",
    "Apple Mail": "Thank you.<br><div><br><blockquote type='cite'><div>On 3 Mar 2025, Ana "
    "&lt;a@b.example&gt; wrote:</div><br><div>QUOTED</div></blockquote></div><br>",
    "Thunderbird": "<p>Thank you.</p><div class='moz-cite-prefix'>On 03.03.25 10:15, Ana wrote:<br>"
    "</div><blockquote type='cite'><p>QUOTED</p></blockquote><div class='moz-signature'>-- M</div>",
    "Yahoo": "<div><div>Thank you.</div></div><div id='yahoo_quoted_1' class='yahoo_quoted'><div>"
    "<div>On Monday, March 3, 2025, Ana wrote:</div><div>QUOTED</div></div></div>",
    "Proton": "<div>Thank you.</div><div class='protonmail_quote'>On Monday, Ana wrote:<br>"
    "<blockquote class='protonmail_quote' type='cite'>QUOTED</blockquote></div>",
    "Zoho": "<div>Thank you.<br></div><div class='zmail_extra'><div>---- On Mon, 03 Mar 2025 Ana "
    "wrote ----</div><blockquote>QUOTED</blockquote></div>",
    "Samsung": "<div>Thank you.</div><div id='composer_signature'>Sent from my Galaxy</div><div>"
    "-------- Original message --------</div><div>From: Ana</div><div>QUOTED</div>",
    "Gmail in Arabic": "<div dir='rtl'>شكرا Thank you.</div><div class='gmail_quote'><div class="
    "'gmail_attr'>في الاثنين، 3 مارس 2025 كتب:</div><blockquote>QUOTED</blockquote></div>",
    "bare text": "Thank you.<br><br>On 3 Mar 2025 at 10:15, Ana &lt;a@b.example&gt; wrote:<br>"
    "&gt; QUOTED",
}


@pytest.mark.parametrize("html", REPLIES.values(), ids=list(REPLIES))
def test_the_quote_of_a_mail_program_is_folded(html: str) -> None:
    seen = visible("", sanitize(html).html)
    assert "Thank you." in seen.html
    assert "QUOTED" not in seen.html
    assert "QUOTED" in seen.folded_html
    assert "wrote" not in seen.html
    assert "From:" not in seen.html


@pytest.mark.parametrize("html", REPLIES.values(), ids=list(REPLIES))
def test_no_word_of_html_is_lost_by_folding(html: str) -> None:
    safe = sanitize(html).html
    seen = visible("", safe)
    joined = text_of(seen.html) + text_of(seen.folded_html)
    assert "".join(joined.split()) == "".join(text_of(safe).split())


def test_html_answers_between_quotes_stay() -> None:
    html = "<blockquote>Red?</blockquote><p>Yes.</p><blockquote>Large?</blockquote><p>No.</p>"
    assert visible("", html).folded_html == ""


def test_a_gmail_forward_is_not_folded() -> None:
    html = (
        "<div class='gmail_quote'><div class='gmail_attr'>------- Forwarded message ------<br>"
        "From: Ana<br>Date: Mon<br>Subject: x<br></div><p>Hello</p></div>"
    )
    assert visible("", html).folded_html == ""
    assert visible("", f"<p>See:</p>{html}").folded_html == ""


def test_controls_in_html_do_not_stop_the_folding() -> None:
    html = sanitize("<p>a\x01b<br>&#11;c &#65535;</p><br>x<blockquote>&#1;q\x1f</blockquote>").html
    assert visible("", html).folded_html == "<blockquote>q</blockquote>"
    assert visible("", "a<br>\x01<br>\x0b<blockquote>q</blockquote>\x02").folded_html


def test_an_indented_paragraph_of_gmail_is_no_quote() -> None:
    html = "<p>Hi</p><blockquote style='margin:0 40px; border:none'>a</blockquote>"
    assert visible("", html).folded_html == ""


def test_a_picture_at_the_end_counts_as_written() -> None:
    html = "<p>See</p><blockquote>q</blockquote><img src='cid:photo' width='600'>"
    assert visible("", html).folded_html == ""


def test_a_tracker_at_the_end_does_not_keep_the_quote_open() -> None:
    html = "<p>See</p><blockquote>q</blockquote><img data-remote-src='https://t' width='1'>"
    assert "q" in visible("", html).folded_html


def test_html_with_nothing_to_fold_comes_back_untouched() -> None:
    html = '<p>one<br>two</p><img src="cid:a"><table><tr><td>x</table>'
    assert visible("", html).html == html


def test_text_and_html_of_one_mail_are_folded_alike() -> None:
    parsed = mail("gmail-reply-arabic")
    seen = visible(parsed.text, sanitize(parsed.html).html)
    assert seen.text.strip() == text_of(seen.html) == "وصل الطلب اليوم، شكراً جزيلاً لكم."
    assert "سيصل الطلب غداً" in seen.folded_text
    assert "سيصل الطلب غداً" in seen.folded_html
    assert seen.direction == "rtl"


def test_a_mail_of_html_alone_gets_its_text_from_there() -> None:
    seen = visible("", "<p>Hi</p><blockquote>q</blockquote>")
    assert (seen.text, seen.folded_text) == ("Hi", "q")


@given(st.lists(st.sampled_from(sorted(REPLIES.values())), max_size=4), st.text(max_size=20))
def test_folding_heaps_of_html_loses_no_letter(pieces: list[str], tail: str) -> None:
    safe = sanitize("".join(pieces) + tail).html
    seen = visible("", safe)
    joined = text_of(seen.html) + text_of(seen.folded_html)
    assert "".join(joined.split()) == "".join(text_of(safe).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", "ltr"),
        ("مرحبا", "rtl"),
        ("שלום", "rtl"),
        ("iPhone وصل\nشكرا\nجزيلا", "rtl"),
        ("Hello\nمرحبا", "ltr"),
        ("مرحبا\nHello", "rtl"),
        ("https://shop.example\nمرحبا", "rtl"),
        ("123 456\nمرحبا", "rtl"),
        ("Magandang araw po", "ltr"),
        ("123", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_direction_is_that_of_most_lines(text: str, expected: str) -> None:
    assert direction(text) == expected


def test_the_quote_has_no_say_in_the_direction() -> None:
    seen = text_only("شكرا\n\nOn 3 Mar 2025 Ana <a@b.example> wrote:\n> Hello\n> there\n> you\n")
    assert seen.direction == "rtl"


SLOW_LINES = st.sampled_from(
    [
        "From: a@b.example",
        "Subject: x",
        "---- Forwarded message ----",
        "--- a ---",
        "words:",
        "x wrote:",
        "On 3 Mar 2025 at 10:15",
        "<a@b.example>:",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "confidential " * 9 + "recipient",
        "confidential " * 6,
        "x" * 399 + ":",
        "1:1" * 100,
        "--",
        "_" * 399,
        "- " * 199 + ":",
        "> q",
        "\u202b\u200f",
        "",
    ]
)


@given(st.lists(SLOW_LINES, min_size=1, max_size=4))
@settings(max_examples=20)
def test_no_heap_of_telling_lines_takes_more_than_two_seconds(lines: list[str]) -> None:
    text = "\n".join(lines * (MAX_LINES // len(lines) - 1))
    begun = time.process_time()
    assert "".join(fold_text(text)) == text
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "piece",
    ["x wrote:", "a@", "-" * 9, "> ", "__" * 10 + "\n", "--\n", " ", "outlook ios ", "1:11 2025 "],
)
def test_an_endless_message_is_folded_in_time(piece: str) -> None:
    text = piece * 50_000
    begun = time.process_time()
    assert "".join(fold_text(text)) == text
    assert time.process_time() - begun < 2


HTML_BOMBS = {
    "inline": "<b>x</b>" * 100_000,
    "quotes": "<blockquote>x</blockquote>" * 30_000,
    "breaks": "x<br>" * 100_000,
    "nested quotes": "<blockquote>" * 900 + "x",
    "deep cut": "<p>hi</p>" + "<div>" * 900 + "<blockquote>q</blockquote>",
    "pictures": '<img src="cid:a">' * 50_000,
}


@pytest.mark.parametrize("bomb", HTML_BOMBS.values(), ids=list(HTML_BOMBS))
def test_html_made_to_be_slow_is_folded_in_two_seconds(bomb: str) -> None:
    safe = sanitize(bomb).html
    begun = time.process_time()
    seen = visible("", safe)
    assert time.process_time() - begun < 2
    joined = text_of(seen.html) + text_of(seen.folded_html)
    assert "".join(joined.split()) == "".join(text_of(safe).split())


@pytest.mark.parametrize("html", HOSTILE)
def test_the_cut_through_the_html_brings_nothing_hostile_back(html: str) -> None:
    safe = sanitize(f"<div>{html}<p>written</p></div><blockquote>{html}<p>q</p></blockquote>").html
    seen = visible("", safe)
    for part in (seen.html, seen.folded_html):
        check_harmless(part)
        shown = unmarked(part)
        assert described(sanitize(shown).html) == described(shown)
