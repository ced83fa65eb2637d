"""How Gmail tells of new mail: through Pub/Sub, pulled from there or pushed to the site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from connectors.gmail import pubsub
from connectors.gmail.google_keys import GoogleKeys
from connectors.gmail.pubsub import PubsubSubscription
from connectors.gmail.service_key import ServiceKey
from connectors.registry import Endpoints
from inbox_service.ports import (
    Clock,
    Credentials,
    Notice,
    PushProof,
    PushRefused,
    Subscription,
)


class GmailPush:
    """The push of Gmail mailboxes.

    By Google's guide: developers.google.com/workspace/gmail/api/guides/push.
    """

    def __init__(self, endpoints: Endpoints, clock: Clock) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._keys = GoogleKeys(endpoints.google_certs_url, clock)

    def project_of(self, topic: str) -> str:
        return pubsub.project_of(topic)

    def checked_subscription(self, name: str) -> str:
        return pubsub.checked_subscription(name)

    def credentials_of_key(self, key: Mapping[str, Any]) -> Credentials:
        """Return the credentials of a service account that acts for nobody but itself."""
        return ServiceKey.read(key, "").credentials()

    def subscription(self, name: str, credentials: Credentials) -> Subscription:
        return PubsubSubscription(self._endpoints, self._clock, name, credentials)

    def proof(self, token: str) -> PushProof:
        return self._keys.proof(token)

    def notice(self, body: bytes) -> Notice:
        """Read the envelope of a push."""
        try:
            found = pubsub.notice_of(json.loads(body)["message"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PushRefused("This is no notice of Pub/Sub.") from error
        if not found.id:
            raise PushRefused("The notice has no id.")
        return found
