"""Google's error answers say what to do, by their reason."""

import json
from datetime import UTC, datetime

import pytest

from connectors.gmail.errors import (
    ApiOff,
    BlockedByPolicy,
    NoMailService,
    OtherWatchExists,
    RateLimited,
    ScopeMissing,
    connector_error,
)
from inbox_service.ports import (
    ConnectorBroken,
    ConnectorError,
    NeedsReauth,
    RetryLater,
    SendLimit,
    SkipMessage,
)

NOW = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp() * 1000)
QUOTA = "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user'"


def error(status: int, reason: str = "", text: str = "") -> ConnectorError:
    body = {"error": {"code": status, "message": text, "errors": [{"reason": reason}]}}
    return connector_error(status, json.dumps(body).encode(), NOW)


@pytest.mark.parametrize(
    ("status", "reason", "text", "kind"),
    [
        (401, "authError", "Invalid Credentials", NeedsReauth),
        (403, "insufficientPermissions", "Insufficient Permission", ScopeMissing),
        (403, "rateLimitExceeded", QUOTA, RateLimited),
        (403, "userRateLimitExceeded", "User Rate Limit Exceeded", RateLimited),
        (429, "rateLimitExceeded", "Too many concurrent requests for user", RateLimited),
        (429, "", "", RateLimited),
        (403, "dailyLimitExceeded", "Daily Limit Exceeded", RateLimited),
        (
            403,
            "domainPolicy",
            "The domain administrators have disabled Gmail apps.",
            BlockedByPolicy,
        ),
        (403, "accessNotConfigured", "Gmail API has not been used in project 1", ApiOff),
        (400, "failedPrecondition", "Precondition check failed.", RetryLater),
        (400, "failedPrecondition", "Mail service not enabled", NoMailService),
        (
            400,
            "invalidArgument",
            "Only one user push notification client allowed",
            OtherWatchExists,
        ),
        (400, "invalidArgument", "Invalid id value", SkipMessage),
        (400, "invalidArgument", "Invalid pageToken", ConnectorBroken),
        (404, "notFound", "Requested entity was not found.", SkipMessage),
        (408, "", "", RetryLater),
        (403, "", QUOTA, RateLimited),
        (403, "rateLimitExceeded", QUOTA.replace("minute", "day"), RateLimited),
        (429, "rateLimitExceeded", "Rate limit.  Retry after 2026-06-02T00:00:00Z", RateLimited),
        (429, "rateLimitExceeded", "User-rate limit exceeded.  (Mail sending)", SendLimit),
        (403, "forbidden", "Delegation denied for a@shop.example", ConnectorBroken),
        (500, "backendError", "", RetryLater),
        (503, "backendError", "Backend Error", RetryLater),
    ],
)
def test_the_reason_decides(status, reason, text, kind):
    assert type(error(status, reason, text)) is kind


def test_a_named_time_is_waited_for():
    found = error(429, "rateLimitExceeded", "Retry after 2026-06-01T15:30:00.500Z  (Mail sending)")
    assert found.after == 3.5 * 3600 + 0.5


def test_a_time_already_past_still_waits_a_moment():
    assert error(429, "rateLimitExceeded", "Retry after 2026-06-01T11:00:00.000Z").after == 1


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ("2026-06-01T14:30:00+02:00", 1800),
        ("2026-13-41T99:00:00Z", 60),
        ("9999-01-01T00:00:00Z", 24 * 3600),
    ],
)
def test_a_named_time_in_any_shape_stops_nobody_for_ever(named, seconds):
    assert error(429, "rateLimitExceeded", f"Retry after {named}").after == seconds


def test_a_days_quota_that_is_named_by_its_limit_waits_for_midnight_too():
    spent = error(403, "rateLimitExceeded", QUOTA.replace("minute", "day"))
    assert spent.after == 20 * 3600


def test_too_many_at_once_waits_for_seconds_and_a_spent_minute_for_a_minute():
    assert error(429, "rateLimitExceeded", "Too many concurrent requests for user").after == 5
    assert error(403, "rateLimitExceeded", QUOTA).after == 60


def test_a_spent_day_waits_for_midnight_in_california():
    assert error(403, "dailyLimitExceeded").after == 20 * 3600


@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway</html>", b"[]", b'{"error": "x"}', b"\xff"]
)
def test_a_proxys_own_words_are_no_trouble(body):
    assert isinstance(connector_error(502, body, NOW), RetryLater)


def test_the_new_error_format_without_a_list_is_read_too():
    body = {"error": {"code": 403, "message": "No", "status": "PERMISSION_DENIED"}}
    assert str(connector_error(403, json.dumps(body), NOW)) == (
        "Gmail answered 403 PERMISSION_DENIED: No"
    )


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("RATE_LIMIT_EXCEEDED", RateLimited),
        ("SERVICE_DISABLED", ApiOff),
        ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", ScopeMissing),
    ],
)
def test_the_reason_in_the_new_format_decides_as_well(reason, kind):
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}
    body = {"error": {"code": 403, "status": "PERMISSION_DENIED", "details": [info]}}
    assert type(connector_error(403, json.dumps(body), NOW)) is kind
