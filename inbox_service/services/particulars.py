"""What a mail says beyond its words, as it is stored and shown: a bounce, an invitation, a seal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from inbox_service.domain.mail import BounceReport, ParsedMail


def particulars_of(mail: ParsedMail) -> dict[str, Any] | None:
    """Return the JSON of a mail's particulars; None for most mail, which has none."""
    found: dict[str, Any] = {}
    if mail.bounce:
        reports = (mail.bounce, *mail.bounce.more)
        found["bounces"] = [_bounce(report) for report in reports]
    if mail.invitation:
        found["invitation"] = asdict(mail.invitation)
    if mail.protection:
        found["protection"] = mail.protection.value
    return found or None


def _bounce(report: BounceReport) -> dict[str, Any]:
    return {
        "recipient": report.recipient,
        "status": report.status,
        "hard": report.hard,
        "reason": report.reason.value,
    }
