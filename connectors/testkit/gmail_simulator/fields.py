"""The `fields` parameter: partial answers, such as "nextPageToken,messages(id,threadId)"."""

from __future__ import annotations

import re
from typing import Any

from connectors.testkit.gmail_simulator.errors import invalid
from connectors.testkit.gmail_simulator.wire import Json

Mask = dict[str, Any]  # name -> Mask of what lies below; empty means all of it
_TOKEN = re.compile(r"[\w*]+|[(),/]")


def parse(text: str) -> Mask:
    """Read a field mask; raises ApiError for a malformed one."""
    tokens = _TOKEN.findall(text)
    # What the pattern passed over was no part of a mask.
    if "".join(tokens) != text.replace(" ", ""):
        raise invalid(f"Invalid field selection {text}")
    mask = _names(tokens, text)
    if tokens:
        raise invalid(f"Invalid field selection {text}")
    return mask


def _names(tokens: list[str], text: str) -> Mask:
    mask: Mask = {}
    while tokens:
        name = tokens.pop(0)
        if not name[0].isalnum() and name[0] not in "_*":
            raise invalid(f"Invalid field selection {text}")
        mask[name] = _below(tokens, text)
        if not tokens or tokens[0] != ",":
            break
        tokens.pop(0)
    return mask


def _below(tokens: list[str], text: str) -> Mask:
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        if not tokens:
            raise invalid(f"Invalid field selection {text}")
        return {tokens.pop(0): _below(tokens, text)}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _names(tokens, text)
        if not tokens or tokens.pop(0) != ")":
            raise invalid(f"Invalid field selection {text}")
        return inner
    return {}


def chosen(value: Any, mask: Mask) -> Any:
    """Return the part of a JSON value that the mask names."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [chosen(entry, mask) for entry in value]
    if not isinstance(value, dict):
        return value
    found: Json = {
        name: chosen(value[name], below) for name, below in mask.items() if name in value
    }
    return found
