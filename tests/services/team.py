"""An agent who acts at a desk with one inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.services.auth import Caller


@dataclass(frozen=True)
class Team:
    """A site, its inbox, and an agent who calls."""

    deps: Deps
    site_id: int
    inbox_id: int
    agent_id: int
    caller: Caller

    def add(self, make: Callable[..., int], *args: Any, **values: Any) -> int:
        with self.deps.sessions.writing() as connection:
            return make(connection, self.site_id, *args, **values)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.deps.sessions.reading() as connection:
            yield connection
