"""`inbox customer`: what is held about a person, exported and erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import click

from inbox_service.deps import Deps
from inbox_service.domain.moments import rfc3339
from inbox_service.errors import NotFound, Unavailable
from inbox_service.services import privacy, sites
from inbox_service.services.privacy_export import (
    Export,
    ExportedMessage,
    ExportedTicket,
    export_page,
)

from .printing import as_json, print_json
from .tools import Tools


@click.group()
def customer() -> None:
    """What is held about one customer of a site."""


of_site = click.option("--site", "site_id", type=int, required=True, help="The site's id.")


@customer.command("export")
@click.argument("address")
@of_site
@click.pass_obj
def export_customer(tools: Tools, address: str, site_id: int) -> None:
    """Print, as JSON, everything that is held about whoever has this address."""
    deps = tools.deps()
    _require_site(deps, site_id)
    whole: dict[str, Any] = {"address": address, "names": [], "addresses": []}
    whole |= {"tickets": [], "entries": [], "letters": []}
    for page in _pages(deps, site_id, address):
        whole["names"] += page.names
        whole["addresses"] += page.addresses
        whole["tickets"] += [_ticket(one) for one in page.tickets]
        whole["entries"] += [
            {**asdict(one), "submitted_at": rfc3339(one.submitted_at)} for one in page.entries
        ]
        whole["letters"] += [_message(one) for one in page.letters]
    print_json(whole)


@customer.command("erase")
@click.argument("address")
@of_site
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_obj
def erase_customer(tools: Tools, address: str, site_id: int, *, yes: bool, as_json: bool) -> None:
    """Erase whoever has this address: messages, files, names, addresses. It cannot be undone.

    Interrupted, it goes on where it was when it is asked for again.
    """
    deps = tools.deps()
    _require_site(deps, site_id)
    if not yes:
        click.confirm(f"Erase everything about {address}?", abort=True, err=True)
    erased = privacy.erase_whole(deps, site_id, address)
    if not erased.done:
        raise Unavailable(f"A mail to {address} is being sent just now: try again in a minute.")
    if as_json:
        print_json({"address": address, "removed": erased.removed, "kept": dict(erased.kept)})
        return
    click.echo(f"{address}: {erased.removed} things are erased.")
    for reason, count in erased.kept.items():
        click.echo(f"  {count} kept: {reason}")


def _pages(deps: Deps, site_id: int, address: str) -> Iterator[Export]:
    page = export_page(deps, site_id, address)
    yield page
    while page.next_key is not None:
        page = export_page(deps, site_id, address, page.next_key)
        yield page


def _ticket(ticket: ExportedTicket) -> Mapping[str, Any]:
    row = ticket.row
    return {
        "reference": row["reference"],
        "subject": row["subject"],
        "status": row["status"],
        "created_at": rfc3339(row["created_at"]),
        "form": ticket.form,
        "messages": [_message(one) for one in ticket.messages],
    }


def _message(message: ExportedMessage) -> Mapping[str, Any]:
    return {**asdict(message), "at": rfc3339(message.at)}


def _require_site(deps: Deps, site_id: int) -> None:
    if all(site["id"] != site_id for site in sites.list_sites(deps)):
        raise NotFound(f"There is no site {site_id}: see `inbox site list`.")
