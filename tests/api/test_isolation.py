"""No request under one site's key reads or writes another site's rows, whatever the route.

The routes are taken from the application itself and the requests from its OpenAPI document, so a
new route is tried from the day it is added.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from populate import (
    REFERENCE,
    TYPED,
    USER,
    Filled,
    fill,
    reset_accounts,
    reset_codes,
    reset_shelf,
    reset_tickets,
    rows_of,
)
from shop import API, MANAGER, Client, open_shop
from trials import Stage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api.openapi import add_resources, document
from inbox_service.domain.forms import default_definition
from inbox_service.testing import START

OURS, THEIRS = "OURS7f3a", "THEIRS91bd"
DOCUMENT = document()
EXAMPLES = 40


def _routes() -> list[tuple[str, str, str]]:
    """Return (method, OpenAPI path, endpoint) of every route under the API's prefix."""
    app = Flask("routes")
    add_resources(app)
    return [
        (method, _openapi_path(rule), rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API) and not rule.endpoint.startswith("api-docs")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _openapi_path(rule: Rule) -> str:
    parts = [f"{{{text}}}" if is_dynamic else text for is_dynamic, text in rule._trace]
    return "".join(parts).partition("|")[2]


ROUTES = _routes()


@dataclass(frozen=True)
class Request:
    """A request that may name things of either shop."""

    path: str
    query: dict[str, str]
    body: Any
    if_match: str

    def __str__(self) -> str:
        return f"{self.path} {self.query} {self.body}"


@pytest.fixture(scope="module")
def shops(stage: Stage, google: GmailSimulator) -> tuple[Filled, Filled]:
    """Our shop and theirs, filled once: what a test does is taken back."""
    return (
        fill(open_shop(stage.app, stage.deps, "ours"), OURS, 101, google),
        fill(open_shop(stage.app, stage.deps, "theirs"), THEIRS, 202, google),
    )


def operation_of(method: str, path: str) -> dict[str, Any]:
    operation: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    shared = DOCUMENT["paths"][path].get("parameters", [])
    return {**operation, "parameters": [*shared, *operation.get("parameters", [])]}


def requests(
    operation: dict[str, Any], path: str, shops: list[Filled]
) -> st.SearchStrategy[Request]:
    """Return requests that fit the operation's description, with ids drawn from both shops."""
    query, parts = {}, {}
    for parameter in operation["parameters"]:
        values = value_of(parameter["name"], parameter["schema"], shops)
        if parameter["in"] == "path":
            parts[parameter["name"]] = values
        if parameter["in"] == "query":
            query[parameter["name"]] = values.map(str)
    body = st.none()
    if path.endswith("/merge") and "requestBody" not in operation:
        parts["number"] = st.sampled_from([shop.ids["number"] + 2 for shop in shops])
    if path.endswith("/tickets/{number}") and "204" in operation["responses"]:
        # Only from the trash.
        parts["number"] = st.sampled_from([shop.ids["number"] + 3 for shop in shops])
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        is_json = "application/json" in content
        schema = content["application/json"]["schema"] if is_json else {}
        body = value_of("", schema, shops) if is_json else st.just(b"x")
    return st.builds(
        Request,
        st.fixed_dictionaries(parts).map(lambda given: path.format(**given)),
        st.fixed_dictionaries({}, optional=query),
        body,
        st.sampled_from(['"1"', '"2"', '"x"']),
    )


def value_of(name: str, schema: dict[str, Any], shops: list[Filled]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    # A list goes by its customer's id, a new ticket names him.
    is_named = name == "customer" and "properties" in schema
    known = _known("named" if is_named else name, shops)
    if known is not None:
        return known
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type", "object")
    kind = next(one for one in kind if one != "null") if isinstance(kind, list) else kind
    if kind == "object":
        return _object(schema, shops)
    if kind == "array":
        return st.lists(value_of(name.rstrip("s"), schema["items"], shops), min_size=1, max_size=2)
    if kind == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 60), 60))
    words = st.sampled_from(["omar@example.net", "urgent", "x"])
    return st.booleans() if kind == "boolean" else words


def _object(schema: dict[str, Any], shops: list[Filled]) -> st.SearchStrategy[dict[str, Any]]:
    needed = set(schema.get("required", ()))
    values = {
        name: value_of(name, part, shops) for name, part in schema.get("properties", {}).items()
    }
    return st.fixed_dictionaries(
        {name: value for name, value in values.items() if name in needed},
        optional={name: value for name, value in values.items() if name not in needed},
    )


