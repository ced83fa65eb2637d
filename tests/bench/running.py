"""The whole service as processes of its own, with a simulated Google, and an agent at work."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import psutil
import requests

from connectors.testkit.gmail_simulator import GmailSimulator
from workers import main as command_line

HOME = "https://shop.example"
AGENT = 7
PROJECT = "simulated-project"
TOPIC = f"projects/{PROJECT}/topics/mail"
SUBSCRIPTION = f"projects/{PROJECT}/subscriptions/inbox"
_START_SECONDS = 120


@dataclass
class Running:
    """A service that runs; the bench acts as its owner and as an agent of its only site."""

    google: GmailSimulator
    env: Mapping[str, str]
    folder: Path
    process: subprocess.Popen[bytes]
    root: str
    site_id: str = ""
    key: Mapping[str, str] | None = None

    def inbox(self, *args: str) -> Any:
        """Run a command and return what it printed as JSON."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            code = command_line.run([*args, "--json"], self.env)
        assert code == 0, printed.getvalue()
        return json.loads(printed.getvalue())

    def open_site(self) -> None:
        """Make the site, with one agent who manages it."""
        self.site_id = self.inbox("site", "add", "--name", "Shop", "--url", HOME)["site_id"]
        self.key = self.inbox("site", "rotate", self.site_id)
        agent = {"wp_user_id": AGENT, "name": "Ana", "email": "ana@shop.example"}
        agent |= {"role": "manager", "locale": "en_US"}
        self.call("PUT", "/agents", {"agents": [agent]}, typ="plugin", sub="plugin")

    def add_mailbox(self, address: str, days: int = 0) -> None:
        """Connect an account of the simulated Google."""
        path = self.folder / "credentials.json"
        path.write_text(json.dumps(self.google.add_account(address).as_json()))
        self.inbox(
            *("mailbox", "add", "--site", self.site_id, "--address", address),
            *("--credentials", str(path), "--inbox", f"{address}={address}"),
            *("--config", f"project={PROJECT}", "--days", str(days)),
        )

    def add_push(self) -> None:
        """Let the site's mailboxes be pushed, by a subscription to pull."""
        self.google.add_topic(TOPIC, SUBSCRIPTION)
        path = self.folder / "key.json"
        path.write_text(json.dumps(self.google.add_service_account("listener@x.example", ())))
        self.inbox(
            *("push", "add", "--site", self.site_id, "--topic", TOPIC),
            *("--subscription", SUBSCRIPTION, "--key", str(path)),
        )

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        typ: str = "agent",
        sub: str = str(AGENT),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Call the API signed as the plugin does, and return the answer's JSON."""
        sent = b"" if body is None else json.dumps(body).encode()
        full = f"/api/v1{path}"
        said = {"Authorization": f"Bearer {self._token(method, full, sent, typ, sub)}"}
        said |= {"Content-Type": "application/json"} if sent else {}
        said |= headers or {}
        answer = requests.request(method, self.root + full, data=sent, headers=said, timeout=30)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def cpu_seconds(self) -> dict[str, float]:
        """Return what each process of the service has used so far, by its name."""
        pids = json.loads((self.folder / "ready.json").read_text())["pids"]
        used = {}
        for name, pid in pids.items():
            process = psutil.Process(pid)
            family = [process, *process.children(recursive=True)]
            used[name] = sum(sum(one.cpu_times()[:2]) for one in family)
        return used

    def _token(self, method: str, path: str, body: bytes, typ: str, sub: str) -> str:
        assert self.key is not None
        now = int(time.time())
        claims = {"iss": HOME, "aud": "unified-inbox", "iat": now, "exp": now + 60}
        claims |= {"jti": secrets.token_hex(16), "typ": typ, "sub": sub, "method": method}
        claims |= {"path": path, "body_sha256": hashlib.sha256(body).hexdigest()}
        return jwt.encode(claims, self.key["secret"], "HS256", headers={"kid": self.key["key_id"]})


@contextlib.contextmanager
def running(google: GmailSimulator, **settings: str) -> Iterator[Running]:
    """Run `inbox up` on an empty folder, with one site, until the block ends."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = _free_port()
        env = {
            **os.environ,
            "INBOX_DATA_DIR": str(folder / "data"),
            "INBOX_BIND": f"127.0.0.1:{port}",
            "INBOX_LOG_LEVEL": "warning",
            "GMAIL_API_ROOT": google.root,
            "GOOGLE_OAUTH_ROOT": google.root,
            "GOOGLE_CERTS_URL": f"{google.root}/oauth2/v3/certs",
            "PUBSUB_ROOT": google.root,
            **settings,
        }
        ready = folder / "ready.json"
        command = [sys.executable, "-m", "workers.main", "up", "--ready-file", str(ready)]
        process = subprocess.Popen(command, env=env)
        try:
            _await(ready, process)
            made = Running(google, env, folder, process, f"http://127.0.0.1:{port}")
            made.open_site()
            yield made
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _await(ready: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready.exists():
        assert process.poll() is None, "The service ended at its start."
        assert time.monotonic() < deadline, "The service did not become ready."
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
