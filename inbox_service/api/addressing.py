"""How the next answer in a ticket is addressed."""

from __future__ import annotations

from marshmallow import Schema, fields

from inbox_service.services import addressing as service
from inbox_service.services.addressing import Addressing

from .conversation import AddressSchema
from .routes import AGENT, Call, Routes
from .tickets import TICKET

addressing = Routes("addressing", "To whom an answer goes, and as whom")


class RecipientsSchema(Schema):
    """To and Cc."""

    to = fields.List(fields.Nested(AddressSchema), required=True)
    cc = fields.List(fields.Nested(AddressSchema), required=True)


class AddressingSchema(Schema):
    """Whom an answer goes to by itself, and to all; the usual sender comes first.

    `is_list` warns that a mailing list would get it; no answer goes to the `uninvited` unasked,
    who joined by a mail that was passed on. `room` is how many bytes of files a mail holds.
    """

    answer = fields.Nested(RecipientsSchema, required=True)
    answer_to_all = fields.Nested(RecipientsSchema, required=True)
    senders = fields.List(fields.String(), required=True)
    is_list = fields.Boolean(required=True)
    uninvited = fields.List(fields.String(), required=True)
    room = fields.Integer(required=True)
    signature = fields.String(required=True)


@addressing.route("GET", f"{TICKET}/addressing", admits=AGENT, returns=AddressingSchema)
def show_addressing(call: Call, number: int) -> Addressing:
    """Return how the caller's next answer is addressed; 409 `no_mailbox` where none can leave."""
    return service.addressing(call.deps, call.caller, number)
