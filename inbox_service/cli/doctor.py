"""`inbox doctor`: every part looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from inbox_service.checks import Finding
from inbox_service.services import examination

from .printing import as_json, print_json
from .tools import Tools


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
        print_json([asdict(finding) for finding in shown])
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
