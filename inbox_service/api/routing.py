"""Routing rules: who gets which new ticket."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.domain.routing import Conditions, Rule
from inbox_service.services import routing_rules as service
from inbox_service.services.routing_rules import MOST_RULES
from inbox_service.services.routing_trials import Trial, dry_run

from .agents import NamedSchema
from .fields import LARGEST_ID, Id, Text, page_of
from .routes import AGENT, Call, Routes

routing = Routes("routing", "Who gets which new ticket; for managers and leads")

_RULE = f"/routing/rules/<int(max={LARGEST_ID}):rule_id>"
_MOST_WORDS = 50
_MOST_TAGS = 10


class ConditionsSchema(Schema):
    """What a new ticket must be; what is left out does not matter.

    A domain takes in its subdomains. One of the words must stand in the first message.
    """

    form = Id()
    inbox = Id()
    tag = Text(most=64)
    sender_domain = Text(most=253)
    words = fields.List(Text(most=100), validate=validate.Length(max=_MOST_WORDS))

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Conditions:
        """Return the values as the service takes them."""
        return Conditions(**{**values, "words": tuple(values.get("words", ()))})


def _tags(**options: Any) -> fields.List[Any]:
    return fields.List(Text(least=1, most=64), validate=validate.Length(max=_MOST_TAGS), **options)


class RuleSchema(Schema):
    """A rule, in its place: the first that fits a new ticket and has a team or agent decides.

    It also puts `adds_tags` on the ticket; one with tags alone lets the rules after it go on.
    """

    id = Id(required=True)
    name = fields.String(required=True)
    enabled = fields.Boolean(required=True)
    conditions = fields.Nested(ConditionsSchema, required=True)
    team_id = Id(required=True, allow_none=True)
    assignee_id = Id(required=True, allow_none=True)
    adds_tags = fields.List(fields.String(), required=True)


class RuleChangesSchema(Schema):
    """What to change of a rule; `conditions` and `adds_tags` replace all of them."""

    name = Text(least=1, most=200)
    enabled = fields.Boolean()
    conditions = fields.Nested(ConditionsSchema)
    team_id = Id(allow_none=True)
    assignee_id = Id(allow_none=True)
    adds_tags = _tags()

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the values as the service takes them."""
        return (
            {**values, "adds_tags": tuple(values["adds_tags"])} if "adds_tags" in values else values
        )


class NewRuleSchema(Schema):
    """A rule: at least one condition; a team, an agent or tags, or all of them."""

    name = Text(required=True, least=1, most=200)
    enabled = fields.Boolean(load_default=True)
    conditions = fields.Nested(ConditionsSchema, required=True)
    team_id = Id(load_default=None, allow_none=True)
    assignee_id = Id(load_default=None, allow_none=True)
    adds_tags = _tags(load_default=list)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Rule:
        """Return the values as the service takes them."""
        return Rule(**{"id": None, **values, "adds_tags": tuple(values["adds_tags"])})


class TriedRuleSchema(NewRuleSchema):
    """A rule to try, as it is or as it might become; `id` comes back with its tickets."""

    id = Id(load_default=None, allow_none=True)


class OrderSchema(Schema):
    """Every rule's id, in the new order."""

    ids = fields.List(Id(), required=True, validate=validate.Length(max=MOST_RULES))


class DryRunSchema(Schema):
    """The rules to try, in their order; without them, those of the site."""

    rules = fields.List(
        fields.Nested(TriedRuleSchema),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=MOST_RULES),
    )


class TrialSchema(Schema):
    """What would become of a ticket.

    `rule_id` is the rule that says who gets it, `rule_ids` are all that fit, `tags` what they add.
    """

    ticket_number = fields.Integer(required=True)
    subject = fields.String(required=True)
    rule_id = Id(required=True, allow_none=True)
    rule_name = fields.String(required=True, allow_none=True)
    rule_ids = fields.List(Id(allow_none=True), required=True)
    tags = fields.List(fields.String(), required=True)
    team = fields.Nested(NamedSchema, required=True, allow_none=True)
    assignee = fields.Nested(NamedSchema, required=True, allow_none=True)


@routing.route("GET", "/routing/rules", admits=AGENT, returns=page_of(RuleSchema))
def list_rules(call: Call) -> dict[str, Any]:
    """Return the rules in the order they are tried."""
    rules = service.list_rules(call.deps, call.caller)
    return {"items": [_shown(rule) for rule in rules], "next_cursor": None}


@routing.route(
    "POST", "/routing/rules", admits=AGENT, body=NewRuleSchema, returns=RuleSchema, status=201
)
def add_rule(call: Call, body: Rule) -> dict[str, Any]:
    """Add a rule after all others."""
    return _shown(service.add_rule(call.deps, call.caller, body))


@routing.route("PATCH", _RULE, admits=AGENT, body=RuleChangesSchema, returns=RuleSchema)
def change_rule(call: Call, body: dict[str, Any], rule_id: int) -> dict[str, Any]:
    """Change a rule; its place stays."""
    return _shown(service.change_rule(call.deps, call.caller, rule_id, body))


@routing.route("DELETE", _RULE, admits=AGENT, status=204)
def remove_rule(call: Call, rule_id: int) -> None:
    """Remove a rule; what it has routed stays where it is."""
    service.remove_rule(call.deps, call.caller, rule_id)


@routing.route("PUT", "/routing/order", admits=AGENT, body=OrderSchema, status=204)
def order_rules(call: Call, body: dict[str, Any]) -> None:
    """Put all rules in a new order."""
    service.order_rules(call.deps, call.caller, body["ids"])


@routing.route(
    "POST", "/routing/dry-run", admits=AGENT, body=DryRunSchema, returns=page_of(TrialSchema)
)
def try_rules(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Return what rules would do with the last 100 tickets; nothing is changed."""
    trials = dry_run(call.deps, call.caller, body["rules"])
    return {"items": [_trial_shown(trial) for trial in trials], "next_cursor": None}


def _shown(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "enabled": rule.enabled,
        "conditions": rule.conditions.asked(),
        "team_id": rule.team_id,
        "assignee_id": rule.assignee_id,
        "adds_tags": rule.adds_tags,
    }


def _trial_shown(trial: Trial) -> dict[str, Any]:
    return {
        "ticket_number": trial.number,
        "subject": trial.subject,
        "rule_id": trial.rule.id if trial.rule else None,
        "rule_name": trial.rule.name if trial.rule else None,
        "rule_ids": [rule.id for rule in trial.rules],
        "tags": trial.tags,
        "team": trial.team,
        "assignee": trial.assignee,
    }
