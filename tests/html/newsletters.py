"""Newsletters and receipts of our own: every layout in every language."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fixtures" / "newsletters"


def newsletters() -> dict[str, str]:
    """Return the HTML of each by its name, such as "receipt-ar"."""
    words = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    layouts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html")}
    return {
        f"{layout}-{language}": _filled(html, own)
        for layout, html in sorted(layouts.items())
        for language, own in words.items()
    }


def _filled(html: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        html = html.replace(f"{{{name}}}", word)
    return html
