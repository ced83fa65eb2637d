"""Address lists (RFC 5322 3.4) as real mail has them.

Not `email.utils.getaddresses`: before Python 3.12.6 it takes the wrong address from some malformed
headers (CVE-2023-27043), and nested comments overflow its stack.
"""

from __future__ import annotations

import re

from inbox_service.domain.mail import Address
from inbox_service.mime.charsets import decode, storable
from inbox_service.mime.headers import decode_words, one_line

MAX_ADDRESSES = 1_000
_MAX_VALUE = 128 * 1024
_MAX_NAME = 200

_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)"?|\((?P<comment>(?:[^()\\]|\\.)*)\)?|<(?P<angle>[^<>]*)>?'
    r'|(?P<mark>[,;:])|(?P<plain>[^"(<,;:]+)',
    re.DOTALL,
)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
# Bounded, and searched in bounded text only: an open-ended run before the @ is quadratic.
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]]{1,250}@[^\s@<>,;:\"()]{1,255}")
_MAX_MAILBOX = 2_000


class _Mailbox:
    """The words collected since the last comma."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.plain = ""
        self.comments: list[str] = []
        self.email = ""

    def take(self, found: re.Match[str]) -> None:
        if found["angle"] is not None:
            self.email = self.email or _clean_email(found["angle"])
        elif found["comment"] is not None:
            self.comments.append(found["comment"])
        elif found["quoted"] is not None and found[0].endswith('"'):
            self.words.append(_QUOTED_PAIR.sub(r"\1", found["quoted"]))
        else:
            self.words.append(found[0])
            self.plain += found[0]

    def address(self) -> Address | None:
        words = " ".join(word.strip() for word in self.words)
        if self.email:
            return _address(self.email, words or " ".join(self.comments))
        # Never from between quotes: "boss@bank.example" there is a name, whatever it looks like.
        bare = _EMAIL.search(self.plain[:_MAX_MAILBOX])
        return _address(_clean_email(bare[0]), " ".join(self.comments)) if bare else None


def addresses(value: bytes, fallback_charset: str = "") -> tuple[Address, ...]:
    """Read an address list; groups are flattened, what has no address is left out.

    The list is cut up before its encoded words are decoded, so that a decoded name can never bring
    in another address.
    """
    text = decode(value[:_MAX_VALUE], "", fallback_charset)
    found: list[Address] = []
    mailbox = _Mailbox()
    for token in _TOKEN.finditer(text):
        if token["mark"] == ":":  # what came before was the name of a group
            mailbox = _Mailbox() if not mailbox.email else mailbox
        elif token["mark"]:
            mailbox = _close(mailbox, found, token["mark"])
        else:
            mailbox.take(token)
        if len(found) >= MAX_ADDRESSES:
            return tuple(found)
    _close(mailbox, found, ";")
    return tuple(found)


def _close(mailbox: _Mailbox, found: list[Address], mark: str) -> _Mailbox:
    address = mailbox.address()
    if address:
        found.append(address)
        return _Mailbox()
    if mark == "," and mailbox.words:
        # An unquoted "Doe, John <john@...>" is one name, not a broken address and a good one.
        mailbox.words = [*mailbox.words[-4:], ","]
        mailbox.plain = ""
        return mailbox
    return _Mailbox()


def _clean_email(text: str) -> str:
    # RFC 5322 4.4: an obsolete route "@a,@b:user@host" ends at its colon.
    found = _EMAIL.search(text.rpartition(":")[2][:_MAX_MAILBOX])
    return storable(found[0]).strip(".'").lower() if found else ""


def _address(email: str, name: str) -> Address | None:
    if "@" not in email.strip("@"):
        return None
    shown = one_line(decode_words(name)).replace(" ,", ",").strip(" ,'\"")
    return Address(email, "" if shown.lower() == email else shown[:_MAX_NAME])
