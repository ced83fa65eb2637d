"""A shop with a row in every table that a site has, all of its text marked as that shop's own."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from typing import Any

from consent_page import Owner
from shop import Shop
from sqlalchemy import Connection, case, insert, select

from connectors.gmail.scopes import MODIFY
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.mail import Address
from inbox_service.domain.saved_replies import ANY, LANGUAGES
from inbox_service.services import access_codes, files, search
from inbox_service.services.credentials import seal_credentials
from inbox_service.services.sites import add_site
from inbox_service.store import access, events, tags
from inbox_service.store import mailboxes as store_mailboxes
from inbox_service.store.automatic_sends import email_hash
from inbox_service.store.ids import new_id
from inbox_service.store.tables import access_codes as code_rows
from inbox_service.store.tables import (
    attachments,
    blocked_senders,
    bulk_items,
    bulks,
    drafts,
    followers,
    form_entries,
    forms,
    inbox_addresses,
    incidents,
    mailboxes,
    messages,
    metadata,
    oauth_flows,
    outbox,
    preview_pictures,
    previews,
    push_channels,
    push_watches,
    receipts,
    routing_rules,
    saved_replies,
    saved_views,
    team_members,
    teams,
    tickets,
    uploads,
)
from inbox_service.testing import (
    START,
    add_agent,
    add_customer,
    add_message,
    add_participant,
    add_ticket,
)

# The same in every shop: what tells them apart is the key that signs.
REFERENCE = "K7M2Q9XA"
MERGED = "K7M2Q9XB"
THROWN_AWAY = "K7M2Q9XD"
USER = 55
TYPED = "omar@example.net"
SIGNER = "push@simulated-project.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Account:
    """An account at Google that can be connected: by a consent just given, or by a key."""

    address: str
    state: str
    code: str
    key: dict[str, str]


@dataclass(frozen=True)
class Filled:
    """A shop and the ids in it, by what they are ids of."""

    shop: Shop
    mark: str
    ids: dict[str, int]
    tokens: tuple[str, ...]
    code: str
    account: Account
    typed_code: str
    proof: str

    @property
    def customer_email(self) -> str:
        return f"{self.mark.lower()}@example.net"


def fill(shop: Shop, mark: str, number: int, google: GmailSimulator) -> Filled:
    """Give the shop rows whose every text holds `mark`, with a ticket of this number."""
    raw = _mail(mark)
    blob = shop.deps.blobs.put(shop.site_id, raw)
    with shop.deps.sessions.writing() as connection:
        ids = _people(connection, shop, mark)
        ids |= _desk(connection, shop, mark)
        ids |= _ticket(connection, shop, mark, number, ids, blob)
        ids |= _rule(connection, shop, mark, ids)
        ids |= _saved_reply(connection, shop, mark)
        ids |= _parked(connection, shop, mark, ids["mailbox"], blob)
        ids |= _channel(connection, shop, mark, ids["mailbox"])
    _, code = add_site(shop.deps, mark, shop.signer.home_url)
    tokens = (
        files.token(shop.deps, shop.site_id, ids["attachment"], START),
        files.token(shop.deps, shop.site_id, ids["read"], START, files.Kind.UPLOAD),
    )
    account, connecting = _account(shop, google, mark)
    ids |= connecting | {"number": number, "wp_user": number}
    typed_code = f"{number:06d}"
    _access(shop, mark, ids, typed_code)
    search.reindex(shop.deps, lambda *_: None)
    proof = pushed_token(google, shop, mark)
    return Filled(shop, mark, ids, tokens, code, account, typed_code, proof)


def pushed_token(google: GmailSimulator, shop: Shop, audience: str) -> str:
    """Return a token such as comes with a push that is meant for `audience`."""
    now = shop.deps.clock.now() // 1000
    claims = {"iss": "https://accounts.google.com", "aud": audience, "email": SIGNER}
    return google.world.key.sign({**claims, "email_verified": True, "iat": now, "exp": now + 3600})


def reset_accounts(filled: Filled) -> None:
    """Let the consent that waits for its answer be unanswered again."""
    waiting = oauth_flows.c.id == filled.ids["waiting"]
    with filled.shop.deps.sessions.writing() as connection:
        connection.execute(
            oauth_flows.update()
            .where(oauth_flows.c.site_id == filled.shop.site_id, waiting)
            .values(used_at=None, problem=None)
        )


def reset_shelf(filled: Filled) -> None:
    """Let what is on the shelf be parked again."""
    here = (receipts.c.site_id == filled.shop.site_id) & (receipts.c.id == filled.ids["receipt"])
    with filled.shop.deps.sessions.writing() as connection:
        connection.execute(receipts.update().where(here).values(outcome="parked"))


def reset_codes(shop: Shop) -> None:
    """Let the shop's code be untried again."""
    with shop.deps.sessions.writing() as connection:
        connection.execute(
            code_rows.update()
            .where(code_rows.c.site_id == shop.site_id)
            .values(used_at=None, attempts=0)
        )


