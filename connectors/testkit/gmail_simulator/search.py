"""The search language of `q`, turned into SQL over one account's messages (alias m)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.testkit.gmail_simulator.errors import ApiError
from connectors.testkit.gmail_simulator.store import Db, one

_TOKEN = re.compile(r'[(){}]|-?(?:\w+:)?"[^"]*"|-?\w+:\([^)]*\)|[^\s(){}]+')
_PLACES = {"inbox", "sent", "spam", "trash", "unread", "starred", "important", "chat"}
# Operators of Gmail's that would silently match nothing if they were read as words.
_NOT_SIMULATED = (
    *("newer_than", "older_than", "list", "filename", "bcc", "size", "larger", "smaller"),
    *("has", "around", "header"),
)
_HAS_LABEL = (
    "EXISTS (SELECT 1 FROM message_labels l WHERE l.account = m.account"
    " AND l.message_id = m.id AND l.label_id = ?)"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL and its values; `everywhere` once the query itself looks into spam or trash."""

    sql: str
    values: tuple[str | int, ...] = ()
    everywhere: bool = False


ALL = Condition("1")


def has_label(label_id: str) -> Condition:
    return Condition(_HAS_LABEL, (label_id,), label_id in ("SPAM", "TRASH"))


def both(conditions: Sequence[Condition]) -> Condition:
    return _joined(conditions, " AND ")


def either(conditions: Sequence[Condition]) -> Condition:
    return _joined(conditions, " OR ")


def negated(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.values)


def _joined(conditions: Sequence[Condition], word: str) -> Condition:
    if not conditions:
        return ALL
    values = tuple(value for condition in conditions for value in condition.values)
    sql = word.join(f"({condition.sql})" for condition in conditions)
    return Condition(sql, values, any(condition.everywhere for condition in conditions))


def parse(db: Db, account: str, query: str) -> Condition:
    """Read a query: words, operators, `-`, OR, parentheses (all of) and braces (any of)."""
    return _Parser(db, account, _TOKEN.findall(query)).group("")


class _Parser:
    def __init__(self, db: Db, account: str, tokens: list[str]) -> None:
        self._db = db
        self._account = account
        self._tokens = tokens

    def group(self, end: str) -> Condition:
        """Read up to the closing token `end`."""
        terms: list[list[Condition]] = []
        joins_last = False
        while self._tokens and (word := self._tokens.pop(0)) != end:
            # OR binds the two terms beside it, closer than the AND between all others.
            if word == "OR":
                joins_last = True
                continue
            condition = self._term(word)
            if joins_last and terms:
                terms[-1].append(condition)
            else:
                terms.append([condition])
            joins_last = False
        parts = [either(alternatives) for alternatives in terms]
        return either(parts) if end == "}" else both(parts)

    def _term(self, word: str) -> Condition:
        if word in "({":
            return self.group(")" if word == "(" else "}")
        if word == "-" and self._tokens:
            return negated(self._term(self._tokens.pop(0)))
        if word.startswith("-"):
            return negated(self._term(word[1:]))
        name, colon, value = word.partition(":")
        value = value.strip('"()')
        if colon and value:
            return self._operator(name.lower(), value) or _words(word)
        return _words(word)

    def _operator(self, name: str, value: str) -> Condition | None:
        if name in ("in", "is", "label"):
            return self._place(value.lower())
        if name == "rfc822msgid":
            return Condition("m.message_id = ?", (f"<{value.strip('<>')}>",))
        if name in ("after", "newer", "before", "older"):
            sign = ">=" if name in ("after", "newer") else "<"
            return Condition(f"m.internal_date {sign} ?", (_moment(value),))
        if name in ("from", "to", "cc", "deliveredto", "subject"):
            column = {"from": "sender", "subject": "subject"}.get(name, "recipients")
            return Condition(f"lower(m.{column}) LIKE ?", (f"%{value.lower()}%",))
        return self._rarer_operator(name, value)

    @staticmethod
    def _rarer_operator(name: str, value: str) -> Condition | None:
        if name == "has" and value == "attachment":
            return Condition("m.has_attachment")
        if name == "category":
            return has_label(f"CATEGORY_{value.upper()}")
        if name in _NOT_SIMULATED:
            raise ApiError(501, "notImplemented", f"Not simulated: '{name}:' in a search")
        return None

    def _place(self, value: str) -> Condition:
        if value == "anywhere":
            return Condition("1", everywhere=True)
        if value == "read":
            return negated(has_label("UNREAD"))
        if value in ("draft", "drafts", "chats"):
            return has_label(value.removesuffix("s").upper())
        if value in _PLACES:
            return has_label(value.upper())
        # In a search, spaces and slashes of a label's name are written as hyphens.
        row = one(
            self._db,
            "SELECT id FROM labels WHERE account = ?"
            " AND (lower(id) = ? OR replace(replace(lower(name), ' ', '-'), '/', '-') = ?)",
            *(self._account, value, value.replace(" ", "-").replace("/", "-")),
        )
        return has_label(row["id"] if row else f"no such label: {value}")


def _words(word: str) -> Condition:
    return Condition(
        "EXISTS (SELECT 1 FROM bodies b WHERE b.account = m.account AND b.id = m.id"
        " AND instr(b.words, ?))",
        (word.strip('"').lower(),),
    )


def _moment(value: str) -> int:
    """Read epoch seconds, or a date at midnight (Gmail: Pacific time; here UTC)."""
    if value.isdigit():
        return int(value) * 1000
    try:
        year, month, day = (int(piece) for piece in re.split(r"[/-]", value))
        return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return 0
