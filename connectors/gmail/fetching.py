"""Messages as bytes."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from typing import Any

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.units import GET_MESSAGE
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


def fetch(
    api: GmailApi, refs: Sequence[MessageRef], priority: Priority
) -> Iterator[Fetched | FetchFailed]:
    """Yield one result per ref, in order.

    `format=raw` gives the whole mail with its attachments for the price of its headers.
    """
    if not refs:
        return
    # All is paid before the first call: quota that ends half-way would waste what it bought.
    api.spend([GET_MESSAGE] * len(refs), priority)
    messages = api.users.messages()
    for start in range(0, len(refs), _TOGETHER):
        asked = refs[start : start + _TOGETHER]
        requests = [messages.get(userId=ME, id=ref.provider_id, format="raw") for ref in asked]
        yield from map(_result, asked, api.call_together_prepaid(requests))


def _result(ref: MessageRef, answer: dict[str, Any] | ConnectorError) -> Fetched | FetchFailed:
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
