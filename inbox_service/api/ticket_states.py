"""States of a ticket that come with data of their own."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from inbox_service.services import blocking, following, merging, snoozing

from .fields import LARGEST_NUMBER, Moment
from .routes import AGENT, Call, Routes
from .ticket_schemas import TicketSchema
from .tickets import TICKET, Versioned, changed, changed_by
from .versions import IfMatch

ticket_states = Routes("ticket states", "What is done with a ticket as a whole")

_FOLLOWING = f"{TICKET}/following"
_MERGE = f"{TICKET}/merge"
_SPAM = f"{TICKET}/spam"
_SNOOZE = f"{TICKET}/snooze"


class SnoozeSchema(Schema):
    """When the ticket comes back by itself."""

    until = Moment(required=True)


class MergeSchema(Schema):
    """The number of the ticket that takes the messages in."""

    into = fields.Integer(required=True, strict=True, validate=validate.Range(1, LARGEST_NUMBER))


@ticket_states.route(
    "PUT", _MERGE, admits=AGENT, headers=IfMatch, body=MergeSchema, returns=TicketSchema
)
def merge_ticket(
    call: Call, headers: dict[str, str], body: dict[str, int], number: int
) -> Versioned:
    """Put a ticket's messages into another one, which its mail finds from then on."""
    return changed_by(merging.merge, call, number, headers, body["into"])


@ticket_states.route("DELETE", _MERGE, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def unmerge_ticket(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Give a ticket back the messages that went into another one."""
    return changed_by(merging.unmerge, call, number, headers)


@ticket_states.route(
    "PUT", _SNOOZE, admits=AGENT, headers=IfMatch, body=SnoozeSchema, returns=TicketSchema
)
def snooze_ticket(
    call: Call, headers: dict[str, str], body: dict[str, int], number: int
) -> Versioned:
    """Put a ticket out of sight until a time, or until its customer writes."""
    return changed_by(snoozing.snooze, call, number, headers, body["until"])


@ticket_states.route("DELETE", _SNOOZE, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def end_snooze(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Let a snoozed ticket come back now."""
    return changed_by(snoozing.snooze, call, number, headers, None)


class SpamSchema(Schema):
    """Whether later mail of who wrote it is spam too."""

    block_sender = fields.Boolean(load_default=False)


@ticket_states.route(
    "PUT", _SPAM, admits=AGENT, headers=IfMatch, body=SpamSchema, returns=TicketSchema
)
def mark_spam(call: Call, headers: dict[str, str], body: dict[str, bool], number: int) -> Versioned:
    """Move a ticket to spam."""
    block = body["block_sender"]
    return changed_by(blocking.mark_spam, call, number, headers, block_sender=block)


@ticket_states.route("DELETE", _SPAM, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def unmark_spam(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Move a ticket back to the inbox; its sender is blocked no more because of it."""
    return changed_by(blocking.unmark_spam, call, number, headers)


@ticket_states.route("PUT", _FOLLOWING, admits=AGENT, returns=TicketSchema)
def follow_ticket(call: Call, number: int) -> Versioned:
    """Let the caller hear of a ticket's answers, whosever it is."""
    return changed(lambda: following.follow(call.deps, call.caller, number, is_following=True))


@ticket_states.route("DELETE", _FOLLOWING, admits=AGENT, returns=TicketSchema)
def unfollow_ticket(call: Call, number: int) -> Versioned:
    """Let the caller hear no more of it."""
    return changed(lambda: following.follow(call.deps, call.caller, number, is_following=False))
