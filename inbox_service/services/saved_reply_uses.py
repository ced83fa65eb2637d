"""Saved replies as they are offered and put into what somebody writes in a ticket."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import RowMapping

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.acknowledging import choose_language
from inbox_service.domain.saved_replies import LANGUAGES, by_language, fill, first_name
from inbox_service.errors import NotFound
from inbox_service.store import customer_views, messages, sites
from inbox_service.store import saved_replies as store
from inbox_service.store.rows import Row

from . import auth, signatures
from .saved_replies import reach_of
from .views import visible_ticket

MOST_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """One text of a saved reply; `is_best` where it is the one for the ticket's language."""

    row: Row
    language: str
    snippet: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text for one ticket; `missing` names the variables that nothing stands for there."""

    html: str
    text: str
    language: str
    missing: tuple[str, ...]


def offer(deps: Deps, caller: auth.Caller, number: int, text: str) -> tuple[str, list[Offer]]:
    """Return the ticket's language, and texts of saved replies that hold all words of `text`.

    First of each reply the text in that language, or what comes next to it, then their others.
    """
    with auth.reading(deps, caller) as act:
        language = _language(act, visible_ticket(act, number))
        rows = store.best(act.connection, reach_of(act), text, MOST_OFFERED)
    orders = [(row, by_language(row["texts"], language)) for row in rows]
    best = [_offer(row, languages[0], is_best=True) for row, languages in orders]
    return language, best + [
        _offer(row, other, is_best=False) for row, languages in orders for other in languages[1:]
    ]


def use(
    deps: Deps, caller: auth.Caller, number: int, reply_id: int, language: str | None
) -> Insertion:
    """Return a saved reply's text filled in for the ticket, and count that it was used.

    In `language`, None for that of the ticket; raises NotFound where there is no such text.
    """
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number)
        row = store.get(act.connection, reach_of(act), reply_id)
        wanted = language or _language(act, ticket)
        texts = row["texts"] if row is not None and row["removed_at"] is None else {}
        if not texts or (language is not None and language not in texts):
            raise NotFound("There is no such saved reply.", code="saved_reply_not_found")
        chosen = by_language(texts, wanted)[0]
        filled = fill(texts[chosen], _values(act, ticket))
        store.note_use(act.connection, caller.site_id, reply_id, act.at)
    return Insertion(filled.html, mime.text_of(filled.html), chosen, filled.missing)


def _offer(row: Row, language: str, *, is_best: bool) -> Offer:
    return Offer(row, language, mime.snippet(mime.text_of(row["texts"][language])), is_best)


def _language(act: auth.Act, ticket: RowMapping) -> str:
    """Return the language to answer in: the customer's, else his message's, else the site's."""
    site = sites.get(act.connection, ticket["site_id"])
    customer = _customer(act, ticket)
    said = messages.latest(act.connection, ticket["site_id"], ticket["id"], ["in"])
    text = f"{ticket['subject']}\n{said['text'] if said else ''}"
    site_locale = site["locale"] if site else ""
    return choose_language(customer["locale"], text, site_locale, LANGUAGES)


def _values(act: auth.Act, ticket: RowMapping) -> dict[str, str]:
    values = signatures.values_of(act, ticket["inbox_id"])
    name = _customer(act, ticket)["name"]
    return {
        **values,
        "agent.first_name": first_name(values["agent.name"]),
        "customer.name": name,
        "customer.first_name": first_name(name),
        "ticket.reference": ticket["reference"],
        "ticket.subject": ticket["subject"],
    }


def _customer(act: auth.Act, ticket: RowMapping) -> RowMapping:
    row = customer_views.get(act.connection, act.viewer, ticket["customer_id"])
    assert row is not None
    return row
