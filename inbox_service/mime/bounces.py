"""What a bounce says: for whom, how badly, and about which of our mails."""

from __future__ import annotations

import re

from inbox_service.domain.automatic import is_hard
from inbox_service.domain.mail import BounceReport
from inbox_service.mime.addresses import addresses
from inbox_service.mime.headers import message_id, text_value
from inbox_service.mime.tree import HeaderList, Node, leaves, split_headers

MAX_STATUS = 20
_MAX_TEXT = 20_000

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ORIGINALS = (
    "message/rfc822",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])([0-5])\d(?:[ -]|$)", re.MULTILINE)
_COPIED_ID = re.compile(
    rb"^[> ]*message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_UNDELIVERED = ("failed", "delayed", "")


def bounce_report(root: Node, text: str) -> BounceReport | None:
    """Read a delivery status notification (RFC 3464), or a bounce that only has words.

    None where nothing names a recipient, and where the notification reports success.
    """
    parts = list(leaves(root))
    original = _original_id(parts)
    for part in parts:
        if part.content_type in _REPORTS:
            return _by_fields(part.content(), original)
    return _by_words(root, text, original)


def _by_fields(content: bytes, original: str) -> BounceReport | None:
    """Take the first recipient the mail did not reach."""
    for group in _groups(content):
        fields = dict(reversed(group))
        recipient = _recipient(fields)
        action = text_value(fields.get("action", b"")).lower()
        if not recipient or action not in _UNDELIVERED:
            continue
        status = _status(fields, action)
        return BounceReport(recipient, status, is_hard(status, action), original)
    return None


def _groups(content: bytes) -> list[HeaderList]:
    """RFC 3464 2.1: groups of fields between blank lines; the first is about the mail as such."""
    groups: list[HeaderList] = []
    at = 0
    while at < len(content) and len(groups) < 100:  # nobody reads more
        fields, end = split_headers(content, at, len(content))
        if fields:
            groups.append(fields)
        elif end == at:
            end = content.find(b"\n", at) + 1 or len(content)
        at = end
    return groups


def _recipient(fields: dict[str, bytes]) -> str:
    # The address we wrote to, where a forwarder's own address is the final one (RFC 3464 2.3.1).
    for name in ("original-recipient", "final-recipient"):
        found = addresses(fields.get(name, b"").partition(b";")[2])
        if found:
            return found[0].email
    return ""


def _status(fields: dict[str, bytes], action: str) -> str:
    given = _STATUS.search(text_value(fields.get("status", b"")))
    if given and not given[1].endswith(".0.0"):
        return given[1][:MAX_STATUS]
    # "5.0.0" means nothing; what the other server said is often more exact.
    said = _said(text_value(fields.get("diagnostic-code", b"")))
    if said:
        return said
    if given:
        return given[1]
    return "4.0.0" if action == "delayed" else "5.0.0"


def _said(text: str) -> str:
    status = _STATUS.search(text)
    if status:
        return status[1]
    code = _REPLY_CODE.search(text)
    return f"{code[1]}.0.0" if code else ""


def _by_words(root: Node, text: str, original: str) -> BounceReport | None:
    """Exim, qmail and others write no report: a header or the text names the address."""
    found = addresses(root.header("x-failed-recipients"))
    words = text[:_MAX_TEXT]
    if not found:
        named = re.search(r"^[ \t]{0,20}<([^<>\s]{1,250}@[^<>\s]{1,255})>:?", words, re.MULTILINE)
        found = addresses(named[1].encode()) if named else ()
    if not found:
        return None
    status = _said(words) or "5.0.0"
    copied = _COPIED_ID.search(root.body[: _MAX_TEXT * 4])
    return BounceReport(
        found[0].email,
        status,
        is_hard(status),
        original or (message_id(copied[1]) if copied else ""),
    )


def _original_id(parts: list[Node]) -> str:
    for part in parts:
        if part.content_type in _ORIGINALS:
            content = part.content()
            headers, _ = split_headers(content, 0, len(content))
            found = next((value for name, value in headers if name == "message-id"), b"")
            if found:
                return message_id(found)
    return ""
