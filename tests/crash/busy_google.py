"""The simulated Google as a process of its own, which no kill of ours reaches."""

import base64
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

SEND_ID = "X-Unified-Inbox-Send-Id"

Json = dict[str, Any]

# Every call takes its time, so that kills meet batches and sends half done.
_PACE = (("drafts.send", 120), ("messages.get", 25), ("*", 8))


@dataclass
class Google:
    """A running simulator; `session` is for the thread that made it."""

    process: subprocess.Popen[bytes]
    root: str
    accounts: list[str] = field(default_factory=list)

    # --- accounts and mail --------------------------------------------------------------------

    def add_account(self, email: str, aliases: Sequence[str]) -> None:
        """Make an account with further addresses."""
        self.control("accounts", {"email": email, "aliases": list(aliases)})
        self.accounts.append(email)

    def add_client(self, project: str) -> Json:
        """Make an OAuth client; return its id and secret."""
        made: Json = self.control("clients", {"project": project})
        return made

    def consent(self, page: str, account: str) -> Json:
        """Allow everything on a consent page; return what the browser comes back with."""
        form = {"account": account, "answer": "allow"}
        shown = requests.post(page, form, allow_redirects=False, timeout=30)
        query = parse_qs(urlsplit(shown.headers["Location"]).query)
        return {name: query[name][-1] for name in ("state", "code", "error") if name in query}

    def deliver(self, to: str, raw: bytes, **details: Any) -> None:
        """Let a mail arrive from outside, authenticated as its sender's provider would."""
        encoded = base64.urlsafe_b64encode(raw).decode()
        self.control("deliver", {"to": to, "raw": encoded, **details})

    def in_scope(self, account: str) -> dict[str, Json]:
        """Return the account's messages that the service reads, by id."""
        return {
            message["id"]: message
            for message in self._messages(account=account)
            if {"INBOX", "SENT"} & set(message["labelIds"])
        }

    def sent(self, account: str, since: int = 0) -> list[Json]:
        """Return what the account sent since then (ms), oldest first."""
        return self._messages(account=account, label="SENT", since=since)

    def drafts(self, account: str) -> list[Json]:
        """Return the account's drafts."""
        return self._messages(account=account, label="DRAFT")

    def history_ids(self) -> dict[str, int]:
        """Return where each account's history stands."""
        found = requests.get(f"{self.root}/_sim/accounts", timeout=60).json()
        return {one["email"]: int(one["historyId"]) for one in found}

    # --- trouble ------------------------------------------------------------------------------

    def suffer(self, faults: Sequence[Json]) -> None:
        """Have these faults and no others; the first that fits a call strikes it."""
        requests.delete(f"{self.root}/_sim/faults", timeout=30)
        paces = [
            {"method": name, "kind": "delay", "delay": ms, "times": None} for name, ms in _PACE
        ]
        for fault in (*faults, *paces):
            self.control("faults", fault)

    def configure(self, **settings: Any) -> None:
        """Change how this Google behaves."""
        self.control("settings", settings)

    def calls(self, method: str) -> int:
        """Return how often the service has asked for a method, for all accounts."""
        return sum(self._stats(account)["calls"].get(method, 0) for account in self.accounts)

    def await_call(self, method: str, patience: float) -> bool:
        """Wait until a method is asked for once more; tell whether it was."""
        before, deadline = self.calls(method), time.monotonic() + patience
        while self.calls(method) == before:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait()

    def control(self, path: str, body: Json) -> Any:
        """Ask the control API."""
        answer = requests.post(f"{self.root}/_sim/{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def _messages(self, **query: Any) -> list[Json]:
        found: list[Json] = requests.get(f"{self.root}/_sim/messages", query, timeout=120).json()
        return found

    def _stats(self, account: str) -> Json:
        found: Json = requests.get(
            f"{self.root}/_sim/stats", {"account": account}, timeout=60
        ).json()
        return found


def start_google(folder: Path, units_per_minute: int) -> Google:
    """Start a simulator with this quota, and wait until it answers."""
    port_file = folder / "google.port"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "connectors.testkit.gmail_simulator"),
            *("--quota", str(units_per_minute)),
            *("--state-dir", str(folder / "google"), "--port-file", str(port_file)),
        ],
        stdout=subprocess.DEVNULL,
    )
    while not port_file.exists():
        assert process.poll() is None
        time.sleep(0.05)
    return Google(process, f"http://127.0.0.1:{port_file.read_text().strip()}")


def header(message: Json, name: str) -> str:
    """Return a header of a message as the simulator shows it."""
    pairs = ((one["name"], one["value"]) for one in message["headers"])
    return next((value for key, value in pairs if key.lower() == name.lower()), "")
