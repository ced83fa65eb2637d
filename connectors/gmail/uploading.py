"""Large mails in pieces: a connection that breaks costs the piece that was on its way.

Google's page "Upload attachments" of the Gmail API: up to 5 MB at once, beyond that resumable.
"""

from __future__ import annotations

import re
from typing import Any

import requests
from google.auth.transport.requests import AuthorizedSession

from inbox_service.ports import RetryLater

LARGEST_AT_ONCE = 5 * 1024 * 1024
# A multiple of 256 KiB, as Google wants all pieces but the last.
_PIECE = 8 * 1024 * 1024
_TIMEOUT = (10, 90)
_PAUSE = 30.0
_MOST_BREAKS = 4
# Google's word for "go on": 308 means another thing elsewhere.
_INCOMPLETE = 308
_HELD = re.compile(r"bytes=0-(\d+)")


def upload_in_pieces(
    session: AuthorizedSession, url: str, metadata: dict[str, Any], raw: bytes
) -> requests.Response:
    """Upload a mail to an address that takes uploads, and return the answer to the whole.

    raises RetryLater where the connection breaks again and again; nothing was made then.
    """
    try:
        begun = _begin(session, url, metadata, len(raw))
        if begun.status_code != requests.codes.ok:
            return begun
        return _pieces(session, begun.headers["Location"], raw)
    except requests.RequestException as error:
        raise _unreachable(error) from error


def _begin(
    session: AuthorizedSession, url: str, metadata: dict[str, Any], size: int
) -> requests.Response:
    headers = {"X-Upload-Content-Type": "message/rfc822", "X-Upload-Content-Length": str(size)}
    return session.post(
        url,
        params={"uploadType": "resumable"},
        json=metadata,
        headers=headers,
        timeout=_TIMEOUT,
        allow_redirects=False,
    )


def _pieces(session: AuthorizedSession, place: str, raw: bytes) -> requests.Response:
    at = breaks = 0
    while breaks < _MOST_BREAKS:
        answer = _tried(session, place, raw, at)
        if answer is None:
            breaks += 1
            answer = _put(session, place, raw, None)
            if answer.status_code == requests.codes.not_found:
                break
        if answer.status_code != _INCOMPLETE:
            return answer
        held = _HELD.fullmatch(answer.headers.get("Range", ""))
        at = int(held[1]) + 1 if held else 0
    raise RetryLater(_PAUSE, f"Gmail took {at} of {len(raw)} bytes, then broke off.")


def _tried(session: AuthorizedSession, place: str, raw: bytes, at: int) -> requests.Response | None:
    """Send a piece; None where it is not known whether it arrived."""
    try:
        answer = _put(session, place, raw, at)
    except requests.RequestException:
        return None
    return None if answer.status_code >= requests.codes.server_error else answer


def _put(session: AuthorizedSession, place: str, raw: bytes, at: int | None) -> requests.Response:
    """Send the piece that begins at `at`; None asks how much is held."""
    piece = b"" if at is None else raw[at : at + _PIECE]
    span = "*" if at is None else f"{at}-{at + len(piece) - 1}"
    return session.put(
        place,
        data=piece,
        headers={"Content-Range": f"bytes {span}/{len(raw)}"},
        timeout=_TIMEOUT,
        allow_redirects=False,
    )


def _unreachable(error: Exception) -> RetryLater:
    return RetryLater(_PAUSE, f"Gmail cannot be reached: {type(error).__name__}.")
