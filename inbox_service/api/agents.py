"""Agents: reported by the plugin, read by each other."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.domain.rights import ROLES
from inbox_service.services import agents as service
from inbox_service.services import reach
from inbox_service.services.agents import Report
from inbox_service.services.reach import Reach

from .fields import LARGEST_ID, LARGEST_NUMBER, Id, Text, page_of
from .routes import AGENT, PLUGIN, READERS, Call, Routes

agents = Routes("agents", "The people who work at the desk")

_WP_USER = f"/agents/<int(max={LARGEST_NUMBER}):wp_user_id>"
# The plugin reports people with the plugin's capabilities, not every user of a large site.
MOST_AGENTS = 1000
MOST_INBOXES = 500


class ProfileSchema(Schema):
    """What the plugin reports of one user."""

    name = Text(required=True, most=200)
    email = Text(required=True, most=320)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    locale = Text(load_default="en_US", most=16)


class ReportSchema(ProfileSchema):
    """One line of the full list."""

    wp_user_id = fields.Integer(
        required=True, strict=True, validate=validate.Range(1, LARGEST_NUMBER)
    )

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Report:
        """Return the values as the service takes them."""
        return Report(**values)


class FullListSchema(Schema):
    """Every user who may work at the desk."""

    agents = fields.List(
        fields.Nested(ReportSchema), required=True, validate=validate.Length(max=MOST_AGENTS)
    )


class TakenSchema(Schema):
    """How many agents there are now, and how many lost their access."""

    agents = fields.Integer(required=True)
    suspended = fields.Integer(required=True)


class AgentSchema(Schema):
    """A colleague."""

    id = Id(required=True)
    wp_user_id = fields.Integer(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)


class RightsSchema(Schema):
    """What somebody may do; `inbox_ids` is null for whoever sees every inbox."""

    reply = fields.Boolean(required=True)
    manage = fields.Boolean(required=True)
    route = fields.Boolean(required=True)
    inbox_ids = fields.List(Id(), required=True, allow_none=True)


class MeSchema(AgentSchema):
    """The calling agent."""

    email = fields.String(required=True)
    locale = fields.String(required=True)
    can = fields.Nested(RightsSchema, required=True)


class ReachChangeSchema(Schema):
    """Which inboxes somebody shall see; the chosen ones are kept while he sees all."""

    sees_all = fields.Boolean(required=True)
    inbox_ids = fields.List(Id(), required=True, validate=validate.Length(max=MOST_INBOXES))


class ReachSchema(AgentSchema):
    """Which inboxes a colleague sees, and how many open tickets of his are in others.

    A manager sees all, whatever was chosen.
    """

    sees_all = fields.Boolean(required=True)
    inbox_ids = fields.List(Id(), required=True)
    open_elsewhere = fields.Integer(required=True)


class NamedSchema(Schema):
    """A team or a tag."""

    id = Id(required=True)
    name = fields.String(required=True)


@agents.route("PUT", "/agents", admits=PLUGIN, body=FullListSchema, returns=TakenSchema)
def replace_agents(call: Call, body: dict[str, Any]) -> dict[str, int]:
    """Take the full list of agents; who is not on it is suspended."""
    active, suspended = service.replace_all(call.deps, call.caller, body["agents"])
    return {"agents": active, "suspended": suspended}


@agents.route("PUT", _WP_USER, admits=PLUGIN, body=ProfileSchema, status=204)
def report_agent(call: Call, body: dict[str, Any], wp_user_id: int) -> None:
    """Take what is new about one agent."""
    service.report_one(call.deps, call.caller, Report(wp_user_id, **body))


@agents.route("DELETE", _WP_USER, admits=PLUGIN, status=204)
def suspend_agent(call: Call, wp_user_id: int) -> None:
    """Suspend one agent."""
    service.suspend(call.deps, call.caller, wp_user_id)


@agents.route("GET", "/me", admits=AGENT, returns=MeSchema)
def show_me(call: Call) -> dict[str, Any]:
    """Return the calling agent and what it may do."""
    return service.myself(call.deps, call.caller)


@agents.route("GET", "/agents", admits=READERS, returns=page_of(AgentSchema))
def list_agents(call: Call) -> dict[str, Any]:
    """Return every active agent; the list is never long enough to be paged."""
    return {"items": service.colleagues(call.deps, call.caller), "next_cursor": None}


@agents.route("GET", "/agents/reach", admits=AGENT, returns=page_of(ReachSchema))
def list_reach(call: Call) -> dict[str, Any]:
    """Return every active agent with the inboxes he sees; managers only."""
    return {"items": reach.list_reach(call.deps, call.caller), "next_cursor": None}


@agents.route(
    "PUT",
    f"/agents/<int(max={LARGEST_ID}):agent_id>/reach",
    admits=AGENT,
    body=ReachChangeSchema,
    returns=ReachSchema,
)
def change_reach(call: Call, body: dict[str, Any], agent_id: int) -> Reach:
    """Say which inboxes an agent sees, from his next request on; managers only."""
    return reach.change_reach(call.deps, call.caller, agent_id, **body)


@agents.route("GET", "/tags", admits=READERS, returns=page_of(NamedSchema))
def list_tags(call: Call) -> dict[str, Any]:
    """Return every tag."""
    return {"items": service.all_tags(call.deps, call.caller), "next_cursor": None}
