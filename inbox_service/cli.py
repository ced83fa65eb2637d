"""The verbs of the command `inbox`. What they run is handed in by `workers.main`."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import click

from .checks import Check, Finding
from .deps import Deps
from .errors import Invalid
from .services import api_keys, examination, foreground, mailboxes, resealing, sites
from .store import schema


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verbs work with."""

    wire: Callable[[], Deps]
    processes: Mapping[str, Callable[..., None]]
    checks: Sequence[Check]

    def deps(self) -> Deps:
        """Return Deps on a database that has the shape this code needs."""
        deps = self.wire()
        schema.require_current(deps.sessions)
        return deps


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
        commands=[up, serve, worker, schedule, listen, site, apikey, mailbox, db, doctor],
    )
    return click.version_option(version("unified-inbox"))(group)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


# --- processes ------------------------------------------------------------------------------------


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
    """Look every second for due mailboxes where an agent is at a ticket.

    Push from the provider is not listened to yet: new mail is found by polling, every
    INBOX_POLL_SECONDS.
    """
    tools.processes["listen"]()


# --- sites ----------------------------------------------------------------------------------------


@click.group()
def site() -> None:
    """WordPress sites that the service works for."""


@site.command("add")
@click.option("--name", required=True, help="What to call it.")
@click.option("--url", required=True, help="Its home address, as in Settings > General.")
@as_json
@click.pass_obj
def add_site(tools: Tools, name: str, url: str, *, as_json: bool) -> None:
    """Make a site and print a pairing code; for a known address, a new code."""
    site_id, code = sites.add_site(tools.deps(), name, url)
    if as_json:
        _print_json({"site_id": str(site_id), "code": code})
        return
    click.echo(f"Site {site_id}. In WordPress, open Inbox > Settings and enter within 15 minutes:")
    click.echo(f"\n    {code}\n")


@site.command("list")
@as_json
@click.pass_obj
def list_sites(tools: Tools, *, as_json: bool) -> None:
    """List the sites."""
    rows = [{**row, "id": str(row["id"])} for row in sites.list_sites(tools.deps())]
    _print_rows(rows, as_json, ("id", "state", "home_url", "name"))


@site.command("rotate")
@click.argument("site_id", type=int)
@as_json
@click.pass_obj
def rotate_key(tools: Tools, site_id: int, *, as_json: bool) -> None:
    """Make a new key for a site; the old one works for 24 hours more."""
    key = sites.rotate_key(tools.deps(), site_id)
    if as_json:
        _print_json({**asdict(key), "site_id": str(key.site_id)})
        return
    click.echo("Set this in the site's wp-config.php within 24 hours:\n")
    click.echo(f"    define( 'UNIFIED_INBOX_SECRET', '{key.key_id}:{key.secret}' );\n")


# --- API keys -------------------------------------------------------------------------------------


@click.group()
def apikey() -> None:
    """Keys for programs that read a site's desk over the API."""


of_site = click.option("--site", "site_id", type=int, required=True, help="The site's id.")


@apikey.command("add")
@of_site
@click.option("--name", required=True, help="What the key is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=api_keys.SCOPES,
    show_default=True,
    help="What it opens; repeatable.",
)
@as_json
@click.pass_obj
def add_api_key(
    tools: Tools, site_id: int, name: str, scopes: tuple[str, ...], *, as_json: bool
) -> None:
    """Make a key and print it, this once."""
    made = api_keys.add_api_key(tools.deps(), site_id, name, scopes)
    if as_json:
        _print_json({"id": str(made.id), "key": made.key})
        return
    click.echo(f"Key {made.id}. Send it as `Authorization: Bearer ...`; it is not shown again:")
    click.echo(f"\n    {made.key}\n")


@apikey.command("list")
@of_site
@as_json
@click.pass_obj
def list_api_keys(tools: Tools, site_id: int, *, as_json: bool) -> None:
    """List a site's keys: what each is for, never the key itself."""
    rows = [
        {**row, "id": str(row["id"]), "state": "revoked" if row["revoked_at"] else "live"}
        for row in api_keys.list_api_keys(tools.deps(), site_id)
    ]
    _print_rows(rows, as_json, ("id", "state", "name"))


