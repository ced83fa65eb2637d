"""Who works in the shop: an agent who replies, an owner who minds the mailboxes, a program."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from busy_google import Google
from door import MANAGER, Door

REDIRECT = "https://shop.example/wp-admin/admin-post.php?action=unified_inbox_oauth"
_PROJECT = "simulated-project"
_TOPIC = f"projects/{_PROJECT}/topics/inbox"
_SUBSCRIPTION = f"projects/{_PROJECT}/subscriptions/inbox"
_TRIES = 30
_TAKES_BACK_EVERY = 6
_CHANGES_HER_MIND_SECONDS = 0.9


@dataclass
class Agent:
    """She answers whatever waits, and takes one reply in so many back.

    `replies` holds the message ids that were confirmed to her, `taken_back` those of which it was
    confirmed that they are not sent.
    """

    door: Door
    replies: list[str] = field(default_factory=list)
    taken_back: set[str] = field(default_factory=set)

    def reply(self) -> None:
        """Answer the first few tickets that are open."""
        tickets = self.door.call("GET", "/tickets?status=open&limit=50").json()["items"]
        for ticket in tickets[:3]:
            self._answer(ticket["number"])

    def _answer(self, number: int) -> None:
        shown = self.door.call("GET", f"/tickets/{number}/messages?limit=100").json()["items"]
        last = shown[-1]["id"]
        body = {"kind": "reply", "text": f"We look into it, {number}.", "seen_up_to": last}
        # One key for all tries of this reply: however often it is asked for, it is made once.
        key = f"reply-{number}-{last}-{len(self.taken_back)}"
        answer = self.door.call("POST", f"/tickets/{number}/messages", body, key=key)
        if answer.status_code == 412:
            # The customer wrote again meanwhile: she reads that first, at her next round.
            return
        assert answer.status_code == 201, answer.text
        self.replies.append(answer.json()["id"])
        if len(self.replies) % _TAKES_BACK_EVERY == 0:
            self._take_back(number, self.replies[-1])

    def _take_back(self, number: int, message_id: str) -> None:
        # At about the moment when it leaves: sometimes that is too late.
        time.sleep(_CHANGES_HER_MIND_SECONDS)
        answer = self.door.call("DELETE", f"/tickets/{number}/messages/{message_id}/sending")
        if answer.status_code in (200, 404):
            # 404 is the answer to a second try, where the first one's was lost.
            self.taken_back.add(message_id)
        else:
            assert answer.status_code == 409, answer.text


class Owner:
    """The manager: connects accounts, presses "Sync now", and consents again when asked to."""

    def __init__(self, door: Door, google: Google, dice: random.Random) -> None:
        self.door = door
        self.google = google
        self.dice = dice
        client = {**google.add_client(_PROJECT), "project": _PROJECT}
        self.client_id = self._call("POST", "/oauth/clients", client)["id"]
        self._lost: set[str] = set()

    def connect(self, account: str, feeds: Sequence[tuple[str, str]]) -> None:
        """Connect an account that feeds these inboxes, by name and address."""
        inboxes = [{"name": name, "address": address} for name, address in feeds]
        answer: dict[str, Any] = {}
        for _ in range(_TRIES):
            answer = self._consent(account)
            if "flow_id" in answer:
                choice = {"flow_id": answer["flow_id"], "inboxes": inboxes}
                answer = self._call("POST", "/mailboxes", choice)
            if account in self.mailboxes():
                return
            time.sleep(0.5)
        raise AssertionError(f"{account} could not be connected: {answer}")

    def be_told(self) -> None:
        """Have Google tell of new mail, so that the listener has something to pull."""
        self.google.control("topics", {"topic": _TOPIC, "subscription": _SUBSCRIPTION})
        robot = {"email": "listener@project.example", "scopes": []}
        key = self.google.control("service-accounts", robot)
        channel = {"topic": _TOPIC, "subscription": _SUBSCRIPTION, "service_account": key}
        assert self._call("POST", "/push/channels", channel)["pulls"]

    def consent_again(self, account: str) -> None:
        """Remember to connect an account again whose consent was taken away."""
        self._lost.add(account)

    def mailboxes(self) -> dict[str, dict[str, Any]]:
        """Return the mailboxes by address."""
        items = self._call("GET", "/mailboxes")["items"]
        return {one["address"]: one for one in items}

    def mind(self) -> None:
        """Look after one mailbox: consent again where that is missing, else read it at once."""
        known = self.mailboxes()
        for account in sorted(self._lost & known.keys()):
            given = self._consent(account, mailbox_id=known[account]["id"])
            if given.get("flow_id"):
                self._lost.discard(account)
        working = [one for one in known.values() if one["state"] != "reauth_needed"]
        if working:
            self._call("POST", f"/mailboxes/{self.dice.choice(working)['id']}/sync")

    def _consent(self, account: str, **wish: Any) -> dict[str, Any]:
        wish |= {"oauth_client_id": self.client_id, "redirect_uri": REDIRECT}
        begun = self._call("POST", "/oauth/flows", wish)
        back = self.google.consent(begun["authorization_url"], account)
        return self._call("POST", "/oauth/callback", back)

    def _call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.door.call(method, path, body, caller=MANAGER)
        given: dict[str, Any] = answer.json() if answer.content else {}
        return given


@dataclass
class Follower:
    """Another program that follows the feed of events from the start."""

    door: Door
    seen: list[int] = field(default_factory=list)

    def follow(self) -> None:
        """Read on until there is nothing more for now."""
        after = self.seen[-1] if self.seen else 0
        while True:
            path = f"/events?after={after}&limit=100"
            part = self.door.call("GET", path, caller=MANAGER).json()
            self.seen += [item["seq"] for item in part["items"]]
            after = part["next_after"]
            if not part["items"]:
                return


class Background:
    """Does something again and again until it is stopped; its error is the test's."""

    def __init__(self, action: Callable[[], None], pause: float) -> None:
        self._action, self._pause = action, pause
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let it finish what it is at, and raise what went wrong in it."""
        self._stop.set()
        self._thread.join(180)
        assert not self._thread.is_alive()
        self.check()

    def check(self) -> None:
        """Raise what went wrong in it."""
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while not self._stop.wait(self._pause):
                self._action()
        except BaseException as error:  # noqa: BLE001  (raised again by check)
            self._error = error
