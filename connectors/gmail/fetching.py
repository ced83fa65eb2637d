"""Messages as bytes."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import Message

    Answer = Message | ConnectorError

# Where a message costs 20 units, the quota is four or five a second: one call after the other is
# fast enough, and holds one mail of up to 50 MB in memory instead of many.
_DEAR = 20
# The old quota is ten times that and needs batches. Gmail runs the calls of a batch at once and
# refuses "too many concurrent requests" from about 25 on; ten are safe.
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
    together = 1 if api.units[GET_MESSAGE] >= _DEAR else _TOGETHER
    for start in range(0, len(refs), together):
        asked = refs[start : start + together]
        yield from map(_result, asked, _get(api, asked))


def _get(api: GmailApi, refs: Sequence[MessageRef]) -> list[Answer]:
    requests = [api.messages.get(userId=ME, id=ref.provider_id, format="raw") for ref in refs]
    if len(requests) > 1:
        return api.call_together_prepaid(requests)
    try:
        return [api.call_prepaid(requests[0])]
    except SkipMessage as gone:
        return [gone]


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
