"""Role x inbox x team x site, for every route there is: nothing is read or written out of reach.

The routes are taken from the application, what each asks of its caller from `permission_rows`.
Everybody who is tried is in the team of the far inbox and leads it: a team opens nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permission_rows import ROWS, Row
from shop import API
from test_isolation import ROUTES, operation_of
from trials import Stage
from two_inboxes import Corner, World, open_world
from werkzeug.test import TestResponse

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.domain.rights import ROLES, Role

REFUSALS = {"read_only", "managers_only", "leads_only", "not_your_saved_reply"}
NOT_ADMITTED = {"actor_not_admitted", "token_missing", "pairing_code_invalid"}
OF_AGENTS = {name: row for name, row in ROWS.items() if row.least}
# Those that name one thing, which may be in an inbox that is not seen.
OF_THINGS = {name: row for name, row in OF_AGENTS.items() if "_id}" in name or "{number}" in name}
OF_THINGS |= {name: row for name, row in OF_AGENTS.items() if "{token}" in name}
# A shared view is nobody's inbox's; what is offered in a ticket still asks for the ticket.
IN_INBOXES = {
    name: row
    for name, row in OF_THINGS.items()
    if "{number}" in name or not (row.shared or row.own)
}
# Those that show something of every inbox there is.
LISTS = ["/tickets", "/inboxes", "/mailboxes", "/customers", "/search", "/events", "/tags"]
LISTS = [*(f"GET {path}" for path in LISTS), "POST /live"]


@pytest.fixture(scope="module")
def world(stage: Stage, google: GmailSimulator) -> World:
    """Two inboxes of a site and one of another, filled once: every call is taken back."""
    return open_world(stage, google)


def may(role: Role, row: Row) -> bool:
    return ROLES.index(role) <= ROLES.index(row.least)  # type: ignore[arg-type]


def rows(names: dict[str, Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("route", "row"), names.items(), ids=list(names))


def assert_refused(answer: TestResponse, codes: set[str], *unseen: Corner) -> None:
    assert answer.status_code in (401, 403), answer.text
    assert answer.json is not None
    assert answer.json["code"] in codes, answer.text
    assert [corner.told_by(answer.text) for corner in unseen if corner.told_by(answer.text)] == []


def assert_done(answer: TestResponse, row: Row) -> None:
    if row.needs_more:
        assert answer.status_code not in (401, 403), answer.text
    else:
        assert answer.status_code < 300, answer.text


def test_every_route_has_a_row_in_the_table() -> None:
    known = {f"{method} {path.removeprefix(API)}": (method, path) for method, path, _ in ROUTES}
    missing = [proposal(name, *known[name]) for name in sorted(set(known) - set(ROWS))]
    assert not missing, "Add to ROWS in tests/api/permission_rows.py:\n" + "\n".join(missing)
    assert sorted(set(ROWS) - set(known)) == [], "Take these out of ROWS: there is no such route."


def proposal(name: str, method: str, path: str) -> str:
    """Return the row that is missing, as far as the route's description tells it."""
    operation = operation_of(method, path)
    if "agent" not in next((one["bearer"] for one in operation["security"]), []):
        return f'    "{name}": OTHERS,'
    least = "viewer" if method == "GET" else "agent"
    fields = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = ", lambda ids: {}" if fields else ""
    return f'    "{name}": Row("{least}"{body}),  # the weakest role; a body that succeeds'


@rows({name: row for name, row in ROWS.items() if not row.least})
def test_what_is_not_for_agents_admits_none(world: World, route: str, row: Row) -> None:
    for role in ROLES:
        answer = world.ask(role, route, row, world.near, None)
        if route != "POST /pairing":
            assert_refused(answer, NOT_ADMITTED, world.near, world.far)


@rows(OF_AGENTS)
def test_a_role_may_do_its_part_and_no_more(world: World, route: str, row: Row) -> None:
    for role in ROLES:
        answer = world.ask(role, route, row, world.near, None)
        if may(role, row):
            assert_done(answer, row)
        else:
            assert_refused(answer, REFUSALS, world.near, world.far)


@rows(OF_AGENTS)
def test_whoever_sees_one_inbox_does_the_same_there_alone(
    world: World, route: str, row: Row
) -> None:
    for role in [one for one in ROLES[1:] if may(one, row)]:
        answer = world.ask(role, route, row, world.near, (world.near,))
        if row.everywhere:
            assert_refused(answer, REFUSALS, world.near, world.far)
        else:
            assert_done(answer, row)
            assert row.shared or world.far.told_by(answer.text) == []


@rows(IN_INBOXES)
def test_a_thing_out_of_reach_is_not_there(world: World, route: str, row: Row) -> None:
    for role in [one for one in ROLES[1:] if may(one, row)]:
        answer = world.ask(role, route, row, world.far, (world.near,))
        assert answer.status_code in ((403,) if row.everywhere else (404,)), answer.text
        assert world.far.told_by(answer.text) == []


@rows(OF_THINGS)
def test_a_thing_of_another_site_is_not_there(world: World, route: str, row: Row) -> None:
    answer = world.ask("manager", route, row, world.foreign, None)
    assert answer.status_code == 404, answer.text
    assert world.foreign.told_by(answer.text) == []


@rows(OF_AGENTS)
def test_a_body_names_nothing_out_of_reach(world: World, route: str, row: Row) -> None:
    role: Role = "manager" if row.least == "manager" else "lead"
    unseen = (world.foreign,) if role == "manager" else (world.far, world.foreign)
    for corner in unseen:
        answer = world.ask(role, route, row, world.near, (world.near,), body_of=corner)
        assert answer.status_code < 500
        assert row.shared or corner.told_by(answer.text) == []


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.sampled_from(ROLES),
    st.sampled_from([(), (0,), (1,), (0, 1)]),
    st.one_of(st.sampled_from(LISTS), st.sampled_from(sorted(OF_AGENTS))),
    st.sampled_from([0, 1]),
)
def test_with_any_rights_all_in_reach_is_shown_and_nothing_else(
    world: World, role: Role, chosen: tuple[int, ...], route: str, named: int
) -> None:
    corners, row = (world.near, world.far), OF_AGENTS[route]
    answer = world.ask(role, route, row, corners[named], tuple(corners[one] for one in chosen))
    seen = (0, 1) if role == "manager" else chosen
    for place, corner in enumerate(corners):
        if place not in seen:
            assert row.shared or corner.told_by(answer.text) == []
        elif route in LISTS:
            assert corner.told_by(answer.text) != []
    if route in IN_INBOXES and named not in seen:
        assert answer.status_code in (403, 404), answer.text
