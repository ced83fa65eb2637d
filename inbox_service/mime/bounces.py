"""What a bounce says: for whom, how badly, and about which of our mails."""

from __future__ import annotations

import re
from dataclasses import replace

from inbox_service.domain.automatic import is_hard
from inbox_service.domain.bounces import bounce_reason
from inbox_service.domain.mail import Address, BounceReason, BounceReport
from inbox_service.mime.addresses import addresses
from inbox_service.mime.headers import message_id, text_value
from inbox_service.mime.tree import HeaderList, Node, leaves, split_headers

MAX_STATUS = 20
MAX_GROUPS = 100
_MAX_TEXT = 20_000

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ORIGINALS = (
    "message/rfc822",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
)
# Not inside a number or an address; an "SMTP; 550-5.1.1" has them glued.
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])([0-5])\d(?=[ \-:;,)]|$)", re.MULTILINE)
_COPIED_ID = re.compile(
    rb"^[> \t]*message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_UNDELIVERED = ("failed", "delayed", "")

# Where bounces in words put the address, the likeliest place first.
_ADDRESS = r"[\"'<(]{0,2}(?:mailto:|smtp;|rfc822;)?([^\s<>\"'();,:]{1,250}@[^\s<>\"'();,:]{1,255})"
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"^[ \t]{0,20}<([^<>\s]{1,250}@[^<>\s]{1,255})>",  # qmail, Postfix, Sendmail, Yahoo
        rf"\b(?:recipient|address|user|to)(?:\(s\)|s)?[ \t]{{0,9}}[:=]\s{{0,40}}{_ADDRESS}",
        rf"^[ \t]{{1,20}}{_ADDRESS}",  # Exim, Exchange 5, Courier: a line of its own, indented
        rf"\b(?:to|for|by)[ \t\r\n]{{1,9}}{_ADDRESS}",  # Gmail, Exchange: a sentence
    )
)
_OF_THE_SYSTEM = re.compile(r"(mailer-daemon|postmaster|mail-daemon|no-?reply)@", re.IGNORECASE)


def bounce_report(root: Node, text: str) -> BounceReport | None:
    """Read a delivery status notification (RFC 3464), or a bounce that only has words.

    None where nothing names a recipient, and where the notification reports success.
    """
    parts = list(leaves(root))
    original = _original_id(parts)
    for part in parts:
        if part.content_type in _REPORTS:
            return _by_fields(part.content(), original, text)
    return _by_words(root, text, original)


def complaint_report(root: Node) -> BounceReport | None:
    """Read an abuse report (RFC 5965): somebody called our mail spam, who must get no more of it.

    None where it is none ("not-spam"), or where its sender hides whom it is about.
    """
    parts = list(leaves(root))
    fields: dict[str, bytes] = {}
    for part in parts:
        if part.content_type == "message/feedback-report":
            content = part.content()
            fields = dict(reversed(split_headers(content, 0, len(content))[0]))
    if text_value(fields.get("feedback-type", b"abuse")).lower() == "not-spam":
        return None
    found = addresses(fields.get("original-rcpt-to", b"")) or _original_recipients(parts)
    if not found:
        return None
    return BounceReport(
        found[0].email,
        "",
        hard=True,
        original_message_id=_original_id(parts),
        reason=BounceReason.COMPLAINT,
    )


def _by_fields(content: bytes, original: str, text: str) -> BounceReport | None:
    """Take the first recipient the mail did not reach, the others behind it."""
    found: dict[str, BounceReport] = {}
    for group in _groups(content):
        fields = dict(reversed(group))
        recipient = _recipient(fields)
        action = text_value(fields.get("action", b"")).lower()
        if recipient and action in _UNDELIVERED and recipient not in found:
            found[recipient] = _of_recipient(recipient, fields, action, original)
    if not found:
        return None
    first, *more = found.values()
    if first.reason is BounceReason.OTHER:
        first = replace(first, reason=bounce_reason(first.status, text))
    return replace(first, more=tuple(more))


def _of_recipient(
    recipient: str, fields: dict[str, bytes], action: str, original: str
) -> BounceReport:
    said = text_value(fields.get("diagnostic-code", b""))
    status = _status(fields, action, said)
    reason = bounce_reason(status, said)
    return BounceReport(recipient, status, is_hard(status, action), original, reason)


def _groups(content: bytes) -> list[HeaderList]:
    """RFC 3464 2.1: groups of fields between blank lines; the first is about the mail as such."""
    groups: list[HeaderList] = []
    at = 0
    while at < len(content) and len(groups) < MAX_GROUPS:  # nobody reads more
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
        kind, semicolon, address = fields.get(name, b"").partition(b";")
        found = addresses(address if semicolon else kind)
        if found:
            return found[0].email
    return ""


def _status(fields: dict[str, bytes], action: str, said: str) -> str:
    given = _STATUS.search(text_value(fields.get("status", b"")))
    if given and not given[1].endswith(".0.0"):
        return given[1][:MAX_STATUS]
    # "5.0.0" means nothing; what the other server said is often more exact.
    spoken = _said(said)
    if spoken:
        return spoken
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
    words = text[:_MAX_TEXT]
    found = addresses(root.header("x-failed-recipients"))
    recipients = [one.email for one in found] or _named(words)
    if not recipients:
        return None
    status = _said(words) or "5.0.0"
    copied = _COPIED_ID.search(root.body[: _MAX_TEXT * 4]) or _COPIED_ID.search(words.encode())
    original = original or (message_id(copied[1]) if copied else "")
    reason = bounce_reason(status, words)
    reports = [
        BounceReport(recipient, status, is_hard(status), original, reason)
        for recipient in dict.fromkeys(recipients)
    ]
    return replace(reports[0], more=tuple(reports[1:MAX_GROUPS]))


def _named(words: str) -> list[str]:
    for pattern in _NAMED:
        for found in pattern.finditer(words):
            named = addresses(found[1].strip(".").encode())
            if named and not _OF_THE_SYSTEM.match(named[0].email):
                return [named[0].email]
    return []


def _original_id(parts: list[Node]) -> str:
    found = _original_header(parts, "message-id")
    return message_id(found) if found else ""


def _original_recipients(parts: list[Node]) -> tuple[Address, ...]:
    return addresses(_original_header(parts, "to"))


def _original_header(parts: list[Node], wanted: str) -> bytes:
    for part in parts:
        if part.content_type in _ORIGINALS:
            content = part.content()
            headers, _ = split_headers(content, 0, len(content))
            found = next((value for name, value in headers if name == wanted), b"")
            if found:
                return found
    return b""
