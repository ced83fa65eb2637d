"""`inbox mailbox`: mailboxes connected, looked at, read by hand."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

import click

from inbox_service.errors import Invalid
from inbox_service.services import foreground, mailboxes

from .accounting import reconcile_mailbox
from .printing import as_json, print_json, print_rows
from .tools import Tools


@click.group()
def mailbox() -> None:
    """Mailboxes that feed the inboxes."""


mailbox.add_command(reconcile_mailbox)


@mailbox.command("add")
@click.option("--site", "site_id", type=int, required=True, help="The site's id.")
@click.option("--kind", default="gmail", show_default=True, help="Kind of account.")
@click.option("--address", required=True, help="The account's address.")
@click.option(
    "--credentials",
    type=click.File(encoding="utf-8", lazy=True),
    required=True,
    help="JSON file with client_id, client_secret and refresh_token; - reads stdin.",
)
@click.option("--inbox", "inboxes", multiple=True, metavar="NAME=ADDRESS", help="Repeatable.")
@click.option("--config", "options", multiple=True, metavar="KEY=VALUE", help="Repeatable.")
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=mailboxes.DEFAULT_DEPTH_DAYS,
    show_default=True,
    help="How many days back to read; 0: everything.",
)
@as_json
@click.pass_obj
def add_mailbox(  # noqa: PLR0913  (one per option)
    tools: Tools,
    *,
    site_id: int,
    kind: str,
    address: str,
    credentials: IO[str],
    inboxes: tuple[str, ...],
    options: tuple[str, ...],
    days: int,
    as_json: bool,
) -> None:
    """Connect a mailbox; its first sync starts at once."""
    mailbox_id = mailboxes.add_mailbox(
        tools.deps(),
        site_id,
        kind,
        address,
        _read_credentials(credentials),
        [_pair("--inbox", inbox) for inbox in inboxes],
        dict(_pair("--config", option) for option in options),
        days or None,
    )
    if as_json:
        print_json({"mailbox_id": str(mailbox_id)})
    else:
        click.echo(f"Mailbox {mailbox_id} ({address}) is connected.")


@mailbox.command("list")
@as_json
@click.pass_obj
def list_mailboxes(tools: Tools, *, as_json: bool) -> None:
    """List the mailboxes and their states."""
    rows = mailboxes.status(tools.deps())
    print_rows(rows, as_json, ("address", "state", "tickets", "messages"))


@mailbox.command("status")
@as_json
@click.pass_obj
def mailbox_status(tools: Tools, *, as_json: bool) -> None:
    """Show what became of every message of each mailbox, and how fresh it is."""
    rows = mailboxes.status(tools.deps())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(_described(row))


@mailbox.command("sync")
@click.argument("address")
@click.pass_obj
def sync_mailbox(tools: Tools, address: str) -> None:
    """Sync one mailbox here and now, until it has nothing more. Ctrl-C ends it safely."""
    found: Counter[str] = Counter()
    holder = f"cli-{os.getpid()}-{secrets.token_hex(4)}"
    for outcome in foreground.sync_until_done(tools.deps(), address, holder):
        found += outcome.found
        click.echo(f"{sum(found.values())} messages so far. {outcome.error}".rstrip(), err=True)
    listed = ", ".join(f"{count} {name}" for name, count in sorted(found.items()))
    click.echo(f"{address}: {listed or 'nothing new'}.")


def _read_credentials(file: IO[str]) -> dict[str, Any]:
    try:
        credentials = json.load(file)
    except ValueError as error:
        raise Invalid(f"{file.name} is not JSON: give the file of the credentials.") from error
    if not isinstance(credentials, dict):
        raise Invalid(f"{file.name} must hold one JSON object, with the credentials in it.")
    return credentials


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name.strip() and value.strip()):
        raise Invalid(f"{option} must look like NAME=VALUE, not {text!r}.")
    return name.strip(), value.strip()


def _described(row: Mapping[str, Any]) -> str:
    age = row["cursor_age_s"]
    fresh = "not read yet" if age is None else f"read {age:.0f} s ago"
    outcomes = ", ".join(f"{count} {name}" for name, count in row["receipts"].items()) or "none"
    reason = f"  {row['reason']}\n" if row["reason"] else ""
    return (
        f"{row['address']}: {row['state']}, {fresh}\n{reason}"
        f"  {_backfill(row['backfill'])}; {row['tickets']} tickets, {row['messages']} messages\n"
        f"  receipts: {outcomes}{_compared(row['comparison'])}"
    )


def _compared(result: Mapping[str, Any] | None) -> str:
    if result is None:
        return ""
    age = _duration((time.time_ns() // 1_000_000 - result["ended_at"]) // 1000)
    counts = f"{result['shown']} shown, {result['accounted']} accounted for"
    return f"\n  compared {age} ago: {counts}, {result['missing']} missing"


def _backfill(progress: Mapping[str, Any]) -> str:
    pace, left = progress["per_minute"], progress["seconds_left"]
    words = f"back-fill {progress['done']} of {progress['total'] or '?'}"
    if pace is not None:
        words += f", {pace} a minute"
    return words if left is None else f"{words}, {_duration(left)} left"


def _duration(seconds: int) -> str:
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
