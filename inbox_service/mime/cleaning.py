"""HTML of strangers made safe to show: nothing in it runs, loads, posts or covers anything."""

from __future__ import annotations

import re
import secrets
from html import escape

import nh3

from inbox_service.domain.mail import SafeHtml
from inbox_service.mime.charsets import storable, without_controls
from inbox_service.mime.css import safe_style
from inbox_service.mime.marks import KEPT_CLASSES, KEPT_IDS

MAX_HTML = 1_000_000
MAX_OPEN_TAGS = 1_000
_MAX_REPEATED_TAGS = 300_000
_MAX_AMPERSANDS = 100_000


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _names(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col "
    "colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i "
    "img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong "
    "sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
# These go with all that is in them; every other unknown tag goes and its text stays.
_DROPPED_WHOLE = _names(
    "applet audio canvas datalist embed frame frameset iframe math noembed noframes object script "
    "select style svg template textarea title video xml"
)
_TABLE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "height", "valign", "width"}
_CELL = {"align", "bgcolor", "colspan", "height", "nowrap", "rowspan", "valign", "width"}
_ATTRIBUTES = {
    "*": {"align", "class", "dir", "id", "lang", "style", "title"},
    "a": {"href"},
    "blockquote": {"type"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "hr": {"color", "noshade", "size", "width"},
    "img": {"alt", "border", "height", "hspace", "src", "vspace", "width"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "table": _TABLE,
    "tbody": {"align", "valign"},
    "td": _CELL,
    "tfoot": {"align", "valign"},
    "th": _CELL | {"scope"},
    "thead": {"align", "valign"},
    "tr": {"align", "bgcolor", "height", "valign"},
    "ul": {"type"},
}
_LINK_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_RASTER = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE
)

# nh3 can change the value of an attribute but not its name, so a held-back `src` is marked with
# a word no mail can know and renamed in nh3's normalised output.
_MARK = "held" + secrets.token_hex(12)
_MARKED = f'src="{_MARK}'

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that close themselves, or that a parser closes for them (HTML 13.1.2.4).
_SELF_CLOSING = _names(
    "area base br col dd dt embed hr img input li link meta option p source tbody td tfoot th "
    "thead tr track wbr"
)


def sanitize(html: str) -> SafeHtml:
    """Make HTML safe to show in a frame, and hold its remote images back.

    The `src` of a remote image becomes `data-remote-src` and is counted; `cid:` and small raster
    `data:` images stay. Links get `rel` and `target`. HTML beyond a million characters is cut, and
    HTML nested beyond what any browser shows comes back as its plain text.
    """
    html = storable(html[:MAX_HTML])
    if _is_bomb(html):
        return SafeHtml(_flat(html), 0)
    cleaned = without_controls(_CLEANER.clean(html))  # also what entities spelt
    return SafeHtml(cleaned.replace(_MARKED, 'data-remote-src="'), cleaned.count(_MARKED))


def _filter(_tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return safe_style(value) or None
    if name == "class":
        return " ".join(word for word in value.split() if word.lower() in KEPT_CLASSES) or None
    if name == "id":
        return value if value.lower() in KEPT_IDS else None
    if name == "href":
        return value if _squeezed(value).startswith(("//", *_LINK_SCHEMES)) else None
    if name == "src":
        return _image_source(value)
    return value


def _image_source(value: str) -> str | None:
    start = _squeezed(value)
    if start.startswith("cid:") or _RASTER.fullmatch(value.strip()):
        return value.strip()
    if start.startswith("//"):  # as in the page of a web mail, which has https
        return f"{_MARK}https:{value.strip()}"
    return _MARK + value.strip() if start.startswith(("http:", "https:")) else None


def _squeezed(value: str) -> str:
    """Return the start of an address as a browser reads it: blanks and controls do not count."""
    return "".join(c for c in value[:64] if c > " ").lower()


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED_WHOLE),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    attribute_filter=_filter,
    url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    url_relative=lambda url: f"https:{url}" if url.startswith("//") else None,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    strip_comments=True,
)


def _is_bomb(html: str) -> bool:
    """Find HTML that takes a parser quadratic time or space: deep, re-opening, all ampersands.

    Open formatting elements are re-opened in every block that follows (HTML 13.2.4.3), so the
    product of both counts.
    """
    if html.count("&") > _MAX_AMPERSANDS:
        return True
    depth = deepest = tags = 0
    for found in _TAG.finditer(html):
        if found[2].lower() in _SELF_CLOSING:
            tags += 1
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
        tags += 1
    return deepest > MAX_OPEN_TAGS or (depth > 50 and depth * tags > _MAX_REPEATED_TAGS)


def _flat(html: str) -> str:
    text = re.sub(r"<[^<>]*>?", " ", html)
    return f"<pre>{escape(text, quote=False)}</pre>"
