"""The service's own words to people outside, in their language (gettext catalogues, by Babel)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from .domain.mail import Direction
from .domain.nights import zone

_FOLDER = Path(__file__).parent / "locale"

# The English text of each key; the catalogues translate them.
_ENGLISH = {
    "confirmation_subject": "We received your request {reference}",
    "confirmation_body": (
        "Hello,\n\n"
        "We received your request. Its reference is {reference}.\n\n"
        "You can see where it stands, and add to it, here:\n{url}\n\n"
        "An answer to this mail reaches us too."
    ),
    "confirmation_body_without_link": (
        "Hello,\n\n"
        "We received your request. Its reference is {reference}.\n\n"
        "An answer to this mail reaches us."
    ),
    "written_on": "Page: {url}",
    "code_subject": "Your code is {code}",
    "code_body": (
        "Hello,\n\n"
        "Your code is {code}. It is good for {minutes} minutes.\n\n"
        "You did not ask for it? Then there is nothing to do: without it nobody sees anything."
    ),
    "quoted": "On {date}, {who} wrote:",
    "forwarded": "---------- Forwarded message ----------",
    "forwarded_from": "From: {people}",
    "forwarded_date": "Date: {date}",
    "forwarded_subject": "Subject: {subject}",
    "forwarded_to": "To: {people}",
    "forwarded_cc": "Cc: {people}",
    "unreadable_subject": "A mail that could not be read",
    "unreadable_body": (
        "This mail could not be read, so it is attached as a file, just as it came. "
        "The reason: {reason}.\n\n"
        "Open the file with a mail program to see what it says."
    ),
    "acknowledgement_subject": "We have your message ({{ticket.reference}})",
    "acknowledgement_body": (
        "Hello {{customer.name}},\n\n"
        "Thank you for your message. Its reference is {{ticket.reference}}. "
        "We answer as soon as we can.\n\n"
        "{{site.name}}"
    ),
    "agent_notice_marker": "-- Write your answer above this line --",
    "agent_notice_mentioned": "You were mentioned",
    "agent_notice_assigned": "Assigned to you",
    "agent_notice_opened": "New request",
    "agent_notice_answered": "The customer answered",
    "agent_notice_returned": "Back from snooze",
    "agent_notice_answer": (
        "Answer this mail to answer the customer. What you hear of by mail, "
        "you choose in the inbox's settings."
    ),
    "agent_notices_subject": "{count} tickets with news for you",
    "answered_by_mail_unproven": (
        "Not sent to the customer: it cannot be shown that {sender} wrote this answer to a notice."
    ),
    "answered_by_mail_stranger": (
        "Not sent to the customer: {sender} answered a notice that went to somebody else."
    ),
    "answered_by_mail_late": (
        "Not sent to the customer: the notice that {sender} answered is older than a week."
    ),
    "answered_by_mail_unseen": (
        "Not sent to the customer: somebody wrote in this ticket after the notice "
        "that {sender} answered."
    ),
    "answered_by_mail_large": (
        "Not sent to the customer: with its files the answer of {sender} has {size} MB as sent; "
        "one mail takes {limit} MB. Please send smaller files, or a link to them."
    ),
    "answered_by_mail_unsendable": (
        "Not sent to the customer: {sender} may not answer in this ticket, or no mailbox can send."
    ),
    "unsent_answer_subject": "[#{number}] Not sent: {subject}",
    "unsent_answer_body": (
        "{why}\n\n"
        "What you wrote stands as a note in the ticket. Please answer the customer from there:\n"
        "{url}"
    ),
    "notice_bounced_subject": "Notices to {agent} come back",
    "notice_bounced_body": (
        "Hello,\n\n"
        "A mail to {agent} ({email}) came back: {reason}. "
        "No more notices are sent to this address. "
        "Please correct it in the user's WordPress profile."
    ),
    "incident_subject": "The mailbox {address} is not being read",
    "incident_body": (
        "Hello,\n\n"
        "The mailbox {address} of {site} has not been read since {since}. The reason:\n"
        "{reason}\n\n"
        "{remedy}\n\n"
        "Nothing is lost: what comes in meanwhile is fetched as soon as the mailbox works again."
    ),
    "remedy_reauth_needed": "Please sign in to it again, in WordPress:\n{url}",
    "remedy_stopped": "Please see what it needs, in WordPress:\n{url}",
    "remedy_degraded": "It is tried again by itself. How it is now, you see in WordPress:\n{url}",
    "recovery_subject": "The mailbox {address} is being read again",
    "recovery_body": (
        "Hello,\n\n"
        "The mailbox {address} of {site} is being read again. "
        "What came in meanwhile is being fetched.\n\n"
        "{url}"
    ),
}

# Filipino: WordPress knows it as tl, browsers as fil.
_CATALOGUES = {"ar": "ar", "tl": "tl", "fil": "tl"}


def text(locale: str, key: str, **values: object) -> str:
    """Return a text in the locale's language, in English where there is none.

    `locale` is WordPress's or a browser's ("ar", "tl_PH", "fil", "en-US"); `values` fill the text.
    """
    english = _ENGLISH[key]
    catalogue = _catalogue(language_of(locale))
    message = catalogue.get(english) if catalogue else None
    translated = str(message.string) if message and message.string else english
    return translated.format(**values)


def language_of(locale: str) -> str:
    """Return the language (BCP 47) that a text in this locale has: ar, tl or en."""
    return _CATALOGUES.get(locale.replace("-", "_").partition("_")[0].lower(), "en")


def direction_of(locale: str) -> Direction:
    return "rtl" if language_of(locale) == "ar" else "ltr"


def moment(at: int, locale: str, timezone: str) -> str:
    """Return a moment (ms UTC) as somebody with this locale writes it, in the time zone."""
    language = {"tl": "fil"}.get(language_of(locale), language_of(locale))
    when = datetime.fromtimestamp(at / 1000, UTC)
    return format_datetime(when, "medium", tzinfo=zone(timezone), locale=language)


def languages() -> list[str]:
    return ["en", *sorted(set(_CATALOGUES.values()))]


def keys() -> list[str]:
    return sorted(_ENGLISH)


@cache
def _catalogue(language: str) -> Catalog | None:
    path = _FOLDER / f"{language}.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)
