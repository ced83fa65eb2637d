"""The service as a shop runs it: `inbox up`, a paired site, an agent; and the means to kill it."""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jwt
import psutil
import requests

HOME_URL = "http://127.0.0.1:9"
_AGENT = "7"
_PATIENCE_SECONDS = 90


class Office:
    """A tree of processes on one data folder and one database."""

    def __init__(self, folder: Path, database_url: str, google_root: str) -> None:
        self._ready_file = folder / "ready.json"
        self._log = (folder / "up.log").open("ab")
        self.log_path = folder / "up.log"
        port = _free_port()
        self._root = f"http://127.0.0.1:{port}"
        self._env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "INBOX_DATA_DIR": str(folder / "data"),
            "INBOX_BIND": f"127.0.0.1:{port}",
            "INBOX_WORKERS": "2",
            "INBOX_POLL_SECONDS": "1",
            "GMAIL_API_ROOT": google_root,
            "GOOGLE_OAUTH_ROOT": google_root,
            "GMAIL_UNITS_PER_MINUTE": "0",
        }
        self._tree: subprocess.Popen[bytes] | None = None
        self._key: dict[str, str] = {}

    # --- processes ------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the tree; what runs of an earlier one is dead."""
        self._ready_file.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "workers.main",
            "up",
            "--ready-file",
            str(self._ready_file),
        ]
        self._tree = subprocess.Popen(command, env=self._env, stderr=self._log)

    def await_ready(self) -> None:
        """Wait until the tree says that the service answers."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._ready_file.exists():
            assert self._tree is not None
            assert self._tree.poll() is None, self.log_path.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log_path.read_text()[-2000:]
            time.sleep(0.05)

    def kill(self, part: str) -> bool:
        """Kill a part with SIGKILL, "up" being the whole tree; tell whether it was there."""
        assert self._tree is not None
        if part == "up":
            below = psutil.Process(self._tree.pid).children(recursive=True)
            self._tree.kill()
            self._tree.wait()
            psutil.wait_procs(below, timeout=10)
            self.start()
            return True
        pid = self._pids().get(part)
        if pid is None or not psutil.pid_exists(pid):
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def stop(self) -> None:
        """End the tree as a person would."""
        if self._tree is not None:
            self._tree.terminate()
            self._tree.wait(60)
        self._log.close()

    def inbox(self, *args: str) -> Any:
        """Run a command and return the JSON it prints."""
        command = [sys.executable, "-m", "workers.main", *args, "--json"]
        return json.loads(subprocess.check_output(command, env=self._env))

    def _pids(self) -> dict[str, int]:
        try:
            return dict(json.loads(self._ready_file.read_text())["pids"])
        except FileNotFoundError:
            return {}

    # --- the plugin's side ----------------------------------------------------------------------

    def pair(self) -> str:
        """Make the site, pair with it, register one agent; return the site's id."""
        made = self.inbox("site", "add", "--name", "Shop", "--url", HOME_URL)
        body = {"code": made["code"], "home_url": HOME_URL, "name": "Shop"}
        body |= {"locale": "en_US", "timezone": "UTC"}
        answer = requests.post(f"{self._root}/api/v1/pairing", json=body, timeout=30)
        answer.raise_for_status()
        self._key = answer.json()
        agent = {"name": "Ana", "email": "ana@shop.example", "role": "agent", "locale": "en_US"}
        self.call("PUT", f"/agents/{_AGENT}", agent, caller=("plugin", "plugin"))
        return str(made["site_id"])

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        caller: tuple[str, str] = ("agent", _AGENT),
        key: str = "",
    ) -> requests.Response:
        """Call the API and call again, newly signed, until the service answered."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                answer = self._call_once(method, path, body, caller, key)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer
            assert time.monotonic() < deadline, answer and answer.text
            time.sleep(0.2)

    def _call_once(
        self, method: str, path: str, body: Any, caller: tuple[str, str], key: str
    ) -> requests.Response:
        sent = b"" if body is None else json.dumps(body).encode()
        full = f"/api/v1{path}"
        headers = {"Authorization": f"Bearer {self._token(method, full, sent, caller)}"}
        if sent:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        return requests.request(method, self._root + full, data=sent, headers=headers, timeout=30)

    def _token(self, method: str, path: str, body: bytes, caller: tuple[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": HOME_URL,
            "aud": "unified-inbox",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(16),
            "typ": caller[0],
            "sub": caller[1],
            "method": method,
            "path": path,
            "body_sha256": hashlib.sha256(body).hexdigest(),
        }
        headers = {"kid": self._key["key_id"]}
        return jwt.encode(claims, self._key["secret"], "HS256", headers=headers)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