def _access(shop: Shop, mark: str, ids: dict[str, int], typed: str) -> None:
    """Add a user who filed the ticket and confirmed its address, and a code on its way."""
    code_id, site_id = new_id(START), shop.site_id
    signed = access_codes._signed(site_id, code_id, typed)
    code = {"site_id": site_id, "id": code_id, "email_hash": email_hash(TYPED), "attempts": 0}
    code |= {"code_hash": shop.deps.secrets.sign(signed, access_codes._PURPOSE)}
    entry = {"ticket_id": ids["ticket"], "wp_user_id": USER, "submitted_at": START}
    entry |= {"entry_key": mark * 2, "reference": REFERENCE, "state": "ticket"}
    with shop.deps.sessions.writing() as connection:
        times = {"created_at": START, "expires_at": START + access_codes.CODE_LIFE_MS}
        access.add_code(connection, code | times)
        verified = email_hash(f"{mark.lower()}@example.net")
        access.verify_address(connection, site_id, USER, verified, START)
        # A form of its own: one that something came in by cannot be deleted.
        form = {"inbox_id": ids["inbox"], "definition": {"title": mark}, "created_at": START}
        form_id = _row(connection, shop, forms, name=mark, **form)
        entry |= {"form_id": form_id, "entry": {"fields": {"message": mark}, "files": []}}
        _row(connection, shop, form_entries, created_at=START, **entry)


def _account(shop: Shop, google: GmailSimulator, mark: str) -> tuple[Account, dict[str, int]]:
    """Return an account with one consent taken and another on its way, and their ids."""
    address = f"{mark.lower()}@google.example"
    google.add_account(address)
    app = google.add_client(project=mark)
    client_id = shop.manager.call("POST", "/oauth/clients", {**app, "project": mark}).json["id"]
    owner = Owner(shop, google, app["client_id"], client_id)
    taken, begun = owner.consent(address), owner.begin()
    back = owner.answer(begun, address)
    ids = {"client": client_id, "flow": taken["flow_id"], "waiting": begun["id"]}
    account = Account(address, back["state"], back["code"], _key(google, mark))
    return account, {name: int(value) for name, value in ids.items()}


@cache
def _key(google: GmailSimulator, mark: str) -> dict[str, str]:
    # An RSA key takes longer to make than all the rest together.
    return google.add_service_account(f"{mark.lower()}@project.example", (MODIFY,))


