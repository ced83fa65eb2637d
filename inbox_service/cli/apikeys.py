"""`inbox apikey`: keys for programs."""

from __future__ import annotations

import click

from inbox_service.services import api_keys

from .printing import as_json, print_json, print_rows
from .tools import Tools


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
        print_json({"id": str(made.id), "key": made.key})
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
    print_rows(rows, as_json, ("id", "state", "name"))


@apikey.command("revoke")
@of_site
@click.argument("key_id", type=int)
@click.pass_obj
def revoke_api_key(tools: Tools, site_id: int, key_id: int) -> None:
    """Let a key open nothing any more, from the next request on."""
    api_keys.revoke_api_key(tools.deps(), site_id, key_id)
    click.echo(f"Key {key_id} is revoked.")
