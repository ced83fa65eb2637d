"""Messages as the API shows them."""

from __future__ import annotations

import base64
import secrets
from email import message_from_bytes
from email.header import Header
from email.message import Message
from html import escape
from typing import Any

from connectors.testkit.gmail_simulator import mailbox, rfc822
from connectors.testkit.gmail_simulator.errors import invalid
from connectors.testkit.gmail_simulator.store import Db, Row
from connectors.testkit.gmail_simulator.wire import Json

FORMATS = ("minimal", "metadata", "full", "raw")
_NONCE = 12


def stub(row: Row) -> Json:
    return {"id": row["id"], "threadId": row["thread_id"]}


def labelled(db: Db, row: Row) -> Json:
    """Return what a change answers: ids and labels."""
    return with_labels(stub(row), mailbox.labels_of(db, row["account"], row["id"]))


def with_labels(shown: Json, labels: list[str]) -> Json:
    """Add the labels; Google's JSON leaves an empty list out."""
    return shown | ({"labelIds": labels} if labels else {})


def message(db: Db, row: Row, form: str, headers: list[str]) -> Json:
    """Return a message in one of the FORMATS; `headers` limits those of "metadata"."""
    if form not in FORMATS:
        raise invalid(f"Invalid value at 'format' (TYPE_ENUM), \"{form}\"")
    shown = labelled(db, row) | {
        "snippet": escape(row["snippet"]),
        "sizeEstimate": row["size"],
        "historyId": str(row["history_id"]),
        "internalDate": str(row["internal_date"]),
    }
    if form == "minimal":
        return shown
    raw = mailbox.raw_of(db, row["account"], row["id"])
    if form == "raw":
        return shown | {"raw": encode(raw)}
    parsed = message_from_bytes(raw)
    if form == "metadata":
        return shown | {"payload": _summary(parsed, headers)}
    return shown | {"payload": part_view(parsed, "")}


def encode(content: bytes) -> str:
    """Return bytes as the API writes them: URL-safe base64 with its padding."""
    return base64.urlsafe_b64encode(content).decode()


def decode(text: str) -> bytes:
    """Read URL-safe or plain base64, padded or not."""
    # Clients send both alphabets, with and without padding, and Google takes them all.
    plain = text.replace("-", "+").replace("_", "/").replace("\n", "").replace("\r", "")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError as error:
        raise invalid("Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed") from (
            error
        )


def _summary(parsed: Message, wanted: list[str]) -> Json:
    names = {name.lower() for name in wanted}
    chosen = [header for header in _headers(parsed) if not names or header["name"].lower() in names]
    return {"mimeType": parsed.get_content_type(), "headers": chosen}


def _headers(parsed: Message) -> list[dict[str, str]]:
    """Return the headers unfolded and decoded, as Gmail shows them."""
    return [{"name": name, "value": _text(value)} for name, value in parsed.raw_items()]


def _text(value: str | Header) -> str:
    # surrogateescape is how the parser keeps bytes that no charset explains (RFC 6532 mail).
    return rfc822.decoded(b":" + str(value).encode("utf-8", "surrogateescape"))


def part_view(part: Message, part_id: str) -> Json:
    """Return a MIME part and those below it. A file's bytes are left to attachments.get."""
    view: Json = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": _headers(part),
        "body": {"size": 0},
    }
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        prefix = f"{part_id}." if part_id else ""
        view["parts"] = [part_view(sub, f"{prefix}{at}") for at, sub in enumerate(_below(part))]
        return view
    content = part_bytes(part)
    view["body"]["size"] = len(content)
    # Only files have an id; texts are inline whatever their length.
    if part.get_filename() or part.is_multipart():
        view["body"]["attachmentId"] = attachment_id(part_id)
    elif content:
        view["body"]["data"] = encode(content)
    return view


def _below(part: Message) -> list[Message]:
    payload: Any = part.get_payload()
    return list(payload)


def part_bytes(part: Message) -> bytes:
    """Return the decoded content of a leaf; an enclosed message is its own bytes."""
    if part.is_multipart():
        return b"".join(sub.as_bytes() for sub in _below(part))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def attachment_id(part_id: str) -> str:
    """Return a new id for the part: every get gives another, so that none can be stored."""
    return "ANGjdJ" + encode(secrets.token_bytes(_NONCE) + part_id.encode()).rstrip("=")


def attached_part(parsed: Message, identifier: str) -> Message | None:
    """Return the part an attachment id stands for."""
    if not identifier.startswith("ANGjdJ"):
        return None
    path = decode(identifier.removeprefix("ANGjdJ"))[_NONCE:].decode("ascii", "replace")
    found = parsed
    for step in path.split(".") if path else ():
        if not step.isdigit() or not found.is_multipart() or int(step) >= len(_below(found)):
            return None
        found = _below(found)[int(step)]
    return found
