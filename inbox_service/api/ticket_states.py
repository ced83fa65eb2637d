"""States of a ticket that come with data of their own."""

from __future__ import annotations

from marshmallow import Schema

from inbox_service.services import snoozing

from .fields import Moment
from .routes import AGENT, Call, Routes
from .ticket_schemas import TicketSchema
from .tickets import TICKET, Versioned, changed
from .versions import IfMatch, wanted_version

ticket_states = Routes("ticket states", "What is done with a ticket as a whole")

_SNOOZE = f"{TICKET}/snooze"


class SnoozeSchema(Schema):
    """When the ticket comes back by itself."""

    until = Moment(required=True)


@ticket_states.route(
    "PUT", _SNOOZE, admits=AGENT, headers=IfMatch, body=SnoozeSchema, returns=TicketSchema
)
def snooze_ticket(
    call: Call, headers: dict[str, str], body: dict[str, int], number: int
) -> Versioned:
    """Put a ticket out of sight until a time, or until its customer writes."""
    version, until = wanted_version(headers), body["until"]
    return changed(lambda: snoozing.snooze(call.deps, call.caller, number, version, until))


@ticket_states.route("DELETE", _SNOOZE, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def end_snooze(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Let a snoozed ticket come back now."""
    version = wanted_version(headers)
    return changed(lambda: snoozing.snooze(call.deps, call.caller, number, version, None))
