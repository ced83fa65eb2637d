"""The processes: each runs until a signal comes."""

from __future__ import annotations

from pathlib import Path

import click

from .tools import Tools


@click.command()
@click.option(
    "--ready-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Written with the process ids, as JSON, when the service answers.",
)
@click.pass_obj
def up(tools: Tools, ready_file: Path | None) -> None:
    """Run everything: database upgrade, queue, web, workers, scheduler. Ctrl-C stops it."""
    tools.processes["up"](ready_file)


@click.command()
@click.pass_obj
def serve(tools: Tools) -> None:
    """Run the web process alone."""
    tools.processes["serve"]()


@click.command()
@click.pass_obj
def worker(tools: Tools) -> None:
    """Run one worker: it syncs mailboxes and sends replies."""
    tools.processes["worker"]()


@click.command()
@click.pass_obj
def schedule(tools: Tools) -> None:
    """Run the scheduler: it finds what is due. One is enough; more do no harm."""
    tools.processes["schedule"]()


@click.command()
@click.pass_obj
def listen(tools: Tools) -> None:
    """Pull what providers push, and look every second where an agent has the inbox open.

    It only makes syncs start earlier: without it mailboxes are polled all the same.
    """
    tools.processes["listen"]()
