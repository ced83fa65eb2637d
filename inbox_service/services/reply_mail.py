"""A reply as the mail it becomes."""

from __future__ import annotations

import secrets

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Address, OutgoingMail
from inbox_service.errors import Invalid

from .reply_context import ReplyContext
from .reply_draft import ReplyDraft
from .reply_tokens import address_for


def compose(deps: Deps, context: ReplyContext, draft: ReplyDraft) -> OutgoingMail:
    """Return the mail of what the agent wrote; raises Invalid for a wrong address."""
    send_key = secrets.token_hex(16)
    signature = str(context.inbox["signature"]).strip()
    text = f"{draft.text}\n\n-- \n{signature}" if signature else draft.text
    direction = mime.visible(draft.text, "").direction
    return OutgoingMail(
        sender=context.sender,
        to=_given(draft.to) if draft.to is not None else context.default_to(),
        cc=_given(draft.cc),
        subject=context.subject,
        text=text,
        html=mime.sanitize(draft.html).html if draft.html else mime.html_of(text),
        direction=direction,
        message_id=f"{send_key}@{context.sender_email.partition('@')[2]}",
        send_id=send_key,
        date=deps.clock.now(),
        reply_to=_reply_to(deps, context),
        in_reply_to=context.in_reply_to,
        references=context.references,
    )


def _reply_to(deps: Deps, context: ReplyContext) -> Address | None:
    if not context.mailbox["plus_addressing"]:
        return None
    email = address_for(
        deps.secrets, context.site["id"], context.ticket["id"], context.sender_email
    )
    return Address(email, context.sender.name)


def _given(emails: tuple[str, ...]) -> tuple[Address, ...]:
    for email in emails:
        local, at, domain = email.partition("@")
        if not (local and at and domain) or any(sign in email for sign in " ,;<>\r\n"):
            raise Invalid(f"{email!r} is not an e-mail address.", field="to")
    return tuple(Address(email.lower()) for email in emails)


def listed(addresses: tuple[Address, ...]) -> list[dict[str, str]]:
    """Return people as rows keep them."""
    return [{"email": one.email, "name": one.name} for one in addresses]
