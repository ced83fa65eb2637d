"""The caller's own name of what it asks for, so that asking twice does it once."""

from __future__ import annotations

import hashlib

from flask import request
from marshmallow import Schema

from inbox_service.errors import Invalid
from inbox_service.services.idempotency import Key

from .fields import Text


class IdempotencyKey(Schema):
    """The caller's own name of what it asks for, so that asking twice does it once."""

    key = Text(data_key="Idempotency-Key", most=128, least=1)


def wanted_key(headers: dict[str, str]) -> Key:
    """Return the key of the request at hand; raises Invalid where there is none."""
    if "key" not in headers:
        raise Invalid(
            "Send an Idempotency-Key, the same one on every retry.",
            code="idempotency_key_required",
            field="Idempotency-Key",
        )
    # Path and body, not the token: a retry is signed anew.
    request_line = f"{request.method} {request.path}\n".encode()
    return Key(headers["key"], hashlib.sha256(request_line + request.get_data()).hexdigest())