@apikey.command("revoke")
@of_site
@click.argument("key_id", type=int)
@click.pass_obj
def revoke_api_key(tools: Tools, site_id: int, key_id: int) -> None:
    """Let a key open nothing any more, from the next request on."""
    api_keys.revoke_api_key(tools.deps(), site_id, key_id)
    click.echo(f"Key {key_id} is revoked.")


# --- mailboxes ------------------------------------------------------------------------------------


@click.group()
def mailbox() -> None:
    """Mailboxes that feed the inboxes."""


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
        _print_json({"mailbox_id": str(mailbox_id)})
    else:
        click.echo(f"Mailbox {mailbox_id} ({address}) is connected.")


@mailbox.command("list")
@as_json
@click.pass_obj
def list_mailboxes(tools: Tools, *, as_json: bool) -> None:
    """List the mailboxes and their states."""
    rows = mailboxes.status(tools.deps())
    _print_rows(rows, as_json, ("address", "state", "tickets", "messages"))


@mailbox.command("status")
@as_json
@click.pass_obj
def mailbox_status(tools: Tools, *, as_json: bool) -> None:
    """Show what became of every message of each mailbox, and how fresh it is."""
    rows = mailboxes.status(tools.deps())
    if as_json:
        _print_json(rows)
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
    backfill = row["backfill"]
    reason = f"  {row['reason']}\n" if row["reason"] else ""
    return (
        f"{row['address']}: {row['state']}, {fresh}\n{reason}"
        f"  back-fill {backfill['done']} of {backfill['total'] or '?'}; "
        f"{row['tickets']} tickets, {row['messages']} messages\n"
        f"  receipts: {outcomes}"
    )


# --- database and doctor --------------------------------------------------------------------------


@click.group()
def db() -> None:
    """The database."""


@db.command()
@click.pass_obj
def upgrade(tools: Tools) -> None:
    """Bring the database up to date; it is made where there is none."""
    revision = schema.upgrade(tools.wire().settings.database_url)
    click.echo(f"The database is at revision {revision}.")


@db.command("reseal")
@click.pass_obj
def reseal(tools: Tools) -> None:
    """Seal every stored secret with the first of the keys in INBOX_SECRET_KEY.

    To replace the key, put the new one in front of it, with a comma between, restart every process,
    and run this. Links and addresses that were signed before need the old key still.
    """
    click.echo(f"{resealing.reseal(tools.deps())} secrets are sealed with the newest key.")


@click.command()
@click.option("--live", metavar="MAILBOX", help="Try the open points on this mailbox's account.")
@click.option("--send", is_flag=True, help="With --live: also mail the account itself, once.")
@as_json
@click.pass_context
def doctor(context: click.Context, *, live: str | None, send: bool, as_json: bool) -> None:
    """Check every part and say what to do; the exit code is 1 when something needs attention.

    With --live it tries what Google's pages leave open (docs/unverified.md). That only reads,
    unless --send is given, and never prints what a mail says.
    """
    tools: Tools = context.obj
    if send and not live:
        raise click.UsageError("--send goes with --live MAILBOX.")
    findings = _examined(tools, live, send=send) if live else _checked(tools)
    shown = []
    for finding in findings:
        shown.append(finding)
        if not as_json:
            _print_finding(finding)
    if as_json:
        _print_json([asdict(finding) for finding in shown])
    if any(finding.ok is False for finding in shown):
        context.exit(1)


def _checked(tools: Tools) -> Iterator[Finding]:
    deps = tools.wire()
    return (finding for check in tools.checks for finding in check(deps))


def _examined(tools: Tools, address: str, *, send: bool) -> Iterator[Finding]:
    for found in examination.examine(tools.deps(), address, send=send):
        yield Finding(found.name, found.ok, found.words, found.remedy)


def _print_finding(finding: Finding) -> None:
    word = {True: "ok", False: "attention", None: "open"}[finding.ok]
    click.echo(f"{word:<10} {finding.part}: {finding.detail}")
    if finding.remedy:
        click.echo(f"{'':<10} -> {finding.remedy}")


# --- printing -------------------------------------------------------------------------------------


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _print_rows(rows: Iterable[Mapping[str, Any]], as_json: bool, columns: Sequence[str]) -> None:
    if as_json:
        _print_json(list(rows))
        return
    for row in rows:
        click.echo("  ".join(str(row[column]) for column in columns))