def rows_of(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the shop in every table."""
    found = {}
    with shop.deps.sessions.reading() as connection:
        for table in metadata.sorted_tables:
            own = table.c.site_id if "site_id" in table.c else table.c.id
            query = select(table).where(own == shop.site_id).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
    return found


def _mail(mark: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "omar@example.net", "us@shop.example", mark
    mail.set_content(mark)
    mail.add_attachment(mark.encode(), "application", "pdf", filename=f"{mark}.pdf")
    return mail.as_bytes()


def _row(connection: Connection, shop: Shop, table: Any, **values: Any) -> int:
    row_id = new_id(START)
    own = {"site_id": shop.site_id, "id": row_id}
    connection.execute(insert(table).values(**own, **values))
    return row_id


def _people(connection: Connection, shop: Shop, mark: str) -> dict[str, int]:
    agent_id = add_agent(connection, shop.site_id, name=mark, email=f"{mark.lower()}@staff.example")
    customer_id = add_customer(
        connection, shop.site_id, name=mark, email=f"{mark.lower()}@example.net"
    )
    team_id = _row(connection, shop, teams, name=mark, created_at=START)
    place = {"site_id": shop.site_id, "team_id": team_id, "agent_id": agent_id}
    connection.execute(insert(team_members).values(**place))
    return {"agent": agent_id, "customer": customer_id, "team": team_id}


def _desk(connection: Connection, shop: Shop, mark: str) -> dict[str, int]:
    email = f"{mark.lower()}@shop.example"
    mailbox_id = _mailbox(connection, shop, mark, email)
    feed = {"inbox_id": shop.inbox_id, "mailbox_id": mailbox_id, "email": email}
    _row(connection, shop, inbox_addresses, is_default=True, **feed)
    form = {"inbox_id": shop.inbox_id, "definition": {"title": mark}, "created_at": START}
    form_id = _row(connection, shop, forms, name=mark, **form)
    return {"mailbox": mailbox_id, "form": form_id, "inbox": shop.inbox_id}


def _mailbox(connection: Connection, shop: Shop, mark: str, email: str) -> int:
    box = {"kind": "gmail", "address": email, "config": {}, "labels": ["INBOX"], "reason": mark}
    times = {"since": START, "connected_at": START, "due_at": START}
    mailbox_id = _row(connection, shop, mailboxes, credentials=b"", **box, **times)
    secrets = {"client_id": mark, "client_secret": mark, "refresh_token": mark}
    sealed = seal_credentials(shop.deps.secrets, shop.site_id, mailbox_id, secrets)
    store_mailboxes.write(connection, shop.site_id, mailbox_id, {"credentials": sealed})
    return mailbox_id


def _rule(connection: Connection, shop: Shop, mark: str, ids: dict[str, int]) -> dict[str, int]:
    asked = {"form": ids["form"], "inbox": ids["inbox"], "tag": mark, "words": [mark]}
    gives = {"team_id": ids["team"], "assignee_id": ids["agent"], "position": 1}
    rule = {"name": mark, "conditions": asked, "created_at": START, **gives}
    return {"rule": _row(connection, shop, routing_rules, **rule)}


def _saved_reply(connection: Connection, shop: Shop, mark: str) -> dict[str, int]:
    texts = dict.fromkeys((*LANGUAGES, ANY), f"<p>{mark}</p>")
    reply = {"name": mark, "texts": texts, "folded": mark.lower(), "created_at": START}
    return {"saved_reply": _row(connection, shop, saved_replies, **reply)}


def _parked(
    connection: Connection, shop: Shop, mark: str, mailbox_id: int, blob: str
) -> dict[str, int]:
    facts = {"mailbox_id": mailbox_id, "provider_id": mark, "outcome": "parked", "reason": mark}
    times = {"received_at": START, "created_at": START}
    receipt_id = _row(connection, shop, receipts, blob=blob, **facts, **times)
    trouble = {"mailbox_id": mailbox_id, "state": "stopped", "reason": mark, "began_at": START}
    incident_id = _row(connection, shop, incidents, **trouble)
    return {"receipt": receipt_id, "incident": incident_id}


def _channel(connection: Connection, shop: Shop, mark: str, mailbox_id: int) -> dict[str, int]:
    topic = f"projects/{mark.lower()}/topics/mail"
    channel = {"kind": "gmail", "project": mark, "topic": topic, "reason": mark}
    pushed = {"audience": mark, "signer": SIGNER, "since": START, "created_at": START}
    channel_id = _row(connection, shop, push_channels, **channel, **pushed)
    watch = {"site_id": shop.site_id, "mailbox_id": mailbox_id, "channel_id": channel_id}
    times = {"due_at": START, "asked_at": START}
    connection.execute(insert(push_watches).values(**watch, **times))
    return {"channel": channel_id}


def _ticket(
    connection: Connection, shop: Shop, mark: str, number: int, ids: dict[str, int], blob: str
) -> dict[str, int]:
    site_id = shop.site_id
    ticket_id = add_ticket(
        connection,
        site_id,
        shop.inbox_id,
        number=number,
        reference=REFERENCE,
        subject=mark,
        snippet=mark,
        customer_id=ids["customer"],
        assignee_id=ids["agent"],
        team_id=ids["team"],
    )
    for place, reference in ((1, "K7M2Q9XC"), (2, MERGED), (3, THROWN_AWAY)):
        # One to merge with, one that went into the ticket, and one in the trash.
        into = ticket_id if reference == MERGED else None
        more = {"number": number + place, "reference": reference, "merged_into": into}
        more |= {"place": "trash"} if reference == THROWN_AWAY else {}
        add_ticket(
            connection, site_id, shop.inbox_id, subject=mark, customer_id=ids["customer"], **more
        )
    follows = {"site_id": site_id, "ticket_id": ticket_id, "agent_id": ids["agent"]}
    connection.execute(insert(followers).values(**follows, created_at=START))
    blocked = {"email": f"{mark.lower()}@spam.example", "blocked_at": START}
    blocked_id = _row(connection, shop, blocked_senders, **blocked)
    view = {"name": mark, "agent_id": shop.manager_id, "shared": True, "filter": {}, "position": 1}
    view_id = _row(connection, shop, saved_views, version=1, created_at=START, **view)
    said = {"text": mark, "html": f"<p>{mark}</p>", "author_id": ids["customer"]}
    written_by = {"author_email": f"{mark.lower()}@example.net", "sender_proven": True}
    message_id = add_message(
        connection,
        site_id,
        ticket_id,
        **said,
        **written_by,
        author_name=mark,
        subject=mark,
        mailbox_id=ids["mailbox"],
        blob=blob,
    )
    file = {"part": 1, "filename": mark, "content_type": "application/pdf", "size": 1}
    attachment_id = _row(connection, shop, attachments, message_id=message_id, **file)
    pictured = {"site_id": site_id, "attachment_id": attachment_id}
    settled = {"state": "ready", "pages": 1, "asked_at": START}
    connection.execute(insert(previews).values(**pictured, **settled))
    size = {"page": 1, "size": "small", "width": 1, "height": 1, "blob": blob}
    _row(connection, shop, preview_pictures, attachment_id=attachment_id, **size)
    send = {"kind": "send", "mailbox_id": ids["mailbox"], "ticket_id": ticket_id, "blob": blob}
    send |= {"message_id": message_id, "send_key": mark, "error": mark}
    _row(connection, shop, outbox, due_at=START, created_at=START, **send)
    ours = {"kind": "out", "author_type": "agent", "author_id": shop.manager_id}
    reply_id = add_message(connection, site_id, ticket_id, **ours, text=mark, subject=mark)
    note_id = add_message(connection, site_id, ticket_id, **{**ours, "kind": "note"}, text=mark)
    send |= {"message_id": reply_id, "send_key": f"{mark}-2", "state": "failed"}
    _row(connection, shop, outbox, due_at=START, created_at=START, **send)
    draft = {"agent_id": ids["agent"], "ticket_id": ticket_id, "content": {"text": mark}}
    draft |= {"kind": "reply", "version": 1, "updated_at": START}
    connection.execute(insert(drafts).values(site_id=site_id, **draft))
    upload = {"agent_id": shop.manager_id, "ticket_id": ticket_id, "content_type": "text/plain"}
    upload |= {"filename": mark, "size": 60, "created_at": START, "updated_at": START}
    upload_id = _row(connection, shop, uploads, **upload)
    whole_id = _row(connection, shop, uploads, **{**upload, "size": 0})
    add_participant(connection, site_id, ticket_id, Address("omar@example.net", mark))
    tags.tag(connection, site_id, ticket_id, [mark], START)
    actor = Actor("customer", ids["customer"])
    new = NewEvent("message_received", actor, ticket_id, message_id, shop.inbox_id, {"note": mark})
    events.append(connection, site_id, [new], START)
    ids = {
        "ticket": ticket_id,
        "message": message_id,
        "attachment": attachment_id,
        "reply": reply_id,
        "note": note_id,
        "bulk": _bulk(connection, shop, ticket_id),
    }
    return ids | {"upload": upload_id, "read": whole_id, "blocked": blocked_id, "view": view_id}


def _bulk(connection: Connection, shop: Shop, ticket_id: int) -> int:
    """Add a change of the manager's to several tickets that can be taken back."""
    counts = {"total": 1, "done": 1, "state": "done", "created_at": START, "finished_at": START}
    asked = {"agent_id": shop.manager_id, "changes": {"priority": "high"}}
    bulk_id = _row(connection, shop, bulks, **asked, **counts)
    item = {"bulk_id": bulk_id, "ticket_id": ticket_id, "version": 1, "state": "done"}
    before = {"priority": "low"}
    connection.execute(insert(bulk_items).values(site_id=shop.site_id, **item, before=before))
    return bulk_id


def reset_tickets(shop: Shop) -> None:
    """Let every ticket of the shop be at its first version again, and hold what it held."""
    here = tickets.c.site_id == shop.site_id
    with shop.deps.sessions.writing() as connection:
        main = connection.scalar(select(tickets.c.id).where(here, tickets.c.reference == REFERENCE))
        view = saved_views.update().where(saved_views.c.site_id == shop.site_id)
        connection.execute(view.values(version=1, removed_at=None))
        into = case((tickets.c.reference == MERGED, main))
        connection.execute(tickets.update().where(here).values(version=1, merged_into=into))
        connection.execute(
            messages.update()
            .where(messages.c.site_id == shop.site_id, messages.c.origin_ticket_id.is_not(None))
            .values(ticket_id=messages.c.origin_ticket_id, origin_ticket_id=None)
        )
