"""Mails, and an unmodified Google client pointed at the simulator."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import ExitStack
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import __file__ as documents
from googleapiclient.errors import HttpError

from connectors.testkit.gmail_simulator import GmailSimulator

SUPPORT, BILLING, SALES = "support@acme.test", "billing@acme.test", "sales@acme.test"
JO = "Jo <jo@customer.test>"
DOCUMENT = Path(documents).parent / "documents" / "gmail.v1.json"
FULL = "https://mail.google.com/"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
READONLY = "https://www.googleapis.com/auth/gmail.readonly"
METADATA = "https://www.googleapis.com/auth/gmail.metadata"


def mail(subject: str = "Hello", text: str = "How are you?", **headers: str) -> bytes:
    """Return a mail from Jo to support@; `In_Reply_To="<1@x>"` sets In-Reply-To."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    given = {"From": JO, "To": SUPPORT, "Subject": subject} | headers
    for name, value in given.items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def with_file(subject: str, name: str, content: bytes) -> bytes:
    """Return a mail with an HTML alternative and an attached file."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"] = JO, SUPPORT, subject
    message.set_content("See the file.")
    message.add_alternative("<p>See the <b>file</b>.</p>", subtype="html")
    message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text)


def parsed(message: dict[str, Any]) -> Message:
    return message_from_bytes(decoded(message["raw"]))


def header(message: dict[str, Any], name: str) -> str:
    """Return a header of a message in the full or metadata format."""
    named = {entry["name"].lower(): entry["value"] for entry in message["payload"]["headers"]}
    return named[name.lower()]


class Connect:
    """Makes clients for simulated accounts and closes them at the end of the test."""

    def __init__(self, simulator: GmailSimulator, stack: ExitStack) -> None:
        self.simulator = simulator
        self.stack = stack

    def credentials(self, account: str, *scopes: str) -> Credentials:
        owner = self.simulator.add_account(account, scopes=scopes or (FULL,))
        credentials = Credentials(
            None,
            refresh_token=owner.refresh_token,
            client_id=owner.client_id,
            client_secret=owner.client_secret,
            token_uri=f"{self.simulator.root}/token",
        )
        with requests.Session() as session:
            credentials.refresh(Request(session))
        return credentials

    def service(self, account: str, *scopes: str) -> Any:
        return self.service_of(self.credentials(account, *scopes))

    def service_of(self, credentials: Any) -> Any:
        document = json.loads(DOCUMENT.read_text())
        document["rootUrl"] = document["baseUrl"] = f"{self.simulator.root}/"
        document.pop("mtlsRootUrl", None)
        service = build_from_document(document, credentials=credentials)
        self.stack.callback(service.close)
        return service

    def users(self, account: str, *scopes: str) -> Any:
        return self.service(account, *scopes).users()

    def session(self, account: str, *scopes: str) -> AuthorizedSession:
        return self.stack.enter_context(AuthorizedSession(self.credentials(account, *scopes)))


def refused(work: Callable[[], Any]) -> tuple[int, str, str]:
    """Return (status, reason, message) of the error that a client's call ends with."""
    with pytest.raises(HttpError) as caught:
        work()
    error = json.loads(caught.value.content)["error"]
    assert error["code"] == caught.value.resp.status
    return error["code"], error["errors"][0]["reason"], error["message"]


def send(users: Any, raw: bytes, thread_id: str = "") -> Any:
    """Send by messages.send."""
    body = {"raw": encoded(raw)} | ({"threadId": thread_id} if thread_id else {})
    return users.messages().send(userId="me", body=body).execute()


def get(users: Any, message_id: str, form: str = "full", **more: Any) -> Any:
    return users.messages().get(userId="me", id=message_id, format=form, **more).execute()


def listed(users: Any, **more: Any) -> list[str]:
    """Return the ids of one page of messages.list."""
    answer = users.messages().list(userId="me", **more).execute()
    return [entry["id"] for entry in answer.get("messages", [])]


def history(users: Any, start: str, **more: Any) -> Any:
    return users.history().list(userId="me", startHistoryId=start, **more).execute()


def profile(users: Any) -> Any:
    return users.getProfile(userId="me").execute()
