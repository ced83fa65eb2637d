"""A shop whose mailbox lies at a simulated Google that publishes what changes in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select, update

from connectors.registry import Endpoints, Registry
from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.deps import Deps
from inbox_service.ports import ConnectorSource
from inbox_service.services import mailboxes, push, push_channels, watches
from inbox_service.services.push_channels import NewChannel
from inbox_service.store.tables import mailboxes as mailbox_rows
from inbox_service.store.tables import push_channels as channel_rows
from inbox_service.store.tables import push_watches
from inbox_service.testing import FakeClock, RecordingQueue, add_site

ADDRESS = "support@shop.example"
PROJECT = "simulated-project"
TOPIC = f"projects/{PROJECT}/topics/mail"
SUBSCRIPTION = f"projects/{PROJECT}/subscriptions/inbox"
SCOPE = "https://www.googleapis.com/auth/pubsub"
WEEK_MS = 7 * 24 * 3_600_000


@dataclass
class PushShop:
    """One site with one mailbox; the tests act as its owner and as its provider."""

    deps: Deps
    clock: FakeClock
    google: GmailSimulator
    site_id: int
    mailbox_id: int
    made_key: dict[str, Any] = field(default_factory=dict)

    def add_channel(self, **values: Any) -> int:
        """Set the channel up as its owner does, topic and subscription at Google included."""
        self.google.add_topic(TOPIC, SUBSCRIPTION)
        new = NewChannel(TOPIC, **{"subscription": SUBSCRIPTION, "key": self.key(), **values})
        return push_channels.put_channel(self.deps, self.site_id, new)

    def key(self) -> dict[str, Any]:
        """Return the key of the service account that may read the subscription."""
        if not self.made_key:
            self.made_key = self.google.add_service_account("listener@x.example", (SCOPE,))
        return self.made_key

    def watch(self) -> int:
        return watches.renew_due(self.deps)

    def pull(self) -> int:
        """Pull what is there, as the listener does; return how many mailboxes were told of."""
        (source,) = push.sources(self.deps)
        subscription = push.open_source(self.deps, source)
        notices = subscription.pull()
        told = push.take_pulled(self.deps, source, notices)
        subscription.acknowledge(notices)
        return told

    def mail(self) -> None:
        """Let a mail arrive, a second after whatever was before."""
        self.clock.advance(seconds=1.5)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "omar@example.net", ADDRESS, "Hello"
        message.set_content("Where is it?")
        self.google.deliver(ADDRESS, bytes(message), received_at=self.clock.now())

    def change(self, **values: Any) -> None:
        """Change the mailbox's row."""
        with self.deps.sessions.writing() as connection:
            connection.execute(update(mailbox_rows).values(**values))

    def mailbox(self) -> dict[str, Any]:
        return self._row(mailbox_rows)

    def channel(self) -> dict[str, Any]:
        return self._row(channel_rows)

    def watched(self) -> dict[str, Any]:
        return self._row(push_watches)

    def state(self) -> push.PushState | None:
        with self.deps.sessions.reading() as connection:
            states = push.states(connection, self.site_id, self.clock.now())
        return states.get(self.mailbox_id)

    @property
    def hints(self) -> list[tuple[str, tuple[int, ...]]]:
        assert isinstance(self.deps.queue, RecordingQueue)
        return self.deps.queue.hints

    def _row(self, table: Any) -> dict[str, Any]:
        with self.deps.sessions.reading() as connection:
            return dict(connection.execute(select(table)).mappings().one())


def open_push_shop(
    make: Callable[[ConnectorSource | None], Deps], google: GmailSimulator, clock: FakeClock
) -> PushShop:
    """Return a shop whose mailbox is connected and has nothing to be looked at for a minute."""
    root = google.root
    registry = Registry(Endpoints(root, root, f"{root}/oauth2/v3/certs", root), clock)
    deps = replace(make(registry), clock=clock)
    with deps.sessions.writing() as connection:
        site_id = add_site(connection)
    credentials = asdict(google.add_account(ADDRESS))
    mailbox_id = mailboxes.add_mailbox(
        deps,
        site_id,
        "gmail",
        ADDRESS,
        credentials,
        [("Support", ADDRESS)],
        {"project": PROJECT},
    )
    shop = PushShop(deps, clock, google, site_id, mailbox_id)
    shop.hints.clear()
    in_a_minute = clock.now() + 60_000
    shop.change(due_at=in_a_minute, watched_due_at=in_a_minute - 50_000)
    return shop
