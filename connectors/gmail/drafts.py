"""Drafts of ours at Gmail: those that a crash left, and those that are not wanted any more."""

from __future__ import annotations

from contextlib import suppress

from connectors.gmail.api import ME, GmailApi
from connectors.gmail.headers import header_of
from inbox_service.domain.mail import SEND_ID_HEADER
from inbox_service.ports import Priority, SkipMessage

# Gmail lists the newest first, and a draft that a crash left is minutes old: whatever else its
# owner keeps unfinished is not read.
_NEWEST = 20


class Drafts:
    """The drafts of one mailbox, as far as they are ours."""

    def __init__(self, api: GmailApi) -> None:
        self._api = api

    def of(self, key: str) -> list[str]:
        """Return the ids of the newest drafts whose mail carries the key, the newest first.

        Gmail's search does not know our header, and it may not know a new draft yet: each is read.
        """
        resource = self._api.users.drafts()
        listed = self._api.call(resource.list(userId=ME, maxResults=_NEWEST), Priority.SEND)
        return [
            draft["id"]
            for draft in listed.get("drafts", [])
            if self._key_of(draft["message"]["id"]) == key
        ]

    def delete(self, draft_id: str) -> None:
        """Delete a draft; one that is gone is no error."""
        request = self._api.users.drafts().delete(userId=ME, id=draft_id)
        with suppress(SkipMessage):
            self._api.call(request, Priority.SEND)

    def _key_of(self, message_id: str) -> str:
        asked = self._api.users.messages().get(
            userId=ME, id=message_id, format="metadata", metadataHeaders=[SEND_ID_HEADER]
        )
        try:
            return header_of(self._api.call(asked, Priority.SEND), SEND_ID_HEADER)
        except SkipMessage:
            return ""
