"""The troubles of a plan made real: the simulator's faults, and what happens to accounts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from busy_google import Google
from plan import Trouble

Json = dict[str, Any]

# What goes wrong with calls while a trouble lasts; storms are repeatable by the trouble's seed.
FAULTS: Mapping[str, tuple[Json, ...]] = {
    "rate_storm": (
        {"method": "messages.*", "reason": "rateLimitExceeded", "probability": 0.04},
        {"method": "history.list", "reason": "userRateLimitExceeded", "probability": 0.1},
    ),
    "bandwidth_storm": ({"method": "messages.get", "retry_after": 2500, "probability": 0.05},),
    "server_storm": (
        {"method": "messages.*", "reason": "backendError", "probability": 0.05},
        {"method": "history.list", "reason": "internalError", "probability": 0.1},
    ),
    "dropped_connections": ({"method": "[hm]*", "kind": "drop", "probability": 0.06},),
    "reset_connections": ({"method": "[hm]*", "kind": "drop", "reset": True, "probability": 0.06},),
    "lost_answers": ({"method": "[hm]*", "kind": "accept_then_drop", "probability": 0.06},),
    "blank_pages": ({"method": "history.list", "kind": "blank_page", "times": 4},),
    "sent_without_answer": ({"method": "drafts.send", "kind": "accept_then_drop", "times": 2},),
    "sent_with_error": (
        {"method": "drafts.send", "kind": "accept_then_error", "status": 503, "times": 2},
    ),
    "slow_sends": ({"method": "drafts.send", "kind": "delay", "delay": 1500, "times": 2},),
    "token_server_down": ({"method": "token", "times": 2},),
    "refused_sends": ({"method": "drafts.send", "retry_after": 3000, "times": 2},),
    "unsent_without_answer": ({"method": "drafts.send", "kind": "drop", "times": 2},),
    "drafts_without_answer": ({"method": "drafts.create", "kind": "accept_then_drop", "times": 2},),
}
# How Google behaves while a trouble lasts, and otherwise.
SETTINGS: Mapping[str, tuple[Json, Json]] = {
    "late_messages": ({"late_by": 1500}, {"late_by": 0}),
    "repeated_history": ({"repeat_history": True}, {"repeat_history": False}),
    "loose_order": ({"loose_order": True}, {"loose_order": False}),
}
# What happens to one account, in an instant.
BEFALLS: Mapping[str, str] = {
    "expired_tokens": "expire-tokens",
    "lost_cursor": "expire-history",
    "revoked_consent": "revoke",
}


class Backstage(Protocol):
    """What else a trouble reaches."""

    def flush_hints(self) -> None:
        """Empty Redis or Valkey."""

    def drop_database(self) -> None:
        """End every connection to the database."""


@dataclass(frozen=True)
class Lasting:
    """A trouble under way, whom it befell, and the blow that ends it."""

    trouble: Trouble
    account: str
    until: int


@dataclass
class Troubles:
    """Those under way. `consent_again` lets the owner of an account connect it again."""

    google: Google
    backstage: Backstage
    consent_again: Callable[[str], None]
    lasting: list[Lasting] = field(default_factory=list)

    def begin(self, trouble: Trouble, blow: int) -> None:
        """Let it begin at this blow."""
        account = self.google.accounts[trouble.account % len(self.google.accounts)]
        self.lasting.append(Lasting(trouble, account, blow + trouble.blows))
        if trouble.kind in SETTINGS:
            self.google.configure(**SETTINGS[trouble.kind][0])
        if trouble.kind in BEFALLS:
            self.google.control(BEFALLS[trouble.kind], {"account": account})
        if trouble.kind == "flushed_hints":
            self.backstage.flush_hints()
        if trouble.kind == "dropped_database":
            self.backstage.drop_database()

    def pass_by(self, blow: int) -> None:
        """End those whose time is over at this blow, and let the others go on."""
        over = [one for one in self.lasting if one.until <= blow]
        self.lasting = [one for one in self.lasting if one.until > blow]
        for one in over:
            self._end(one)
        self.google.suffer([fault for one in self.lasting for fault in faults_of(one)])

    def end_all(self) -> None:
        """Let everything be well again."""
        self.pass_by(max((one.until for one in self.lasting), default=0))

    def _end(self, over: Lasting) -> None:
        kind = over.trouble.kind
        is_last = kind not in {one.trouble.kind for one in self.lasting}
        if kind in SETTINGS and is_last:
            self.google.configure(**SETTINGS[kind][1])
        if kind == "revoked_consent":
            self.consent_again(over.account)


def faults_of(lasting: Lasting) -> list[Json]:
    """Return the faults to order while a trouble lasts."""
    defaults = {"kind": "error", "times": None, "seed": lasting.trouble.seed}
    return [
        # A storm is over one account: the others go on while that one is told to wait.
        {**defaults, **fault, "account": lasting.account if "probability" in fault else ""}
        for fault in FAULTS.get(lasting.trouble.kind, ())
    ]
