"""Google's error answers, turned into what the caller should do."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from inbox_service.ports import (
    ConnectorBroken,
    ConnectorError,
    NeedsReauth,
    RetryLater,
    SendLimit,
    SkipMessage,
)

_RETRY_AFTER = re.compile(r"Retry after (\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))")
_DAY = 24 * 3600
# A limit of Gmail's lasts a day at most; a date beyond that is no reason to stop for ever.
_LONGEST_PAUSE = float(_DAY)
# Google's day ends at midnight in California: 07:00 or 08:00 UTC. The later one is always right.
_PACIFIC_MIDNIGHT = 8 * 3600

# Calls at once are counted, not summed up: when those under way end, there is room again.
_CONCURRENCY_PAUSE = 5.0
_SERVER_PAUSE = 30.0
# The quota is counted per minute, so a minute later there is some again.
_RATE_PAUSE = 60.0

_RATE_REASONS = {
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "quotaExceeded",
    "RATE_LIMIT_EXCEEDED",
    "RESOURCE_EXHAUSTED",
}
_DAILY_REASONS = {"dailyLimitExceeded", "dailyLimitExceededUnreg"}
# A scope that was never granted looks like a missing right; only a new consent mends it.
_SCOPE_REASONS = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_CONSENT_REASONS = {"authError", *_SCOPE_REASONS}
_OFF_REASONS = {"accessNotConfigured", "SERVICE_DISABLED"}


class RateLimited(RetryLater):
    """Too much was asked of this mailbox: nobody shall ask for anything until the time is over."""


class OtherWatchExists(ConnectorBroken):
    """Another watch of the same project is in force."""


class ApiOff(ConnectorBroken):
    """The Gmail API is not switched on in the owner's Google project."""


class BlockedByPolicy(ConnectorBroken):
    """The administrators of the domain do not let this app in."""


class NoMailService(ConnectorBroken):
    """The account has no Gmail."""


class ScopeMissing(NeedsReauth):
    """The consent does not cover this call."""


class TokenRefused(NeedsReauth):
    """Google's token server refused; `code` is that of RFC 6749 5.2, `description` its words."""

    CODES: ClassVar[frozenset[str]] = frozenset(
        {
            "invalid_client",
            "invalid_grant",
            "invalid_scope",
            "redirect_uri_mismatch",
            "unauthorized_client",
        }
    )

    def __init__(self, code: str, description: str) -> None:
        """Take Google's code and words."""
        super().__init__(f"Google refused to give access: {code} {description}".strip())
        self.code = code
        self.description = description


@dataclass(frozen=True, slots=True)
class Answer:
    """An error answer: HTTP status, Google's reason, and its text."""

    status: int
    reason: str
    text: str

    @classmethod
    def read(cls, status: int, body: bytes | str) -> Answer:
        """Read the reason in `error.errors[0]` of the body, or else in the newer `details`."""
        try:
            error = json.loads(body)["error"]
            found = [*error.get("errors", []), *error.get("details", [])]
            reasons = [entry["reason"] for entry in found if entry.get("reason")]
            reason = reasons[0] if reasons else error.get("status", "")
            return cls(status, str(reason), str(error.get("message", "")))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            # A proxy between us and Google answers in its own words.
            return cls(status, "", "")

    def __str__(self) -> str:
        return f"Gmail answered {self.status} {self.reason}: {self.text}".rstrip(": ")


def connector_error(status: int, body: bytes | str, now: int) -> ConnectorError:
    """Return the error that says what to do about Google's answer; `now` is ms UTC.

    The reason decides, not the status: 403 is as often "slow down" as "not allowed".
    """
    answer = Answer.read(status, body)
    if answer.reason in _DAILY_REASONS or "per day" in answer.text:
        return RateLimited(_until_pacific_midnight(now), str(answer))
    if answer.reason in _RATE_REASONS or status == 429 or "Quota exceeded" in answer.text:
        # The limit of mails sent a day stops nothing but sends.
        kind = SendLimit if "Mail sending" in answer.text else RateLimited
        return kind(_pause(answer, now), str(answer))
    if status == 401 or answer.reason in _CONSENT_REASONS:
        missing = answer.reason in _SCOPE_REASONS
        return ScopeMissing(str(answer)) if missing else NeedsReauth(str(answer))
    if status == 404 or "Invalid id value" in answer.text:
        return SkipMessage(str(answer))
    if status >= 500 or status == 408:
        return RetryLater(_SERVER_PAUSE, str(answer))
    return _of_configuration(answer)


def _of_configuration(answer: Answer) -> ConnectorError:
    if "Only one user push notification client" in answer.text:
        return OtherWatchExists(str(answer))
    # "Precondition check failed" without more also comes and goes by itself; what names the mail
    # service (no Gmail licence) does not.
    if answer.reason == "failedPrecondition" and "Mail service" not in answer.text:
        return RetryLater(_RATE_PAUSE, str(answer))
    if "Mail service" in answer.text:
        return NoMailService(str(answer))
    if answer.reason in _OFF_REASONS:
        return ApiOff(str(answer))
    if answer.reason == "domainPolicy":
        return BlockedByPolicy(str(answer))
    return ConnectorBroken(str(answer))


def _pause(answer: Answer, now: int) -> float:
    until = _named_time(answer.text)
    if until is not None:
        return min(max(until - now / 1000, 1.0), _LONGEST_PAUSE)
    if "concurrent" in answer.text:
        return _CONCURRENCY_PAUSE
    return _RATE_PAUSE


def _named_time(text: str) -> float | None:
    """Return the moment of a "Retry after" (seconds since the epoch), None where there is none."""
    found = _RETRY_AFTER.search(text)
    try:
        return datetime.fromisoformat(found[1]).timestamp() if found else None
    except ValueError:
        return None


def _until_pacific_midnight(now: int) -> float:
    return _DAY - (now / 1000 - _PACIFIC_MIDNIGHT) % _DAY
