"""`inbox push`: how providers tell of new mail, instead of being asked every minute."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

import click

from inbox_service.errors import Invalid
from inbox_service.services import push_channels
from inbox_service.services.push_channels import NewChannel

from .printing import as_json, print_json, print_rows
from .tools import Tools


@click.group()
def push() -> None:
    """Push: new mail is told of at once (docs/push.md)."""


@push.command("add")
@click.option("--site", "site_id", type=int, required=True, help="The site's id.")
@click.option("--topic", required=True, help="projects/PROJECT/topics/NAME")
@click.option("--subscription", default="", help="projects/PROJECT/subscriptions/NAME, to pull.")
@click.option(
    "--key",
    type=click.File(encoding="utf-8", lazy=True),
    help="Key file of the service account that may pull; - reads stdin.",
)
@click.option("--audience", default="", help="Of a subscription that pushes to the site.")
@click.option("--signer", default="", help="The service account that signs what is pushed.")
@as_json
@click.pass_obj
def add_channel(
    tools: Tools,
    *,
    site_id: int,
    topic: str,
    subscription: str,
    key: IO[str] | None,
    audience: str,
    signer: str,
    as_json: bool,
) -> None:
    """Let a project's mailboxes be pushed; for a known project, change how."""
    new = NewChannel(topic, subscription, _read_key(key), audience, signer)
    channel_id = push_channels.put_channel(tools.deps(), site_id, new)
    if as_json:
        print_json({"channel_id": str(channel_id)})
    else:
        click.echo(f"Push channel {channel_id} is set up; `inbox push list` tells if it works.")


@push.command("list")
@as_json
@click.pass_obj
def list_channels(tools: Tools, *, as_json: bool) -> None:
    """List the push channels, and what is wrong with them."""
    rows = [_row(channel) for channel in push_channels.all_channels(tools.deps())]
    print_rows(rows, as_json, ("id", "site_id", "project", "mailboxes", "state"))


@push.command("remove")
@click.argument("channel_id", type=int)
@click.pass_obj
def remove_channel(tools: Tools, channel_id: int) -> None:
    """Remove a push channel; its mailboxes are polled from now on."""
    push_channels.drop_channel(tools.deps(), channel_id)
    click.echo(f"Push channel {channel_id} is removed; its mailboxes are polled.")


def _read_key(file: IO[str] | None) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        key = json.load(file)
    except ValueError as error:
        raise Invalid(f"{file.name} is not JSON: give the key file as downloaded.") from error
    if not isinstance(key, dict):
        raise Invalid(f"{file.name} must hold one JSON object: give the key file as downloaded.")
    return key


def _row(channel: Mapping[str, Any]) -> dict[str, Any]:
    state = "works" if channel["heard_at"] else "nothing came yet"
    ids = {name: str(channel[name]) for name in ("id", "site_id")}
    return {**channel, **ids, "state": channel["reason"] or state}
