"""What belongs to one application, found from within a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from inbox_service.deps import Deps
from inbox_service.services.attempts import FailedAttempts

from .observe import Metrics

_NAME = "unified_inbox"


@dataclass(frozen=True, slots=True)
class Context:
    """The outsides of the service and the application's own counters."""

    deps: Deps
    pairing_attempts: FailedAttempts
    metrics: Metrics
    probes: Mapping[str, Callable[[], None]]

    @classmethod
    def of(cls, deps: Deps, probes: Mapping[str, Callable[[], None]] | None = None) -> Context:
        """Return the context of an application that has just begun."""
        return cls(deps, FailedAttempts(deps.clock), Metrics(), dict(probes or {}))

    def attach(self, app: Flask) -> None:
        """Make this the context of the application."""
        app.extensions[_NAME] = self


def current() -> Context:
    """Return the context of the application that serves this request."""
    context: Context = current_app.extensions[_NAME]
    return context
