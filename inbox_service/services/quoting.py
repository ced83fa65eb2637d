"""What is quoted below a reply, in the words of the agent's language."""

from __future__ import annotations

from inbox_service.domain.mail import Address
from inbox_service.mime.quoting import Original, Quote, forward, quote
from inbox_service.store.rows import Row
from inbox_service.texts import direction_of, moment, text

from .forwarding import Forwarded
from .reply_context import ReplyContext, people


def quote_of(context: ReplyContext, forwarded: Forwarded | None) -> Quote | None:
    """Return the mail that is answered, or passed on; None where there is none."""
    locale = context.agent["locale"]
    if forwarded is not None:
        row = forwarded.message
        return forward(_original(row), _header(row, locale, context), direction_of(locale))
    if context.last_mail is None:
        return None
    said = text(
        locale,
        "quoted",
        date=_date(context.last_mail, locale, context),
        who=_shown(_author(context.last_mail)),
    )
    return quote(_original(context.last_mail), said, direction_of(locale))


def _original(row: Row) -> Original:
    whole = "\n\n".join(part for part in (row["text"], row["folded_text"]) if part)
    return Original(whole, row["html"] + row["folded_html"], row["direction"])


def _header(row: Row, locale: str, context: ReplyContext) -> list[str]:
    def line(name: str, **values: str) -> str:
        return text(locale, f"forwarded_{name}", **values)

    to, copied = people(row["recipients"]), people(row["copied"])
    return [
        text(locale, "forwarded"),
        line("from", people=_shown(_author(row))),
        line("date", date=_date(row, locale, context)),
        line("subject", subject=row["subject"]),
        *([line("to", people=_shown(*to))] if to else []),
        *([line("cc", people=_shown(*copied))] if copied else []),
    ]


def _author(row: Row) -> Address:
    return Address(row["author_email"], row["author_name"])


def _date(row: Row, locale: str, context: ReplyContext) -> str:
    return moment(row["sent_at"], locale, context.site["timezone"])


def _shown(*addresses: Address) -> str:
    return ", ".join(f"{one.name} <{one.email}>" if one.name else one.email for one in addresses)
