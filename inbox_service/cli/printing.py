"""How verbs print: as JSON, or as lines of columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_rows(rows: Iterable[Mapping[str, Any]], as_json: bool, columns: Sequence[str]) -> None:
    if as_json:
        print_json(list(rows))
        return
    for row in rows:
        click.echo("  ".join(str(row[column]) for column in columns))
