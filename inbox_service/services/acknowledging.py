"""Acknowledgements: "we have your mail", per inbox, off by default, once per ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox_service.deps import Deps
from inbox_service.domain.acknowledging import choose_language, unknown_variables
from inbox_service.domain.mail import Address
from inbox_service.domain.notices import may_acknowledge
from inbox_service.domain.signatures import fill
from inbox_service.errors import Invalid, NotFound
from inbox_service.store import acknowledgements as store
from inbox_service.store.rows import Row
from inbox_service.texts import languages, text

from . import auth, managers
from .notices import Notice, PreparedNotice, prepare_notice

Texts = Mapping[str, Mapping[str, str]]

# What is thanked for later than this was held up: the answer itself is due then.
GOOD_FOR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An inbox's acknowledgement; `texts` has subject and text by language, ours where none is."""

    inbox_id: int
    name: str
    enabled: bool
    texts: Texts


def of_inboxes(deps: Deps, caller: auth.Caller) -> list[Acknowledgement]:
    """Return what every inbox answers at once, with our own words where it has none."""
    with managers.reading(deps, caller) as act:
        rows = store.of_inboxes(act.connection, caller.site_id)
    return [_shown(row) for row in rows]


def change(
    deps: Deps, caller: auth.Caller, inbox_id: int, *, enabled: bool, texts: Texts
) -> Acknowledgement:
    """Switch an inbox's acknowledgement, and write its words; an empty language gets ours again.

    raises NotFound for the inbox, Invalid naming a variable that is none.
    """
    for words in texts.values():
        _check(words)
    kept = {
        language: dict(words)
        for language, words in texts.items()
        if words["text"].strip() and words != _ours(language)
    }
    with managers.writing(deps, caller) as act:
        rows = {row["id"]: row for row in store.of_inboxes(act.connection, caller.site_id)}
        if inbox_id not in rows:
            raise NotFound("There is no such inbox here.", code="inbox_not_found")
        values = {"enabled": enabled, "texts": kept}
        store.put(act.connection, {"site_id": caller.site_id, "inbox_id": inbox_id, **values})
    return _shown({**rows[inbox_id], **values})


def prepare(deps: Deps, site_id: int, ticket_id: int) -> PreparedNotice | None:
    """Compose the answer to the mail that opened the ticket; None where none is to go out."""
    with deps.sessions.reading() as connection:
        row = store.request(connection, site_id, ticket_id)
    if row is None or row["from_before"]:
        return None
    email = row["author_email"]
    if not may_acknowledge(email, row["automatic"], proven=row["sender_proven"]):
        return None
    return prepare_notice(deps, site_id, row["inbox_id"], _notice(row), ticket_id)


def _notice(row: Row) -> Notice:
    language = choose_language(row["locale"], row["text"], row["site_locale"], languages())
    words = row["texts"].get(language) or _ours(language)
    values = {
        "customer.name": row["author_name"] or row["author_email"],
        "inbox.name": row["inbox_name"],
        "site.name": row["site_name"],
        "ticket.reference": row["reference"],
        "ticket.subject": row["subject"],
    }
    before: Sequence[str] = [one for one in row["reference_ids"] if one]
    return Notice(
        "acknowledgement",
        Address(row["author_email"], row["author_name"]),
        fill(words["subject"], values),
        fill(words["text"], values),
        language,
        GOOD_FOR_MS,
        in_reply_to=row["rfc_message_id"],
        references=tuple(dict.fromkeys([*before, row["rfc_message_id"]])) if before else (),
    )


def _shown(row: Mapping[str, Any]) -> Acknowledgement:
    texts = {language: row["texts"].get(language) or _ours(language) for language in languages()}
    return Acknowledgement(row["id"], row["name"], row["enabled"], texts)


def _ours(language: str) -> dict[str, str]:
    return {
        "subject": text(language, "acknowledgement_subject"),
        "text": text(language, "acknowledgement_body"),
    }


def _check(words: Mapping[str, str]) -> None:
    unknown = unknown_variables(words["subject"] + words["text"])
    if unknown:
        raise Invalid(f"{{{unknown[0]}}} stands for nothing here.", field="texts")
