"""Teams: who works together, and who leads."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates

from inbox_service.services import teams as service
from inbox_service.services.teams import Team, Uses

from .agents import MOST_AGENTS
from .fields import LARGEST_ID, Id, Text, page_of
from .routes import AGENT, READERS, Call, Routes
from .versions import IfMatch, etag, stale_with, wanted_version

teams = Routes("teams", "Who works together; made by managers")

_TEAM = f"/teams/<int(max={LARGEST_ID}):team_id>"


class MemberSchema(Schema):
    """An agent of a team."""

    agent_id = Id(required=True)
    name = fields.String(required=True)
    leads = fields.Boolean(required=True)


class TeamSchema(Schema):
    """A team; `version` is what a change must name as If-Match."""

    id = Id(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    members = fields.List(fields.Nested(MemberSchema), required=True)


class PlaceSchema(Schema):
    """An agent's place in a team; to lead takes the role of a lead or a manager."""

    agent_id = Id(required=True)
    leads = fields.Boolean(load_default=False)


class TeamChangesSchema(Schema):
    """What to change of a team; `members` replaces all of them."""

    name = Text(least=1, most=200)
    members = fields.List(fields.Nested(PlaceSchema), validate=validate.Length(max=MOST_AGENTS))

    @validates("members")
    def name_each_once(self, members: list[dict[str, Any]], **_: Any) -> None:
        """Refuse a list that says two things of one agent."""
        # A member whose own fields are wrong is here, too, without them.
        named = [one["agent_id"] for one in members if "agent_id" in one]
        if len(set(named)) < len(named):
            raise ValidationError("Names an agent twice.")

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the values as the service takes them."""
        if "members" in values:
            values["members"] = {one["agent_id"]: one["leads"] for one in values["members"]}
        return values


class NewTeamSchema(TeamChangesSchema):
    """A team to make."""

    name = Text(required=True, least=1, most=200)


class UsesSchema(Schema):
    """How many tickets and rules would lose the team, and saved replies become the remover's."""

    tickets = fields.Integer(required=True)
    rules = fields.Integer(required=True)
    saved_replies = fields.Integer(required=True)


@teams.route("GET", "/teams", admits=READERS, returns=page_of(TeamSchema))
def list_teams(call: Call) -> dict[str, Any]:
    """Return every team; the list is never long enough to be paged."""
    return {"items": service.list_teams(call.deps, call.caller), "next_cursor": None}


@teams.route("POST", "/teams", admits=AGENT, body=NewTeamSchema, returns=TeamSchema, status=201)
def add_team(call: Call, body: dict[str, Any]) -> tuple[Team, dict[str, str]]:
    """Make a team; for managers."""
    return _with_etag(
        service.add_team(call.deps, call.caller, body["name"], body.get("members", {}))
    )


@teams.route(
    "PATCH", _TEAM, admits=AGENT, headers=IfMatch, body=TeamChangesSchema, returns=TeamSchema
)
def change_team(
    call: Call, headers: dict[str, str], body: dict[str, Any], team_id: int
) -> tuple[Team, dict[str, str]]:
    """Change a team that nobody changed since it was read; for managers."""
    version = wanted_version(headers)
    with stale_with("team", TeamSchema().dump):
        return _with_etag(service.change_team(call.deps, call.caller, team_id, version, body))


@teams.route("DELETE", _TEAM, admits=AGENT, status=204)
def remove_team(call: Call, team_id: int) -> None:
    """Take a team away; its tickets and rules stay and have none. For managers."""
    service.remove_team(call.deps, call.caller, team_id)


@teams.route("GET", f"{_TEAM}/uses", admits=AGENT, returns=UsesSchema)
def show_uses(call: Call, team_id: int) -> Uses:
    """Return what would lose the team; for managers."""
    return service.uses_of(call.deps, call.caller, team_id)


def _with_etag(team: Team) -> tuple[Team, dict[str, str]]:
    return team, etag(team.version)
