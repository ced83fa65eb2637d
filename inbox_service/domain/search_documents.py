"""What of a message is searched: one document of tokens, the fields told by a letter in front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from .search_words import BREAK, MOST_WORDS, marked, tokens

SUBJECT: Final = "s"
SENDER: Final = "f"
RECIPIENT: Final = "t"
HAS_FILE: Final = f"has{BREAK}file"
# Beyond this nothing of a text is read: it is a log somebody attached as text.
MOST_LETTERS = 120_000


def site_token(site_id: int) -> str:
    """Return the token that every document of the site holds."""
    return f"site{BREAK}{site_id}"


def inbox_token(inbox_id: int) -> str:
    """Return the token that the documents of an inbox hold."""
    return f"inbox{BREAK}{inbox_id}"


def document(
    ticket: Mapping[str, Any], message: Mapping[str, Any], filenames: Sequence[str]
) -> list[str]:
    """Return the tokens of a message in their order.

    `ticket` has subject, reference and inbox_id; `filenames` are those of its attachments that
    are more than pictures in the text.
    """
    subject = tokens(_subjects(ticket["subject"], message["subject"]))
    sender = tokens(f"{message['author_name']} {message['author_email']}")
    recipients = [token for one in _recipients(message) for token in (*tokens(one), BREAK)]
    files = [token for name in filenames for token in (*tokens(name), BREAK)]
    made = [site_token(message["site_id"]), inbox_token(ticket["inbox_id"])]
    made += [HAS_FILE] if filenames else []
    for mark, found in ((SUBJECT, subject), (SENDER, sender), (RECIPIENT, recipients)):
        made += [*marked(mark, found), BREAK, *found, BREAK]
    made += [*tokens(ticket["reference"]), BREAK, *files]
    for name in ("text", "folded_text"):
        made += [*tokens(message[name][:MOST_LETTERS]), BREAK]
    return made[:MOST_WORDS]


def _subjects(of_ticket: str, of_message: str) -> str:
    # Most often "Re: " and the ticket's own; a boundary is not worth a second token for each word.
    return of_message if of_ticket in of_message else f"{of_ticket} {of_message}"


def _recipients(message: Mapping[str, Any]) -> Iterable[str]:
    for name in ("recipients", "copied", "blind_copied"):
        for one in message[name]:
            yield f"{one['name']} {one['email']}"