def _known(name: str, shops: list[Filled]) -> st.SearchStrategy[Any] | None:
    """Return values of the shops' own for what a name stands for."""
    ids = [str(one) for shop in shops for one in shop.ids.values()]
    # Often ours: a request that names several things is of use only where all of them fit.
    numbers = st.sampled_from([shops[0].ids["number"], *(shop.ids["number"] for shop in shops), 1])
    messages = st.sampled_from(
        [str(shop.ids[name]) for shop in shops for name in ("message", "reply")]
    )
    uploads = st.sampled_from([str(shop.ids["upload"]) for shop in shops])
    bulks = st.sampled_from([str(shop.ids["bulk"]) for shop in shops])
    special: dict[str, st.SearchStrategy[Any]] = {
        "number": numbers,
        "viewing": numbers,
        "wp_user_id": st.sampled_from([MANAGER, *(shop.ids["wp_user"] for shop in shops)]),
        "customer_id": st.sampled_from([shop.ids["customer"] for shop in shops]),
        "message_id": messages,
        "forwards": messages,
        "attachment_id": st.sampled_from([str(shop.ids["attachment"]) for shop in shops]),
        "send_at": st.sampled_from([None, "2026-01-13T08:00:00.000Z"]),
        "into": st.sampled_from([shop.ids["number"] + 1 for shop in shops]),
        "until": st.just("2026-01-13T08:00:00.000Z"),
        "seen_up_to": st.sampled_from([str(shop.ids["message"]) for shop in shops]),
        "draft": st.sampled_from([None, *(str(shop.ids["message"]) for shop in shops)]),
        "upload_id": uploads,
        "upload": uploads,
        "token": st.sampled_from([token for shop in shops for token in shop.tokens]),
        "inbox_id": st.sampled_from([str(shop.ids["inbox"]) for shop in shops]),
        "assignee_id": st.sampled_from([str(shop.ids["agent"]) for shop in shops]),
        "agent_id": st.sampled_from([str(shop.ids["agent"]) for shop in shops]),
        "team_id": st.sampled_from([str(shop.ids["team"]) for shop in shops]),
        "code": st.sampled_from(
            [
                shops[0].code,
                f"{shops[1].shop.site_id}-guess",
                # Often, as it is of use only beside the one state that it was given for.
                *[shops[0].account.code] * 4,
                *(shop.typed_code for shop in shops),
            ]
        ),
        "email": st.just(TYPED),
        "state": st.sampled_from([shop.account.state for shop in shops]),
        "error": st.sampled_from(["", "access_denied"]),
        "flow_id": st.sampled_from([str(shop.ids["flow"]) for shop in shops]),
        "oauth_client_id": st.sampled_from([str(shop.ids["client"]) for shop in shops]),
        "mailbox_id": st.sampled_from([str(shop.ids["mailbox"]) for shop in shops]),
        "redirect_uri": st.just("https://shop.example/wp-admin/admin-post.php"),
        "service_account": st.sampled_from([shop.account.key for shop in shops]),
        "address": st.sampled_from([shop.account.address for shop in shops]),
        "channel_id": st.sampled_from([str(shop.ids["channel"]) for shop in shops]),
        "topic": st.sampled_from([f"projects/{shop.mark.lower()}/topics/mail" for shop in shops]),
        "subscription": st.just("projects/shop/subscriptions/inbox"),
        "audience": st.just(""),
        "signer": st.just(""),
        "proof": st.sampled_from([shop.proof for shop in shops]),
        "notice": st.just(json.dumps({"message": {"data": "", "messageId": "1"}})),
        "channel": st.just("phone"),
        "message_ids": st.sampled_from([[str(shop.ids["note"])] for shop in shops]),
        "named": st.sampled_from([{"id": str(shop.ids["customer"])} for shop in shops]),
        "bulk_id": bulks,
        "undoes": bulks,
        "snoozed_until": st.just("2026-01-13T08:00:00.000Z"),
        "add_tag": st.sampled_from(["x", THEIRS]),
        "blocked_id": st.sampled_from([str(shop.ids["blocked"]) for shop in shops]),
        "receipt_id": st.sampled_from([str(shop.ids["receipt"]) for shop in shops]),
        "saved_reply_id": st.sampled_from([str(shop.ids["saved_reply"]) for shop in shops]),
        # Of acknowledgements, and of saved replies.
        "texts": st.sampled_from([{}, {"en": "x", "any": "<p>x</p>"}]),
        "incident_id": st.sampled_from([str(shop.ids["incident"]) for shop in shops]),
        "rule_id": st.sampled_from([str(shop.ids["rule"]) for shop in shops]),
        "ids": st.lists(st.sampled_from([str(shop.ids["rule"]) for shop in shops]), max_size=2),
        "form": st.sampled_from([str(shop.ids["form"]) for shop in shops]),
        "inbox": st.sampled_from([str(shop.ids["inbox"]) for shop in shops]),
        "colour": st.just("#3858e9"),
        "home_url": st.sampled_from([shop.shop.signer.home_url for shop in shops]),
        "form_id": st.sampled_from([str(shop.ids["form"]) for shop in shops]),
        "entry_key": st.uuids().map(lambda one: one.hex),
        "reference": st.sampled_from([REFERENCE, "0000000A"]),
        "submitted_at": st.just("2026-01-12T08:00:00.000Z"),
        "fields": st.just({"email": "rita@example.net", "message": "Hello"}),
        "files": st.just([]),
        "definition": st.just(default_definition()),
        "status_page_url": st.sampled_from(
            [f"{shop.shop.signer.home_url}/status/" for shop in shops]
        ),
        "view_id": st.sampled_from([str(shop.ids["view"]) for shop in shops]),
        "filter": _filter(shops),
        "active_after": st.sampled_from(["7d", "2026-01-01"]),
        "active_before": st.just("today"),
        "q": st.sampled_from(["x", "example", "is:open", "tag:no", "inbox:no", THEIRS.lower()]),
        "query": st.sampled_from(["", "t", "example", THEIRS.lower()]),
        "after": st.sampled_from([0, 1, 5]),
        "cursor": st.sampled_from(["", "dGlja2V0czE6MToy"]),
    }
    if name in special:
        return special[name]
    return st.sampled_from(ids) if name in ("assignee", "team") else None


