"""What is asked of an owner: the least scope that every call of ours is allowed under."""

from __future__ import annotations

MODIFY = "https://www.googleapis.com/auth/gmail.modify"
FULL = "https://mail.google.com/"

# gmail.modify alone allows to read, label, trash, send, watch and list the addresses to send as
# (discovery document, `scopes` of each method); with one scope there is none to be unticked.
NEEDED = (MODIFY,)
_INCLUDED = {MODIFY: (MODIFY, FULL)}


def missing(granted: frozenset[str]) -> list[str]:
    """Return the needed scopes that none of the granted ones includes."""
    return [scope for scope in NEEDED if not granted.intersection(_INCLUDED[scope])]
