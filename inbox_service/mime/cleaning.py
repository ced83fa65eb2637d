"""HTML of strangers made safe to show: nothing in it runs, loads, posts or covers anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

import nh3

from inbox_service.domain.mail import SafeHtml
from inbox_service.mime.charsets import storable, without_controls
from inbox_service.mime.css import HELD, safe_declaration, safe_style
from inbox_service.mime.marks import KEPT_CLASSES, KEPT_IDS
from inbox_service.mime.sheets import BODY, names_in, own_name, safe_sheet, sheets_of

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
_TABLE = {
    "align",
    "background",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "height",
    "valign",
    "width",
}
_CELL = {
    "align",
    "background",
    "bgcolor",
    "colspan",
    "height",
    "nowrap",
    "rowspan",
    "valign",
    "width",
}
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
    "span": {"data-mention"},
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
_MARKED = f'src="{HELD}'
_MARKED_BACKGROUND = f'background="{HELD}'
_MARKED_PICTURE = re.compile(rf"{HELD}-([0-9a-f]*)")
_MOST_PICTURES = 200
_MEASURES = _names("border cellpadding cellspacing height hspace vspace width")
_DIGITS = re.compile(r"\s*[+-]?0*([0-9]*)")
_MOST_DIGITS = 4

_STYLE_ATTRIBUTE = re.compile(r' style="([^"]*)"')
_DIRECTION = re.compile(r' dir="(?:ltr|rtl|auto)"', re.IGNORECASE)
_BODY_COLOUR = re.compile(r"""\b(bgcolor|text)\s*=\s*["']?([#\w]{1,30})""", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that close themselves, or that a parser closes for them (HTML 13.1.2.4).
_SELF_CLOSING = _names(
    "area base br col dd dt embed hr img input li link meta option p source tbody td tfoot th "
    "thead tr track wbr"
)


def sanitize(html: str) -> SafeHtml:
    """Make HTML safe to show in a frame, and hold its remote images back.

    The `src` of a remote image becomes `data-remote-src` and is counted, and so does a table's
    remote `background` (`data-remote-background`); `cid:` and small raster `data:` images stay.
    Links get `rel` and `target`. A mail with a style sheet or a styled body comes inside one
    <div class="m--body">, whose `data-sheet` is the sheet that its frame gives it: as an attribute
    it styles nothing where the HTML is printed by mistake, and no text of the mail. The pictures
    behind its styles are the words of that element's `data-pictures`, counted too; in the styles
    stands `var(--p0, none)` for the first of them.
    HTML beyond a million characters is cut, and HTML nested beyond what any browser shows comes
    back as its plain text.
    """
    html = storable(html[:MAX_HTML])
    if _is_bomb(html):
        return SafeHtml(_flat(html), 0)
    sheets = sheets_of(html)
    css = safe_sheet(sheets.css)
    cleaner = _cleaner(names_in(css)) if css else _CLEANER
    cleaned = without_controls(cleaner.clean(html))  # also what entities spelt
    attributes = _body_attributes(cleaner, sheets.body)
    pictures = _pictures_in(attributes + css + cleaned)
    whole = _inside_body(cleaned, css, attributes + _listed(pictures))
    held = whole.count(_MARKED) + whole.count(_MARKED_BACKGROUND) + len(pictures)
    whole = whole.replace(_MARKED, 'data-remote-src="')
    whole = whole.replace(_MARKED_BACKGROUND, 'data-remote-background="')
    return SafeHtml(_MARKED_PICTURE.sub(lambda found: pictures.get(found[1], "p"), whole), held)


def _pictures_in(marked: str) -> dict[str, str]:
    """Return the short name of each picture behind the styles, by its address in hexadecimal."""
    found = list(dict.fromkeys(_MARKED_PICTURE.findall(marked)))[:_MOST_PICTURES]
    return {address: f"p{number}" for number, address in enumerate(found)}


def _listed(pictures: Iterable[str]) -> str:
    addresses = " ".join(bytes.fromhex(one).decode() for one in pictures)
    return f' data-pictures="{escape(addresses)}"' if addresses else ""


def _inside_body(cleaned: str, css: str, attributes: str) -> str:
    if not css and not attributes:
        return cleaned
    sheet = f' data-sheet="{escape(css)}"' if css else ""
    return f'<div class="{BODY}"{sheet}{attributes}>{cleaned}</div>'


def _body_attributes(cleaner: nh3.Cleaner, tag: str) -> str:
    """Return what a body's start tag says of the look, as the attributes of a <div>.

    Its classes and its id are left out: a sheet seldom asks for them, and then beside `body`.
    """
    if not tag:
        return ""
    cleaned = cleaner.clean(f"<div{tag[5:]}</div>")
    style = _STYLE_ATTRIBUTE.search(cleaned)
    colours = _old_colours(tag)
    styles = "; ".join(one for one in (colours, unescape(style[1]) if style else "") if one)
    direction = _DIRECTION.search(cleaned)
    shown = f' style="{escape(styles)}"' if styles else ""
    return shown + (direction[0] if direction else "")


def _old_colours(tag: str) -> str:
    found = {name.lower(): value for name, value in _BODY_COLOUR.findall(tag)}
    wanted = (("background-color", found.get("bgcolor")), ("color", found.get("text")))
    kept = [safe_declaration(name, _hashed(value)) for name, value in wanted if value]
    return "; ".join(one for one in kept if one)


def _hashed(colour: str) -> str:
    """Return a colour of old HTML, which may lack its #, as CSS writes it."""
    return f"#{colour}" if re.fullmatch(r"[0-9a-fA-F]{6}", colour) else colour


_Filter = Callable[[str, str, str], str | None]


def _filter(asked: frozenset[str]) -> _Filter:
    """Return the filter of attributes for a mail whose sheet asks for these names."""

    def classes(value: str) -> str:
        names = map(own_name, value.split())
        return " ".join(name for name in names if _is_kept(name, asked))

    def identity(value: str) -> str:
        name = own_name(value)
        return name if name in asked or name.lower() in KEPT_IDS else ""

    filters: dict[str, Callable[[str], str]] = {
        "background": _held,
        "class": classes,
        "data-mention": _mention,
        "href": _link,
        "id": identity,
        "src": _image_source,
        "style": safe_style,
        **dict.fromkeys(_MEASURES, _measure),
    }

    def kept(_tag: str, name: str, value: str) -> str | None:
        return (filters[name](value) or None) if name in filters else value

    return kept


def _link(value: str) -> str:
    return value if _squeezed(value).startswith(("//", *_LINK_SCHEMES)) else ""


def _mention(value: str) -> str:
    """Return who is meant in a note, as the composer writes it: one of us, and only a number."""
    return value if re.fullmatch(r"(?:agent|team):[0-9]{1,19}", value) else ""


def _is_kept(name: str, asked: frozenset[str]) -> bool:
    return name in asked or name == BODY or name.lower() in KEPT_CLASSES


def _measure(value: str) -> str:
    """Return a width, a gap or a border where a mail can mean it."""
    number = _DIGITS.match(value)
    return value if number and len(number[1]) <= _MOST_DIGITS else ""


def _image_source(value: str) -> str:
    start = _squeezed(value)
    if start.startswith("cid:") or _RASTER.fullmatch(value.strip()):
        return value.strip()
    return _held(value)


def _held(value: str) -> str:
    """Return a remote address marked as held back, "" for any other."""
    start = _squeezed(value)
    if start.startswith("//"):  # as in the page of a web mail, which has https
        return f"{HELD}https:{value.strip()}"
    return HELD + value.strip() if start.startswith(("http:", "https:")) else ""


def _squeezed(value: str) -> str:
    """Return the start of an address as a browser reads it: blanks and controls do not count."""
    return "".join(c for c in value[:64] if c > " ").lower()


def _cleaner(asked: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter(asked),
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative=lambda url: f"https:{url}" if url.startswith("//") else None,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )


_CLEANER = _cleaner(frozenset())


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
