"""`inbox db`: the database."""

from __future__ import annotations

import click

from inbox_service.services import resealing, search
from inbox_service.store import schema

from .tools import Tools


@click.group()
def db() -> None:
    """The database."""


@db.command()
@click.pass_obj
def upgrade(tools: Tools) -> None:
    """Bring the database up to date; it is made where there is none."""
    revision = schema.upgrade(tools.wire().settings.database_url)
    click.echo(f"The database is at revision {revision}.")


@db.command("reindex")
@click.pass_obj
def reindex(tools: Tools) -> None:
    """Make anew what the search finds, for all mail.

    It may run beside everything else, be cut off, and run again. Mail that came in before there was
    a search is found after this only.
    """

    def note(done: int, total: int) -> None:
        if done == total or not done % 10_000:
            click.echo(f"Messages: {done:,} of {total:,}", err=True)

    click.echo(f"Messages that can be found: {search.reindex(tools.deps(), note):,}")


@db.command("reseal")
@click.pass_obj
def reseal(tools: Tools) -> None:
    """Seal every stored secret with the first of the keys in INBOX_SECRET_KEY.

    To replace the key, put the new one in front of it, with a comma between, restart every process,
    and run this. Links and addresses that were signed before need the old key still.
    """
    click.echo(f"{resealing.reseal(tools.deps())} secrets are sealed with the newest key.")
