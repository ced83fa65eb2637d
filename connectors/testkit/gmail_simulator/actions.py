"""What can be done to the simulated Google from outside its APIs."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from connectors.testkit.gmail_simulator import (
    accounts,
    delivery,
    history,
    keys,
    mailbox,
    pubsub,
    rfc822,
    tokens,
    view,
    watch,
)
from connectors.testkit.gmail_simulator.errors import invalid, not_found
from connectors.testkit.gmail_simulator.store import Db, Row, many
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import World, random_token

DEFAULT_SCOPES = ("https://www.googleapis.com/auth/gmail.modify",)


@dataclass(frozen=True, slots=True)
class Connected:
    """An account's credentials for the client it is connected with."""

    email: str
    client_id: str
    client_secret: str
    refresh_token: str

    def as_json(self) -> Json:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Actions:
    """Accounts, arrivals, looks and troubles, on a running simulator."""

    world: World

    def add_account(
        self,
        email: str,
        aliases: tuple[str, ...] = (),
        name: str = "",
        scopes: tuple[str, ...] | None = None,
    ) -> Connected:
        """Make an account whose owner has consented to `scopes` (default: gmail.modify).

        Known accounts are kept and get a further refresh token.
        """
        with self.world.store.open() as db:
            account = accounts.create(db, email, name, aliases)
            client = tokens.default_client(db)
            granted = frozenset(DEFAULT_SCOPES if scopes is None else scopes)
            refresh = tokens.refresh_token(
                db, account, client.client_id, granted, self.world.settings, self.world.now()
            )
        return Connected(account, client.client_id, client.secret, refresh)

    def accounts(self) -> list[Json]:
        with self.world.store.open() as db:
            return [
                {
                    "email": row["email"],
                    "name": row["name"],
                    "aliases": [e.email for e in accounts.send_as(db, row["email"])[1:]],
                    "historyId": str(row["history_id"]),
                }
                for row in accounts.every(db)
            ]

    def add_alias(self, account: str, email: str, status: str = "accepted") -> None:
        """Give an account another address; as "pending" it only receives."""
        with self.world.store.open() as db:
            accounts.add_alias(db, self._known(db, account), email, status)

    def add_client(self, redirect_uris: tuple[str, ...] = (), project: str = "") -> Json:
        """Make another OAuth client; with redirect addresses it takes no others."""
        number = random_token(12, "0123456789")
        made = tokens.Client(
            f"{number}-{random_token(32, 'abcdefghijklmnopqrstuvwxyz')}.apps.googleusercontent.com",
            f"GOCSPX-{random_token(28)}",
            project or tokens.DEFAULT_PROJECT,
            redirect_uris,
        )
        with self.world.store.open() as db:
            tokens.add_client(db, made)
        return {"client_id": made.client_id, "client_secret": made.secret}

    def add_service_account(self, email: str, scopes: tuple[str, ...]) -> Json:
        """Make a service account that may act for every account within `scopes`.

        Returns the key file's content; its `token_uri` is this simulator's.
        """
        private = keys.new_private_key()
        row = (email, tokens.DEFAULT_PROJECT, keys.public_pem(private), " ".join(scopes))
        with self.world.store.open() as db:
            db.execute("INSERT OR REPLACE INTO service_accounts VALUES (?, ?, ?, ?)", row)
        return {
            "type": "service_account",
            "project_id": tokens.DEFAULT_PROJECT,
            "private_key_id": random_token(40, delivery.LOWER_HEX),
            "private_key": private,
            "client_email": email,
            "client_id": random_token(21, "0123456789"),
            "token_uri": f"{self.world.root}/token",
        }

    def add_topic(
        self, topic: str, subscription: str = "", push_endpoint: str = "", push_audience: str = ""
    ) -> None:
        """Make a Pub/Sub topic, and a subscription that is pulled or pushed to `push_endpoint`."""
        with self.world.store.open() as db:
            pubsub.add_topic(db, topic)
            if subscription:
                pubsub.subscribe(db, subscription, topic, push_endpoint, push_audience)

    def deliver(
        self,
        to: str,
        raw: bytes,
        *,
        labels: frozenset[str] | None = None,
        received_at: int | None = None,
        authenticated: bool = True,
        late_by: int | None = None,
    ) -> Json:
        """Let a mail from outside arrive at an address; return its id and threadId.

        `received_at` is ms UTC, now by default; `late_by` ms pass before it can be fetched.
        """
        now = self.world.now()
        with self.world.store.open() as db:
            account = accounts.receiver(db, to)
            if not account:
                raise invalid(f"'{to}' reaches no simulated account.")
            arrival = delivery.Arrival(
                raw,
                to.strip().lower(),
                now if received_at is None else received_at,
                labels=frozenset({"INBOX", "UNREAD"}) if labels is None else labels,
                authenticated=authenticated,
            )
            late = self.world.settings.late_by if late_by is None else late_by
            answer = view.stub(delivery.receive(db, account, arrival, now, late))
            watch.announce(self.world, db)
        self.world.wake()
        return answer

    def messages(
        self, account: str, label: str = "", *, since: int = 0, with_raw: bool = False
    ) -> list[Json]:
        """Return an account's messages from `since` (ms) on, oldest first.

        Only those with `label` where one is given.
        """
        with self.world.store.open() as db:
            rows = many(
                db,
                "SELECT * FROM messages WHERE account = ? AND internal_date >= ?"
                " ORDER BY internal_date, id",
                *(self._known(db, account), since),
            )
            shown = [_shown(db, row, with_raw=with_raw) for row in rows]
        return [entry for entry in shown if not label or label in entry["labelIds"]]

    def revoke(self, account: str, reason: str = "revoked") -> None:
        """Kill the account's tokens: "revoked", "expired", "password", "deleted" or "policy"."""
        if reason not in tokens.DEAD:
            raise invalid(f"Unknown reason '{reason}'; known are {', '.join(tokens.DEAD)}.")
        with self.world.store.open() as db:
            tokens.revoke_account(db, self._known(db, account), reason)

    def expire_tokens(self, account: str) -> None:
        """End the account's access tokens, as time does; they can be refreshed."""
        with self.world.store.open() as db:
            tokens.expire_access(db, self._known(db, account))

    def expire_history(self, account: str) -> None:
        """Make every history id given out so far too old."""
        with self.world.store.open() as db:
            history.expire(db, self._known(db, account), self.world.now())

    @staticmethod
    def _known(db: Db, account: str) -> str:
        row = accounts.find(db, account)
        if row is None:
            raise not_found()
        return str(row["email"])


def _shown(db: Db, row: Row, *, with_raw: bool) -> Json:
    raw = mailbox.raw_of(db, row["account"], row["id"])
    mail = rfc822.split(raw)
    shown: Json = view.stub(row) | {
        "labelIds": mailbox.labels_of(db, row["account"], row["id"]),
        "internalDate": str(row["internal_date"]),
        "headers": [{"name": name, "value": rfc822.decoded(field)} for name, field in mail.fields],
    }
    return shown | ({"raw": view.encode(raw)} if with_raw else {})
