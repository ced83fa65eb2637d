"""The live stream: what Gmail's history says has happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.cursors import history_id, live_cursor
from inbox_service.domain.mail import CHAT, DRAFT, SPAM, TRASH
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
    RetryLater,
    SkipMessage,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import (
        History,
        HistoryLabelRemoved,
        ListHistoryResponse,
        Message,
    )

# Every save of a draft is a new message with a new id, and chats are no mail.
_NOT_MAIL = {DRAFT, CHAT}
_HIDING = {SPAM, TRASH}
_PAGE = 500
# A busy mailbox whose changes are none of ours has some; more are a fault of Gmail's that passes.
_MOST_BLANK = 100
_BLANK_PAUSE = 60.0


def pages(api: GmailApi, start: int, priority: Priority) -> Iterator[ListHistoryResponse]:
    """Yield the pages of history after `start`; raises CursorExpired when Gmail forgot it.

    A page may lack the key `history` and still be followed by another; raises RetryLater where that
    has no end.
    """
    blank = 0
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
        blank = 0 if page.get("history") else blank + 1
        if blank > _MOST_BLANK:
            raise RetryLater(_BLANK_PAUSE, "Gmail's history has blank pages only for the moment.")
        request = history.list(
            userId=ME,
            startHistoryId=str(start),
            maxResults=_PAGE,
            pageToken=page["nextPageToken"],
        )


def changes(api: GmailApi, cursor: Cursor, labels: frozenset[str]) -> Iterator[Batch]:
    """Yield batches of what happened; messages count once they carry one of `labels`.

    Only the last batch may move the cursor to where the whole mailbox stands; after any other it is
    the batch's last record, so that a crash there repeats nothing and skips nothing.
    """
    reached = history_id(cursor)
    for page in pages(api, reached, Priority.LIVE):
        pieces = list(page_pieces(page.get("history", []), labels, api.batch_size))
        is_last = not page.get("nextPageToken")
        if is_last:
            # It may be ahead of the last record: what lies between is nothing to us.
            _, rest = pieces.pop() if pieces else (0, ())
            pieces.append((int(page["historyId"]), rest))
        if not pieces:
            # Gmail may send blank pages for long: between two the caller may stop.
            yield Batch((), live_cursor(reached), done=False)
        for number, (passed, found) in enumerate(pieces, 1):
            reached = max(reached, passed)
            yield Batch(found, live_cursor(reached), done=is_last and number == len(pieces))


def page_pieces(
    records: list[History], labels: frozenset[str], most: int
) -> Iterator[tuple[int, tuple[Change, ...]]]:
    """Cut a page of records into pieces that add at most so many messages.

    Each comes with the id of its last record. A record that alone adds more stays whole.
    """
    # What came and went within one page cannot be fetched any more.
    gone = {deleted["message"]["id"] for r in records for deleted in r.get("messagesDeleted", [])}
    came = {added["message"]["id"] for r in records for added in r.get("messagesAdded", [])}
    piece: list[Change] = []
    last = 0
    for record in records:
        found = [
            change
            for change in _of_record(record, labels, came)
            if isinstance(change, MessageRemoved) or change.ref.provider_id not in gone
        ]
        if piece and _additions(piece) + _additions(found) > most:
            yield last, tuple(piece)
            piece = []
        piece += found
        last = int(record["id"])
    if records:
        yield last, tuple(piece)


def _additions(changes: list[Change]) -> int:
    return sum(isinstance(change, MessageAdded) for change in changes)


def _of_record(record: History, labels: frozenset[str], came: set[str]) -> Iterator[Change]:
    # `messages` repeats what the specific fields say, so it is not read.
    for added in record.get("messagesAdded", []):
        if labels.intersection(added["message"].get("labelIds", [])) and _is_mail(added["message"]):
            yield MessageAdded(_ref(added["message"]))
    for gained in record.get("labelsAdded", []):
        # A message moved into a label we read is as new to us as one that just came.
        is_new = bool(labels.intersection(gained["labelIds"]))
        yield from _relabelled(gained["message"], is_new=is_new)
    for lost in record.get("labelsRemoved", []):
        is_new = _is_new_by_losing(lost, labels, came)
        yield from _relabelled(lost["message"], is_new=is_new)
    for removed in record.get("messagesDeleted", []):
        if _is_mail(removed["message"]):
            yield MessageRemoved(_ref(removed["message"]))


def _is_new_by_losing(lost: HistoryLabelRemoved, labels: frozenset[str], came: set[str]) -> bool:
    """Tell whether a message that lost labels is new to us all the same."""
    message, taken = lost["message"], lost["labelIds"]
    # Left spam or trash, and what it carries still is read.
    if _HIDING.intersection(taken) and labels.intersection(message.get("labelIds", [])):
        return True
    # Archived as soon as it came: whether Gmail tells the labels of then or of now is not
    # documented, and a customer's mail must not depend on it.
    return message["id"] in came and bool(labels.intersection(taken))


def _is_mail(message: Message) -> bool:
    return not _NOT_MAIL.intersection(message.get("labelIds", []))


def _relabelled(message: Message, *, is_new: bool) -> Iterator[Change]:
    if not _is_mail(message):
        return
    if is_new:
        yield MessageAdded(_ref(message))
    # Google's JSON leaves an empty list out.
    yield LabelsChanged(_ref(message), frozenset(message.get("labelIds", [])))


def _ref(message: Message) -> MessageRef:
    return MessageRef(message["id"], message.get("threadId", ""))
