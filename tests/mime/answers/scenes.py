"""What people do with quotes besides answering above them: forwards, and cases written by hand."""

from __future__ import annotations

from html import escape
from pathlib import Path

from inbox_service.mime import text_of

from .answer import Answer
from .clients import bold_header, header, rows
from .languages import FOLDER, LANGUAGES, Language

CUT = "\u2702"  # where the folded part begins in a case written by hand


def forwards() -> tuple[Answer, ...]:
    """Return a forward for every language and separator, as text and as HTML."""
    return tuple(
        one
        for language in LANGUAGES.values()
        for number, separator in enumerate(language.forward)
        for one in _forward(language, separator, number)
    )


def _forward(language: Language, separator: str, number: int) -> tuple[Answer, Answer]:
    name = f"{language.code}-forward-{number}"
    lines = [language.own[0], separator, *header(language), *language.quoted]
    html = (
        f"{rows(language.own[:1])}<div><br><blockquote type='cite'><div>{escape(separator)}</div>"
        f"<div>{bold_header(language)}</div>{rows(language.quoted)}</blockquote></div>"
    )
    own = "\n".join(lines)
    return Answer(f"{name}-text", "\n\n".join(lines), own), Answer(f"{name}-html", html, own, True)


def scenes() -> tuple[Answer, ...]:
    """Return the cases of tests/fixtures/visible: what stands before the scissors stays."""
    return tuple(map(_scene, sorted(FOLDER.glob("*/*"))))


def _scene(path: Path) -> Answer:
    content = path.read_text("utf-8")
    is_html = path.suffix == ".html"
    own = content.partition(CUT)[0]
    shown = text_of(own) if is_html else own
    return Answer(f"{path.parent.name}/{path.stem}", content.replace(CUT, ""), shown, is_html)
