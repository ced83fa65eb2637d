"""The style sheets of mails: kept rule by rule, each for its own mail alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_service.mime import sanitize, text_of, visible
from inbox_service.mime.css import safe_style
from inbox_service.mime.sheets import own_selector, safe_sheet, sheets_of

FORBIDDEN = ("url(", "@import", "@font", "expression", "\\", "<", "position", "z-index")


@pytest.mark.parametrize(
    ("selector", "own"),
    [
        ("p", ".m--body p"),
        ("body", ".m--body"),
        ("html body td", ".m--body td"),
        ("body.x", ".m--body.m-x"),
        (".body", ".m--body .m-body"),
        ("td.a>a:hover", ".m--body td.m-a > a:hover"),
        ("#Wrap .a, b", ""),
        ("*[class=small]", ".m--body *.m-small"),
        ("*[class~='small'] p", ".m--body *.m-small p"),
        (".gmail_quote", ".m--body .gmail_quote"),
        ("tr:nth-child(2n + 1) + tr", ".m--body tr:nth-child(2n + 1) + tr"),
        ("p::before", ""),
        ("p:not(.x)", ""),
        ("[href^='https://a']", ""),
        ("u + .gmail-fix", ".m--body u + .m-gmail-fix"),
        ("> p", ""),
        ("p >", ""),
        ("a b c d e f g h i j k l m n", ""),
        ("", ""),
    ],
)
def test_a_selector_speaks_of_its_own_mail_only(selector: str, own: str) -> None:
    assert own_selector(selector) == own


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p{color:red;position:fixed}", ".m--body p {color: red}"),
        ("p{position:fixed}", ""),
        ("a,p::after,b{color:red}", ".m--body a, .m--body b {color: red}"),
        ("p{color:red!important}", ".m--body p {color: red !important}"),
        ("/* x */p/**/{/**/color:/**/red}", ".m--body p {color: red}"),
        ("<!-- p{color:red} -->", ".m--body p {color: red}"),
        ("@media print{p{color:red}}", "@media print {.m--body p {color: red}}"),
        (
            "@media only screen and (max-width:480px){p{width:100%}}",
            "@media only screen and (max-width:480px) {.m--body p {width: 100%}}",
        ),
        ("@media (prefers-color-scheme:dark){p{color:#fff}}", ""),
        ("@media all{@media all{p{color:red}}}", ""),
        ("@import 'x';@font-face{src:url(x)}@supports(a:b){p{color:red}}", ""),
        ("p{color:red", ".m--body p {color: red}"),
        ("}}p{color:red}", ""),
    ],
)
def test_a_sheet_keeps_what_is_harmless(css: str, kept: str) -> None:
    assert safe_sheet(css) == kept


@given(
    st.text(alphabet=st.sampled_from(list("{}()[]:;@#.,'\"\\/*<>-! \nabimportulx1%")), max_size=120)
)
def test_no_soup_of_css_gets_through(css: str) -> None:
    for safe in (safe_sheet(f"p{{color:red}}{css}"), safe_sheet(f"p{{{css}}}"), safe_style(css)):
        assert not any(word in safe.lower() for word in FORBIDDEN)
        assert safe.count("{") == safe.count("}")


def test_a_sheet_is_found_as_a_browser_finds_it() -> None:
    outlook = "<!--[if mso]><style>a{}</style><![endif]-->"
    html = f"{outlook}<STYLE type=x>b{{}}</style ><title><style>c{{}}</title>"
    assert sheets_of(html).css == "b{}"
    assert sheets_of("<style media=print>p{}</style>").css == "@media print{p{}}"
    assert sheets_of("<style>unclosed{").css == "unclosed{"


def test_a_body_lends_its_look_to_the_mail() -> None:
    safe = sanitize(
        "<body bgcolor=f4f4f4 text='#333' dir=rtl style='margin:0;position:fixed'>x"
    ).html
    style = "background-color: #f4f4f4; color: #333; margin: 0"
    assert safe == f'<div class="m--body" style="{style}" dir="rtl">x</div>'


def test_a_sheet_is_no_text_of_the_mail_and_survives_the_folding() -> None:
    html = "<style>p{color:red}</style><p>New</p><blockquote><p>Old</p></blockquote>"
    safe = sanitize(html).html
    seen = visible("", safe)
    assert text_of(safe).split() == ["New", "Old"]
    assert all(
        'data-sheet=".m--body p {color: red}"' in part for part in (seen.html, seen.folded_html)
    )


def test_only_the_names_that_a_sheet_asks_for_stay() -> None:
    html = (
        "<style>.a,#b{color:red}</style><p class='a z wp-core-ui' id=b>x</p><p id=wpadminbar>y</p>"
    )
    assert '<p class="m-a" id="m-b">x</p><p>y</p>' in sanitize(html).html


@pytest.mark.parametrize(
    "style",
    [
        "width: 9999px",
        "width: 300%",
        "height: 50vh",
        "width: 1e9px",
        "margin: -1px",
        "margin: 0-5px",
        "margin-top: calc(1px - 500px)",
        "width: calc(9px*9)",
        "font-size: 900px",
        "line-height: 500",
        "letter-spacing: -40px",
        "text-shadow: 0 900px red",
    ],
)
def test_what_could_cover_something_else_goes(style: str) -> None:
    assert safe_style(style) == ""


@pytest.mark.parametrize(
    "style",
    [
        "width: 600px",
        "letter-spacing: -0.5px",
        "background: linear-gradient(-45deg, #512da8, red)",
        "font: bold 20px/1.3 Arial",
        "mso-table-lspace: 0pt",
        "box-shadow: 0 2px 12px rgba(0, 0, 0, .12)",
    ],
)
def test_what_only_looks_good_stays(style: str) -> None:
    assert safe_style(style) == style


def test_a_background_keeps_its_colour_where_its_picture_may_not_load() -> None:
    assert safe_style("background:#fff url(file:///a.png)") == "background: #fff none"


BOMBS = {
    "open braces": "{" * 1_000_000,
    "open brackets": "(" * 1_000_000,
    "nested rules": "a{" * 500_000,
    "nested functions": "p{color:" + "rgb(" * 200_000,
    "comments": "/*" * 500_000,
    "escapes": "\\" * 1_000_000,
    "many rules": "p{color:red}" * 80_000,
    "many selectors": "p," * 400_000 + "b{color:red}",
    "long selector": "p " * 400_000 + "{color:red}",
    "many declarations": "p{" + "color:red;" * 90_000 + "}",
    "strings": "'\n" * 400_000,
    "styles": "</style><style>" * 60_000,
    "styles in comments": "</style><!--" * 80_000,
}


@pytest.mark.parametrize("css", BOMBS.values(), ids=list(BOMBS))
def test_a_sheet_made_to_be_slow_is_filtered_in_two_seconds(css: str) -> None:
    begun = time.process_time()
    sanitize(f"<style>{css}</style><p>x</p>")
    assert time.process_time() - begun < 2
