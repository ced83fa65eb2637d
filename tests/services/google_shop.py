"""A shop whose two mailboxes, support@ and sales@, lie at a simulated Google."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select, update

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.services import mailboxes, sync
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.store.tables import receipts
from inbox_service.testing import FakeClock, add_site

SUPPORT = "support@shop.example"
SALES = "sales@shop.example"


@dataclass
class GoogleShop:
    """One site at work; its tests act as its provider, and as one worker after the other."""

    deps: Deps
    clock: FakeClock
    google: GmailSimulator
    site_id: int
    ids: dict[str, int]

    def arrive(self, to: str = SUPPORT, count: int = 1, **values: Any) -> list[str]:
        """Let mails of as many customers arrive, a second apart; return their provider ids."""
        found = []
        for _ in range(count):
            at = self.clock.advance(seconds=1)
            mail = EmailMessage()
            mail["From"], mail["To"] = f"c{at}@customer.example", to
            mail["Subject"], mail["Message-ID"] = f"Mail of {at}", f"<{at}@customer.example>"
            mail.set_content("Where is it?")
            given = {"received_at": at, **values}
            found.append(str(self.google.deliver(to, bytes(mail), **given)["id"]))
        return found

    def look(self, address: str = SUPPORT) -> sync.SyncOutcome:
        """Let a worker look into a mailbox once."""
        self.clock.advance(seconds=1)
        return sync.sync_mailbox(self.deps, self.site_id, self.ids[address], "test")

    def settle(self, address: str = SUPPORT, most: int = 60) -> None:
        """Let workers look whenever the mailbox is due, until it says that all is well."""
        for _ in range(most):
            outcome = self.look(address)
            row = self.mailbox(address)
            if row["state"] == "healthy" and not outcome.more and not outcome.pause_s:
                return
            self.clock.at = max(self.clock.at, row["due_at"])
        raise AssertionError(f"{address} does not settle: {row['state']} {row['reason']}")

    def mailbox(self, address: str = SUPPORT) -> dict[str, Any]:
        query = select(mailbox_rows).where(mailbox_rows.c.id == self.ids[address])
        with self.deps.sessions.reading() as connection:
            return dict(connection.execute(query).mappings().one())

    def set_mailbox(self, address: str = SUPPORT, **values: Any) -> None:
        which = mailbox_rows.c.id == self.ids[address]
        with self.deps.sessions.writing() as connection:
            connection.execute(update(mailbox_rows).where(which).values(**values))

    def outcomes(self, address: str = SUPPORT) -> Counter[str]:
        """Return how many of the mailbox's messages have each outcome."""
        query = select(receipts.c.outcome).where(receipts.c.mailbox_id == self.ids[address])
        with self.deps.sessions.reading() as connection:
            return Counter(connection.execute(query).scalars())

    def fetched(self, address: str = SUPPORT) -> int:
        """Return how many messages Google was asked for."""
        return self.google.calls(address).get("messages.get", 0)


def open_google_shop(
    make: Callable[[ConnectorSource | None], Deps], google: GmailSimulator, clock: FakeClock
) -> GoogleShop:
    """Return a shop with its two mailboxes connected and settled."""
    registry = Registry(Endpoints(google.root, google.root), clock)
    deps = replace(make(registry), clock=clock)
    with deps.sessions.writing() as connection:
        site_id = add_site(connection)
    shop = GoogleShop(deps, clock, google, site_id, {})
    for address in (SUPPORT, SALES):
        secrets = asdict(google.add_account(address))
        feeds = [(address.partition("@")[0].title(), address)]
        shop.ids[address] = mailboxes.add_mailbox(deps, site_id, "gmail", address, secrets, feeds)
        shop.settle(address)
    return shop
