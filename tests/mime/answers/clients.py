"""How each mail program lays out an answer: the text part and the HTML part."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from html import escape

from .answer import Answer
from .languages import ANA, LANGUAGES, Language

_VALUES = (ANA, "03/03/2025 10:15", "Mona <mona@mail.example>", "Re: Order 451")

Layout = Callable[[Language], str]


def answers() -> tuple[Answer, ...]:
    """Return an answer for every language, program and kind of body."""
    return tuple(
        Answer(f"{language.code}-{client}-{kind}", lay(language), "\n".join(language.own), is_html)
        for language in LANGUAGES.values()
        for client, layouts in CLIENTS.items()
        for kind, is_html, lay in zip(("text", "html"), (False, True), layouts, strict=True)
    )


def marked(lines: list[str]) -> str:
    """Return lines with a ">" before each."""
    return "\n".join(f"> {line}".rstrip() for line in lines)


def header(language: Language) -> list[str]:
    """Return the four lines Outlook writes above the mail it answers."""
    return [f"{a}: {b}" for a, b in zip(language.labels, _VALUES, strict=True)]


def rows(lines: list[str]) -> str:
    """Return lines as <div>s with an empty one between."""
    return "<div><br></div>".join(f"<div>{escape(line)}</div>" for line in lines)


def bold_header(language: Language) -> str:
    """Return Outlook's four lines as it sets them in HTML."""
    pairs = zip(language.labels, _VALUES, strict=True)
    return "<br>".join(f"<b>{escape(a)}:</b> {escape(b)}" for a, b in pairs)


