"""The web process: gunicorn with threads, its workers loading the app after the fork."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from inbox_service.errors import Unavailable
from inbox_service.settings import Settings

from . import parent

# Longer than the slowest honest request: a file of 25 MB over a slow line is streamed by threads,
# and a worker whose main loop is silent for this long hangs.
_TIMEOUT_SECONDS = 60
_GRACE_SECONDS = 10


def run(settings: Settings) -> None:
    """Serve until SIGTERM; raises Unavailable when the port is taken."""
    require_port(settings)
    _Application(settings).run()


def require_port(settings: Settings) -> None:
    """Raise Unavailable unless INBOX_BIND can be listened on."""
    family = socket.AF_INET6 if ":" in settings.bind_host else socket.AF_INET
    with socket.socket(family) as probe:
        # As gunicorn binds, so that connections lingering from a last run are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind_host.strip("[]"), settings.bind_port))
        except OSError as error:
            raise Unavailable(
                f"{settings.bind_host}:{settings.bind_port} cannot be listened on "
                f"({error.strerror}): stop what runs there, or set INBOX_BIND to another port.",
                code="port_taken",
            ) from error


class _Application(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        options: dict[str, Any] = {
            "bind": f"{settings.bind_host}:{settings.bind_port}",
            "worker_class": "gthread",
            "workers": settings.web_processes,
            "threads": settings.web_threads,
            "timeout": _TIMEOUT_SECONDS,
            "graceful_timeout": _GRACE_SECONDS,
            # Nothing may be opened before the fork (design rule 8).
            "preload_app": False,
            "logger_class": _JsonLogger,
            "loglevel": settings.log_level,
            # Its socket in the home folder would be shared by everything gunicorn runs there.
            "control_socket_disable": True,
            "post_fork": _after_fork,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # Called in the forked web process: the app may open what it needs when it is built.
        return import_app("wsgi:app")


class _JsonLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    """Leaves the writing to the root logger, which `inbox_service.logs` set up."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _after_fork(_arbiter: Any, worker: Any) -> None:
    parent.die_with(worker.ppid)
