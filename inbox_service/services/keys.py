"""How keys, codes and addresses of sites are written.

Every key names its site in front, so that it is looked up by (site, key) like any other row, and
only its fingerprint or its sealed form is stored.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import RowMapping

from inbox_service.errors import Invalid

API_KEY_PREFIX = "uik_"
_LARGEST_ID = 2**63 - 1
# Letters of any script: WordPress shows international names as people write them.
_HOST = re.compile(r"[\w.:-]+")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def new_kid(site_id: int) -> str:
    """Return a new key id of the site: at most 32 characters."""
    return f"{site_id}.{secrets.token_hex(6)}"


def new_secret() -> str:
    """Return a new signing secret: 256 bits."""
    return secrets.token_urlsafe(32)


def new_code(site_id: int) -> str:
    """Return a new pairing code: the site, and 192 bits of chance."""
    return f"{site_id}-{secrets.token_urlsafe(24)}"


def new_api_key(site_id: int) -> str:
    """Return a new API key: the site, and 256 bits of chance."""
    return f"{API_KEY_PREFIX}{site_id}_{secrets.token_urlsafe(32)}"


def site_of_kid(kid: str) -> int | None:
    """Return the site a key id names, None where it names none."""
    return _id(kid.partition(".")[0])


def site_of_code(code: str) -> int | None:
    """Return the site a pairing code names, None where it names none."""
    return _id(code.partition("-")[0])


def site_of_api_key(key: str) -> int | None:
    """Return the site an API key names, None where it names none."""
    return _id(key.removeprefix(API_KEY_PREFIX).partition("_")[0])


def fingerprint(key: str) -> str:
    """Return what is stored of a code or key: long random text needs no slow hash."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def seal_context(key: Mapping[str, Any] | RowMapping) -> str:
    """Return the context that a site key's secret is sealed for: its row."""
    return f"site_key:{key['site_id']}:{key['id']}"


def normal_url(url: str) -> str:
    """Return a site's address in the form it is stored and compared in.

    raises Invalid where it is no http(s) address with a host.
    """
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise _no_address() from error
    # Hosts are the same in any case (RFC 3986 3.2.2); paths are not, and a blog may live in one.
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise _no_address()
    if parts.username or len(url) > 500:
        raise _no_address()
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def same_url(url: str, normal: str) -> bool:
    """Tell whether `url`, however it is written, is the address `normal`."""
    try:
        return normal_url(url) == normal
    except Invalid:
        return False


def is_private_transport(url: str) -> bool:
    """Tell whether requests of this site cannot be overheard: https, or loopback."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in _LOOPBACK


def _id(text: str) -> int | None:
    # Before int(): it would read underscores, spaces and 4000 digits alike.
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        return None
    return int(text) if int(text) <= _LARGEST_ID else None


def _no_address() -> Invalid:
    return Invalid("Write the site's full address, such as https://shop.example.", field="home_url")
