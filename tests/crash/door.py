"""The plugin's side of the service: paired once, then every call signed for whoever makes it."""

import hashlib
import json
import secrets
import time
from typing import Any

import jwt
import requests
from office import Office

HOME_URL = "http://127.0.0.1:9"
AGENT, MANAGER = ("agent", "7"), ("agent", "1")
# A machine with much else to do takes a minute to start a web process.
_PATIENCE_SECONDS = 300


class Door:
    """Calls the API, and calls again until somebody answers."""

    def __init__(self, office: Office) -> None:
        """Make the site, pair with it, and register its people."""
        made = office.inbox("site", "add", "--name", "Shop", "--url", HOME_URL)
        body = {"code": made["code"], "home_url": HOME_URL, "name": "Shop"}
        body |= {"locale": "en_US", "timezone": "UTC"}
        self._root = office.root
        answer = requests.post(f"{self._root}/api/v1/pairing", json=body, timeout=30)
        answer.raise_for_status()
        self._key: dict[str, str] = answer.json()
        self.site_id = int(made["site_id"])
        for (_, wp_user_id), role in ((AGENT, "agent"), (MANAGER, "manager")):
            person = {"name": role, "email": f"{role}@shop.example", "role": role}
            person |= {"locale": "en_US"}
            self.call("PUT", f"/agents/{wp_user_id}", person, caller=("plugin", "plugin"))

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        caller: tuple[str, str] = AGENT,
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
            assert time.monotonic() < deadline, answer is not None and answer.text
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
