"""Mail: bytes in, values out, and the way back. Pure: no I/O, no clock, no settings."""

from inbox_service.mime.authentication import Check, checks
from inbox_service.mime.cleaning import sanitize
from inbox_service.mime.composing import compose
from inbox_service.mime.dating import redated
from inbox_service.mime.folding import visible
from inbox_service.mime.notices import notice_html
from inbox_service.mime.originals import header_values, raw_text, shown_headers
from inbox_service.mime.plain import html_of, snippet, text_of
from inbox_service.mime.reading import attachment, parse
from inbox_service.mime.scrubbing import scrub_html

__all__ = [
    "Check",
    "attachment",
    "checks",
    "compose",
    "header_values",
    "html_of",
    "notice_html",
    "parse",
    "raw_text",
    "redated",
    "sanitize",
    "scrub_html",
    "shown_headers",
    "snippet",
    "text_of",
    "visible",
]
