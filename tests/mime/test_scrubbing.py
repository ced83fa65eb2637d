"""HTML that stays when a person goes."""

from __future__ import annotations

import pytest

from inbox_service.mime import scrub_html


def cover(text: str) -> str:
    return text.replace("Omar", "[…]")


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>Dear Omar,<br>Omar!</p>", "<p>Dear […],<br>[…]!</p>"),
        ("Omar <b>and</b> Omar", "[…] <b>and</b> […]"),
        ('<a href="mailto:Omar@x" title="Omar">x</a>', '<a href="mailto:[…]@x" title="[…]">x</a>'),
        ('<img data-remote-src="//x?Omar">', '<img data-remote-src="//x?[…]">'),
        ('<p class="Omar">x</p>', '<p class="Omar">x</p>'),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        ("", ""),
        ("a &lt;Omar&gt; b", "a &lt;[…]&gt; b"),
    ],
)
def test_every_text_a_reader_sees_is_covered(html: str, left: str) -> None:
    written = scrub_html(html, cover)
    assert written.replace("%E2%80%A6", "…") == left


def test_quotes_go_and_what_follows_them_stays() -> None:
    html = "<p>a</p><blockquote>b<blockquote>c</blockquote></blockquote>d<blockquote>e</blockquote>"
    assert scrub_html(html, cover) == "<p>a</p>d"
    assert scrub_html("<div><blockquote>b</blockquote>c</div>", cover) == "<div>c</div>"


def test_quotes_stay_where_they_are_asked_to() -> None:
    html = "<blockquote>Omar</blockquote>"
    assert scrub_html(html, cover, quotes=True) == "<blockquote>[…]</blockquote>"
