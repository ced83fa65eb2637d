"""Messages of a ticket that become a new one."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import splitting as service

from .fields import Id, Text
from .routes import AGENT, Call, Routes
from .ticket_schemas import TicketSchema
from .tickets import TICKET, Versioned, changed_by
from .versions import IfMatch

splitting = Routes("splitting", "Another matter in the same conversation")

# Whoever takes more than this apart had better begin anew.
MOST_MESSAGES = 500


class SplitSchema(Schema):
    """Which messages are another matter, and what that is called."""

    message_ids = fields.List(Id(), required=True, validate=validate.Length(1, MOST_MESSAGES))
    subject = Text(
        load_default="",
        most=998,
        metadata={"description": "Without one it has that of its first message"},
    )


@splitting.route(
    "POST",
    f"{TICKET}/split",
    admits=AGENT,
    headers=IfMatch,
    body=SplitSchema,
    returns=TicketSchema,
    status=201,
)
def split_ticket(
    call: Call, headers: dict[str, str], body: dict[str, Any], number: int
) -> Versioned:
    """Take messages into a new ticket, and return that; merging it takes it back."""
    subject = body["subject"].strip()
    return changed_by(service.split, call, number, headers, body["message_ids"], subject)
