"""What every call of the simulator needs, made once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.testkit.gmail_simulator import store as _store
from connectors.testkit.gmail_simulator.faults import Faults
from connectors.testkit.gmail_simulator.keys import SigningKey
from connectors.testkit.gmail_simulator.quota import Quota
from connectors.testkit.gmail_simulator.settings import Settings, system_time
from connectors.testkit.gmail_simulator.store import Db, Store
from connectors.testkit.gmail_simulator.wire import Json, Request


@dataclass(slots=True)
class World:
    """One simulated Google."""

    store: Store
    time: Callable[[], int] = system_time
    settings: Settings = field(default_factory=Settings)
    faults: Faults = field(default_factory=Faults)
    quota: Quota = field(default_factory=Quota)
    key: SigningKey = field(default_factory=SigningKey)
    # Set whenever something was published, so that pulls and pushes need not look all the time.
    published: threading.Condition = field(default_factory=threading.Condition)
    root: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Take up the settings and the key of an earlier run."""
        with self.store.open() as db:
            self.settings = self.settings.changed(_store.recall(db, "settings") or {})
            self.key = SigningKey(_store.recall(db, "signing_key") or "")

    def now(self) -> int:
        """Return the simulated time, ms UTC."""
        return self.time() + self.settings.clock_offset

    @property
    def open(self) -> bool:
        """Tell whether the simulator is to go on."""
        return not self.closing.is_set()

    def wake(self) -> None:
        """Wake those who wait for something published."""
        with self.published:
            self.published.notify_all()

    def keep_key(self, db: Db) -> None:
        """Store the signing key, so that tokens and pushes verify after a restart."""
        if _store.recall(db, "signing_key") is None:
            _store.remember(db, "signing_key", self.key.pem)

    def configure(self, values: dict[str, Any]) -> Settings:
        """Change settings and keep them for the next run."""
        self.settings = self.settings.changed(values)
        with self.store.open() as db:
            _store.remember(db, "settings", self.settings.as_json())
        return self.settings


@dataclass(frozen=True, slots=True)
class Call:
    """One authenticated call of a Gmail method, inside its transaction."""

    world: World
    db: Db
    account: str
    project: str
    scopes: frozenset[str]
    request: Request
    params: Mapping[str, str]

    @property
    def now(self) -> int:
        """Return the simulated time, ms UTC."""
        return self.world.now()

    def body(self) -> Json:
        return self.request.json()


def random_token(length: int, alphabet: str = "") -> str:
    letters = alphabet or "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return "".join(random.SystemRandom().choices(letters, k=length))
