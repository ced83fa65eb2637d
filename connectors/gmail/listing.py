"""The messages of a scope: listed for reconciling, or newest first for the back-fill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.cursors import Place
from inbox_service.domain.mail import INBOX, SENT
from inbox_service.ports import (
    Batch,
    Change,
    Clock,
    ConnectorBroken,
    Cursor,
    MessageAdded,
    MessageRef,
    Priority,
    Scope,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import ListMessagesResponse

_IDS_PER_PAGE = 500
# Counting more pages than this costs more than the number is worth.
_PAGES_TO_COUNT = 10


class Listing:
    """The lists of one mailbox. SPAM and TRASH are never listed: Gmail leaves them out."""

    def __init__(self, api: GmailApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    def refs(self, scope: Scope) -> Iterator[MessageRef]:
        """Yield every message of the scope once, label by label."""
        seen: set[str] = set()
        for label in sorted(scope.labels):
            # Mail to oneself carries INBOX and SENT: it is in two lists.
            for page in self._pages(label, _query(label, scope.since)):
                new = [ref for ref in _refs(page) if ref.provider_id not in seen]
                seen.update(ref.provider_id for ref in new)
                yield from new

    def backfill(
        self, cursor: Cursor | None, scope: Scope, *, ids_only: bool = False
    ) -> Iterator[Batch]:
        """Yield the messages of the scope, newest first, from where the cursor stands."""
        labels = sorted(scope.labels)
        # A page of ids costs the same whatever it holds; what is fetched must fit the quota.
        size = _IDS_PER_PAGE if ids_only else self._api.batch_size
        place = Place.read(cursor)
        if place is None:
            place = self._beginning(labels, scope, counted=not ids_only)
            if place.total:
                # Stored by itself, the count is not made again when the quota ends after it.
                yield Batch((), place.cursor(), done=False, total=place.total)
        if not place.done and place.label not in labels:
            # The owner took the label out of the scope since.
            place = place.after_page("", labels, scope.since)
        if place.done:
            yield Batch((), place.cursor(), done=True, total=place.total)
        while not place.done:
            page = self._page_at(place, scope, size)
            place = place.after_page(page.get("nextPageToken", ""), labels, scope.since)
            added: tuple[Change, ...] = tuple(MessageAdded(ref) for ref in _refs(page))
            # Windows without mail are progress too: they must not be listed again and again by a
            # quota that ends behind them.
            yield Batch(added, place.cursor(), place.done, place.total)

    def _beginning(self, labels: list[str], scope: Scope, *, counted: bool) -> Place:
        total = sum(self._count(label, scope.since) for label in labels) if counted else None
        return Place(self._clock.now(), label=labels[0], total=total)

    def _page_at(self, place: Place, scope: Scope, size: int) -> ListMessagesResponse:
        query = _query(place.label, *place.window(scope.since))
        try:
            return self._page(place.label, query, size, place.page)
        except ConnectorBroken:
            if not place.page:
                raise
            # Nobody says how long a page token lives; without it the window is listed again.
            return self._page(place.label, query, size, "")

    def _count(self, label: str, since: int | None) -> int:
        """Count a label's messages; past some thousands, all of the label stands for them."""
        if since is not None:
            pages = list(islice(self._pages(label, _query(label, since)), _PAGES_TO_COUNT))
            if not pages[-1].get("nextPageToken"):
                return sum(len(page.get("messages", [])) for page in pages)
        request = self._api.users.labels().get(userId=ME, id=label)
        return self._api.call(request, Priority.BACKFILL).get("messagesTotal", 0)

    def _pages(self, label: str, query: str) -> Iterator[ListMessagesResponse]:
        page = self._page(label, query, _IDS_PER_PAGE, "")
        yield page
        while token := page.get("nextPageToken"):
            page = self._page(label, query, _IDS_PER_PAGE, token)
            yield page

    def _page(self, label: str, query: str, size: int, token: str) -> ListMessagesResponse:
        optional: dict[str, Any] = {"q": query or None, "pageToken": token or None}
        # One label a list: several `labelIds` mean messages that carry all of them.
        request = self._api.messages.list(userId=ME, labelIds=[label], maxResults=size, **optional)
        return self._api.call(request, Priority.BACKFILL)


def _query(label: str, first: int | None, last: int | None = None) -> str:
    # Whether Gmail counts the named second itself is not documented: windows overlap by one.
    terms = [f"after:{first // 1000 - 1}"] if first is not None else []
    if last is not None:
        terms.append(f"before:{last // 1000 + 1}")
    # A draft in a labelled thread carries the label too; INBOX and SENT never hold one.
    if label not in (INBOX, SENT):
        terms.append("-in:drafts -in:chats")
    return " ".join(terms)


def _refs(page: ListMessagesResponse) -> list[MessageRef]:
    return [MessageRef(m["id"], m.get("threadId", "")) for m in page.get("messages", [])]
