"""Sending: what Gmail's API makes of a mail before it goes, and where it arrives."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr

from connectors.testkit.gmail_simulator import accounts, delivery, mailbox, rfc822, view
from connectors.testkit.gmail_simulator.errors import invalid, not_found
from connectors.testkit.gmail_simulator.rfc822 import Mail
from connectors.testkit.gmail_simulator.store import Row
from connectors.testkit.gmail_simulator.wire import Json
from connectors.testkit.gmail_simulator.world import Call, random_token

MOST_RECIPIENTS = 500
LARGEST = 36_700_160  # bytes, from the discovery document


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as the client gave it, and the thread it asks for."""

    raw: bytes
    thread_id: str


def outgoing(body: Json) -> Outgoing:
    """Read a Message resource that carries `raw`."""
    raw = view.decode(str(body.get("raw") or ""))
    if not raw:
        raise invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL"
                      " required")  # fmt: skip
    if len(raw) > LARGEST:
        raise invalid("Message too large")
    return Outgoing(raw, str(body.get("threadId") or ""))


def send_message(call: Call) -> Json:
    asked = outgoing(call.body())
    mail = rfc822.split(asked.raw)
    row = send(call, mail, thread_for(call, mail, asked.thread_id))
    return view.labelled(call.db, row)


def send(call: Call, given: Mail, thread_id: str) -> Row:
    """Send: keep a copy in SENT, and deliver to every recipient simulated here."""
    recipients = _recipients(given)
    mail = _as_sent(call, given)
    reached = {accounts.receiver(call.db, address): address for address in recipients}
    # A mail to oneself is one message that lies in SENT and INBOX, not two.
    own = reached.pop(call.account, None)
    labels = {"SENT"} | ({"INBOX", "UNREAD"} if own else set())
    new = mailbox.NewMessage(mail.as_bytes(), frozenset(labels), call.now, thread_id)
    row = mailbox.add(call.db, call.account, new, call.now)
    _deliver(call, mail.without("Bcc").as_bytes(), reached)
    return row


def _deliver(call: Call, raw: bytes, reached: dict[str, str]) -> None:
    for account, address in reached.items():
        if account:  # addresses outside reach nobody here
            arrival = delivery.Arrival(raw, address, call.now, envelope_from=call.account)
            late_by = call.world.settings.late_by
            delivery.receive(call.db, account, arrival, call.now, late_by)


def _recipients(mail: Mail) -> list[str]:
    # An unreadable field is refused even where another one names somebody.
    for name in ("To", "Cc", "Bcc"):
        if any(mail.headers(name)) and not mail.addresses(name):
            raise invalid(f"Invalid {name} header")
    found = mail.addresses("To", "Cc", "Bcc")
    if not found:
        raise invalid("Recipient address required")
    if len(found) > MOST_RECIPIENTS:
        raise invalid("Too many recipients")
    return found


def thread_for(call: Call, mail: Mail, asked: str) -> str:
    """Return the thread a mail joins, "" for a new one.

    The sending guide wants all three: the threadId, References or In-Reply-To naming a message of
    the thread, and the same subject. A threadId of another mailbox is not found.
    """
    if not asked:
        return ""
    # Thread ids belong to one mailbox: a colleague's is as unknown as an invented one.
    members = mailbox.thread(call.db, call.account, asked)
    if not members:
        raise not_found()
    named = rfc822.ids(mail.header("References") + mail.header("In-Reply-To"))
    subject = rfc822.subject_key(mail.header("Subject"))
    linked = any(row["message_id"] in named for row in members)
    return asked if linked and any(row["subject_key"] == subject for row in members) else ""


def _as_sent(call: Call, mail: Mail) -> Mail:
    """Return the mail as the API sends it: another Message-ID, a From the account may use."""
    mail = _with_allowed_from(call, mail)
    if not mail.header("Date"):
        mail = mail.replaced("Date", rfc822.date_text(call.now))
    if not mail.header("MIME-Version"):
        mail = mail.replaced("MIME-Version", "1.0")
    # Seen by others (gauteh/lieer#198): the API gives every mail its own id and keeps no trace of
    # the client's, unlike SMTP.
    mail = mail.replaced("Message-ID", f"<CA{random_token(48)}@mail.gmail.com>")
    by = "from 100000000001 named unknown by gmailapi.google.com with HTTPREST"
    return mail.on_top(("Received", f"{by}; {rfc822.date_text(call.now)}"))


def _with_allowed_from(call: Call, mail: Mail) -> Mail:
    # Gmail does not refuse a foreign sender, it puts the owner in its place without a word.
    written = rfc822.address_of(mail.header("From"))
    if written and accounts.may_write_from(call.db, call.account, written):
        return mail
    owner = accounts.find(call.db, call.account)
    name = owner["name"] if owner else ""
    return mail.replaced("From", formataddr((name, call.account)))
