"""States of a ticket that come with data of their own."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from inbox_service.services import blocking, following, merging, snoozing

from .fields import LARGEST_NUMBER, Moment
from .routes import AGENT, Call, Routes
from .ticket_schemas import TicketSchema
from .tickets import TICKET, Versioned, changed
from .versions import IfMatch, wanted_version

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
    version, into = wanted_version(headers), body["into"]
    return changed(lambda: merging.merge(call.deps, call.caller, number, version, into))


@ticket_states.route("DELETE", _MERGE, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def unmerge_ticket(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Give a ticket back the messages that went into another one."""
    version = wanted_version(headers)
    return changed(lambda: merging.unmerge(call.deps, call.caller, number, version))


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


class SpamSchema(Schema):
    """Whether later mail of who wrote it is spam too."""

    block_sender = fields.Boolean(load_default=False)


@ticket_states.route(
    "PUT", _SPAM, admits=AGENT, headers=IfMatch, body=SpamSchema, returns=TicketSchema
)
def mark_spam(call: Call, headers: dict[str, str], body: dict[str, bool], number: int) -> Versioned:
    """Move a ticket to spam."""
    version, block = wanted_version(headers), body["block_sender"]
    return changed(
        lambda: blocking.mark_spam(call.deps, call.caller, number, version, block_sender=block)
    )


@ticket_states.route("DELETE", _SPAM, admits=AGENT, headers=IfMatch, returns=TicketSchema)
def unmark_spam(call: Call, headers: dict[str, str], number: int) -> Versioned:
    """Move a ticket back to the inbox; its sender is blocked no more because of it."""
    version = wanted_version(headers)
    return changed(lambda: blocking.unmark_spam(call.deps, call.caller, number, version))


@ticket_states.route("PUT", _FOLLOWING, admits=AGENT, returns=TicketSchema)
def follow_ticket(call: Call, number: int) -> Versioned:
    """Let the caller hear of a ticket's answers, whosever it is."""
    return changed(lambda: following.follow(call.deps, call.caller, number, is_following=True))


@ticket_states.route("DELETE", _FOLLOWING, admits=AGENT, returns=TicketSchema)
def unfollow_ticket(call: Call, number: int) -> Versioned:
    """Let the caller hear no more of it."""
    return changed(lambda: following.follow(call.deps, call.caller, number, is_following=False))
