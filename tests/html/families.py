"""Hostile HTML by family: every case has a name, the harm it does uncleaned, and its source.

In the sources EVIL is a host outside and RUN a script that tells that it ran; both say of which
case they are. The harm "later" marks what Chromium lets pass as it stands: it harms in another
browser, at a click, or once a careless cleaner has written it anew. The rest must be caught by the
same judges before cleaning, or they judge nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fixtures" / "hostile"


@dataclass(frozen=True, slots=True)
class Case:
    """One piece of HTML; `harm` is script, load, form, overlay, name or later."""

    name: str
    harm: str
    html: str


def cases() -> list[Case]:
    """Return all cases."""
    return [*_written(), *_crossed()]


def _written() -> Iterator[Case]:
    """Read the tables: a line `harm  name  HTML` is a case, one with # says what follows."""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                harm, name, html = line.split(maxsplit=2)
                yield Case(f"{path.stem}/{name}", harm, html)


# How a browser still reads an address as the same one (URL standard 4.4).
_OUTSIDE = {
    "plain": "https://EVIL/a",
    "unencrypted": "http://EVIL/a",
    "without-scheme": "//EVIL/a",
    "capitals": "HTTPS://EVIL/a",
    "tab": "ht&#9;tps://EVIL/a",
    "newline": "https:&#10;//EVIL/a",
    "blank-before": " &#1; https://EVIL/a",
    "backslashes": "https:\\\\EVIL\\a",
    "entities": "&#104;&#x74;tps&colon;&sol;/EVIL/a",
    "one-slash-too-many": "https:///EVIL/a",
}
_LOADING = {
    "img": '<img src="ADDRESS">',
    "image": '<image src="ADDRESS">',
    "input": '<input type=image src="ADDRESS">',
    "iframe": '<iframe src="ADDRESS"></iframe>',
    "embed": '<embed src="ADDRESS">',
    "object": '<object data="ADDRESS"></object>',
    "video": '<video poster="ADDRESS"></video>',
    "link": '<link rel=stylesheet href="ADDRESS">',
    "svg-image": '<svg><image href="ADDRESS" width=9 height=9></svg>',
    "body": '<body background="ADDRESS">x',
    "table": '<table background="ADDRESS"><td>x</table>',
}
# In a list of addresses blanks divide.
_LISTED = {name: _OUTSIDE[name] for name in ("plain", "unencrypted", "without-scheme", "entities")}
_LISTING = {"srcset": '<img srcset="ADDRESS 1x">'}
_RUNNING = {
    "plain": "javascript:RUN",
    "capitals": "JaVaScRiPt:RUN",
    "tab": "java&#9;script:RUN",
    "tab-by-name": "java&Tab;script:RUN",
    "newline": "java&#10;script:RUN",
    "newline-by-name": "java&NewLine;script&colon;RUN",
    "return": "java&#13;script:RUN",
    "blanks-before": " &#32;&#9; javascript:RUN",
    "controls-before": "&#1;&#2;&#31;javascript:RUN",
    "decimal": "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:RUN",
    "hexadecimal": "&#x6A;&#x61;&#x76;&#x61;script&#x3A;RUN",
    "zeros": "&#0000106avascript&#00058;RUN",
    "without-semicolon": "&#106avascript&#58RUN",
    "comment": "javascript:/*https://x.example*/RUN",
    "after-an-address": "javascript://https://x.example/%0ARUN",
}
_LINKING = {
    "a": '<a href="ADDRESS">x</a>',
    "area": '<map name=m><area href="ADDRESS" shape=default></map>',
    "svg-a": '<svg><a href="ADDRESS"><text y=9>x</text></a></svg>',
    "xlink": '<svg><a xlink:href="ADDRESS"><text y=9>x</text></a></svg>',
    "iframe": '<iframe src="ADDRESS"></iframe>',
}
_LINKING_ELSEWHERE = {"math": '<math><mrow href="ADDRESS">x</mrow></math>'}
# How CSS still reads url() and what else it fetches (CSS Syntax 4.3, CSS Images 4).
_FETCHES = {
    "bare": "url(https://EVIL/a)",
    "quoted": "url('https://EVIL/a')",
    "capitals": "URL(https://EVIL/a)",
    "blanks": "url(  https://EVIL/a  )",
    "escaped-name": "u\\72l(https://EVIL/a)",
    "all-escaped": "\\75\\72\\6c(https://EVIL/a)",
    "escaped-scheme": "url(\\68ttps://EVIL/a)",
    "without-scheme": "url(//EVIL/a)",
    "after-comment": "/**/url(https://EVIL/a)",
    "unclosed": "url(https://EVIL/a",
    "image-set": "image-set('https://EVIL/a' 1x)",
    "old-image-set": "-webkit-image-set(url(https://EVIL/a) 1x)",
    "newline": "url(\n https://EVIL/a\n)",
    "escaped-bracket": "url(https://EVIL/a\\)b)",
    "quoted-bracket": "url('https://EVIL/a)b')",
    "long-escapes": "\\000075\\000072 \\00006c (https:\\2f\\2f EVIL/a)",
    "cross-fade": "-webkit-cross-fade(url(https://EVIL/a),url(https://EVIL/b),50%)",
}
_FETCHING = {
    "background": "background:FETCH",
    "background-image": "background-image:FETCH",
    "border-image": "border:9px solid;border-image-source:FETCH",
    "list-style": "display:list-item;list-style:FETCH",
    "mask": "mask-image:FETCH",
    "shape": "float:left;shape-outside:FETCH",
    "content": "content:FETCH",
    "custom-property": "background:var(--x);--x:FETCH",
}
_COVERS = {
    "fixed": "position:fixed;top:0;left:0;width:100%;height:100%",
    "absolute": "position:absolute;top:0;left:0;width:100%;height:100%",
    "sticky": "position:sticky;top:0",
    "relative": "position:relative;top:-80px",
    "important": "position:fixed!important;top:0",
    "commented": "pos/**/ition:x;position:/**/fixed;top:0",
    "escaped": "p\\6fsition:\\66ixed;top:0",
    "capitals": "POSITION:FIXED;top:0",
    "above": "display:flex;z-index:9999",
    "pulled-up": "margin-top:-80px",
    "pulled-up-short": "margin:-80px 0 0",
    "pulled-by-ems": "margin-top:-5em",
    "pulled-by-window": "margin-top:-20vh",
    "pulled-by-calc": "margin-top:calc(0px - 80px)",
    "pulled-after-number": "margin:0-80px 0 0",
    "pulled-left": "margin-inline-start:-80px",
    "translated": "transform:translateY(-80px)",
    "scaled": "transform:scale(50)",
    "turned": "transform:rotate(3deg)",
    "matrix": "transform:matrix(9,0,0,9,0,0)",
    "translate": "translate:0 -80px",
    "scale": "scale:50",
    "rotate": "rotate:9deg",
    "path": "offset-path:path('M0 0 L9 9')",
    "filtered": "filter:drop-shadow(0 -80px 0 red)",
    "blurred": "backdrop-filter:blur(9px)",
    "moving": "animation:m 1s infinite",
    "zoomed": "zoom:40",
    "shadow": "box-shadow:0 0 0 9999px red",
    "text-shadow": "text-shadow:0 -500px red",
    "outlined": "outline:500px solid red",
    "raised": "vertical-align:-5000px",
    "as-high-as-the-window": "height:100vh",
    "as-wide-as-the-window": "width:100vw",
    "small-window": "min-height:100svh",
    "high": "height:1000000px",
    "high-by-exponent": "height:1e6px",
    "high-by-inches": "padding-top:90000in",
    "wide": "min-width:999999px",
    "wide-by-percent": "width:90000%",
    "wide-by-product": "width:calc(1000px*1000)",
    "big-letters": "font-size:9000px",
    "big-letters-short": "font:9000px/1 serif",
    "indented": "text-indent:-80px",
    "spaced": "letter-spacing:-80px",
    "other-cursor": "cursor:none",
    "dead": "pointer-events:none",
}
_PLACES = {
    "attribute": '<div style="STYLE">x</div>',
    "sheet": "<style>.c{STYLE}</style><div class=c>x</div>",
    "sheet-of-the-body": "<style>@media all{body div{STYLE}}</style><div>x</div>",
}


def _crossed() -> Iterator[Case]:
    yield from _table("load", "address", _LOADING, _OUTSIDE, "ADDRESS")
    yield from _table("load", "address", _LISTING, _LISTED, "ADDRESS")
    yield from _table("script", "link", _LINKING, _RUNNING, "ADDRESS")
    yield from _table("later", "link", _LINKING_ELSEWHERE, _RUNNING, "ADDRESS")
    styles = list(_table("load", "css", _FETCHING, _FETCHES, "FETCH"))
    for style, place in product(styles, ("attribute", "sheet")):
        html = _PLACES[place].replace("STYLE", style.html)
        yield Case(f"{style.name}/{place}", style.harm, html)
    yield from _table("overlay", "cover", _PLACES, _COVERS, "STYLE")


def _table(
    harm: str, family: str, rows: dict[str, str], columns: dict[str, str], word: str
) -> Iterator[Case]:
    for (row, html), (column, value) in product(rows.items(), columns.items()):
        yield Case(f"{family}/{row}/{column}", harm, html.replace(word, value))