def _filter(shops: list[Filled]) -> st.SearchStrategy[dict[str, Any]]:
    names = {"inbox": "inbox", "team": "team", "assignee": "agent", "customer": "customer"}
    ids = {
        name: st.sampled_from([str(shop.ids[of]) for shop in shops]) for name, of in names.items()
    }
    return st.fixed_dictionaries(
        {}, optional={**ids, "status": st.just("open"), "tag": st.just("x")}
    )


def send(shop: Filled, method: str, admits: list[str], request: Request) -> TestResponse:
    typ = next((one for one in admits if one in ("agent", "plugin", "customer")), "agent")
    client: Client = shop.shop.manager if typ == "agent" else shop.shop.plugin
    claims = {}
    if typ == "customer":
        # Both shops have this user, and both his ticket, by the same reference.
        client = Client(shop.shop.app, shop.shop.signer, "customer", str(USER))
        claims = {"email": shop.customer_email}
    headers = {"If-Match": request.if_match, "Idempotency-Key": secrets.token_hex(8)}
    path = request.path.removeprefix(API)
    return client.call(method, path, request.body, request.query, headers, **claims)


def assert_nothing_of(theirs: Filled, answer: TestResponse, request: Request) -> None:
    asked, told = str(request) + urlencode(request.query), answer.get_data(as_text=True)
    assert theirs.mark not in told.replace(asked, "")
    leaked = [one for one in theirs.ids.values() if one > 2**40 and str(one) in told]
    assert [one for one in leaked if str(one) not in asked] == []


def restore(ours: Filled) -> None:
    """Undo what a request may have used up or closed, so that the next one finds it again."""
    ours.shop.change_agent(MANAGER, role="manager", state="active")
    reset_accounts(ours)
    reset_shelf(ours)
    reset_tickets(ours.shop)
    reset_codes(ours.shop)


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(("method", "path", "endpoint"), ROUTES)
def test_one_sites_key_reaches_nothing_of_another(
    shops: tuple[Filled, Filled], method: str, path: str, endpoint: str
) -> None:
    ours, theirs = shops
    operation = operation_of(method, path)
    admits = next((list(one["bearer"]) for one in operation["security"]), [])
    before, statuses = rows_of(theirs.shop), set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(operation, path, [ours, theirs]))
    def try_one(request: Request) -> None:
        answer = send(ours, method, admits, request)
        statuses.add(answer.status_code)
        assert answer.status_code < 500
        assert_nothing_of(theirs, answer, request)
        if method != "GET":
            restore(ours)

    try_one()
    assert rows_of(theirs.shop) == before
    # The property would hold for requests that all fail, too.
    assert [one for one in sorted(statuses) if one < 300], (endpoint, statuses)


def test_every_route_was_tried() -> None:
    described = {
        (method.upper(), path)
        for path, methods in DOCUMENT["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert {(method, path) for method, path, _ in ROUTES} == described
    assert len(described) >= 25


def test_a_route_without_admits_cannot_be_registered(routes: Flask) -> None:
    ungated = [
        rule.endpoint
        for rule in routes.url_map.iter_rules()
        if rule.rule.startswith(API) and not hasattr(routes.view_functions[rule.endpoint], "admits")
    ]
    assert ungated == ["api-docs.openapi_json"]


def test_the_moment_of_the_rows_is_the_tests_own(stage: Stage) -> None:
    assert stage.deps.clock.now() == START
