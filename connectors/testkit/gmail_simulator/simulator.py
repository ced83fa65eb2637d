"""The simulator as an object: started, driven and looked at from Python."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from connectors.testkit.gmail_simulator import mbox, tokens
from connectors.testkit.gmail_simulator.actions import Actions, Connected
from connectors.testkit.gmail_simulator.app import App
from connectors.testkit.gmail_simulator.faults import Fault
from connectors.testkit.gmail_simulator.push import Pusher
from connectors.testkit.gmail_simulator.server import Server
from connectors.testkit.gmail_simulator.settings import system_time
from connectors.testkit.gmail_simulator.store import Store
from connectors.testkit.gmail_simulator.tokens import Grant
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import World

DATABASE = "gmail.sqlite3"
POLL = 0.01  # seconds between looks whether to stop: what every test waits at its end


class GmailSimulator:
    """A Google of one's own on 127.0.0.1; `root` is its address.

    Use it as a context manager. `settings` are those of `Settings`. With `state_dir` everything
    but faults and statistics outlives the process, however that ends.
    """

    def __init__(
        self,
        *,
        state_dir: Path | None = None,
        port: int = 0,
        time: Callable[[], int] = system_time,
        **settings: Any,
    ) -> None:
        """Open the state and listen; `start` begins to answer."""
        if state_dir:
            state_dir.mkdir(parents=True, exist_ok=True)
        self.world = World(Store(state_dir / DATABASE if state_dir else None), time)
        if settings:
            self.world.configure(settings)
        self._actions = Actions(self.world)
        self._server = Server(App(self.world), port)
        self.root = self.world.root = self._server.root
        self._pusher = Pusher(self.world)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL,), name="gmail", daemon=True
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to answer and to push."""
        self._thread.start()
        self._pusher.start()

    def stop(self) -> None:
        """End every connection and close the state."""
        self.world.closing.set()
        self.world.wake()
        # In this order: no new connections, then the open ones, then what they used.
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()
        self._pusher.join()
        self.world.store.close()

    # --- accounts -----------------------------------------------------------------------------

    def add_account(
        self,
        email: str,
        aliases: tuple[str, ...] = (),
        name: str = "",
        scopes: tuple[str, ...] | None = None,
    ) -> Connected:
        """Make an account and return the credentials its owner gave the default client."""
        return self._actions.add_account(email, tuple(aliases), name, scopes)

    def add_alias(self, account: str, email: str, status: str = "accepted") -> None:
        """Give an account another address; "pending" ones may not be written from."""
        self._actions.add_alias(account, email, status)

    def add_client(self, redirect_uris: tuple[str, ...] = (), project: str = "") -> Json:
        """Make another OAuth client; return its id and secret."""
        return self._actions.add_client(redirect_uris, project)

    def add_service_account(self, email: str, scopes: tuple[str, ...]) -> Json:
        """Make a service account with domain-wide authority; return its key file's content."""
        return self._actions.add_service_account(email, scopes)

    def access_token(self, account: str, *scopes: str) -> str:
        """Return an access token at once, for full access unless `scopes` are given."""
        granted = frozenset(scopes or ("https://mail.google.com/",))
        grant = Grant(account.lower(), tokens.DEFAULT_PROJECT, granted)
        with self.world.store.open() as db:
            return tokens.access_token(db, grant, "", self.world.settings, self.world.now())

    # --- mail ---------------------------------------------------------------------------------

    def deliver(
        self,
        to: str,
        raw: bytes,
        *,
        labels: frozenset[str] | None = None,
        received_at: int | None = None,
        authenticated: bool = True,
        late_by: int | None = None,
    ) -> Json:
        """Let a mail from outside arrive; return its id and threadId. Times are ms."""
        return self._actions.deliver(
            to,
            raw,
            labels=labels,
            received_at=received_at,
            authenticated=authenticated,
            late_by=late_by,
        )

    def messages(self, account: str, label: str = "", *, with_raw: bool = False) -> list[Json]:
        """Return an account's messages, oldest first, with headers and labels."""
        return self._actions.messages(account, label, with_raw=with_raw)

    def sent(self, account: str) -> list[Json]:
        """Return what the account sent, oldest first, with `raw`."""
        return self._actions.messages(account, "SENT", with_raw=True)

    def load_mbox(self, account: str, path: Path, limit: int | None = None) -> int:
        """Fill an account from an mbox file, gzipped or not; return how many mails came in."""
        return mbox.load(self.world, account.lower(), path, limit)

    # --- trouble ------------------------------------------------------------------------------

    def fault(self, method: str, **details: Any) -> None:
        """Order a fault; see `Fault` for the details."""
        self.world.faults.add(Fault(method, **details))

    def clear_faults(self) -> None:
        self.world.faults.clear()

    def revoke(self, account: str, reason: str = "revoked") -> None:
        """Kill the account's tokens; `reason` decides what the token endpoint says."""
        self._actions.revoke(account, reason)

    def expire_tokens(self, account: str) -> None:
        """End the account's access tokens; they can be refreshed."""
        self._actions.expire_tokens(account)

    def expire_history(self, account: str) -> None:
        """Make every history id given out so far too old."""
        self._actions.expire_history(account)

    def configure(self, **settings: Any) -> None:
        self.world.configure(settings)

    def advance(self, milliseconds: int) -> None:
        offset = self.world.settings.clock_offset + milliseconds
        self.world.configure({"clock_offset": offset})

    # --- push and figures -----------------------------------------------------------------------

    def add_topic(
        self, topic: str, subscription: str = "", push_endpoint: str = "", push_audience: str = ""
    ) -> None:
        """Make a Pub/Sub topic, and a subscription to pull or to push."""
        self._actions.add_topic(topic, subscription, push_endpoint, push_audience)

    def units(self, account: str) -> int:
        return self.world.quota.units(account.lower())

    def calls(self, account: str) -> dict[str, int]:
        return self.world.quota.calls(account.lower())

    def refused(self, account: str) -> int:
        return self.world.quota.refused(account.lower())
