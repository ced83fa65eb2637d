"""Run the simulator as a process: python -m connectors.testkit.gmail_simulator."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from connectors.testkit.gmail_simulator.simulator import GmailSimulator


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gmail_simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--port-file", type=Path, help="the port is written here once it answers")
    parser.add_argument("--state-dir", type=Path, help="where the state is kept; else in memory")
    parser.add_argument("--quota", type=int, help="units per minute and user; 0 switches it off")
    parser.add_argument(
        "--load", action="append", default=[], metavar="EMAIL=FILE", help="fill from an mbox(.gz)"
    )
    parser.add_argument("--limit", type=int, help="load at most that many mails of each file")
    return parser.parse_args()


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    given = _arguments()
    loads = [entry.partition("=") for entry in given.load]
    missing = [file for _, _, file in loads if not Path(file).is_file()]
    if missing:
        print(f"No such mbox file: {', '.join(missing)}", file=sys.stderr)  # noqa: T201
        return 2
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    settings = {} if given.quota is None else {"quota_per_minute": given.quota}
    with GmailSimulator(state_dir=given.state_dir, port=given.port, **settings) as simulator:
        for email, _, file in loads:
            _load(simulator, email, Path(file), given.limit)
        if given.port_file:
            _write(given.port_file, simulator.root.rpartition(":")[2])
        print(simulator.root, flush=True)  # noqa: T201
        done.wait()
    return 0


def _load(simulator: GmailSimulator, email: str, file: Path, limit: int | None) -> None:
    """Fill an account once: one that has mail from an earlier run is left alone."""
    simulator.add_account(email)
    if simulator.messages(email):
        return
    count = simulator.load_mbox(email, file, limit)
    print(f"{email}: {count} mails loaded", flush=True)  # noqa: T201


def _write(target: Path, text: str) -> None:
    """Write a file whole or not at all: somebody waits for it."""
    draft = target.with_suffix(".new")
    draft.write_text(text)
    os.replace(draft, target)  # noqa: PTH105


if __name__ == "__main__":
    sys.exit(main())
