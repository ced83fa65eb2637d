"""Calls of the Gmail API: authorised, within the budget, with errors the caller can act on."""

from __future__ import annotations

import http.client
import json
import weakref
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import google_auth_httplib2
import httplib2
from google.auth.transport.requests import AuthorizedSession
from googleapiclient.discovery import build_from_document  # type: ignore[attr-defined]  # the stubs lack it
from googleapiclient.errors import BatchError, HttpError
from googleapiclient.http import HttpRequest

from connectors.gmail.config import GmailConfig
from connectors.gmail.errors import RateLimited, connector_error
from connectors.gmail.oauth import CellCredentials, TokenEndpoint
from connectors.gmail.units import GET_MESSAGE, UNITS
from connectors.registry import Setup
from inbox_service.ports import ConnectorError, Priority, QuotaSpent, RetryLater, Unreachable

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1 import GmailResource

    MessagesResource = GmailResource.UsersResource.MessagesResource

GMAIL_API_ROOT = "https://gmail.googleapis.com"
ME = "me"
_READ_TIMEOUT = 60
# Short troubles of the network pass within seconds; the service backs off when they last.
_PAUSE = 15.0
_WAY_BACK = 1.0
# What the network does to a read; asking again later is always safe.
_NETWORK_ERRORS = (
    OSError,
    httplib2.HttpLib2Error,
    http.client.HTTPException,
    json.JSONDecodeError,
    BatchError,
)

# What one batch of messages may cost to fetch. It is less than half of what a bucket of the default
# rate holds: a worker that comes some seconds late still finds a bucket that has not overflowed.
BATCH_UNITS = 300

T_co = TypeVar("T_co", covariant=True)


class Request(Protocol[T_co]):
    """A request object of the client library, and what its answer is."""

    methodId: str | None  # noqa: N815 - the library's name

    def execute(self) -> T_co:
        """Send it once and return the answer."""


class GmailApi:
    """One mailbox's Gmail API, for one thread at a time (httplib2 is not thread-safe)."""

    def __init__(self, setup: Setup, config: GmailConfig) -> None:
        self.root = (setup.endpoints.gmail_api_root or GMAIL_API_ROOT).rstrip("/")
        self._setup = setup
        self.units = UNITS[config.units]
        endpoint = TokenEndpoint(setup.endpoints.google_oauth_root, setup.clock)
        self._credentials = CellCredentials(setup.cell, endpoint, setup.clock)
        http = httplib2.Http(timeout=_READ_TIMEOUT)
        # The library's objects refer to each other in circles: without this its sockets stay open
        # until the garbage collector comes by, and are then dropped instead of closed.
        weakref.finalize(self, http.close)
        self._service = _service(self.root, self._credentials, http)
        self.users = self._service.users()

    @property
    def batch_size(self) -> int:
        """How many messages a batch should hold."""
        return BATCH_UNITS // self.units[GET_MESSAGE]

    @cached_property
    def messages(self) -> MessagesResource:
        """The calls about messages; the library takes 6 ms to make them, as long as a call."""
        return self.users.messages()

    def session(self) -> AuthorizedSession:
        """Return a session that sends each request once; only a 401 is answered by a new token."""
        return AuthorizedSession(self._credentials, max_refresh_attempts=1)  # type: ignore[no-untyped-call]  # google-auth has no annotations

    def spend(self, method_ids: Sequence[str], priority: Priority) -> None:
        """Take the units of all these calls at once; raises QuotaSpent."""
        try:
            self._setup.budget.take(sum(self.units[name] for name in method_ids), priority)
        except QuotaSpent as short:
            if priority is Priority.SEND:
                raise
            # To come back to this point costs units too: without them the next try would fall
            # short again, by a little, and again.
            raise QuotaSpent(short.after + _WAY_BACK, str(short)) from short

    def call(self, request: Request[T_co], priority: Priority) -> T_co:
        """Spend a request's units, send it, and return its answer."""
        self.spend([request.methodId or ""], priority)
        return self.call_prepaid(request)

    def call_prepaid(self, request: Request[T_co]) -> T_co:
        """Send a request whose units were spent before."""
        try:
            # No retries here: the library's ignore how long Google asks us to wait.
            return request.execute()
        except _NETWORK_ERRORS as error:
            raise _unreachable(error) from error
        except HttpError as error:
            raise self._mapped(error) from error

    def call_together_prepaid(self, requests: Sequence[HttpRequest]) -> list[Any]:
        """Send requests in one batch; return an answer or ConnectorError for each, in order."""
        answers: dict[str, Any] = {}

        def note(number: str, answer: Any, error: HttpError | None) -> None:
            answers[number] = self._mapped(error) if error else answer

        batch = self._service.new_batch_http_request(callback=note)
        for number, request in enumerate(requests):
            batch.add(request, request_id=str(number))
        try:
            batch.execute()
        except _NETWORK_ERRORS as error:
            raise _unreachable(error) from error
        except HttpError as error:
            raise self._mapped(error) from error
        return [answers[str(number)] for number in range(len(requests))]

    def error(self, status: int, body: bytes | str) -> ConnectorError:
        """Return what to do about an error answer, and tell every worker of a limit it met."""
        error = connector_error(status, body, self._setup.clock.now())
        if isinstance(error, RateLimited):
            self._setup.budget.pause(error.after)
        return error

    def _mapped(self, error: HttpError) -> ConnectorError:
        return self.error(int(error.resp.status), error.content)


def _service(root: str, credentials: CellCredentials, http: httplib2.Http) -> GmailResource:
    # Only a patched document moves batches and uploads too: `client_options.api_endpoint` would
    # still send both, with the token, to Google.
    document = json.loads(_discovery_document())
    document["rootUrl"] = document["baseUrl"] = f"{root}/"
    document.pop("mtlsRootUrl", None)
    authorized = google_auth_httplib2.AuthorizedHttp(credentials, http, max_refresh_attempts=1)
    return cast("GmailResource", build_from_document(document, http=authorized))


@cache
def _discovery_document() -> str:
    documents = files("googleapiclient.discovery_cache") / "documents"
    return (documents / "gmail.v1.json").read_text(encoding="utf-8")


def _unreachable(error: Exception) -> RetryLater:
    return Unreachable(_PAUSE, f"Gmail cannot be reached: {type(error).__name__}.")
