"""`inbox mailbox reconcile`: a mailbox compared with what its provider lists."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

import click

from inbox_service.services import reconcile

from .printing import as_json, print_json
from .tools import Tools

# (one, many); what is not counted by a plural is the same in both.
_WORDS = {
    "ticket": ("ticket", "tickets"),
    "reply": ("reply", "replies"),
    "sent": ("sent by us", "sent by us"),
    "sent_elsewhere": ("sent elsewhere", "sent elsewhere"),
    "auto_reply": ("automatic reply", "automatic replies"),
    "bounce": ("bounce", "bounces"),
    "duplicate": ("duplicate", "duplicates"),
}


@click.command("reconcile")
@click.argument("address")
@as_json
@click.pass_obj
def reconcile_mailbox(tools: Tools, address: str, *, as_json: bool) -> None:
    """Compare a mailbox with its provider, and fetch what is missing.

    Each message that the provider shows must have its receipt. This is done every night, too;
    Ctrl-C ends it safely, and whoever compares next goes on from there.
    """
    deps = tools.deps()
    holder = f"cli-{os.getpid()}-{secrets.token_hex(4)}"
    for account in reconcile.compare(deps, address, holder):
        words = f"{account.shown} shown, {account.shown - account.missing} accounted for so far."
        click.echo(words, err=True)
    result = reconcile.last_result(deps, address)
    if as_json:
        print_json({"address": address, **result})
    else:
        click.echo(f"{address}: {_in_words(result)}")


def _in_words(result: Mapping[str, Any]) -> str:
    listed = ", ".join(_counted(name, count) for name, count in result["outcomes"].items())
    found = f"{result['shown']} shown, {result['accounted']} accounted for"
    fetched = result["fetched"]
    caught_up = f" {fetched} had been missed and were fetched now." if fetched else ""
    return f"{found}{f': {listed}' if listed else ''}; {result['missing']} missing.{caught_up}"


def _counted(outcome: str, count: int) -> str:
    one, many = _WORDS.get(outcome, (outcome, outcome))
    return f"{count} {one if count == 1 else many}"
