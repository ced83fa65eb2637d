"""Who may call which route: a row for every route that there is.

`test_permission_matrix.py` tries each row with every role, and with people who see one inbox of
two. A route without a row fails there, and the message says which row to add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inbox_service.domain.forms import default_definition

Ids = Mapping[str, Any]


def _nothing(_: Ids) -> Any:
    return None


@dataclass(frozen=True)
class Row:
    """What one route asks of its caller.

    `least` is the weakest role that may call it, or "" where it is not for agents at all. `body`
    makes a request that succeeds, of the ids of one inbox and its things (`populate.Filled.ids`).
    """

    least: str
    body: Callable[[Ids], Any] = _nothing
    query: Mapping[str, Any] = field(default_factory=dict)
    # Which id a part of the address is, where it is not the one that its name says.
    parts: Mapping[str, Callable[[Ids], Any]] = field(default_factory=dict)
    # Tells of what is the whole site's: names of colleagues and teams, shared views and replies.
    shared: bool = False
    # Is its maker's, who may have lost sight of the tickets that it names.
    own: bool = False
    # For whoever sees every inbox: what it changes concerns all of them.
    everywhere: bool = False
    # Succeeds only with a provider or a moment that the matrix has not; no refusal is enough.
    needs_more: bool = False


OTHERS = Row("")
READ, WRITE, MANAGE = Row("viewer"), Row("agent"), Row("manager")
UNTIL = "2026-01-13T08:00:00.000Z"
_REPLY = {"message_id": lambda ids: ids["reply"]}
_MERGED = {"number": lambda ids: ids["number"] + 2}
_THROWN_AWAY = {"number": lambda ids: ids["number"] + 3}


_TOPIC = {"topic": "projects/new-shop/topics/mail"}


def _rule(_: Ids) -> dict[str, Any]:
    return {"name": "Refunds", "conditions": {"words": ["refund"]}, "adds_tags": ["refund"]}


def _bulk(ids: Ids) -> dict[str, Any]:
    return {
        "tickets": [{"number": ids["number"], "version": 1}],
        "changes": {"priority": "high"},
    }


def _new_ticket(ids: Ids) -> dict[str, Any]:
    whose = {"inbox_id": str(ids["inbox"]), "customer": {"id": str(ids["customer"])}}
    return {**whose, "subject": "A call", "channel": "phone"}


ROWS: dict[str, Row] = {
    # Of the plugin, of visitors, of anybody.
    "POST /access/codes": OTHERS,
    "POST /access/sessions": OTHERS,
    "POST /access/verified": OTHERS,
    "PUT /agents": OTHERS,
    "PUT /agents/{wp_user_id}": OTHERS,
    "DELETE /agents/{wp_user_id}": OTHERS,
    "POST /customers/erasures": OTHERS,
    "POST /customers/exports": OTHERS,
    "POST /forms/{form_id}/entries": OTHERS,
    "POST /pairing": OTHERS,
    "POST /pairing/rotate": OTHERS,
    "GET /portal/tickets": OTHERS,
    "GET /portal/tickets/{reference}": OTHERS,
    "POST /portal/tickets/{reference}/close": OTHERS,
    "GET /portal/tickets/{reference}/messages": OTHERS,
    "POST /portal/tickets/{reference}/messages": OTHERS,
    "POST /push/notices/gmail": OTHERS,
    "GET /site": OTHERS,
    "PUT /site": OTHERS,
    "PUT /site/incidents/{incident_id}/told": OTHERS,
    "POST /site/moved": OTHERS,
    # What everybody knows of the desk.
    "GET /me": READ,
    "GET /agents": Row("viewer", shared=True),
    "GET /teams": Row("viewer", shared=True),
    "GET /suppressed-addresses": Row("viewer", query={"emails": "x@y.example"}, shared=True),
    "GET /me/notices": READ,
    "PUT /me/notices": Row("agent", lambda _: {"kinds": [], "with_text": True}),
    "GET /me/signature": READ,
    "PUT /me/signature": Row("agent", lambda _: {"text": "Best"}),
    # Lists, counters and the live feed.
    "GET /inboxes": READ,
    "GET /mailboxes": READ,
    "GET /forms": READ,
    "GET /tags": READ,
    "GET /tickets": READ,
    "GET /search": Row("viewer", query={"q": "example"}),
    "GET /customers": READ,
    "GET /customers/{customer_id}": READ,
    "PUT /customers/{customer_id}/note": Row("agent", lambda _: {"text": "Rings twice."}),
    "GET /events": READ,
    "POST /live": Row("viewer", lambda ids: {"after": 0, "viewing": ids["number"]}),
    "GET /sending": READ,
    "GET /sending/unsent": READ,
    "GET /blocked-senders": READ,
    "POST /blocked-senders": Row("agent", lambda _: {"email": "rita@spam.example"}),
    "DELETE /blocked-senders/{blocked_id}": WRITE,
    "GET /saved-views": Row("viewer", shared=True),
    "POST /saved-views": Row("agent", lambda _: {"name": "Mine", "filter": {"status": "open"}}),
    "PATCH /saved-views/{view_id}": Row("lead", lambda _: {"name": "Late"}, shared=True),
    "DELETE /saved-views/{view_id}": Row("lead", shared=True),
    "PUT /saved-views/order": Row("lead", lambda ids: {"ids": [str(ids["view"])]}, shared=True),
    "GET /saved-replies": Row("viewer", shared=True),
    "GET /saved-replies/variables": READ,
    "POST /saved-replies": Row("agent", lambda _: {"name": "Hi", "texts": {"en": "<p>Hi</p>"}}),
    "GET /saved-replies/{saved_reply_id}": Row("viewer", shared=True),
    "PATCH /saved-replies/{saved_reply_id}": Row(
        "lead", lambda _: {"name": "Hi"}, shared=True, everywhere=True
    ),
    "DELETE /saved-replies/{saved_reply_id}": Row("lead", shared=True, everywhere=True),
    "DELETE /saved-replies/{saved_reply_id}/removal": Row(
        "lead", shared=True, everywhere=True, needs_more=True
    ),
    # Many tickets at once.
    "POST /bulk": Row("agent", _bulk),
    "GET /bulk/{bulk_id}": Row("viewer", own=True),
    "DELETE /bulk/{bulk_id}": Row("agent", own=True),
    # A ticket.
    "POST /tickets": Row("agent", _new_ticket),
    "PUT /tickets/{number}/customer": Row("agent", lambda ids: {"id": str(ids["customer"])}),
    "POST /tickets/{number}/split": Row("agent", lambda ids: {"message_ids": [str(ids["note"])]}),
    "GET /tickets/{number}": READ,
    "PATCH /tickets/{number}": Row("agent", lambda _: {"priority": "high"}),
    "DELETE /tickets/{number}": Row("manager", parts=_THROWN_AWAY),
    "GET /tickets/{number}/contents": MANAGE,
    "GET /trash": READ,
    "PUT /trash": Row("manager", lambda _: {"empty_after_days": 30}),
    "GET /tickets/{number}/messages": READ,
    "POST /tickets/{number}/messages": Row("agent", lambda _: {"kind": "note", "text": "Note"}),
    "GET /tickets/{number}/events": READ,
    "GET /tickets/{number}/addressing": READ,
    "PUT /tickets/{number}/seen": Row("viewer", lambda ids: {"message_id": str(ids["message"])}),
    "DELETE /tickets/{number}/seen": READ,
    "PUT /tickets/{number}/snooze": Row("agent", lambda _: {"until": UNTIL}),
    "DELETE /tickets/{number}/snooze": WRITE,
    "PUT /tickets/{number}/spam": Row("agent", lambda _: {"block_sender": False}),
    "DELETE /tickets/{number}/spam": WRITE,
    "PUT /tickets/{number}/following": WRITE,
    "DELETE /tickets/{number}/following": WRITE,
    "PUT /tickets/{number}/merge": Row("agent", lambda ids: {"into": ids["number"] + 1}),
    "DELETE /tickets/{number}/merge": Row("agent", parts=_MERGED, needs_more=True),
    "DELETE /tickets/{number}/links": WRITE,
    "GET /tickets/{number}/messages/{message_id}/original": READ,
    "PUT /tickets/{number}/files/{attachment_id}/preview": READ,
    "PUT /tickets/{number}/messages/{message_id}/sender/pictures": WRITE,
    "DELETE /tickets/{number}/messages/{message_id}/sender/pictures": WRITE,
    "DELETE /tickets/{number}/messages/{message_id}/sending": Row("agent", parts=_REPLY),
    "PATCH /tickets/{number}/messages/{message_id}/sending": Row(
        "agent", lambda _: {"send_at": None}, parts=_REPLY
    ),
    "GET /tickets/{number}/mentionable": Row("viewer", shared=True),
    "GET /tickets/{number}/saved-replies": Row("viewer", shared=True),
    "POST /tickets/{number}/saved-replies/{saved_reply_id}/uses": Row(
        "agent", lambda _: {}, shared=True
    ),
    "GET /tickets/{number}/drafts": READ,
    "PUT /tickets/{number}/drafts/{kind}": Row("agent", lambda _: {"content": {"text": "Dear"}}),
    "DELETE /tickets/{number}/drafts/{kind}/other": WRITE,
    "GET /files/{token}": READ,
    "GET /tickets/{number}/uploads": READ,
    "POST /tickets/{number}/uploads": Row("agent", lambda _: {"name": "a.txt", "size": 5}),
    "PUT /uploads/{upload_id}/content": Row("agent", lambda _: b"x", query={"offset": 0}),
    "DELETE /uploads/{upload_id}": WRITE,
    # Who gets new tickets.
    "GET /routing/rules": Row("lead", everywhere=True),
    "POST /routing/rules": Row("lead", _rule, everywhere=True),
    "PATCH /routing/rules/{rule_id}": Row("lead", lambda _: {"enabled": False}, everywhere=True),
    "DELETE /routing/rules/{rule_id}": Row("lead", everywhere=True),
    "PUT /routing/order": Row("lead", lambda ids: {"ids": ids.get("rules", [])}, everywhere=True),
    "POST /routing/dry-run": Row("lead", lambda _: {}, everywhere=True),
    # What managers set up.
    "GET /agents/reach": MANAGE,
    "PUT /agents/{agent_id}/reach": Row("manager", lambda _: {"sees_all": True, "inbox_ids": []}),
    "POST /teams": Row("manager", lambda _: {"name": "Repairs"}),
    "PATCH /teams/{team_id}": Row("manager", lambda _: {"name": "Repairs"}),
    "DELETE /teams/{team_id}": MANAGE,
    "GET /teams/{team_id}/uses": MANAGE,
    "POST /forms": Row("manager", lambda ids: {"name": "New", "inbox_id": str(ids["inbox"])}),
    "PATCH /forms/{form_id}": Row("manager", lambda _: {"definition": default_definition()}),
    "DELETE /forms/{form_id}": Row("manager", needs_more=True),
    "GET /inboxes/{inbox_id}/signature": READ,
    "PUT /inboxes/{inbox_id}/signature": Row("manager", lambda _: {"text": "Best"}),
    "GET /acknowledgements": MANAGE,
    "PUT /inboxes/{inbox_id}/acknowledgement": Row(
        "manager", lambda _: {"enabled": False, "texts": {}}
    ),
    "PUT /sending": Row("manager", lambda _: {"undo_seconds": 5}),
    "PUT /sending/mailboxes/{mailbox_id}": Row("manager", lambda _: {"daily_limit": 5}),
    "POST /mailboxes": Row(
        "manager",
        lambda _: {"inboxes": [{"name": "New", "address": "x@shop.example"}], "flow_id": "5"},
        needs_more=True,
    ),
    "POST /mailboxes/test": Row(
        "manager",
        lambda _: {"address": "x@shop.example", "service_account": {}},
        needs_more=True,
    ),
    "PATCH /mailboxes/{mailbox_id}": Row("manager", lambda _: {"archive_on_solve": True}),
    "DELETE /mailboxes/{mailbox_id}": MANAGE,
    "POST /mailboxes/{mailbox_id}/check": Row("manager", needs_more=True),
    "POST /mailboxes/{mailbox_id}/sync": MANAGE,
    "GET /mailboxes/{mailbox_id}/parked": MANAGE,
    "PATCH /mailboxes/{mailbox_id}/parked": Row(
        "manager", lambda ids: {"receipt_ids": [str(ids["receipt"])], "outcome": "discarded"}
    ),
    "POST /mailboxes/{mailbox_id}/parked/tickets": Row(
        "manager", lambda ids: {"receipt_ids": [str(ids["receipt"])]}
    ),
    "GET /oauth/clients": MANAGE,
    "POST /oauth/clients": Row(
        "manager", lambda _: {"client_id": "x", "client_secret": "y"}, needs_more=True
    ),
    "POST /oauth/flows": Row(
        "manager",
        lambda ids: {"oauth_client_id": str(ids["client"]), "redirect_uri": "https://x.example/"},
        needs_more=True,
    ),
    "POST /oauth/callback": Row("manager", lambda _: {"state": "x"}, needs_more=True),
    "GET /oauth/flows/{flow_id}": Row("manager", needs_more=True),
    "GET /push/channels": MANAGE,
    "POST /push/channels": Row(
        "manager",
        lambda _: {**_TOPIC, "subscription": "projects/new-shop/subscriptions/mail"},
        needs_more=True,
    ),
    "DELETE /push/channels/{channel_id}": MANAGE,
}
