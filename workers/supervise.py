"""`inbox up`: every process of the service as one tree that starts, heals and ends together."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import structlog

from inbox_service.errors import Conflict, Unavailable
from inbox_service.settings import Settings
from inbox_service.store import schema

from . import parent, valkey, web
from .schedule import stop_at_signal

log = structlog.get_logger(__name__)

_TICK_SECONDS = 0.1
_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 30.0
# A child that lived this long was well: its next failure starts with a short pause again.
_WELL_AFTER_SECONDS = 20.0
# A child that cannot even start says so in its log; more tries before we are ready help nobody.
_STARTS_BEFORE_READY = 5
_VALKEY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Program:
    """A process to keep running. `grace` is how many seconds it may take to stop."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    grace: float


@dataclass(slots=True)
class Child:
    """A program and the process that runs it now, None while it waits to be started."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start the process, tied to ours."""
        us = os.getpid()
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  (our own command lines)
            list(self.program.command),
            env=dict(self.program.env),
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C in a terminal reaches us only, and we stop them in order.
            process_group=0,
            preexec_fn=lambda: parent.die_with(us),  # noqa: PLW1509  (we have one thread)
        )
        log.info("started", child=self.program.name, pid=self.process.pid)

    def tend(self) -> bool:
        """Start the process if it is its time, note if it died; tell whether anything changed."""
        if self.process is None:
            if time.monotonic() < self.start_at:
                return False
            self.start()
            return True
        code = self.process.poll()
        if code is None:
            return False
        self._note_death(code)
        return True

    def stop(self) -> None:
        """Ask the process to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        """Wait for it to end, and kill it and what it started when its grace is over."""
        if self.process is None:
            return
        try:
            self.process.wait(self.program.grace)
        except subprocess.TimeoutExpired:
            log.warning("killed", child=self.program.name, pid=self.process.pid)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _note_death(self, code: int) -> None:
        lived = time.monotonic() - self.started_at
        self.failures = 1 if lived > _WELL_AFTER_SECONDS else self.failures + 1
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** (self.failures - 1), _LONGEST_PAUSE_SECONDS)
        self.start_at = time.monotonic() + pause
        self.process = None
        log.warning("died", child=self.program.name, code=code, restart_in=pause)


def run(settings: Settings, env: Mapping[str, str], ready_file: Path | None = None) -> None:
    """Bring the database up to date, run every process, and stop them all at SIGTERM or SIGINT.

    When the service answers, `ready_file` is written: {"service", "redis", "pid", "pids": {name:
    pid}}, and again whenever a pid changes. raises Conflict when another tree runs on the same data
    folder, Unavailable when the port is taken or a part cannot start.
    """
    stop = stop_at_signal()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with _lock(settings.data_dir):
        web.require_port(settings)
        schema.upgrade(settings.database_url)
        _Tree(settings, env, ready_file).run(stop)


class _Tree:
    """The children, in the order they start; they stop in the opposite one."""

    def __init__(self, settings: Settings, env: Mapping[str, str], ready_file: Path | None) -> None:
        self._settings = settings
        self._ready_file = ready_file
        self._ready = False
        self._children: list[Child] = []
        self._env = dict(env) | {"INBOX_DATA_DIR": str(settings.data_dir)}
        self._redis_url = settings.redis_url
        self._socket: Path | None = None

    def run(self, stop: threading.Event) -> None:
        try:
            if not self._redis_url:
                self._start_valkey()
            valkey.require(self._redis_url)
            self._children += [Child(program) for program in self._programs()]
            while not stop.wait(_TICK_SECONDS):
                self._tend()
        finally:
            self._stop()

    def _start_valkey(self) -> None:
        self._socket = valkey.prepare_socket(self._settings.data_dir)
        self._redis_url = self._env["REDIS_URL"] = f"unix://{self._socket}"
        child = Child(Program("valkey", valkey.command(self._socket), self._env, grace=5))
        self._children.append(child)
        child.start()
        assert child.process is not None
        _await_valkey(self._redis_url, child.process)
        valkey.note(self._settings.data_dir, self._socket, child.process.pid)

    def _programs(self) -> list[Program]:
        settings, tree = self._settings, _tree_name(self._settings.data_dir)
        programs = [self._program("web", "serve", grace=15)]
        for number in range(1, settings.workers + 1):
            name = f"worker-{number}"
            # The same after a restart, so that the new process frees what the dead one held.
            holder = {"INBOX_HOLDER": f"{tree}-{name}"}
            programs.append(self._program(name, "worker", grace=30, env=holder))
        programs.append(self._program("schedule", "schedule", grace=5))
        programs.append(self._program("listen", "listen", grace=5))
        return programs

    def _program(
        self, name: str, verb: str, grace: float, env: Mapping[str, str] | None = None
    ) -> Program:
        command = [sys.executable, "-m", "workers.main", verb]
        return Program(name, command, {**self._env, "INBOX_PROCESS": name, **(env or {})}, grace)

    def _tend(self) -> None:
        changed = [child for child in self._children if child.tend()]
        if not self._ready:
            self._give_up_on_hopeless()
            self._ready = _answers(self._settings)
            if self._ready:
                log.info("ready", address=_address(self._settings))
                self._write_ready_file()
        elif changed:
            self._write_ready_file()

    def _give_up_on_hopeless(self) -> None:
        for child in self._children:
            if child.failures >= _STARTS_BEFORE_READY:
                raise Unavailable(
                    f"The process {child.program.name!r} cannot start: see the log above for why.",
                    code="start_failed",
                )

    def _write_ready_file(self) -> None:
        if self._ready_file is None:
            return
        pids = {
            child.program.name: child.process.pid
            for child in self._children
            if child.process is not None
        }
        ready = {
            "service": _address(self._settings),
            "redis": self._redis_url,
            "pid": os.getpid(),
            "pids": pids,
        }
        scratch = self._ready_file.with_name(f"{self._ready_file.name}.tmp")
        scratch.write_text(json.dumps(ready, indent=2), encoding="utf-8")
        scratch.replace(self._ready_file)

    def _stop(self) -> None:
        server = [child for child in self._children if child.program.name == "valkey"]
        # All others may end beside each other; the server last, as they still talk to it.
        for group in ([child for child in self._children if child not in server], server):
            for child in group:
                child.stop()
            for child in group:
                child.wait()
        if self._socket is not None:
            valkey.clear(self._settings.data_dir)
        if self._ready_file is not None:
            self._ready_file.unlink(missing_ok=True)
        log.info("stopped")


def _lock(data_dir: Path) -> IO[str]:
    """Hold the data folder for this process; the kernel lets go of it however we end."""
    file = (valkey.run_dir(data_dir) / "up.lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise Conflict(
            f"`inbox up` runs already on {data_dir}: stop that one, or set INBOX_DATA_DIR to "
            "another folder.",
            code="already_up",
        ) from error
    return file


def _tree_name(data_dir: Path) -> str:
    """Return the name of this folder's tree in leases: the same for every run on this host.

    Whoever holds the folder's lock knows that the processes of an earlier run are dead. A copy of
    the folder on another host gets a name of its own.
    """
    path = valkey.run_dir(data_dir) / "tree-name"
    host = os.uname().nodename
    known = path.read_text(encoding="utf-8").split() if path.exists() else []
    if len(known) != 2 or known[0] != host:
        known = [host, secrets.token_hex(6)]
        path.write_text(" ".join(known), encoding="utf-8")
    return known[1]


def _await_valkey(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _VALKEY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            valkey.require(url)
        except Unavailable:
            time.sleep(0.02)
        else:
            return
    raise Unavailable(
        "The bundled Valkey does not start: see valkey.log beside its socket, or set "
        "REDIS_URL to another server.",
        code="valkey_failed",
    )


def _address(settings: Settings) -> str:
    return f"http://{settings.bind_host}:{settings.bind_port}"


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}.get(settings.bind_host, settings.bind_host)  # noqa: S104
    connection = http.client.HTTPConnection(host.strip("[]"), settings.bind_port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
