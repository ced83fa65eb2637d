"""A paired site with people, and clients that sign like the plugin does."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from inbox_service.deps import Deps
from inbox_service.services.sites import SiteKey, rotate_key
from inbox_service.store.tables import agents, sites
from inbox_service.testing import add_agent, add_inbox, add_site

API = "/api/v1"
MANAGER = 7


@dataclass(frozen=True)
class Signer:
    """Makes tokens as a paired plugin would."""

    deps: Deps
    key: SiteKey
    home_url: str

    def token(
        self, method: str, path: str, body: bytes, typ: str, sub: str, /, **claims: Any
    ) -> str:
        now = self.deps.clock.now() // 1000
        made = {
            "iss": self.home_url,
            "aud": "unified-inbox",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(16),
            "typ": typ,
            "sub": sub,
            "method": method,
            "path": path,
            "body_sha256": hashlib.sha256(body).hexdigest(),
        } | claims
        kept = {name: value for name, value in made.items() if value is not None}
        return jwt.encode(kept, self.key.secret, "HS256", headers={"kid": self.key.key_id})


@dataclass(frozen=True)
class Client:
    """Calls the application as one actor of one site."""

    app: Flask
    signer: Signer
    typ: str
    sub: str

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **claims: Any,
    ) -> TestResponse:
        sent = b"" if body is None else body
        if not isinstance(sent, bytes):
            sent = json.dumps(body).encode()
        full = API + path + (f"?{urlencode(query)}" if query else "")
        token = self.signer.token(method, full, sent, self.typ, self.sub, **claims)
        given = {"Authorization": f"Bearer {token}", **(headers or {})}
        kind = "application/json" if sent else None
        with self.app.test_client() as client:
            return client.open(full, method=method, data=sent, headers=given, content_type=kind)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, query=query or None)


@dataclass(frozen=True)
class Shop:
    """A site with one inbox and its manager, and clients for whoever calls."""

    app: Flask
    deps: Deps
    signer: Signer
    site_id: int
    inbox_id: int
    manager_id: int

    @property
    def plugin(self) -> Client:
        return Client(self.app, self.signer, "plugin", "plugin")

    @property
    def manager(self) -> Client:
        return self.agent(MANAGER)

    def agent(self, wp_user_id: int) -> Client:
        return Client(self.app, self.signer, "agent", str(wp_user_id))

    def hire(self, wp_user_id: int, **values: Any) -> Client:
        with self.deps.sessions.writing() as connection:
            add_agent(connection, self.site_id, wp_user_id=wp_user_id, **values)
        return self.agent(wp_user_id)

    def add(self, make: Callable[..., int], *args: Any, **values: Any) -> int:
        with self.deps.sessions.writing() as connection:
            return make(connection, self.site_id, *args, **values)

    def change_agent(self, wp_user_id: int, **values: Any) -> None:
        here = (agents.c.site_id == self.site_id) & (agents.c.wp_user_id == wp_user_id)
        with self.deps.sessions.writing() as connection:
            connection.execute(update(agents).where(here).values(**values))

    def change_site(self, **values: Any) -> None:
        with self.deps.sessions.writing() as connection:
            connection.execute(update(sites).where(sites.c.id == self.site_id).values(**values))


def open_shop(app: Flask, deps: Deps, name: str) -> Shop:
    """Return a paired site of this name."""
    home_url = f"https://{name}.example"
    with deps.sessions.writing() as connection:
        site_id = add_site(connection, name=name, home_url=home_url)
        inbox_id = add_inbox(connection, site_id, name=f"{name} support")
        manager_id = add_agent(
            connection, site_id, wp_user_id=MANAGER, name=f"{name} manager", role="manager"
        )
    signer = Signer(deps, rotate_key(deps, site_id), home_url)
    return Shop(app, deps, signer, site_id, inbox_id, manager_id)
