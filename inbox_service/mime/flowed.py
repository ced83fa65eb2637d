"""Text of `format=flowed` (RFC 3676): its soft breaks are the sender's window, not his lines."""

from __future__ import annotations

import re

_QUOTE = re.compile(r">*")
_SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that end in a space with the next of the same quote depth.

    `delete_space` is DelSp=yes: the space was added for the break and goes with it.
    """
    out: list[str] = []
    flowing = -1
    for line in text.split("\n"):
        depth = _depth(line)
        content = line[depth:].removeprefix(" ")
        # Pieces are joined once at the end: adding to the last line would be quadratic.
        if flowing != depth or content == _SIGNATURE:
            out.append("\n" + ">" * depth + (" " if depth and content else ""))
        flowing = depth if _flows(content) else -1
        out.append(content[:-1] if flowing >= 0 and delete_space else content)
    return "".join(out)[1:]


def _depth(line: str) -> int:
    found = _QUOTE.match(line)
    return found.end() if found else 0


def _flows(content: str) -> bool:
    return content.endswith(" ") and content != _SIGNATURE
