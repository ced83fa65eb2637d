"""`inbox site`: WordPress sites and their keys."""

from __future__ import annotations

from dataclasses import asdict

import click

from inbox_service.services import sites

from .printing import as_json, print_json, print_rows
from .tools import Tools


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
        print_json({"site_id": str(site_id), "code": code})
        return
    click.echo(f"Site {site_id}. In WordPress, open Inbox > Settings and enter within 15 minutes:")
    click.echo(f"\n    {code}\n")


@site.command("list")
@as_json
@click.pass_obj
def list_sites(tools: Tools, *, as_json: bool) -> None:
    """List the sites."""
    rows = [{**row, "id": str(row["id"])} for row in sites.list_sites(tools.deps())]
    print_rows(rows, as_json, ("id", "state", "home_url", "name"))


@site.command("rotate")
@click.argument("site_id", type=int)
@as_json
@click.pass_obj
def rotate_key(tools: Tools, site_id: int, *, as_json: bool) -> None:
    """Make a new key for a site; the old one works for 24 hours more."""
    key = sites.rotate_key(tools.deps(), site_id)
    if as_json:
        print_json({**asdict(key), "site_id": str(key.site_id)})
        return
    click.echo("Set this in the site's wp-config.php within 24 hours:\n")
    click.echo(f"    define( 'UNIFIED_INBOX_SECRET', '{key.key_id}:{key.secret}' );\n")
