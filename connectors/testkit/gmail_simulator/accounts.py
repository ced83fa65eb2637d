"""Accounts and the addresses that reach them."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.testkit.gmail_simulator.errors import invalid
from connectors.testkit.gmail_simulator.store import Db, Row, many, one

# Gmail ignores dots in the local part of its own consumer domains only.
DOTLESS_DOMAINS = ("gmail.com", "googlemail.com")
FIRST_HISTORY_ID = 1000


@dataclass(frozen=True, slots=True)
class SendAs:
    """An address an account may write from once `status` is "accepted"."""

    email: str
    name: str
    status: str
    primary: bool


def create(db: Db, email: str, name: str, aliases: tuple[str, ...]) -> str:
    """Make an account with its aliases, or only add aliases to a known one; return its key."""
    key = email.strip().lower()
    if "@" not in key:
        raise invalid(f"'{email}' is not an address.")
    db.execute(
        "INSERT OR IGNORE INTO accounts (email, name, history_id) VALUES (?, ?, ?)",
        (key, name, FIRST_HISTORY_ID),
    )
    for alias in aliases:
        add_alias(db, key, alias)
    return key


def add_alias(db: Db, account: str, email: str, status: str = "accepted") -> None:
    """Let the account receive for `email`, and send as it once accepted."""
    db.execute(
        "INSERT OR REPLACE INTO send_as VALUES (?, ?, ?, ?)",
        (account, email.strip().lower(), "", status),
    )


def find(db: Db, email: str) -> Row | None:
    return one(db, "SELECT * FROM accounts WHERE email = ?", email.strip().lower())


def every(db: Db) -> list[Row]:
    return many(db, "SELECT * FROM accounts ORDER BY email")


def send_as(db: Db, account: str) -> list[SendAs]:
    """Return the addresses of an account, the primary one first."""
    owner = find(db, account)
    rows = many(db, "SELECT * FROM send_as WHERE account = ? ORDER BY email", account)
    others = [SendAs(row["email"], row["name"], row["status"], primary=False) for row in rows]
    return [SendAs(account, owner["name"] if owner else "", "", primary=True), *others]


def may_write_from(db: Db, account: str, email: str) -> bool:
    """Tell whether Gmail lets a From field with this address stand."""
    accepted = (entry for entry in send_as(db, account) if entry.primary or _usable(entry))
    return any(entry.email == email.lower() for entry in accepted)


def _usable(entry: SendAs) -> bool:
    return entry.status == "accepted"


def receiver(db: Db, address: str) -> str:
    """Return the account that an address reaches, "" for an address outside."""
    # Both sides in their plain form: an alias may itself be written with dots or a tag.
    wanted = canonical(address)
    for row in every(db):
        known = [row["email"], *(entry.email for entry in send_as(db, row["email"]))]
        if wanted in (canonical(email) for email in known):
            return str(row["email"])
    return ""


def canonical(address: str) -> str:
    """Return an address less what Gmail ignores: the case, `+tag`, and dots in its own domains."""
    local, _, domain = address.strip().lower().rpartition("@")
    local = local.split("+", 1)[0]
    return f"{local.replace('.', '') if domain in DOTLESS_DOMAINS else local}@{domain}"
