"""WordPress's side of a host: it pairs with a code and signs each request, through nginx."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests

HOME_URL = "https://shop.example"
AGENT = "7"


@dataclass
class Plugin:
    """A WordPress that knows the service by its root address."""

    root: str
    certificate: str = ""
    key: dict[str, str] = field(default_factory=dict)

    def pair(self, code: str, **headers: str) -> requests.Response:
        """Exchange a code for a key, and keep it."""
        body = {"code": code, "home_url": HOME_URL, "name": "Shop"}
        answer = self._send("POST", "/api/v1/pairing", json.dumps(body).encode(), headers)
        if answer.ok:
            self.key = answer.json()
        return answer

    def hire(self) -> requests.Response:
        """Report the one agent who calls."""
        agent = {"name": "Ana", "email": "ana@shop.example", "role": "manager", "locale": "en_US"}
        return self.call("PUT", f"/agents/{AGENT}", agent, typ="plugin", sub="plugin")

    def get(self, path: str) -> requests.Response:
        """Ask as the agent."""
        return self.call("GET", path)

    def call(
        self, method: str, path: str, body: Any = None, typ: str = "agent", sub: str = AGENT
    ) -> requests.Response:
        """Call, signed, as one actor."""
        sent = b"" if body is None else json.dumps(body).encode()
        full = f"/api/v1{path}"
        token = self._token(method, full, sent, typ, sub)
        headers = {"Authorization": f"Bearer {token}"}
        if method == "POST":
            headers["Idempotency-Key"] = secrets.token_hex(8)
        return self._send(method, full, sent, headers)

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> requests.Response:
        if body:
            headers = {**headers, "Content-Type": "application/json"}
        # Prepared by hand: requests would spell an address its own way, and it is signed.
        request = requests.Request(method, self.root, headers=headers, data=body).prepare()
        request.url = f"{self.root}{path}"
        with requests.Session() as session:
            return session.send(request, verify=self.certificate or True, timeout=30)

    def _token(self, method: str, path: str, body: bytes, typ: str, sub: str) -> str:
        now = int(time.time())
        claims = {
            "iss": HOME_URL,
            "aud": "unified-inbox",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(16),
            "typ": typ,
            "sub": sub,
            "method": method,
            "path": path,
            "body_sha256": hashlib.sha256(body).hexdigest(),
        }
        return jwt.encode(claims, self.key["secret"], "HS256", headers={"kid": self.key["key_id"]})
