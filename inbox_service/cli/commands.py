"""The command line, put together from its groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

import click

from inbox_service.checks import Check
from inbox_service.deps import Deps

from .apikeys import apikey
from .customers import customer
from .database import db
from .doctor import doctor
from .mailboxes import mailbox
from .processes import listen, schedule, serve, up, worker
from .push import push
from .sites import site
from .tools import Tools


def build(
    wire: Callable[[], Deps],
    processes: Mapping[str, Callable[..., None]],
    checks: Sequence[Check],
) -> click.Group:
    """Return the command line.

    `processes` maps up, serve, worker, schedule and listen to what runs them until a signal comes;
    `checks` are what `doctor` looks at.
    """
    tools = Tools(wire, processes, checks)
    group = click.Group(
        "inbox",
        help="Unified Inbox: mailboxes become tickets, worked in WordPress.",
        context_settings={"obj": tools, "help_option_names": ["-h", "--help"]},
        commands=[
            up,
            serve,
            worker,
            schedule,
            listen,
            site,
            apikey,
            mailbox,
            customer,
            push,
            db,
            doctor,
        ],
    )
    return click.version_option(version("unified-inbox"))(group)
