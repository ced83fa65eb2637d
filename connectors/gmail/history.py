"""The live stream: what Gmail's history says has happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.cursors import history_id, live_cursor
from inbox_service.domain.mail import CHAT, DRAFT
from inbox_service.ports import (
    Batch,
    Change,
    Cursor,
    CursorExpired,
    LabelsChanged,
    MessageAdded,
    MessageRef,
    MessageRemoved,
    Priority,
    SkipMessage,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import (
        History,
        ListHistoryResponse,
        Message,
    )

# Every save of a draft is a new message with a new id, and chats are no mail.
_NOT_MAIL = {DRAFT, CHAT}
_PAGE = 500


def pages(api: GmailApi, start: int, priority: Priority) -> Iterator[ListHistoryResponse]:
    """Yield the pages of history after `start`; raises CursorExpired when Gmail forgot it.

    A page may lack the key `history` and still be followed by another.
    """
    history = api.users.history()
    request = history.list(userId=ME, startHistoryId=str(start), maxResults=_PAGE)
    while True:
        try:
            page = api.call(request, priority)
        except SkipMessage as error:
            # Gmail keeps about a week of history, sometimes only hours (sync guide).
            raise CursorExpired(str(error)) from error
        yield page
        if not page.get("nextPageToken"):
            return
        request = history.list(
            userId=ME,
            startHistoryId=str(start),
            maxResults=_PAGE,
            pageToken=page["nextPageToken"],
        )


def changes(api: GmailApi, cursor: Cursor, labels: frozenset[str]) -> Iterator[Batch]:
    """Yield a batch per page of history; messages count once they carry one of `labels`.

    Only the last page may move the cursor to where the whole mailbox stands; after any other page
    it is the page's last record, so that a crash there repeats nothing and skips nothing.
    """
    reached = history_id(cursor)
    for page in pages(api, reached, Priority.LIVE):
        records = page.get("history", [])
        done = not page.get("nextPageToken")
        passed = [int(record["id"]) for record in records]
        if done:
            passed.append(int(page["historyId"]))
        reached = max([reached, *passed])
        yield Batch(tuple(page_changes(records, labels)), live_cursor(reached), done)


def page_changes(records: list[History], labels: frozenset[str]) -> Iterator[Change]:
    """Yield what the records of one page say about the mails that carry one of `labels`."""
    gone = {
        removed["message"]["id"]
        for record in records
        for removed in record.get("messagesDeleted", [])
    }
    for record in records:
        for change in _of_record(record, labels):
            # What came and went within one page cannot be fetched any more.
            if isinstance(change, MessageRemoved) or change.ref.provider_id not in gone:
                yield change


def _of_record(record: History, labels: frozenset[str]) -> Iterator[Change]:
    # `messages` repeats what the specific fields say, so it is not read.
    for added in record.get("messagesAdded", []):
        if labels.intersection(added["message"].get("labelIds", [])) and _is_mail(added["message"]):
            yield MessageAdded(_ref(added["message"]))
    for gained in record.get("labelsAdded", []):
        if _is_mail(gained["message"]):
            # A message moved into a label we read is as new to us as one that just came.
            if labels.intersection(gained["labelIds"]):
                yield MessageAdded(_ref(gained["message"]))
            yield _labels_changed(gained["message"])
    for lost in record.get("labelsRemoved", []):
        if _is_mail(lost["message"]):
            yield _labels_changed(lost["message"])
    for removed in record.get("messagesDeleted", []):
        if _is_mail(removed["message"]):
            yield MessageRemoved(_ref(removed["message"]))


def _is_mail(message: Message) -> bool:
    return not _NOT_MAIL.intersection(message.get("labelIds", []))


def _labels_changed(message: Message) -> LabelsChanged:
    labels = frozenset(message["labelIds"]) if "labelIds" in message else None
    return LabelsChanged(_ref(message), labels)


def _ref(message: Message) -> MessageRef:
    return MessageRef(message["id"], message.get("threadId", ""))
