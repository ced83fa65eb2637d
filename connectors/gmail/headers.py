"""Headers of a message as Gmail's API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import Message


def header_of(message: Message, name: str) -> str:
    """Return the first value of a header, "" where there is none."""
    headers = message.get("payload", {}).get("headers", [])
    values = [h["value"] for h in headers if h["name"].lower() == name.lower()]
    return values[0].strip() if values else ""
