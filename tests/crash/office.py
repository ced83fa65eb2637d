"""The service as a shop runs it, `inbox up`, and the means to kill it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from redis.exceptions import RedisError
from sqlalchemy import create_engine, make_url, text

from workers import valkey

WORKERS = 3
_PATIENCE_SECONDS = 240
_DROP = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name"
)


class Office:
    """A tree of processes on one data folder and one database."""

    def __init__(self, folder: Path, database_url: str, env: dict[str, str]) -> None:
        self.data_dir = folder / "data"
        self.database_url = database_url
        self._ready_file = folder / "ready.json"
        self.log_path = folder / "up.log"
        self._log = self.log_path.open("ab")
        port = _free_port()
        self.root = f"http://127.0.0.1:{port}"
        self._env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "INBOX_DATA_DIR": str(self.data_dir),
            "INBOX_BIND": f"127.0.0.1:{port}",
            "INBOX_WORKERS": str(WORKERS),
            "INBOX_POLL_SECONDS": "1",
            "INBOX_UNDO_SECONDS": "1",
            "INBOX_IDLE_POLL_SECONDS": "2",
            **env,
        }
        self._tree: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the tree; what runs of an earlier one is dead."""
        self._ready_file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "workers.main", "up"]
        command += ["--ready-file", str(self._ready_file)]
        self._tree = subprocess.Popen(command, env=self._env, stderr=self._log)

    def await_ready(self) -> None:
        """Wait until the tree says that the service answers."""
        self._await(self._ready_file.exists)

    def kill(self, victim: str) -> str:
        """Kill a victim with SIGKILL, as soon as there is one; return who it was."""
        killed: list[str] = []
        self._await(lambda: bool(killed.extend(self._kill(victim)) or killed))
        return "+".join(killed)

    def stop(self) -> None:
        """End the tree as a person would."""
        if self._tree is not None:
            self._tree.terminate()
            self._tree.wait(_PATIENCE_SECONDS)
        self._log.close()

    def inbox(self, *args: str) -> Any:
        """Run a command and return the JSON it prints."""
        command = [sys.executable, "-m", "workers.main", *args, "--json"]
        return json.loads(subprocess.check_output(command, env=self._env))

    def flush_hints(self) -> None:
        """Empty the Valkey; one that is just being started is empty already."""
        client = valkey.connect(self._ready().get("redis", "unix:///nowhere"))
        try:
            client.flushall()
        except RedisError:
            return
        finally:
            client.close()

    def drop_database(self) -> None:
        """End every connection of ours to PostgreSQL; SQLite has none that could end."""
        url = make_url(self.database_url)
        if url.get_backend_name() != "postgresql":
            return
        ours = {"name": url.query["application_name"]}
        engine = create_engine(url.difference_update_query(["application_name"]))
        with engine.connect() as connection:
            connection.execute(_DROP, ours)
        engine.dispose()

    # --- who can be killed --------------------------------------------------------------------

    def _kill(self, victim: str) -> list[str]:
        if victim == "up":
            self._kill_tree()
            return ["up"]
        return [name for name, pid in self._pids_of(victim) if _killed(pid)]

    def _kill_tree(self) -> None:
        assert self._tree is not None
        below = psutil.Process(self._tree.pid).children(recursive=True)
        self._tree.kill()
        self._tree.wait()
        psutil.wait_procs(below, timeout=10)
        self.start()

    def _pids_of(self, victim: str) -> list[tuple[str, int]]:
        pids: dict[str, int] = self._ready().get("pids", {})
        workers = [one for one in pids.items() if one[0].startswith("worker-") and _lives(one[1])]
        if victim == "workers":
            return workers
        if victim == "worker":
            # Whichever has lived longest: it is the likeliest to be in the middle of something.
            return sorted(workers, key=lambda one: psutil.Process(one[1]).create_time())[:1]
        if victim == "web-child":
            return [(victim, pid) for pid in _children(pids.get("web", 0))]
        return [(victim, pids[victim])] if victim in pids else []

    def _ready(self) -> dict[str, Any]:
        try:
            ready: dict[str, Any] = json.loads(self._ready_file.read_text())
        except FileNotFoundError:
            return {}
        return ready

    def _await(self, come: Any) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not come():
            assert self._tree is not None
            assert self._tree.poll() is None, self.log_path.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log_path.read_text()[-2000:]
            time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _killed(pid: int) -> bool:
    if not _lives(pid):
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _children(pid: int) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(pid).children()] if pid else []
    except psutil.NoSuchProcess:
        return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
