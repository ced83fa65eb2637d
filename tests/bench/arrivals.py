"""Mails that arrive at the simulated Google, and how long each takes to be listed by the API."""

from __future__ import annotations

import secrets
import threading
import time

from tests.bench.running import Running

_LOOK_SECONDS = 0.1
# As often as the inbox on a screen asks what is new.
_LIVE_SECONDS = 4.0
_LONGEST_SECONDS = 120.0


class Arrivals:
    """Delivers mails and times them; with `is_watched` an agent has the inbox open meanwhile."""

    def __init__(self, service: Running, address: str, *, is_watched: bool) -> None:
        """Begin to look."""
        self._service = service
        self._address = address
        self._is_watched = is_watched
        self._waiting: dict[str, float] = {}
        self._waits: list[float] = []
        self._asked_at = 0.0
        self._is_last = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def deliver(self) -> None:
        """Let a mail arrive now, from somebody who never wrote before."""
        subject = f"Urgent {secrets.token_hex(8)}"
        mail = f"From: {subject[-8:]}@customer.example\r\nTo: {self._address}\r\n"
        mail += f"Subject: {subject}\r\nMessage-ID: <{subject[-16:]}@customer.example>\r\n\r\nHello"
        self._service.google.deliver(self._address, mail.encode())
        self._waiting[subject] = time.monotonic()

    def finish(self) -> list[float]:
        """Wait for the last of them, and return how long each took, in seconds."""
        self._is_last.set()
        self._thread.join()
        assert not self._waiting, f"{len(self._waiting)} mails never came to the API."
        return self._waits

    def _look(self) -> None:
        ends_at = float("inf")
        while time.monotonic() < ends_at:
            if self._is_last.is_set():
                ends_at = min(ends_at, time.monotonic() + _LONGEST_SECONDS)
                if not self._waiting:
                    return
            self._be_there()
            listed = self._service.call("GET", "/tickets?status=open&limit=50")["items"]
            now = time.monotonic()
            for ticket in listed:
                if ticket["subject"] in self._waiting:
                    self._waits.append(now - self._waiting.pop(ticket["subject"]))
            time.sleep(_LOOK_SECONDS)

    def _be_there(self) -> None:
        if self._is_watched and time.monotonic() - self._asked_at > _LIVE_SECONDS:
            self._asked_at = time.monotonic()
            self._service.call("POST", "/live", {"after": None, "viewing": None, "mode": None})
