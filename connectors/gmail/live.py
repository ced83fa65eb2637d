"""What Google's pages leave open, tried on a real account: `inbox doctor --live`.

Each point stands in docs/unverified.md with what the code does as long as nobody has tried it. A
finding is ok where the account behaves as the code counts on; it tells ids, times, labels and names
of headers, never a subject, a body or a correspondent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from connectors.gmail.account import granted
from connectors.gmail.api import ME, GmailApi, Request
from connectors.gmail.explaining import explain
from connectors.gmail.headers import header_of
from connectors.gmail.oauth import TokenEndpoint
from inbox_service.domain.mail import INBOX
from inbox_service.ports import (
    Check,
    ConnectorError,
    CredentialCell,
    Priority,
    RetryLater,
    SkipMessage,
)

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import Message

    T_co = TypeVar("T_co", covariant=True)

_LONGEST_WAIT_S = 70.0
_DAY_MS = 24 * 3600 * 1000
_SAMPLE = 10

Wait = Callable[[float], None]
Probe = Callable[["Account"], Check]


@dataclass(frozen=True, slots=True)
class Account:
    """The account under examination; `wait` sleeps for seconds."""

    api: GmailApi
    cell: CredentialCell
    tokens: TokenEndpoint
    address: str
    wait: Wait = time.sleep

    def ask(self, request: Request[T_co]) -> T_co:
        """Return the answer to a call, waiting once where the quota is short."""
        try:
            return self.api.call(request, Priority.LIVE)
        except RetryLater as short:
            # A minute's quota is worth waiting for at a terminal, a day's is not.
            if short.after > _LONGEST_WAIT_S:
                raise
            self.wait(short.after)
            return self.api.call(request, Priority.LIVE)

    def listed(
        self, query: str, labels: Sequence[str] = (INBOX,), most: int = _SAMPLE
    ) -> list[str]:
        """Return the ids of the messages that Gmail finds, in its order."""
        request = self.api.users.messages().list(
            userId=ME, q=query, labelIds=list(labels), maxResults=most
        )
        return [found["id"] for found in self.ask(request).get("messages", [])]

    def message(self, message_id: str, *headers: str) -> Message:
        """Return a message's labels and times, and of its headers these."""
        request = self.api.users.messages().get(
            userId=ME, id=message_id, format="metadata", metadataHeaders=list(headers)
        )
        return self.ask(request)


def examine(account: Account, probes: Sequence[tuple[str, Probe]]) -> Iterator[Check]:
    """Yield what each probe found; one that cannot be tried stops no other."""
    for name, probe in probes:
        try:
            yield probe(account)
        except ConnectorError as error:
            told = explain(error)
            yield Check(name, ok=None, words=f"Not tried: {told.words}", remedy=told.remedy)


def _token(account: Account) -> Check:
    # A new token, as only the answer that brings one tells what we want to know.
    renewed = account.cell.renew(account.cell.read(), account.tokens.renew)
    scopes = " ".join(granted(account.cell)) or "no scope named"
    if "refresh_expires_at" not in renewed:
        return Check("token", ok=True, words=f"Google named no end of the consent; {scopes}.")
    days = (renewed["refresh_expires_at"] - renewed["expires_at"]) / _DAY_MS
    words = f"Google ends the consent in about {days:.0f} days; {scopes}."
    return Check("token", ok=False, words=words, remedy="Publish the app, or make it Internal.")


def _addresses(account: Account) -> Check:
    known = account.ask(account.api.users.settings().sendAs().list(userId=ME)).get("sendAs", [])
    told = [f"{one['sendAsEmail']} ({_status(one)})" for one in known]
    return Check("addresses", ok=bool(known), words=f"It may write as: {', '.join(told)}.")


def _status(alias: Any) -> str:
    return "primary" if alias.get("isPrimary") else str(alias.get("verificationStatus", "?"))


def _speed(account: Account) -> Check:
    """Time the three calls that a sync is made of."""
    times = []
    calls: tuple[tuple[str, Callable[[], object]], ...] = (
        ("getProfile", lambda: account.ask(account.api.users.getProfile(userId=ME))),
        ("messages.list", lambda: account.listed("")),
        ("history.list", lambda: _changes_since(account, _now(account))),
    )
    for name, call in calls:
        began = time.monotonic()
        call()
        times.append(f"{name} {(time.monotonic() - began) * 1000:.0f} ms")
    return Check("speed", ok=True, words=", ".join(times) + ".")


def _now(account: Account) -> str:
    return account.ask(account.api.users.getProfile(userId=ME))["historyId"]


def _changes_since(account: Account, history_id: str, label: str = "") -> list[Any]:
    optional: dict[str, Any] = {"labelId": label} if label else {}
    request = account.api.users.history().list(userId=ME, startHistoryId=history_id, **optional)
    return list(account.ask(request).get("history", []))


