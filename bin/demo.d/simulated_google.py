"""The simulated Google's control API, as the demo uses it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen


@dataclass(frozen=True, slots=True)
class SimulatedGoogle:
    """A running simulator at its root address."""

    root: str

    def add_account(self, email: str, aliases: tuple[str, ...], name: str) -> dict[str, str]:
        """Make an account; returns the credentials of a mailbox that was connected to it."""
        body = {"email": email, "aliases": list(aliases), "name": name}
        made: dict[str, str] = self._call("accounts", body)
        return made

    def deliver(
        self,
        to: str,
        raw: bytes,
        labels: tuple[str, ...] = ("INBOX", "UNREAD"),
        received_at: int | None = None,
    ) -> None:
        """Put a mail into the mailbox that `to` reaches; `received_at` is ms UTC."""
        text = base64.urlsafe_b64encode(raw).decode()
        body = {"to": to, "raw": text, "labels": list(labels), "internal_date_ms": received_at}
        self._call("deliver", body)

    def sent(self, account: str) -> list[dict[str, Any]]:
        """The account's SENT mails with their bytes under `raw`, oldest first."""
        query = urlencode({"account": account, "label": "SENT", "raw": "1"})
        found: list[dict[str, Any]] = self._call(f"messages?{query}")
        return [mail | {"raw": base64.urlsafe_b64decode(mail["raw"])} for mail in found]

    def _call(self, path: str, body: object = None) -> Any:
        request = Request(f"{self.root}/_sim/{path}", headers={"Content-Type": "application/json"})  # noqa: S310 - our own address
        if body is not None:
            request.data = json.dumps(body).encode()
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own address
            return json.load(answer)
