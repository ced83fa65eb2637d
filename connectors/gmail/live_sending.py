"""What only a sent mail tells: one to the account itself, looked at and thrown away again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from connectors.gmail.api import ME
from connectors.gmail.headers import header_of
from connectors.gmail.live import Account, examine
from connectors.gmail.sending import Sender
from inbox_service.domain.mail import INBOX, SEND_ID_HEADER, SENT
from inbox_service.ports import Check, ConnectorError, OutgoingRaw, Priority, SentRef

_LOOKS = 12
_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail to oneself that went out, and what was known before."""

    key: str
    own_id: str
    to: str
    memo: str
    sent: SentRef


def examine_by_sending(account: Account) -> Iterator[Check]:
    """Yield what became of a mail to the account's own plus-address; it ends in the trash."""
    try:
        parcel = _send(account)
    except ConnectorError as error:
        yield Check("sending", ok=False, words=f"The mail to itself did not go out: {error}")
        return
    yield Check("sending", ok=True, words=f"A mail to {parcel.to} went out.")
    try:
        yield from _looks(account, parcel)
    finally:
        _throw_away(account, parcel)


def _looks(account: Account, parcel: Parcel) -> Iterator[Check]:
    yield from examine(
        account,
        (
            ("message_id", lambda _: _message_id(parcel)),
            ("own_headers", lambda one: _own_headers(one, parcel)),
            ("draft", lambda one: _draft(one, parcel)),
            ("plus_address", lambda one: _arrival(one, parcel)),
            ("archiving", lambda one: _archiving(one, parcel)),
        ),
    )


def _send(account: Account) -> Parcel:
    key = secrets.token_hex(16)
    local, _, domain = account.address.partition("@")
    to, own_id = f"{local}+inbox-doctor@{domain}", f"{key}@doctor.{domain}"
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    # Text of ours only, so that whoever finds it in a shared mailbox knows what it is.
    mail["From"], mail["To"], mail["Subject"] = account.address, to, "Unified Inbox test mail"
    mail["Message-ID"], mail[SEND_ID_HEADER] = f"<{own_id}>", key
    mail.set_content("A test of this mailbox. It goes to the trash by itself.\n")
    # The way every reply goes, so that the test is of that and of nothing made for it.
    sender = Sender(account.api)
    memo = sender.prepare(OutgoingRaw(mail.as_bytes()))
    return Parcel(key, own_id, to, memo, sender.deliver(memo))


def _message_id(parcel: Parcel) -> Check:
    kept = parcel.sent.message_id == parcel.own_id
    words = f"Gmail {'kept' if kept else 'replaced'} our Message-ID; the real one was read back."
    return Check("message_id", ok=bool(parcel.sent.message_id), words=words)


def _own_headers(account: Account, parcel: Parcel) -> Check:
    sent = account.message(parcel.sent.provider_id, SEND_ID_HEADER)
    survived = header_of(sent, SEND_ID_HEADER) == parcel.key
    return Check(
        "own_headers",
        survived,
        f"{SEND_ID_HEADER} {'survived' if survived else 'was taken out'}.",
        "" if survived else "Report it: a send whose answer is lost could not be settled.",
    )


def _draft(account: Account, parcel: Parcel) -> Check:
    """Do what is done after a lost answer: the draft is gone, and the sent mail is found."""
    found = Sender(account.api).find_sent(parcel.key, parcel.memo)
    is_found = isinstance(found, SentRef) and found.provider_id == parcel.sent.provider_id
    return Check(
        "draft",
        is_found,
        "After the send the draft is gone and the mail is found in the history."
        if is_found
        else f"After the send, looking for it answers {found}.",
        "" if is_found else "Report it: an unsure send would stay unsure.",
    )


def _arrival(account: Account, parcel: Parcel) -> Check:
    for _ in range(_LOOKS):
        # By the id that Gmail gave it: ours may not have survived.
        found = account.listed(f"rfc822msgid:{parcel.sent.message_id}")
        if found:
            labels = set(account.message(found[0]).get("labelIds", []))
            kind = "one message with SENT and INBOX" if {SENT, INBOX} <= labels else "a copy"
            words = f"The plus-address reached the INBOX, as {kind}."
            return Check("plus_address", ok=True, words=words)
        account.wait(_PAUSE_S)
    return Check(
        "plus_address",
        ok=False,
        words=f"Nothing arrived at {parcel.to} within a minute.",
        remedy="Look whether a filter or the domain's routing stops plus-addresses.",
    )


def _archiving(account: Account, parcel: Parcel) -> Check:
    """See whether history.list by label tells that a message left the INBOX."""
    users = account.api.users
    before = account.ask(users.getProfile(userId=ME))["historyId"]
    # Done to our own test mail, which is on its way to the trash anyway.
    account.ask(
        users.messages().modify(
            userId=ME, id=parcel.sent.provider_id, body={"removeLabelIds": [INBOX]}
        )
    )
    by_label = users.history().list(userId=ME, startHistoryId=before, labelId=INBOX)
    everything = users.history().list(userId=ME, startHistoryId=before)
    seen = bool(account.ask(by_label).get("history"))
    told = bool(account.ask(everything).get("history"))
    words = f"Archiving is told without labelId: {_yes(told)}; with labelId=INBOX: {_yes(seen)}."
    remedy = "" if told else "Run this again: Gmail's history may be late."
    return Check("archiving", told or None, words, remedy)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _throw_away(account: Account, parcel: Parcel) -> None:
    # In the trash and not deleted: that needs the full scope, which nobody is asked for.
    request = account.api.users.messages().trash(userId=ME, id=parcel.sent.provider_id)
    account.api.call(request, Priority.LIVE)
