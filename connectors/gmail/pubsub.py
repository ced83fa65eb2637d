"""Cloud Pub/Sub, where Gmail's notices wait to be pulled.

By the REST reference of projects.subscriptions (pull, acknowledge). Pulled, they reach a service
behind any firewall, and nobody from outside has to reach it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import requests

from connectors.gmail.errors import Answer, TokenRefused
from connectors.gmail.oauth import TokenEndpoint
from connectors.gmail.service_key import ServiceKey
from connectors.registry import Endpoints
from inbox_service.errors import Invalid
from inbox_service.ports import Clock, ConnectorBroken, Credentials, NeedsReauth, Notice, RetryLater

PUBSUB_ROOT = "https://pubsub.googleapis.com"
_SCOPES = ("https://www.googleapis.com/auth/pubsub",)
_MOST = 100
# Google answers an idle pull after about a minute and a half.
_TIMEOUT = (10, 120)
_PAUSE = 15.0
# Renewed this long before its end, so that no pull outlives its token.
_EARLY = 5 * 60 * 1000
# A project id may be that of a domain ("example.com:mail"); names as in Pub/Sub's reference.
_TOPIC = re.compile(r"projects/([a-z0-9:.-]+)/topics/[A-Za-z][\w.~+%-]{2,254}", re.ASCII)
_SUBSCRIPTION = re.compile(
    r"projects/[a-z0-9:.-]+/subscriptions/[A-Za-z][\w.~+%-]{2,254}", re.ASCII
)


def project_of(topic: str) -> str:
    """Return the project of a topic; raises Invalid."""
    found = _TOPIC.fullmatch(topic)
    if not found:
        raise Invalid("The topic must read projects/PROJECT/topics/NAME.", field="topic")
    return found[1]


def checked_subscription(name: str) -> str:
    """Return the name of a subscription; raises Invalid."""
    if not _SUBSCRIPTION.fullmatch(name):
        raise Invalid(
            "The subscription must read projects/PROJECT/subscriptions/NAME.", field="subscription"
        )
    return name


class PubsubSubscription:
    """One subscription, pulled by a service account that may do so (Pub/Sub Subscriber)."""

    def __init__(
        self, endpoints: Endpoints, clock: Clock, name: str, credentials: Credentials
    ) -> None:
        root = (endpoints.pubsub_root or PUBSUB_ROOT).rstrip("/")
        self._url = f"{root}/v1/{checked_subscription(name)}"
        self._key = ServiceKey.of(credentials)
        self._tokens = TokenEndpoint(endpoints.google_oauth_root, clock)
        self._clock = clock
        self._held: Credentials = {}
        self._session = requests.Session()

    def pull(self) -> list[Notice]:
        """Wait for notices and return them."""
        answer = self._post("pull", {"maxMessages": _MOST})
        return [_received(entry) for entry in answer.get("receivedMessages", [])]

    def acknowledge(self, notices: Sequence[Notice]) -> None:
        """Let these notices not come again."""
        if notices:
            self._post("acknowledge", {"ackIds": [notice.receipt for notice in notices]})

    def _post(self, verb: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = self._session.post(
                f"{self._url}:{verb}",
                json=body,
                headers={"Authorization": f"Bearer {self._token()}"},
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
            content = json.loads(answer.content) if answer.ok else {}
        except (requests.RequestException, ValueError) as error:
            kind = type(error).__name__
            raise RetryLater(_PAUSE, f"Pub/Sub cannot be reached: {kind}.") from error
        if not answer.ok:
            raise self._refusal(answer)
        return dict(content)

    def _token(self) -> str:
        now = self._clock.now()
        if now >= self._held.get("expires_at", 0) - _EARLY:
            try:
                self._held = self._tokens.credentials({}, self._key.grant(now, _SCOPES))
            except TokenRefused as error:
                raise ConnectorBroken(_KEY_REFUSED) from error
            except NeedsReauth as error:
                raise ConnectorBroken(str(error)) from error
        return str(self._held["access_token"])

    def _refusal(self, answer: requests.Response) -> ConnectorBroken | RetryLater:
        status = answer.status_code
        if status == requests.codes.unauthorized:
            # Tokens may end before their time; the next try asks for a new one.
            self._held = {}
        if status in _REMEDIES:
            return ConnectorBroken(_REMEDIES[status])
        return RetryLater(_PAUSE, str(Answer.read(status, answer.content)))


_KEY_REFUSED = (
    "Google does not accept the key of the service account that reads the notices: make a new one."
)
_REMEDIES = {
    requests.codes.not_found: (
        "There is no such subscription at Google: check its name, or make it again."
    ),
    requests.codes.forbidden: (
        "The service account may not read the subscription: give it the role Pub/Sub Subscriber."
    ),
    requests.codes.bad_request: (
        "Google does not take a pull of this subscription: it must be of the delivery type Pull."
    ),
}


def _received(entry: Mapping[str, Any]) -> Notice:
    return notice_of(entry.get("message") or {}, str(entry.get("ackId", "")))


def notice_of(message: Mapping[str, Any], receipt: str = "") -> Notice:
    """Read a Pub/Sub message; one that is none of Gmail's names no mailbox.

    Of Gmail's own words only the address counts: which history id it names is known from the
    mailbox's cursor, and notices may come late.
    """
    try:
        data = json.loads(base64.urlsafe_b64decode(_urlsafe(message.get("data"))))
        # Gmail names the primary address, in whatever case its owner wrote it.
        address = str(data["emailAddress"]).strip().lower()
    except (ValueError, KeyError, TypeError):
        address = ""
    return Notice(address, str(message.get("messageId", "")), receipt)


def _urlsafe(data: Any) -> str:
    text = str(data or "").replace("+", "-").replace("/", "_").rstrip("=")
    return text + "=" * (-len(text) % 4)
