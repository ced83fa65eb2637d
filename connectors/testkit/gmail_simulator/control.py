"""The control API under /_sim/: what a test or the demo does to this Google from outside.

POST accounts          {email, aliases?, name?, scopes?} -> credentials of its owner's consent
GET  accounts          -> [{email, name, aliases, historyId}]
POST deliver           {to, raw (base64url), labels?, internal_date_ms?, authenticated?, late_by?}
                       -> {id, threadId}
GET  messages          ?account=&label=&since=&raw=1 -> what lies in a mailbox, oldest first
POST faults            the fields of Fault; DELETE faults ends them all
GET  stats             ?account= -> {units, calls, refused}
POST settings          the fields of Settings to change -> all of them
POST revoke            {account, reason?}; expire-tokens and expire-history {account}
POST topics            {topic, subscription?, push_endpoint?, push_audience?}
POST clients           {redirect_uris?, project?} -> {client_id, client_secret}
POST service-accounts  {email, scopes} -> the content of its key file
"""

from __future__ import annotations

from collections.abc import Callable

from connectors.testkit.gmail_simulator import view
from connectors.testkit.gmail_simulator.actions import Actions
from connectors.testkit.gmail_simulator.errors import ApiError, invalid
from connectors.testkit.gmail_simulator.faults import Fault
from connectors.testkit.gmail_simulator.wire import Json, Request, Response, json_response
from connectors.testkit.gmail_simulator.world import World

Handler = Callable[[Actions, Request], Json | list[Json]]


def serve(world: World, request: Request) -> Response:
    handler = _HANDLERS.get((request.verb, request.path.removeprefix("/_sim/")))
    if handler is None:
        raise ApiError(404, "notFound", f"No such control: {request.verb} {request.path}")
    try:
        return json_response(handler(Actions(world), request))
    except KeyError as error:
        raise invalid(f"Missing field {error}") from error


def _add_account(actions: Actions, request: Request) -> Json:
    body = request.json()
    scopes = tuple(body["scopes"]) if "scopes" in body else None
    made = actions.add_account(
        body["email"], tuple(body.get("aliases") or ()), body.get("name") or "", scopes
    )
    return made.as_json()


def _accounts(actions: Actions, request: Request) -> list[Json]:
    del request
    return actions.accounts()


def _deliver(actions: Actions, request: Request) -> Json:
    body = request.json()
    labels = body.get("labels")
    return actions.deliver(
        body["to"],
        view.decode(body["raw"]),
        labels=frozenset(labels) if labels is not None else None,
        received_at=body.get("internal_date_ms"),
        authenticated=bool(body.get("authenticated", True)),
        late_by=body.get("late_by"),
    )


def _messages(actions: Actions, request: Request) -> list[Json]:
    return actions.messages(
        request.arg("account"),
        request.arg("label"),
        since=int(request.arg("since") or 0),
        with_raw=request.flag("raw"),
    )


def _add_fault(actions: Actions, request: Request) -> Json:
    actions.world.faults.add(Fault.of(request.json()))
    return {}


def _clear_faults(actions: Actions, request: Request) -> Json:
    del request
    actions.world.faults.clear()
    return {}


def _stats(actions: Actions, request: Request) -> Json:
    account = request.arg("account").lower()
    quota = actions.world.quota
    return {
        "account": account,
        "units": quota.units(account),
        "calls": quota.calls(account),
        "refused": quota.refused(account),
    }


def _settings(actions: Actions, request: Request) -> Json:
    return actions.world.configure(request.json()).as_json()


def _revoke(actions: Actions, request: Request) -> Json:
    body = request.json()
    actions.revoke(body["account"], body.get("reason") or "revoked")
    return {}


def _expire_tokens(actions: Actions, request: Request) -> Json:
    actions.expire_tokens(request.json()["account"])
    return {}


def _expire_history(actions: Actions, request: Request) -> Json:
    actions.expire_history(request.json()["account"])
    return {}


def _add_topic(actions: Actions, request: Request) -> Json:
    body = request.json()
    actions.add_topic(
        body["topic"],
        body.get("subscription") or "",
        body.get("push_endpoint") or "",
        body.get("push_audience") or "",
    )
    return {}


def _add_client(actions: Actions, request: Request) -> Json:
    body = request.json()
    return actions.add_client(tuple(body.get("redirect_uris") or ()), body.get("project") or "")


def _add_service_account(actions: Actions, request: Request) -> Json:
    body = request.json()
    return actions.add_service_account(body["email"], tuple(body["scopes"]))


_HANDLERS: dict[tuple[str, str], Handler] = {
    ("POST", "accounts"): _add_account,
    ("GET", "accounts"): _accounts,
    ("POST", "deliver"): _deliver,
    ("GET", "messages"): _messages,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("GET", "stats"): _stats,
    ("POST", "settings"): _settings,
    ("POST", "revoke"): _revoke,
    ("POST", "expire-tokens"): _expire_tokens,
    ("POST", "expire-history"): _expire_history,
    ("POST", "topics"): _add_topic,
    ("POST", "clients"): _add_client,
    ("POST", "service-accounts"): _add_service_account,
}
