"""Google's error answers: bodies, reasons and texts as its servers send them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

_QUOTA_EXCEEDED = (
    "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user'"
    " of service 'gmail.googleapis.com' for consumer 'project_number:100000000001'."
)
_API_OFF = (
    "Gmail API has not been used in project 100000000001 before or it is disabled. Enable it by"
    " visiting https://console.developers.google.com/apis/api/gmail.googleapis.com/overview"
    "?project=100000000001 then retry. If you enabled this API recently, wait a few minutes for"
    " the action to propagate to our systems and retry."
)
# reason -> (status, domain, text); what a fault uses when it names only the reason.
# The texts were collected from public reports, as Google's reference does not list them.
KNOWN = {
    "accessNotConfigured": (
        403,
        "usageLimits",
        _API_OFF,
    ),
    "authError": (401, "global", "Invalid Credentials"),
    "backendError": (503, "global", "Backend Error"),
    "dailyLimitExceeded": (403, "usageLimits", "Daily Limit Exceeded"),
    "domainPolicy": (403, "global", "The domain administrators have disabled Gmail apps."),
    "failedPrecondition": (400, "global", "Precondition check failed."),
    "insufficientPermissions": (
        403,
        "global",
        "Request had insufficient authentication scopes.",
    ),
    "internalError": (500, "global", "Internal error encountered."),
    "invalidArgument": (400, "global", "Request contains an invalid argument."),
    "notFound": (404, "global", "Requested entity was not found."),
    "rateLimitExceeded": (
        403,
        "usageLimits",
        _QUOTA_EXCEEDED,
    ),
    "userRateLimitExceeded": (
        403,
        "usageLimits",
        "User Rate Limit Exceeded. Rate of requests for user exceed configured project quota.",
    ),
}


class ApiError(Exception):
    """An error answer of a Google API."""

    def __init__(self, status: int, reason: str, message: str, domain: str = "") -> None:
        """Take the HTTP status, the reason of `errors[0]`, and the text."""
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain or ("usageLimits" if "imitExceeded" in reason else "global")

    def body(self) -> dict[str, Any]:
        """Return the JSON that Google sends with this error."""
        inner: dict[str, Any] = {
            "message": self.message,
            "domain": self.domain,
            "reason": self.reason,
        }
        if self.reason == "authError":
            inner |= {"location": "Authorization", "locationType": "header"}
        status = STATUS_NAMES.get(self.status, "UNKNOWN")
        if self.reason == "failedPrecondition":
            status = "FAILED_PRECONDITION"
        return {
            "error": {
                "code": self.status,
                "message": self.message,
                "errors": [inner],
                "status": status,
            }
        }


class OAuthError(Exception):
    """An error answer of the token endpoint (RFC 6749 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


class ConnectionDropped(Exception):
    """The connection ends here without an answer; with `reset`, by RST instead of FIN."""

    def __init__(self, *, reset: bool = False) -> None:
        super().__init__("connection dropped")
        self.reset = reset


def known(reason: str, message: str = "", status: int = 0) -> ApiError:
    """Return the error Google sends for `reason`, with another text or status where given."""
    default_status, domain, text = KNOWN.get(reason, (500, "global", "Internal error"))
    return ApiError(status or default_status, reason, message or text, domain)


def until(moment: int, *, sending: bool) -> ApiError:
    """Return the 429 that names the time (ms UTC) from which on Gmail takes calls again."""
    named = datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds")
    kind = "  (Mail sending)" if sending else ""
    text = f"User-rate limit exceeded.  Retry after {named.replace('+00:00', 'Z')}{kind}"
    return ApiError(429, "rateLimitExceeded", text)


def not_found() -> ApiError:
    """Return the 404 for an id that is well-formed but not there."""
    return known("notFound")


def invalid(message: str) -> ApiError:
    return ApiError(400, "invalidArgument", message)
