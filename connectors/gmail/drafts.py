"""Drafts of ours at Gmail: those that a crash left, and those that are not wanted any more."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.headers import header_of
from inbox_service.domain.mail import SEND_ID_HEADER
from inbox_service.ports import Priority, SkipMessage

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import Draft

# The most that Gmail lists at once, newest first: a mailbox with more unfinished mails is rare.
_LISTED = 500
# Those that are read one by one: a draft that a crash left is minutes old.
_NEWEST = 20


class Drafts:
    """The drafts of one mailbox, as far as they are ours."""

    def __init__(self, api: GmailApi) -> None:
        self._api = api

    def of(self, key: str, thread_id: str) -> list[str]:
        """Return the ids of the drafts whose mail carries the key, the newest first.

        Gmail's search does not know our header, and it may not know a new draft yet. Where many
        mails wait, each has its draft: those of the mail's own thread are read with one call.
        """
        resource = self._api.users.drafts()
        listed = self._api.call(resource.list(userId=ME, maxResults=_LISTED), Priority.SEND)
        drafts = listed.get("drafts", [])
        return self._of_thread(drafts, key, thread_id) or self._of_none(drafts, key)

    def delete(self, draft_id: str) -> None:
        """Delete a draft; one that is gone is no error."""
        request = self._api.users.drafts().delete(userId=ME, id=draft_id)
        with suppress(SkipMessage):
            self._api.call(request, Priority.SEND)

    def _of_thread(self, drafts: list[Draft], key: str, thread_id: str) -> list[str]:
        ours = {
            one["message"]["id"]: one["id"]
            for one in drafts
            if thread_id and one["message"]["threadId"] == thread_id
        }
        if not ours:
            return []
        asked = self._api.users.threads().get(
            userId=ME, id=thread_id, format="metadata", metadataHeaders=[SEND_ID_HEADER]
        )
        with suppress(SkipMessage):
            messages = self._api.call(asked, Priority.SEND)["messages"]
            keys = {one["id"]: header_of(one, SEND_ID_HEADER) for one in messages}
            return [draft_id for one, draft_id in ours.items() if keys.get(one) == key]
        return []

    def _of_none(self, drafts: list[Draft], key: str) -> list[str]:
        # A draft that begins a thread gives it its own id.
        newest = [one for one in drafts if one["message"]["threadId"] == one["message"]["id"]]
        return [one["id"] for one in newest[:_NEWEST] if self._key_of(one["message"]["id"]) == key]

    def _key_of(self, message_id: str) -> str:
        asked = self._api.users.messages().get(
            userId=ME, id=message_id, format="metadata", metadataHeaders=[SEND_ID_HEADER]
        )
        try:
            return header_of(self._api.call(asked, Priority.SEND), SEND_ID_HEADER)
        except SkipMessage:
            return ""
