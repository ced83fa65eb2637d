"""Pushes: published messages POSTed to subscribers with a signed OIDC token."""

from __future__ import annotations

import logging
import threading

import requests

from connectors.testkit.gmail_simulator.pubsub import message_view
from connectors.testkit.gmail_simulator.store import Row, many
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import World

ACKNOWLEDGED = (102, 200, 201, 202, 204)
SHORTEST_WAIT, LONGEST_WAIT = 100, 60_000
TIMEOUT = 10.0
TOKEN_LIFETIME = 3600
_log = logging.getLogger(__name__)


class Pusher:
    """A thread that pushes what is due, and again with growing pauses until it is acknowledged."""

    def __init__(self, world: World) -> None:
        """Prepare the thread; `start` runs it."""
        self._world = world
        self._thread = threading.Thread(target=self._run, name="pusher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread after the world was closed."""
        self._thread.join()

    def _run(self) -> None:
        while self._world.open:
            for row in self._due():
                self._push(row)
            with self._world.published:
                self._world.published.wait(0.1)

    def _due(self) -> list[Row]:
        with self._world.store.open() as db:
            return many(
                db,
                "SELECT n.*, s.push_endpoint, s.push_audience, s.push_account"
                " FROM notifications n JOIN subscriptions s ON s.name = n.subscription"
                " WHERE s.push_endpoint <> '' AND n.due_at <= ? ORDER BY n.id LIMIT 20",
                self._world.now(),
            )

    def _push(self, row: Row) -> None:
        try:
            answer = requests.post(
                row["push_endpoint"],
                json={"message": message_view(row), "subscription": row["subscription"]},
                headers={"Authorization": f"Bearer {self.token(row)}"},
                timeout=TIMEOUT,
            )
            acknowledged = answer.status_code in ACKNOWLEDGED
        except requests.RequestException as error:
            _log.info("push to %s failed: %s", row["push_endpoint"], error)
            acknowledged = False
        self._settle(row, acknowledged)

    def token(self, row: Row) -> str:
        """Return the OIDC token that goes with a push, as Pub/Sub makes it."""
        now = self._world.now() // 1000
        # The claims of an authenticated push; the body itself is not signed by anybody.
        claims: Json = {
            "iss": "https://accounts.google.com",
            "aud": row["push_audience"],
            "azp": "100000000000000000001",
            "sub": "100000000000000000001",
            "email": row["push_account"],
            "email_verified": True,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
        }
        with self._world.store.open() as db:
            self._world.keep_key(db)
        return self._world.key.sign(claims)

    def _settle(self, row: Row, acknowledged: bool) -> None:
        pause = min(SHORTEST_WAIT << row["attempts"], LONGEST_WAIT)
        with self._world.store.open() as db:
            if acknowledged:
                db.execute("DELETE FROM notifications WHERE id = ?", (row["id"],))
                return
            db.execute(
                "UPDATE notifications SET attempts = min(attempts + 1, 20), due_at = ?"
                " WHERE id = ?",
                (self._world.now() + pause, row["id"]),
            )