def _fresh_cursor(account: Account) -> Check:
    found = _changes_since(account, _now(account))
    words = f"The profile's own history id is a cursor; {len(found)} changes since."
    return Check("fresh_cursor", ok=True, words=words)


def _old_cursor(account: Account) -> Check:
    try:
        _changes_since(account, "1")
    except SkipMessage:
        words = "A history id that is too old is answered by 404, as documented."
        return Check("old_cursor", ok=True, words=words)
    return Check(
        "old_cursor",
        ok=False,
        words="A history id that is surely too old was taken without an error.",
        remedy="Report it: a lost cursor would not be noticed on this account.",
    )


def _order(account: Account) -> Check:
    times = [int(account.message(one)["internalDate"]) for one in account.listed("")]
    is_strict = times == sorted(times, reverse=True)
    words = f"The newest {len(times)} are listed {'' if is_strict else 'not '}newest first."
    return Check("order", ok=True if times else None, words=words)


def _seconds(account: Account) -> Check:
    """See whether after: and before: count the second they name."""
    # The newest, as a list of ten then holds it whatever else there is.
    newest = account.listed("", most=1)
    if not newest:
        return _empty("seconds")
    second = int(account.message(newest[0])["internalDate"]) // 1000
    found = {
        f"{word}: {'counts' if newest[0] in account.listed(f'{word}:{second}') else 'leaves out'}"
        for word in ("after", "before")
    }
    # What the back-fill asks, which overlaps by a second on either side.
    overlaps = newest[0] in account.listed(f"after:{second - 1} before:{second + 1}")
    words = f"Of the second it names, {' and '.join(sorted(found))} it; our windows overlap."
    remedy = "" if overlaps else "Report it: the back-fill would leave out mail between two pages."
    return Check("seconds", overlaps, words, remedy)


def _by_message_id(account: Account) -> Check:
    newest = account.listed("", most=1)
    if not newest:
        return _empty("by_message_id")
    message_id = header_of(account.message(newest[0], "Message-ID"), "Message-ID").strip("<> ")
    found = newest[0] in account.listed(f"rfc822msgid:{message_id}")
    words = f"rfc822msgid: {'finds' if found else 'does not find'} a received mail."
    return Check("by_message_id", found or None, words)


def _authentication(account: Account) -> Check:
    """See who wrote the topmost Authentication-Results of what was received."""
    received = [
        account.message(one, "Authentication-Results", "Delivered-To")
        for one in account.listed("-in:sent", most=3)
    ]
    if not received:
        return _empty("authentication")
    authors = {
        header_of(one, "Authentication-Results").partition(";")[0].strip() for one in received
    }
    delivered = sum(1 for one in received if header_of(one, "Delivered-To"))
    # Google signs as mx.google.com; Workspace gateways may stand before it with names of theirs.
    is_google = all(author.endswith(".google.com") for author in authors)
    named = ", ".join(sorted(authors - {""})) or "nobody"
    words = f"Topmost Authentication-Results by {named}; Delivered-To on {delivered} of "
    words += f"{len(received)}."
    remedy = "" if is_google else "Report it: senders could not be told from impostors here."
    return Check("authentication", is_google, words, remedy)


def _empty(name: str) -> Check:
    words = "Not tried: the account's INBOX is empty."
    return Check(name, ok=None, words=words, remedy="Write to the account, then run this again.")


def _not_by_us(name: str, words: str, remedy: str) -> tuple[str, Probe]:
    return name, lambda _: Check(name, ok=None, words=words, remedy=remedy)


READING: tuple[tuple[str, Probe], ...] = (
    ("token", _token),
    ("addresses", _addresses),
    ("speed", _speed),
    ("fresh_cursor", _fresh_cursor),
    ("old_cursor", _old_cursor),
    ("order", _order),
    ("seconds", _seconds),
    ("by_message_id", _by_message_id),
    ("authentication", _authentication),
    _not_by_us(
        "quota_table",
        "Whether the project has the quota of before May 2026 cannot be asked by API.",
        "See console.cloud.google.com > APIs & Services > Gmail API > Quotas: 15,000 a minute and "
        "user is the old table (GMAIL_UNIT_TABLE=2025), 6,000 the new one.",
    ),
    _not_by_us(
        "delegated_quota",
        "Whether a service account's calls count per mailbox shows in the console only.",
        "With two mailboxes by one key, watch the quota's graph while both are back-filled.",
    ),
    _not_by_us(
        "largest_mail",
        "How large a mail Gmail receives (50 MB by third parties) is not tried: it would need one.",
        "Send one of 45 MB from outside, and look whether it becomes a ticket.",
    ),
)
