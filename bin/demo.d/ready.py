"""Writes or shows what a stranger needs to use the demo.

ready.py FOLDER NAME=PID...      writes FOLDER/ready.json from the environment and users.tsv
ready.py --show FOLDER           prints it for a person
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

ENVIRONMENT = (
    "DATABASE_URL",
    "INBOX_DATA_DIR",
    "INBOX_BIND",
    "INBOX_POLL_SECONDS",
    "GMAIL_API_ROOT",
    "GMAIL_UNITS_PER_MINUTE",
    "GOOGLE_OAUTH_ROOT",
    "GOOGLE_CERTS_URL",
    "PUBSUB_ROOT",
)


def read_users(path: Path) -> dict[str, dict[str, str]]:
    """The users by name, as `bin/demo` has written them down."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {
        name: {"login": login, "password": password, "role": role, "locale": locale}
        for name, login, password, role, locale, *_ in lines
    }


def describe(folder: Path, pids: list[str], env: dict[str, str]) -> dict[str, Any]:
    """The content of ready.json; `pids` are NAME=PID."""
    return {
        "wordpress": env["WORDPRESS"],
        "service": f"http://{env['INBOX_BIND']}",
        "gmail": env["GMAIL_API_ROOT"],
        "users": read_users(folder / "users.tsv"),
        "pids": {name: int(pid) for name, _, pid in (entry.partition("=") for entry in pids)},
        "env": {name: env[name] for name in ENVIRONMENT if name in env},
    }


def write(folder: Path, content: dict[str, Any]) -> None:
    """Write ready.json whole or not at all: its presence says that the demo is ready."""
    draft = folder / "ready.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / "ready.json")


def show(folder: Path) -> str:
    """What to open, who may come in, and how to stop."""
    ready = json.loads((folder / "ready.json").read_text(encoding="utf-8"))
    lines = [f"  {ready['wordpress']}/wp-admin/admin.php?page=unified-inbox", ""]
    lines += [
        f"  {name:<10} login {user['login']:<10} password {user['password']}   ({user['role']})"
        for name, user in ready["users"].items()
    ]
    option = "" if folder.name == ".demo" else f" --dir {folder}"
    return "\n".join(["", *lines, "", f"  Stop it with bin/demo-stop{option}"])


def main() -> None:
    """Write or show."""
    if sys.argv[1] == "--show":
        print(show(Path(sys.argv[2])))
    else:
        folder = Path(sys.argv[1])
        write(folder, describe(folder, sys.argv[2:], dict(os.environ)))


if __name__ == "__main__":
    main()
