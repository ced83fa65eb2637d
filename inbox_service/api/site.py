"""The calling site itself."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import sites

from .fields import Id, Moment
from .routes import Call, Routes

site = Routes("site", "The calling site itself")


class MailboxStateSchema(Schema):
    """Whether a mailbox works."""

    address = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)


class SiteSchema(Schema):
    """A site and the state of its mailboxes."""

    id = Id(required=True)
    name = fields.String(required=True)
    home_url = fields.String(required=True)
    service_time = Moment(required=True)
    version = fields.String(required=True)
    mailboxes = fields.List(fields.Nested(MailboxStateSchema), required=True)


@site.route("GET", "/site", admits=("plugin", "agent"), returns=SiteSchema)
def show_site(call: Call) -> dict[str, Any]:
    """Return the site, the service's time and version, and the state of the mailboxes."""
    return {**sites.describe(call.deps, call.caller), "version": version("unified-inbox")}
