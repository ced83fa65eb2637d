"""The errors of the service: each says a fact, carries a stable code, and knows no HTTP."""

from __future__ import annotations

from typing import Any


class InboxError(Exception):
    """Something went wrong in the inbox service."""

    code = "error"

    def __init__(self, message: str = "", *, code: str = "", **details: Any) -> None:
        """Take the sentence for the user (default: the class docstring), a code, and details.

        `details` are JSON values a client can act on, such as `field` or `unseen`.
        """
        super().__init__(message or (type(self).__doc__ or "").strip())
        self.code = code or type(self).code
        self.details = details


class NotFound(InboxError):
    """There is no such thing here."""

    code = "not_found"


class Invalid(InboxError):
    """The input is not valid."""

    code = "invalid"


class Unauthenticated(InboxError):
    """The request is not signed, or its signature is not valid."""

    code = "unauthenticated"


class Forbidden(InboxError):
    """You may not do this."""

    code = "forbidden"


class Conflict(InboxError):
    """This cannot be done in the present state."""

    code = "conflict"


class Stale(InboxError):
    """It was changed by somebody else in the meantime: reload and try again."""

    code = "stale"


class Gone(InboxError):
    """This is no longer available."""

    code = "gone"


class TooMany(InboxError):
    """Too many requests: wait a little and try again."""

    code = "too_many"


class Misconfigured(InboxError):
    """A setting is missing or wrong."""

    code = "misconfigured"


class Unavailable(InboxError):
    """A part the service needs does not answer."""

    code = "unavailable"
