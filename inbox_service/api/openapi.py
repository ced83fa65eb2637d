"""The resources of the API, and the OpenAPI 3.1 document that describes them.

`python -m inbox_service.api > docs/openapi.json` renews the copy in the documentation.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api

from . import (
    access,
    addressing,
    agents,
    blocked_senders,
    bulk,
    connecting,
    connecting_mailboxes,
    conversation,
    customers,
    deleting,
    desk,
    drafts,
    events,
    files,
    forms,
    mentions,
    new_tickets,
    notices,
    originals,
    pairing,
    parked,
    portal,
    previews,
    privacy,
    push,
    routing,
    saved_replies,
    saved_views,
    search,
    sendings,
    signatures,
    site,
    splitting,
    teams,
    ticket_states,
    tickets,
    uploads,
)
from .errors import CONTENT_TYPE, ProblemSchema
from .fields import Assignee, Id, Moment
from .routes import PREFIX

RESOURCES = (
    pairing.pairing,
    site.site,
    agents.agents,
    teams.teams,
    desk.desk,
    connecting.connecting,
    connecting_mailboxes.mailboxes,
    parked.parked,
    push.push,
    tickets.tickets,
    search.search,
    saved_views.saved_views,
    ticket_states.ticket_states,
    bulk.bulk,
    splitting.splitting,
    new_tickets.new_tickets,
    deleting.deleting,
    blocked_senders.blocked_senders,
    conversation.conversation,
    originals.originals,
    previews.previews,
    sendings.sendings,
    drafts.drafts,
    mentions.mentions,
    customers.customers,
    routing.routing,
    forms.forms,
    notices.notices,
    access.access,
    portal.portal,
    privacy.privacy,
    events.events,
    files.files,
    uploads.uploads,
    addressing.addressing,
    signatures.signatures,
    saved_replies.saved_replies,
)

_CONFIG = {
    "API_TITLE": "Unified Inbox",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": PREFIX,
    "OPENAPI_JSON_PATH": "openapi.json",
}
_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "A JWT made for this one request (see docs/security.md), or an API key.",
}


def add_resources(app: Flask) -> Any:
    """Add every resource and the document to the application; returns flask-smorest's Api."""
    app.config.update(_CONFIG)
    api: Any = Api()
    api.ERROR_SCHEMA = ProblemSchema
    # It only says how errors are described: every route names the type of its own answer.
    api.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
    api.register_field(Id, "string", None)
    api.register_field(Assignee, "string", None)
    api.register_field(Moment, "string", "date-time")
    api.init_app(app)
    api.spec.components.security_scheme("bearer", _BEARER)
    for resource in RESOURCES:
        api.register_blueprint(resource.blueprint)
    return api


def document() -> dict[str, Any]:
    """Return the OpenAPI document; it needs no service to run."""
    spec: dict[str, Any] = add_resources(Flask("inbox_service")).spec.to_dict()
    return spec
