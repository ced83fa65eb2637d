"""The command `inbox`: wires every process and command, and turns errors into one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from inbox_service import checks, cli, logs
from inbox_service.deps import Deps
from inbox_service.errors import InboxError
from inbox_service.settings import Settings
from inbox_service.store import schema

from . import doctor, listen, schedule, supervise, web, worker
from .wiring import wire

_FAILED = 2
_INTERRUPTED = 130


def main() -> None:
    """Run the command line of this process and exit."""
    # Whatever it writes is customers' mail, or the key to it: nobody else on this host may read it.
    os.umask(0o077)
    sys.exit(run(sys.argv[1:], os.environ))


def run(args: Sequence[str], env: Mapping[str, str]) -> int:
    """Run one command and return its exit code: 2, and a sentence on stderr, when it failed."""
    logs.configure("warning")
    try:
        return command(env).main(list(args), prog_name="inbox", standalone_mode=False) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as help_text:
        help_text.show()
    except click.ClickException as error:
        _say(f"{error.format_message()} See `inbox --help`.")
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except InboxError as error:
        _say(str(error))
    except DBAPIError as error:
        _say(f"The database refused: {_first_line(error.orig)}. Check it with `inbox doctor`.")
    except OSError as error:
        _say(
            f"{error.filename or 'The system'}: {error.strerror or error}. "
            "Check INBOX_DATA_DIR, and that this user may write there."
        )
    return _FAILED


def command(env: Mapping[str, str]) -> click.Group:
    """Return the command line for this environment."""
    processes: dict[str, Callable[..., None]] = {
        "up": lambda ready_file: _up(env, ready_file),
        "serve": lambda: web.run(_settings(env)),
        "worker": lambda: worker.run(_deps(env)),
        "schedule": lambda: schedule.run(_deps(env)),
        "listen": lambda: listen.run(_deps(env)),
    }
    looks = (checks.folder, checks.database, doctor.processes, checks.data)
    return cli.build(lambda: wire(env), processes, looks)


def _up(env: Mapping[str, str], ready_file: Path | None) -> None:
    supervise.run(_settings(env), env, ready_file)


def _deps(env: Mapping[str, str]) -> Deps:
    _settings(env)
    deps = wire(env)
    # A process that stays would meet a missing column in every job; it says so once, and ends.
    schema.require_current(deps.sessions)
    return deps


def _settings(env: Mapping[str, str]) -> Settings:
    """Return the settings of a process that stays, and send its logs where they belong."""
    settings = Settings.from_env(env)
    logs.configure(settings.log_level, settings.process)
    return settings


def _say(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else "no reason"


if __name__ == "__main__":
    main()
