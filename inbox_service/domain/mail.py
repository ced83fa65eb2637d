"""Values that describe a mail. Times are milliseconds since the epoch, UTC, everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]

# The label names every connector reports for the folders it knows (they are Gmail's own;
# an IMAP connector maps its SPECIAL-USE folders, RFC 6154, to them).
INBOX = "INBOX"
SENT = "SENT"
DRAFT = "DRAFT"
SPAM = "SPAM"
TRASH = "TRASH"
UNREAD = "UNREAD"
CHAT = "CHAT"

# Carries the outbox row's key in every mail we send, so that a sent copy finds its row.
SEND_ID_HEADER = "X-Unified-Inbox-Send-Id"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of an address list (RFC 5322 3.4): display name, and addr-spec in lower case."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One part of a mail that is kept as a file.

    `part` counts the MIME leaves in order, from 0: with the raw bytes it finds the content again,
    so that no attachment is stored twice.
    """

    part: int
    filename: str
    content_type: str
    size: int
    content_id: str = ""
    inline: bool = False


class AutomaticKind(StrEnum):
    """Why a mail counts as automatic; a person's mail has no kind."""

    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    LIST = "list"
    NOTICE = "notice"


class BounceReason(StrEnum):
    """Why a mail did not arrive, in the words an agent acts on (the plugin translates them)."""

    NO_SUCH_ADDRESS = "no_such_address"
    NO_SUCH_DOMAIN = "no_such_domain"
    ADDRESS_CLOSED = "address_closed"
    MAILBOX_FULL = "mailbox_full"
    TOO_LARGE = "too_large"
    REFUSED_AS_SPAM = "refused_as_spam"
    NOT_AUTHENTICATED = "not_authenticated"
    NOT_ALLOWED = "not_allowed"
    TOO_MUCH_MAIL = "too_much_mail"
    SERVER_UNREACHABLE = "server_unreachable"
    LOOP = "loop"
    COMPLAINT = "complaint"
    OTHER = "other"


# These are about the mail, or about us: another mail may well arrive at the address.
_NOT_ABOUT_THE_ADDRESS = frozenset(
    {
        BounceReason.LOOP,
        BounceReason.NOT_AUTHENTICATED,
        BounceReason.REFUSED_AS_SPAM,
        BounceReason.TOO_LARGE,
        BounceReason.TOO_MUCH_MAIL,
    }
)


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What a delivery status notification says (RFC 3464): whom it failed for, and how.

    `hard` means that the mail will never arrive. `more` are the other recipients of the same
    notification. A complaint (RFC 5965) has no status.
    """

    recipient: str
    status: str
    hard: bool
    original_message_id: str = ""
    reason: BounceReason = BounceReason.OTHER
    more: tuple[BounceReport, ...] = ()

    @property
    def marks_address(self) -> bool:
        """Whether the address gets no more automatic mail."""
        return self.hard and self.reason not in _NOT_ABOUT_THE_ADDRESS


class Protection(StrEnum):
    """How a mail is signed or encrypted; its signature is kept as a file and not judged."""

    SMIME_ENCRYPTED = "smime_encrypted"
    SMIME_SIGNED = "smime_signed"
    PGP_ENCRYPTED = "pgp_encrypted"
    PGP_SIGNED = "pgp_signed"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a calendar part says (RFC 5545, RFC 5546): an invitation, its withdrawal, an answer.

    `method` is lower-case ("request", "cancel", "reply" ...). `starts` and `ends` are as written,
    "2025-03-03T10:00" in `zone`, or "2025-03-03" for a whole day; `starts_at` and `ends_at` are the
    moments, None where the zone is not known. `answer` is a reply's ("accepted" ...).
    """

    method: str
    summary: str
    place: str = ""
    organizer: str = ""
    starts: str = ""
    ends: str = ""
    zone: str = ""
    starts_at: int | None = None
    ends_at: int | None = None
    answer: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Authentication:
    """The verdict of the topmost Authentication-Results header (RFC 8601).

    `present` is False where the provider wrote none; `aligned` is True where DMARC passed, or DKIM
    or SPF passed for the From domain.
    """

    present: bool = False
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail as the desk understands it, made by `inbox_service.mime.parse`.

    `message_id`, `in_reply_to` and `references` hold ids without their angle brackets;
    `references` is in header order, oldest first. `sent_at` is the Date header, None where it is
    absent or unreadable. `html` is NOT sanitised. `headers` holds, lower-cased, the first value of
    each header that the domain rules read.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    sent_at: int | None
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    authentication: Authentication = Authentication()
    automatic: AutomaticKind | None = None
    bounce: BounceReport | None = None
    invitation: Invitation | None = None
    protection: Protection | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """Sanitised HTML, and how many remote images were held back in it."""

    html: str
    remote_images: int


@dataclass(frozen=True, slots=True)
class Visible:
    """A message with its quoted history and signature folded away, for text and for HTML.

    `text`/`html` is what the author wrote now; `folded_text`/`folded_html` is the rest, "" where
    nothing was folded. Joined again they lose nothing. `direction` is that of the written part.
    """

    text: str
    html: str
    folded_text: str
    folded_html: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class OutgoingAttachment:
    """A file to send."""

    filename: str
    content_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """What `inbox_service.mime.compose` turns into bytes.

    `html` is sanitised already, "" for plain text only. `send_id` becomes X-Unified-Inbox-Send-Id.
    `date` is milliseconds UTC. `language` is a BCP 47 tag of the text, "" where it is not known.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    send_id: str
    date: int
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    html: str = ""
    direction: Direction = "ltr"
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[OutgoingAttachment, ...] = ()
    automatic: bool = False
    language: str = ""
