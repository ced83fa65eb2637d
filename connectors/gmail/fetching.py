"""Messages as bytes."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from connectors.gmail.api import ME, GmailApi
from inbox_service.domain.mail import CHAT, DRAFT
from inbox_service.ports import (
    ConnectorError,
    Fetched,
    FetchFailed,
    MessageRef,
    Priority,
    SkipMessage,
)

# Gmail runs the calls of a batch at once and refuses "too many concurrent requests" from about 25
# on; ten are safe, and cost a tenth of the round trips.
_TOGETHER = 10
# A message the history has just announced may not be there for some seconds.
_VISIBLE_AFTER = 3.0

Answer = dict[str, Any] | ConnectorError


class Fetcher:
    """Gets messages with `format=raw`: whole mails with their attachments, for one price."""

    def __init__(self, api: GmailApi, pause: Callable[[float], None] = time.sleep) -> None:
        self._api = api
        self._pause = pause

    def fetch(
        self, refs: Sequence[MessageRef], priority: Priority
    ) -> Iterator[Fetched | FetchFailed]:
        """Yield one result per ref, in order; what concerns all of them is raised."""
        waited = priority is not Priority.LIVE
        for start in range(0, len(refs), _TOGETHER):
            asked = refs[start : start + _TOGETHER]
            answers = self._get(asked, priority)
            if not waited and any(isinstance(answer, SkipMessage) for answer in answers):
                self._pause(_VISIBLE_AFTER)
                # By now everything announced before this call must be visible.
                waited = True
                answers = self._again(asked, answers, priority)
            yield from map(_result, asked, answers)

    def _again(
        self, refs: Sequence[MessageRef], answers: list[Answer], priority: Priority
    ) -> list[Answer]:
        pairs = zip(refs, answers, strict=True)
        missing = [ref for ref, answer in pairs if isinstance(answer, SkipMessage)]
        second = iter(self._get(missing, priority))
        return [next(second) if isinstance(a, SkipMessage) else a for a in answers]

    def _get(self, refs: Sequence[MessageRef], priority: Priority) -> list[Answer]:
        messages = self._api.users.messages()
        requests = [messages.get(userId=ME, id=ref.provider_id, format="raw") for ref in refs]
        return self._api.call_together(requests, priority)


def _result(ref: MessageRef, answer: Answer) -> Fetched | FetchFailed:
    if isinstance(answer, SkipMessage):
        return FetchFailed(ref, answer)
    if isinstance(answer, ConnectorError):
        raise answer
    labels = frozenset(answer.get("labelIds", []))
    if labels & {DRAFT, CHAT}:
        return FetchFailed(ref, SkipMessage("A draft or a chat is no mail."))
    return Fetched(
        ref=MessageRef(answer["id"], answer["threadId"]),
        raw=urlsafe_b64decode(answer["raw"] + "=="),
        labels=labels,
        # The time that Gmail orders by; the Date header is the sender's claim.
        received_at=int(answer["internalDate"]),
    )
