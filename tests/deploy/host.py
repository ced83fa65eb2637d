"""A host laid out as docs/deploy.md says, in a folder that is thrown away.

The files of docs/deploy are used as they are, except for paths, ports, names of host and user: no
root is needed, no usual port is taken, and nothing of this machine is touched.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests
from documents import FOLDER, SCRIPTS, UNITS, Unit, read_environment, read_unit

_PATIENCE_SECONDS = 120
_PROGRAMS = Path(sys.executable).parent
NEEDED = ("nginx", "redis-server", "rsync", "openssl")


def missing() -> list[str]:
    """Return the programs that a host needs and this machine lacks."""
    lacking = [name for name in NEEDED if shutil.which(name, path=_search_path()) is None]
    return lacking if _postgresql() else [*lacking, "postgresql"]


class Host:
    """One host: its folder, its processes, and the files of the guide with its paths in them."""

    def __init__(self, folder: Path) -> None:
        """Lay out the files; nothing runs yet."""
        self.folder = folder
        self.ports = {name: _free_port() for name in ("web", "http", "https")}
        # The paths of the guide and what they are here. A longer one stands before its beginning.
        self.paths = {
            "/opt/unified-inbox/current/.venv/bin/inbox": str(_PROGRAMS / "inbox"),
            "/etc/unified-inbox": str(folder / "etc"),
            "/var/lib/unified-inbox": str(folder / "data"),
            "/run/redis/redis-server.sock": str(folder / "redis.sock"),
            "host=/run/postgresql": f"host={folder / 'pg'}",
            "/etc/ssl/unified-inbox": str(folder / "ssl"),
            "/var/log/nginx": str(folder / "log"),
            "/var/www/html": str(folder / "www"),
            "127.0.0.1:8484": f"127.0.0.1:{self.ports['web']}",
        }
        self._processes: list[tuple[str, subprocess.Popen[bytes]]] = []
        for name in ("etc", "ssl", "log", "www", "backups"):
            (folder / name).mkdir()
        (folder / "etc" / "secret.key").write_text("first-key-of-this-host-" + "k" * 16)
        (folder / "etc" / "environment").write_text(self.adapted(FOLDER / "environment"))
        for script in SCRIPTS:
            text = self.adapted(script).replace("== unified-inbox ", f"== {getpass.getuser()} ")
            text = text.replace("= unified-inbox ]", f"= {getpass.getuser()} ]")
            (folder / script.name).write_text(text)
            (folder / script.name).chmod(0o755)

    def adapted(self, path: Path) -> str:
        """Return a file of the guide with this host's paths and ports in it."""
        text = path.read_text()
        for theirs, ours in self.paths.items():
            text = text.replace(theirs, ours)
        return text

    @property
    def environment(self) -> dict[str, str]:
        """The environment file, as systemd reads it."""
        return read_environment((self.folder / "etc" / "environment").read_text())

    def set_up(self, **settings: str) -> None:
        """Set settings in the environment file; "" takes one out."""
        values = {name: value for name, value in (self.environment | settings).items() if value}
        lines = [f'{name}="{value}"\n' for name, value in values.items()]
        (self.folder / "etc" / "environment").write_text("".join(lines))

    # --- processes ------------------------------------------------------------------------------

    def start(self, name: str, command: Sequence[str], **more: str) -> subprocess.Popen[bytes]:
        """Start a process with nothing in its environment but `more`."""
        with (self.folder / "log" / f"{name}.log").open("ab") as log:
            env = {"PATH": _search_path(), **more}
            process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        self._processes.append((name, process))
        return process

    def start_unit(self, unit: Unit) -> subprocess.Popen[bytes]:
        """Run a unit's ExecStart with exactly its environment."""
        program, *words = unit.command
        env = {**self.environment, **unit.environment}
        return self.start(unit.name, [self.paths[program], *words], **env)

    def start_units(self, *parts: str) -> None:
        """Start the units whose names hold one of `parts`, all of them where none is given."""
        for unit in service_units():
            if not parts or any(part in unit.name for part in parts):
                self.start_unit(unit)

    def stop_units(self, *parts: str) -> None:
        """Stop the units whose names hold one of `parts`."""
        _end([one for name, one in self._processes if any(part in name for part in parts)])

    def run(self, *command: str) -> str:
        """Run a script of the guide, or any command, and return what it prints."""
        env = {"PATH": _search_path(), "HOME": str(self.folder)}
        found = subprocess.run(
            command, env=env, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert found.returncode == 0, found.stdout + found.stderr
        return found.stdout

    def inbox(self, *words: str) -> str:
        """Run the command as an administrator does, by its wrapper."""
        return self.run(str(self.folder / "inbox"), *words)

    def stop(self) -> None:
        """End what still runs: the units first, then what they need."""
        self.stop_units("unified-inbox")
        _end([process for _, process in self._processes])

    # --- what the units need --------------------------------------------------------------------

    def start_postgresql(self) -> None:
        """Start a cluster on a socket, owned by the user who runs the units."""
        folder = self.folder / "pg"
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        programs, user = _postgresql(), getpass.getuser()
        data = str(folder / "data")
        made = [f"{programs}/initdb", "-D", data, "-U", user, "--auth=trust", "--no-sync"]
        self.run(*_as_postgres(), *made, "--encoding=UTF8", "--locale=C.UTF-8")
        options = ("-c", "listen_addresses=", "-c", "fsync=off")
        server = [f"{programs}/postgres", "-D", data, "-k", str(folder), *options]
        self.start("postgresql", [*_as_postgres(), *server])
        ready = [f"{programs}/pg_isready", "-q", "-h", str(folder)]
        await_true(lambda: subprocess.run(ready, check=False).returncode == 0)
        self.make_database("unified_inbox")

    def make_database(self, name: str) -> None:
        """Make an empty database."""
        self.run(
            f"{_postgresql()}/createdb", "-h", str(self.folder / "pg"), "--template=template0", name
        )

    def start_redis(self) -> None:
        """Start the Redis of docs/deploy/redis.conf."""
        config = self.folder / "etc" / "redis.conf"
        config.write_text(self.adapted(FOLDER / "redis.conf"))
        self.start("redis", ["redis-server", str(config), "--dir", str(self.folder)])
        await_true((self.folder / "redis.sock").exists)

    def start_nginx(self) -> None:
        """Start nginx with the site of the guide and a certificate of our own."""
        self.run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=inbox.example", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", f"{self.folder}/ssl/privkey.pem"),
            *("-out", f"{self.folder}/ssl/fullchain.pem"),
        )
        site = self.adapted(FOLDER / "nginx-site.conf")
        lines = [line for line in site.splitlines() if "listen [::]" not in line]
        site = "\n".join(lines).replace("listen 80;", f"listen 127.0.0.1:{self.ports['http']};")
        site = site.replace("listen 443 ", f"listen 127.0.0.1:{self.ports['https']} ")
        folders = "".join(
            f"{name}_temp_path {self.folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config = self.folder / "etc" / "nginx.conf"
        config.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log stderr;\n"
            f"events {{}}\nhttp {{\n{folders}{site}\n}}\n"
        )
        self.start("nginx", ["nginx", "-c", str(config), "-e", "stderr"])
        await_true(lambda: _answers(f"http://127.0.0.1:{self.ports['http']}"))

    @property
    def certificate(self) -> str:
        """The file of the certificate that nginx shows."""
        return str(self.folder / "ssl" / "fullchain.pem")

    def await_web(self) -> None:
        """Wait until the web process is ready for work."""
        await_true(lambda: _answers(f"http://127.0.0.1:{self.ports['web']}/readyz", 200))


