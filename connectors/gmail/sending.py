"""Sending exactly once, by way of a draft.

Gmail has no idempotency key and replaces the Message-ID of what it sends, so neither tells whether
a send went out. A draft does: it is there until it is sent, and can be sent only once.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from connectors.gmail.api import ME, GmailApi, Request
from connectors.gmail.headers import header_of
from connectors.gmail.history import pages
from connectors.gmail.units import CREATE_DRAFT, GET_MESSAGE, GET_PROFILE, SEND_DRAFT
from connectors.gmail.uploading import LARGEST_AT_ONCE, upload_in_pieces
from inbox_service.domain.mail import SEND_ID_HEADER, SENT
from inbox_service.ports import (
    ConnectorError,
    CursorExpired,
    OutgoingRaw,
    Priority,
    RetryLater,
    Sending,
    SendRefused,
    SendUnsure,
    SentRef,
    SkipMessage,
    Unreachable,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import Message

# Gmail checks and delivers before it answers; a short timeout would only make sends unsure.
_TIMEOUT = (10, 90)
_PAUSE = 30.0
# The look afterwards is paid before: once the mail is out it must not fail for quota.
_DELIVERY = (SEND_DRAFT, GET_MESSAGE)


@dataclass(frozen=True, slots=True)
class Memo:
    """What must be known about a draft to find out later what became of it."""

    draft: str
    history: str

    @classmethod
    def read(cls, text: str) -> Memo:
        return cls(**json.loads(text))

    def text(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


class Sender:
    """Sends the mails of one mailbox. What it posts goes out once: no library may repeat it."""

    def __init__(self, api: GmailApi) -> None:
        self._api = api
        self._session = api.session()
        self._paid_draft = ""

    def prepare(self, outgoing: OutgoingRaw) -> str:
        """Make the draft, in its thread where that still exists, and return the memo."""
        # All of it is paid at once: of many mails that wait each would else spend what another
        # needs to get out.
        self._api.spend([GET_PROFILE, CREATE_DRAFT, *_DELIVERY], Priority.SEND)
        # Noted before the draft exists, so that the send must come after it in the history.
        history_id = self._history_id()
        try:
            draft_id = self._create_draft(outgoing.raw, outgoing.thread_id)
        except (SkipMessage, SendRefused):
            if not outgoing.thread_id:
                raise
            # The owner may have deleted the thread. Recipients thread by headers anyway.
            self._api.spend([CREATE_DRAFT], Priority.SEND)
            draft_id = self._create_draft(outgoing.raw, "")
        self._paid_draft = draft_id
        return Memo(draft_id, history_id).text()

    def take(self, draft_id: str) -> str:
        """Return the memo of a draft that is there already."""
        self._api.spend([GET_PROFILE, *_DELIVERY], Priority.SEND)
        self._paid_draft = draft_id
        # The draft was not sent yet, so that now is early enough.
        return Memo(draft_id, self._history_id()).text()

    def draft_of(self, memo: str) -> str:
        """Return the id of the draft that the memo is about."""
        return Memo.read(memo).draft

    def deliver(self, memo: str) -> SentRef:
        """Send the draft and read back the Message-ID that Gmail gave it."""
        draft_id = self.draft_of(memo)
        if draft_id != self._paid_draft:
            self._api.spend(_DELIVERY, Priority.SEND)
        self._paid_draft = ""
        url = f"{self._api.root}/gmail/v1/users/{ME}/drafts/send"
        response = self._post(url, json.dumps({"id": draft_id}).encode())
        if response.status_code != requests.codes.ok:
            raise self._send_error(response)
        try:
            return _sent_ref(self._api.call_prepaid(self._metadata(response.json()["id"])))
        except (ConnectorError, ValueError, KeyError) as error:
            raise SendUnsure("The mail is sent, but its Message-ID could not be read.") from error

    def find_sent(self, key: str, memo: str) -> SentRef | Sending:
        """Look for the draft, then for our mail among what was sent since it was made."""
        made = Memo.read(memo)
        draft = self._api.users.drafts().get(userId=ME, id=made.draft, format="minimal")
        try:
            self._api.call(draft, Priority.SEND)
        except SkipMessage:
            return self._sent_since(int(made.history), key)
        return Sending.NOT_SENT

    def _history_id(self) -> str:
        profile = self._api.call_prepaid(self._api.users.getProfile(userId=ME))
        return profile["historyId"]

    def _sent_since(self, history_id: int, key: str) -> SentRef | Sending:
        try:
            for message_id in self._sent_ids(history_id):
                message = self._look_at(message_id)
                if message and header_of(message, SEND_ID_HEADER) == key:
                    return _sent_ref(message)
        except CursorExpired:
            return Sending.UNKNOWN
        # The draft is gone and nothing was sent: a person removed it, or Gmail's history is late.
        return Sending.UNKNOWN

    def _sent_ids(self, history_id: int) -> Iterator[str]:
        for page in pages(self._api, history_id, Priority.SEND):
            for record in page.get("history", []):
                for added in record.get("messagesAdded", []):
                    if SENT in added["message"].get("labelIds", []):
                        yield added["message"]["id"]

    # A message sent by somebody else meanwhile may be gone before we look: it is not ours.
    def _look_at(self, message_id: str) -> Message | None:
        try:
            return self._api.call(self._metadata(message_id), Priority.SEND)
        except SkipMessage:
            return None

    def _metadata(self, message_id: str) -> Request[Message]:
        return self._api.users.messages().get(
            userId=ME,
            id=message_id,
            format="metadata",
            metadataHeaders=["Message-ID", SEND_ID_HEADER],
        )

    def _create_draft(self, raw: bytes, thread_id: str) -> str:
        # The upload address takes mails up to 35 MB; a JSON body would not.
        url = f"{self._api.root}/upload/gmail/v1/users/{ME}/drafts"
        metadata = {"message": _in_thread(thread_id)}
        if len(raw) > LARGEST_AT_ONCE:
            response = upload_in_pieces(self._session, url, metadata, raw)
        else:
            response = self._upload_at_once(url, metadata, raw)
        if response.status_code != requests.codes.ok:
            raise self._refusal(response)
        return str(response.json()["id"])

    def _upload_at_once(self, url: str, metadata: dict[str, Any], raw: bytes) -> requests.Response:
        body, content_type = _multipart(metadata, raw)
        try:
            return self._post(f"{url}?uploadType=multipart", body, content_type)
        except SendUnsure as error:
            # At worst a draft is left over; nothing was sent.
            raise RetryLater(_PAUSE, str(error)) from error

    def _post(
        self, url: str, body: bytes, content_type: str = "application/json"
    ) -> requests.Response:
        """Post once; raises RetryLater if it cannot have left, SendUnsure if it may have."""
        try:
            return self._session.post(
                url,
                data=body,
                headers={"Content-Type": content_type},
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            kind = type(error).__name__
            if _never_left(error):
                raise Unreachable(_PAUSE, f"Gmail cannot be reached: {kind}.") from error
            raise SendUnsure(f"Gmail did not answer: {kind}.") from error

    def _send_error(self, response: requests.Response) -> ConnectorError:
        # After 404 the draft is gone: an earlier try of ours may have sent it.
        if response.status_code >= requests.codes.server_error or (
            response.status_code == requests.codes.not_found
        ):
            return SendUnsure(f"Gmail answered {response.status_code} to a send.")
        # Any other answer proves that nothing was sent.
        return self._refusal(response)

    def _refusal(self, response: requests.Response) -> ConnectorError:
        if response.status_code == requests.codes.request_entity_too_large:
            return SendRefused("The mail is too large for Gmail.")
        error = self._api.error(response.status_code, response.content)
        # A bad mail must not stop the mailbox.
        if response.status_code == requests.codes.bad_request and not isinstance(error, RetryLater):
            return SendRefused(str(error))
        return error


def _never_left(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _in_thread(thread_id: str) -> dict[str, str]:
    return {"threadId": thread_id} if thread_id else {}


def _multipart(metadata: dict[str, Any], raw: bytes) -> tuple[bytes, str]:
    """Return body and content type of a multipart upload (RFC 2387)."""
    boundary = secrets.token_hex(16)
    parts = [
        f"--{boundary}\r\nContent-Type: application/json\r\n\r\n{json.dumps(metadata)}\r\n",
        f"--{boundary}\r\nContent-Type: message/rfc822\r\n\r\n",
    ]
    body = "".join(parts).encode() + raw + f"\r\n--{boundary}--\r\n".encode()
    return body, f'multipart/related; boundary="{boundary}"'


def _sent_ref(message: Message) -> SentRef:
    message_id = header_of(message, "Message-ID").removeprefix("<").removesuffix(">")
    return SentRef(message["id"], message["threadId"], message_id)