def _text(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def _own(language: Language) -> str:
    return "\n\n".join(language.own)


def _gmail_text(one: Language) -> str:
    intro = "\n".join(textwrap.wrap(one.intro("gmail"), 78, break_long_words=False))
    return _text(_own(one), intro, marked(one.quoted))


def _gmail_html(one: Language) -> str:
    return (
        f'<div dir="auto">{rows(one.own)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(one.intro("gmail"))}<br></div><blockquote '
        'class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid #ccc;'
        f'padding-left:1ex">{rows(one.quoted)}</blockquote></div>'
    )


def _apple_text(one: Language) -> str:
    return _text(_own(one), one.intro("apple"), marked(one.quoted))


def _apple_html(one: Language) -> str:
    return (
        f'<body style="overflow-wrap: break-word;">{rows(one.own)}<div><br><blockquote type="cite">'
        f'<div>{escape(one.intro("apple"))}</div><br class="Apple-interchange-newline"><div>'
        f"{rows(one.quoted)}</div></blockquote></div><br></body>"
    )


def _iphone_text(one: Language) -> str:
    return _text(_own(one), one.device, marked([one.intro("apple"), "", *one.quoted]))


def _iphone_html(one: Language) -> str:
    return (
        f'<body dir="auto">{rows(one.own)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">'
        f'{escape(one.device)}</div><div dir="ltr"><br><blockquote type="cite">'
        f'{escape(one.intro("apple"))}<br><br></blockquote></div><blockquote type="cite">'
        f'<div dir="ltr">{rows(one.quoted)}</div></blockquote></body>'
    )


def _outlook_text(one: Language) -> str:
    return _text(_own(one), "\n".join(header(one)), *one.quoted)


def _outlook_html(one: Language) -> str:
    own = "".join(f'<p class="MsoNormal">{escape(line)}</p>' for line in one.own)
    quoted = "".join(f'<p class="MsoNormal">{escape(line)}</p>' for line in one.quoted)
    rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"
    return (
        f'<div class="WordSection1">{own}<p class="MsoNormal">&nbsp;</p><div><div style="{rule}">'
        f'<p class="MsoNormal">{bold_header(one)}</p></div></div>{quoted}</div>'
    )


def _outlook_web_text(one: Language) -> str:
    return _text(_own(one), "_" * 32 + "\n" + "\n".join(header(one)), *one.quoted)


def _outlook_web_html(one: Language) -> str:
    return (
        f'<div class="elementToProof">{rows(one.own)}</div><div id="appendonsend"></div><hr style='
        '"display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font>'
        f"{bold_header(one)}</font><div>&nbsp;</div></div><div>{rows(one.quoted)}</div>"
    )


def _outlook_mobile_text(one: Language) -> str:
    app = one.intros.get("outlook", "Get Outlook for iOS")
    rule = "_" * 32 + "\n" + "\n".join(header(one))
    return _text(_own(one), f"{app}<https://aka.ms/o0ukef>", rule, *one.quoted)


def _outlook_mobile_html(one: Language) -> str:
    app = escape(one.intros.get("outlook", "Get Outlook for iOS"))
    return (
        f'<div dir="ltr">{rows(one.own)}</div><div><br></div><div><a href="https://aka.ms/o0ukef">'
        f'{app}</a></div><hr style="display:inline-block;width:98%"><div dir="ltr"><font>'
        f"{bold_header(one)}</font><div>&nbsp;</div></div>{rows(one.quoted)}"
    )


def _yahoo_text(one: Language) -> str:
    quoted = "  \n\n".join(one.quoted)
    return f" {_own(one)}\n\n    {one.intro('yahoo')}  \n \n {quoted}\n    "


def _yahoo_html(one: Language) -> str:
    return (
        f'<div class="yahoo-style-wrap"><div dir="ltr">{rows(one.own)}</div></div><div id='
        '"yahoo_quoted_4510" class="yahoo_quoted"><div style="font-family:sans-serif"><div> '
        f"{escape(one.intro('yahoo'))} </div><div><br></div><div>{rows(one.quoted)}"
        "</div></div></div>"
    )


def _thunderbird_text(one: Language) -> str:
    return f"{_own(one)}\n\n{one.intro('thunderbird')}\n{marked(one.quoted)}\n"


def _thunderbird_html(one: Language) -> str:
    own = "".join(f"<p>{escape(line)}</p>" for line in one.own)
    return (
        f'<body>{own}<div class="moz-cite-prefix">{escape(one.intro("thunderbird"))}<br></div>'
        f'<blockquote type="cite" cite="mid:1@shop.example">{rows(one.quoted)}</blockquote></body>'
    )


def _samsung_text(one: Language) -> str:
    original = f"-------- {one.original} --------"
    return _text(_own(one), "\n".join([original, *header(one)]), *one.quoted)


def _samsung_html(one: Language) -> str:
    head = "".join(f"<div>{escape(line)} </div>" for line in header(one))
    return (
        f'<div dir="auto">{rows(one.own)}</div><div dir="auto"><br></div>'
        '<div align="left" dir="auto" style="font-size:100%;color:#000000">'
        f"<div>-------- {escape(one.original)} --------</div>{head}<div><br></div></div>"
        f"{rows(one.quoted)}"
    )


def _proton_text(one: Language) -> str:
    sent = "Sent with [Proton Mail](https://proton.me/mail/home) secure email."
    return _text(_own(one), sent, one.intro("proton"), marked(one.quoted))


def _proton_html(one: Language) -> str:
    return (
        f'<div style="font-size: 14px;">{rows(one.own)}</div>'
        '<div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">'
        "Sent with Proton Mail secure email.</div></div>"
        f'<div class="protonmail_quote">{escape(one.intro("proton"))}<br><br>'
        f'<blockquote class="protonmail_quote" type="cite">{rows(one.quoted)}</blockquote></div>'
    )


def _zoho_text(one: Language) -> str:
    return _text(_own(one), one.intro("zoho"), "\n".join(one.quoted))


def _zoho_html(one: Language) -> str:
    return (
        f'<div style="font-family: Verdana;">{rows(one.own)}<br></div><div class="zmail_extra_hr" '
        'style="border-top: 1px solid rgb(204, 204, 204);"><br></div><div class="zmail_extra">'
        f'<div id="Zm-_Id_-Sgn1">{escape(one.intro("zoho"))}<br></div><br><blockquote>'
        f"{rows(one.quoted)}</blockquote></div>"
    )


def _bare_text(one: Language) -> str:
    return _text(_own(one), one.intro("gmail"), *one.quoted)


def _bare_html(one: Language) -> str:
    lines = [*one.own, "", one.intro("gmail"), "", *one.quoted]
    return "<br>".join(map(escape, lines))


# "bare": what is left of Gmail's answer when a gateway has taken every mark out of it.
CLIENTS: dict[str, tuple[Layout, Layout]] = {
    "gmail": (_gmail_text, _gmail_html),
    "apple": (_apple_text, _apple_html),
    "iphone": (_iphone_text, _iphone_html),
    "outlook": (_outlook_text, _outlook_html),
    "outlook-web": (_outlook_web_text, _outlook_web_html),
    "outlook-mobile": (_outlook_mobile_text, _outlook_mobile_html),
    "yahoo": (_yahoo_text, _yahoo_html),
    "thunderbird": (_thunderbird_text, _thunderbird_html),
    "samsung": (_samsung_text, _samsung_html),
    "proton": (_proton_text, _proton_html),
    "zoho": (_zoho_text, _zoho_html),
    "bare": (_bare_text, _bare_html),
}
