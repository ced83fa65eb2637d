"""The simulated Google as a process of its own, which no kill of ours reaches."""

import base64
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

SEND_ID = "X-Unified-Inbox-Send-Id"


@dataclass(frozen=True)
class Google:
    """A running simulator."""

    process: subprocess.Popen[bytes]
    root: str

    def add_account(self, email: str, aliases: list[str]) -> dict[str, str]:
        """Make an account and return the credentials of whoever is connected to it."""
        made: dict[str, str] = self._call("accounts", {"email": email, "aliases": aliases})
        return made

    def deliver(self, to: str, raw: bytes) -> None:
        """Let a mail arrive from outside, authenticated as its sender's provider would."""
        self._call("deliver", {"to": to, "raw": base64.urlsafe_b64encode(raw).decode()})

    def in_scope(self, account: str) -> dict[str, dict[str, Any]]:
        """Return the account's messages that the service reads, by id."""
        found = requests.get(f"{self.root}/_sim/messages", {"account": account}, timeout=30).json()
        return {
            message["id"]: message
            for message in found
            if {"INBOX", "SENT"} & set(message["labelIds"])
        }

    def sent(self, account: str) -> list[dict[str, Any]]:
        """Return what the account sent, oldest first."""
        return [one for one in self.in_scope(account).values() if "SENT" in one["labelIds"]]

    def slow_down(self) -> None:
        """Let every call take its time, so that kills meet batches and sends half done."""
        self._call("faults", _delay("drafts.send", 250))
        self._call("faults", _delay("messages.get", 60))
        self._call("faults", _delay("*", 15))

    def lose_answers(self, sends: int) -> None:
        """Do the next sends, and drop the connection without an answer."""
        fault = {"method": "drafts.send", "kind": "accept_then_drop", "times": sends}
        requests.delete(f"{self.root}/_sim/faults", timeout=30)
        self._call("faults", fault)
        self.slow_down()

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait()

    def _call(self, path: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self.root}/_sim/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()


def start_google(folder: Path) -> Google:
    """Start a simulator without a quota, and wait until it answers."""
    port_file = folder / "google.port"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "connectors.testkit.gmail_simulator", "--quota", "0"),
            *("--state-dir", str(folder / "google"), "--port-file", str(port_file)),
        ],
        stdout=subprocess.DEVNULL,
    )
    while not port_file.exists():
        assert process.poll() is None
        time.sleep(0.05)
    return Google(process, f"http://127.0.0.1:{port_file.read_text().strip()}")


def header(message: dict[str, Any], name: str) -> str:
    """Return a header of a message as the simulator shows it."""
    headers = message["headers"]
    pairs = (
        headers.items() if isinstance(headers, dict) else [(h["name"], h["value"]) for h in headers]
    )
    return next((value for key, value in pairs if key.lower() == name.lower()), "")


def _delay(method: str, ms: int) -> dict[str, Any]:
    return {"method": method, "kind": "delay", "delay": ms, "times": None}
