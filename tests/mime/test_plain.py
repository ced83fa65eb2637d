"""Text out of HTML, and snippets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mails import mail

from inbox_service.mime import snippet, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two", "one\ntwo"),
        ("<b>one</b> <i>two</i>", "one two"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("a\n   b", "a b"),
        ("<style>p{}</style><script>x()</script>a", "a"),
        ("<head><title>t</title></head><body>a</body>", "a"),
        ("a<!-- hidden -->b", "ab"),
        ("<p>مرحبا <b>بكم</b></p>", "مرحبا بكم"),
        ("&nbsp;a\u200b&#8204; ", "a"),
        ("just text", "just text"),
        ("<p>unclosed", "unclosed"),
        ("   ", ""),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_html_reads_as_it_would_be_seen(html: str, text: str) -> None:
    assert text_of(html) == text


def test_a_newsletter_has_text() -> None:
    text = text_of(mail("newsletter").html)
    assert "Tulips & more." in text
    assert "@import" not in text


@given(st.text(max_size=200))
def test_no_html_makes_it_raise(html: str) -> None:
    text_of(html).encode()


def test_a_snippet_is_one_short_line_cut_at_a_word() -> None:
    made = snippet("word " * 100)
    assert len(made) <= 160
    assert made.endswith("word…")


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet(" Hello\n\n  there ") == "Hello there"


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    assert snippet("x" * 500) == "x" * 159 + "…"


@given(st.text(max_size=2000))
def test_every_snippet_fits(text: str) -> None:
    made = snippet(text)
    assert len(made) <= 160
    assert "\n" not in made
