"""A reply as the mail it becomes: to whom, what stands below it, which files go with it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.languages import tag_of
from inbox_service.domain.mail import Address, OutgoingAttachment, OutgoingMail
from inbox_service.domain.recipients import answer
from inbox_service.domain.signatures import lasting, signature_of
from inbox_service.errors import Invalid
from inbox_service.store.rows import Row

from . import uploads
from .forwarding import Forwarded, forwarded_files, read_forwarded
from .message_rows import attachment_rows
from .quoting import quote_of
from .reply_context import ReplyContext, read_context
from .reply_draft import ReplyDraft
from .reply_tokens import address_for


@dataclass(frozen=True, slots=True)
class Material:
    """All that a mail is made of, as the database has it."""

    context: ReplyContext
    draft: ReplyDraft
    forwarded: Forwarded | None
    uploads: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail, and its bytes."""

    outgoing: OutgoingMail
    raw: bytes

    def file_rows(self, site_id: int, message_id: int, at: int) -> list[Row]:
        """Return the rows of its files, which are found in the bytes like those of any mail."""
        if not self.outgoing.attachments:
            return []
        return attachment_rows(mime.parse(self.raw), site_id, message_id, at)


def read_material(
    connection: Connection,
    site_id: int,
    agent_id: int,
    number: int,
    draft: ReplyDraft,
    brought: Sequence[Row] = (),
) -> Material:
    """Read what the mail needs; of its uploads, those that are `brought` are no rows yet.

    raises NotFound for the ticket, Conflict where nothing can be sent, Invalid for a file that is
    not there.
    """
    context = read_context(connection, site_id, agent_id, number, draft.sender)
    ticket_id = context.ticket["id"]
    named = set(draft.uploads) - {row["id"] for row in brought}
    wanted = uploads.wanted(connection, site_id, agent_id, ticket_id, named)
    forwarded = read_forwarded(connection, ticket_id, site_id, draft)
    return Material(context, draft, forwarded, [*wanted, *brought])


def compose(deps: Deps, material: Material) -> Composed:
    """Return the mail of what the agent wrote; call it outside a transaction.

    raises Invalid for a wrong address, and `mail_too_large` with `size` and `limit` in bytes.
    """
    outgoing = _outgoing(deps, material)
    raw = mime.compose(outgoing)
    limit = deps.connectors.largest_mail(material.context.mailbox["kind"])
    if len(raw) > limit:
        raise Invalid(
            f"With its files the mail has {len(raw) / 1e6:.1f} MB as sent; the provider takes "
            f"{limit / 1e6:.1f} MB: send fewer or smaller files.",
            code="mail_too_large",
            size=len(raw),
            limit=limit,
        )
    return Composed(outgoing, raw)


def _outgoing(deps: Deps, material: Material) -> OutgoingMail:
    context, draft, forwarded = material.context, material.draft, material.forwarded
    send_key = secrets.token_hex(16)
    direction = mime.visible(draft.text, "").direction
    below = _below(material)
    to, cc, bcc = _recipients(context, draft)
    written = mime.sanitize(draft.html).html if draft.html else mime.html_of(draft.text)
    return OutgoingMail(
        sender=context.sender,
        to=to,
        cc=cc,
        bcc=bcc,
        subject=forwarded.subject if forwarded else context.subject,
        text="\n\n".join(part for part in (draft.text, *below.texts) if part),
        html=written + "".join(below.htmls),
        direction=direction,
        language=tag_of(context.agent["locale"], direction),
        message_id=f"{send_key}@{context.sender_email.partition('@')[2]}",
        send_id=send_key,
        date=deps.clock.now(),
        reply_to=_reply_to(deps, context),
        in_reply_to=forwarded.message_id if forwarded else context.in_reply_to,
        references=forwarded.references if forwarded else context.references,
        attachments=(*uploads.files_of(deps, material.uploads), *_passed_on(deps, material)),
    )


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below the agent's words: his signature, then earlier mail."""

    texts: list[str]
    htmls: list[str]


def _below(material: Material) -> _Below:
    signature = signature_below(material.context)
    quoted = quote_of(material.context, material.forwarded) if material.draft.quotes else None
    below = _Below([], [])
    if signature:
        below.texts.append(f"-- \n{signature}")  # RFC 3676 4.3
        shown = mime.html_of(f"-- \n{signature}")
        direction = mime.visible(signature, "").direction
        below.htmls.append(f'<div class="gmail_signature" dir="{direction}">{shown}</div>')
    if quoted:
        below.texts.append(quoted.text)
        below.htmls.append(quoted.html)
    return below


def signature_below(context: ReplyContext) -> str:
    """Return the signature of whoever writes, with its variables filled."""
    values = lasting(context.agent, context.site, context.inbox["name"], context.sender_email)
    values["ticket.reference"] = context.ticket["reference"]
    values["customer.name"] = context.customer.name
    return signature_of(context.agent["signature"], context.inbox["signature"], values)


def _passed_on(deps: Deps, material: Material) -> list[OutgoingAttachment]:
    return forwarded_files(deps, material.forwarded) if material.forwarded else []


def _recipients(
    context: ReplyContext, draft: ReplyDraft
) -> tuple[tuple[Address, ...], tuple[Address, ...], tuple[Address, ...]]:
    """Return To, Cc and Bcc with nobody twice."""
    usual = answer(context.answered, context.circle).to
    names = {one.email: one.name for one in (*_known(context), *usual, context.customer)}
    seen: set[str] = set()
    lists = [_given(draft.to, names) if draft.to is not None else usual]
    lists += [_given(draft.cc, names), _given(draft.bcc, names)]
    for place, people in enumerate(lists):
        lists[place] = tuple(one for one in people if one.email not in seen)
        seen |= {one.email for one in people}
    if not lists[0]:
        raise Invalid("Name somebody to send it to.", field="to")
    return lists[0], lists[1], lists[2]


def _known(context: ReplyContext) -> tuple[Address, ...]:
    mail = context.answered
    return (*mail.cc, *mail.to, *mail.reply_to, mail.author) if mail else ()


def _reply_to(deps: Deps, context: ReplyContext) -> Address | None:
    if not context.mailbox["plus_addressing"]:
        return None
    email = address_for(
        deps.secrets, context.site["id"], context.ticket["id"], context.sender_email
    )
    return Address(email, context.sender.name)


def _given(emails: Iterable[str], names: dict[str, str]) -> tuple[Address, ...]:
    """Return addresses as people wrote them, each once, by the names they are known by."""
    found = dict.fromkeys(email.strip().lower() for email in emails)
    for email in found:
        local, at, domain = email.partition("@")
        if not (local and at and domain) or any(sign in email for sign in " ,;<>\r\n"):
            raise Invalid(f"{email!r} is not an e-mail address.", field="to")
    return tuple(Address(email, names.get(email, "")) for email in found)


def listed(addresses: tuple[Address, ...]) -> list[dict[str, str]]:
    """Return people as rows keep them."""
    return [{"email": one.email, "name": one.name} for one in addresses]
