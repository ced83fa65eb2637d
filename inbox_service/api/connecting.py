"""Connecting an account: the owner's apps at Google, and consents under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_service.services import connecting as service
from inbox_service.services import oauth_clients
from inbox_service.services.connecting import Begun, Return, Wish
from inbox_service.services.oauth_clients import NewClient

from .connecting_schemas import (
    BegunSchema,
    FlowSchema,
    NewFlowSchema,
    NewOAuthClientSchema,
    OAuthClientSchema,
    ReturnSchema,
)
from .fields import LARGEST_ID, page_of
from .routes import AGENT, Call, Routes

connecting = Routes("connecting", "How accounts are connected; for managers")

Row = Mapping[str, Any]


@connecting.route("GET", "/oauth/clients", admits=AGENT, returns=page_of(OAuthClientSchema))
def list_oauth_clients(call: Call) -> dict[str, Any]:
    """Return the site's OAuth clients; there are never enough to be paged."""
    return {"items": oauth_clients.list_clients(call.deps, call.caller), "next_cursor": None}


@connecting.route(
    "POST",
    "/oauth/clients",
    admits=AGENT,
    body=NewOAuthClientSchema,
    returns=OAuthClientSchema,
    status=201,
)
def save_oauth_client(call: Call, body: NewClient) -> Row:
    """Add an OAuth client, or replace the secret of a known one."""
    return oauth_clients.save_client(call.deps, call.caller, body)


@connecting.route(
    "POST", "/oauth/flows", admits=AGENT, body=NewFlowSchema, returns=BegunSchema, status=201
)
def begin_consent(call: Call, body: Wish) -> Begun:
    """Begin a consent and return the page to send the owner to."""
    return service.begin(call.deps, call.caller, body)


@connecting.route("POST", "/oauth/callback", admits=AGENT, body=ReturnSchema, returns=FlowSchema)
def take_consent(call: Call, body: Return) -> Row:
    """Take what Google sent the owner back with."""
    return service.come_back(call.deps, call.caller, body)


@connecting.route(
    "GET", f"/oauth/flows/<int(max={LARGEST_ID}):flow_id>", admits=AGENT, returns=FlowSchema
)
def show_consent(call: Call, flow_id: int) -> Row:
    """Return a consent that the caller began."""
    return service.show(call.deps, call.caller, flow_id)
