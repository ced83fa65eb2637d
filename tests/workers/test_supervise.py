"""`inbox up` as people run it: a process of its own, with everything real below it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from workers import valkey

PARTS = {"valkey", "web", "worker-1", "schedule", "listen"}


class Tree:
    """A running `inbox up`, and what its ready file says."""

    def __init__(self, folder: Path) -> None:
        self.ready_file = folder / "ready.json"
        self.data_dir = folder / "data"
        self.port = _free_port()
        self.log = (folder / "up.log").open("a+")
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start a tree on this folder and port."""
        return subprocess.Popen(
            [sys.executable, "-m", "workers.main", "up", "--ready-file", str(self.ready_file)],
            env={
                "PATH": os.environ["PATH"],
                "INBOX_DATA_DIR": str(self.data_dir),
                "INBOX_BIND": f"127.0.0.1:{self.port}",
                "INBOX_WORKERS": "1",
            },
            stderr=self.log,
        )

    def ready(self) -> dict[str, Any]:
        """Wait until the ready file is there, and return what it says."""
        wait_until(self.ready_file.exists, self)
        read: dict[str, Any] = json.loads(self.ready_file.read_text())
        return read

    def pids(self) -> dict[str, int]:
        """Return the process ids by name, as the ready file has them now."""
        return dict(json.loads(self.ready_file.read_text())["pids"])

    def everything(self) -> list[psutil.Process]:
        """Return the supervisor and all below it."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]


def wait_until(true: Callable[[], bool], tree: Tree, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline or tree.process.poll() is not None:
            tree.log.seek(0)
            pytest.fail(tree.log.read()[-3000:])
        time.sleep(0.05)


def all_gone(processes: list[psutil.Process], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while any(map(_runs, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(_runs, processes))


def _runs(process: psutil.Process) -> bool:
    # An orphan that ended stays a zombie where nothing buries it, as in a container.
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    """A tree that this test may harm, with everything of it gone afterwards."""
    yield from _running(tmp_path)


@pytest.fixture(scope="module")
def well_tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A tree to look at, ready, shared by the tests that leave it as it is."""
    for running in _running(tmp_path_factory.mktemp("tree")):
        running.ready()
        yield running


def _running(folder: Path) -> Iterator[Tree]:
    running = Tree(folder)
    yield running
    started = [running.process.pid]
    if running.process.poll() is None:
        started += [child.pid for child in running.everything()]
        running.process.kill()
    running.process.wait()
    running.log.close()
    for pid in started:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGKILL)


def test_a_tree_is_ready_when_the_service_answers_and_heals_and_ends(tree: Tree) -> None:
    ready = tree.ready()
    assert set(ready["pids"]) == PARTS
    assert ready["pid"] == tree.process.pid
    with urllib.request.urlopen(f"{ready['service']}/readyz", timeout=5) as answer:
        assert json.load(answer)["status"] == "ready"

    for name in ("worker-1", "valkey", "web"):
        killed = tree.pids()[name]
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: tree.pids().get(name, killed) != killed, tree)  # noqa: B023
    wait_until(lambda: _is_ready(ready["service"]), tree)

    everything = tree.everything()
    tree.process.terminate()
    assert all_gone(everything)
    assert tree.process.wait() == 0
    assert not tree.ready_file.exists()


def test_a_killed_supervisor_takes_everything_along_and_can_start_again(tree: Tree) -> None:
    tree.ready()
    everything = tree.everything()
    assert len(everything) > len(PARTS)
    os.kill(tree.process.pid, signal.SIGKILL)
    tree.process.wait()
    assert all_gone(everything)

    # The socket, the note and the ready file of the killed run lie there still.
    tree.ready_file.unlink()
    assert (tree.data_dir / "run" / "valkey.json").exists()
    tree.process = tree.start()
    tree.ready()


def test_other_commands_use_the_queue_of_the_running_tree(well_tree: Tree) -> None:
    ready = well_tree.ready()
    assert ready["redis"] == f"unix://{well_tree.data_dir}/run/valkey.sock"
    valkey.require(ready["redis"])
    found = subprocess.run(
        [sys.executable, "-m", "workers.main", "doctor", "--json"],
        env={"PATH": os.environ["PATH"], "INBOX_DATA_DIR": str(well_tree.data_dir)},
        capture_output=True,
        check=False,
    )
    parts = {finding["part"]: finding["ok"] for finding in json.loads(found.stdout)}
    assert (parts["queue"], parts["workers"], parts["clock"]) == (True, True, True)


def test_a_second_tree_on_the_same_folder_is_refused(well_tree: Tree) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "workers.main", "up"],
        env={
            "PATH": os.environ["PATH"],
            "INBOX_DATA_DIR": str(well_tree.data_dir),
            "INBOX_BIND": f"127.0.0.1:{_free_port()}",
        },
        capture_output=True,
        check=False,
    )
    assert second.returncode == 2
    assert b"runs already" in second.stderr


def test_no_process_holds_database_connections_over_a_fork(well_tree: Tree) -> None:
    arbiter = psutil.Process(well_tree.pids()["web"])
    assert urllib.request.urlopen(f"{well_tree.ready()['service']}/readyz").status == 200
    database = str(well_tree.data_dir / "inbox.db")
    users = {process.pid for process in well_tree.everything() if database in _opened(process)}
    assert users >= {child.pid for child in arbiter.children()}
    assert arbiter.pid not in users
    assert well_tree.process.pid not in users


def test_every_log_line_is_json_and_names_its_process(well_tree: Tree) -> None:
    lines = Path(well_tree.log.name).read_text().splitlines()
    assert {json.loads(line).get("process", "up") for line in lines} >= {"up", "web", "worker-1"}


def _opened(process: psutil.Process) -> set[str]:
    return {file.path for file in process.open_files()}


def _is_ready(service: str) -> bool:
    try:
        with urllib.request.urlopen(f"{service}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