@contextmanager
def new_host() -> Iterator[Host]:
    """Yield a host; whatever it started is ended."""
    # Not pytest's own folder: a socket's path may have 107 characters only (unix(7)).
    with tempfile.TemporaryDirectory(prefix="inbox-host.", ignore_cleanup_errors=True) as folder:
        # PostgreSQL's own user must be able to reach its folder.
        Path(folder).chmod(0o711)
        host = Host(Path(folder))
        try:
            yield host
        finally:
            host.stop()


def service_units() -> list[Unit]:
    """Return the units of the processes, two workers among them."""
    found = [path for path in UNITS if "backup" not in path.name]
    numbers = {path: ("1", "2") if "@" in path.name else ("",) for path in found}
    return [read_unit(path, number) for path in found for number in numbers[path]]


def await_true(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "It never came true."
        time.sleep(0.1)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        # A fast shutdown: PostgreSQL takes SIGTERM for "when the last client has gone".
        process.send_signal(signal.SIGINT if "postgres" in str(process.args) else signal.SIGTERM)
    for process in processes:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, status: int = 0) -> bool:
    try:
        answer = requests.get(url, timeout=5)
    except requests.RequestException:
        return False
    return answer.status_code == status if status else True


def _postgresql() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return str(found[-1].parent) if found else ""


def _as_postgres() -> list[str]:
    # PostgreSQL refuses to run as root. setpriv, unlike runuser, becomes what it runs, so that a
    # signal reaches the server.
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    return become if os.geteuid() == 0 else []


def _search_path() -> str:
    return f"{os.environ['PATH']}:/usr/sbin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
