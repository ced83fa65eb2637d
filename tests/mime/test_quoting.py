"""Earlier mail below a new one folds away in every mail program, ours too."""

from __future__ import annotations

from inbox_service import mime
from inbox_service.mime.quoting import MOST_LETTERS, Original, forward, quote

SAID = "On Jan 12, 2026, 8:00:00 AM, Omar Haddad <omar@example.net> wrote:"
HELD = '<p>Hi</p><img data-remote-src="https://x.example/a.png" alt="a"><img src="cid:logo@x">'


def test_every_line_of_a_quoted_text_is_marked() -> None:
    made = quote(Original("One\n\n> Two", ""), SAID, "ltr")
    assert made.text == f"{SAID}\n> One\n>\n>> Two"


def test_a_quote_is_folded_by_our_own_reading() -> None:
    made = quote(Original("Where is it?", "<p>Where is it?</p>"), SAID, "ltr")
    seen = mime.visible(f"It comes.\n\n{made.text}", f"<p>It comes.</p>{made.html}")
    assert (seen.text.strip(), "Where is it" in seen.html) == ("It comes.", False)
    assert "Where is it?" in seen.folded_text
    assert "Where is it?" in seen.folded_html


def test_a_quote_keeps_its_own_direction() -> None:
    html = quote(Original("أين طلبي؟", "", "rtl"), SAID, "ltr").html
    assert 'class="gmail_attr" dir="ltr"' in html
    assert 'class="gmail_quote" dir="rtl"' in html
    assert "border-right" in html


def test_pictures_that_were_held_back_are_whole_again() -> None:
    assert 'src="https://x.example/a.png"' in quote(Original("Hi", HELD), SAID, "ltr").html


def test_an_answer_leaves_the_pictures_inside_a_mail_out_and_a_forward_keeps_them() -> None:
    assert "cid:" not in quote(Original("Hi", HELD), SAID, "ltr").html
    assert "cid:logo@x" in forward(Original("Hi", HELD), ["From: x"], "ltr").html


def test_a_long_history_is_cut_at_a_line_and_a_forward_is_not() -> None:
    long = "\n".join(["A line of the history"] * 10_000)
    assert len(quote(Original(long, ""), SAID, "ltr").text) < MOST_LETTERS * 1.2
    assert long in forward(Original(long, ""), ["From: x"], "ltr").text


def test_what_people_are_called_cannot_become_markup() -> None:
    made = quote(Original("<b>", ""), "On Monday, <script> wrote:", "ltr")
    assert "<script>" not in made.html
    assert "<b>" not in made.html


def test_the_words_of_a_mail_are_never_taken_for_markup() -> None:
    words = '<p>type: &lt;img data-remote-src="x"</p>'
    assert 'data-remote-src="x"' in forward(Original("", words), [], "ltr").html
