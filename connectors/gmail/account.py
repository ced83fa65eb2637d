"""Whose account it is: its addresses, and what was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.gmail.api import ME, GmailApi
from inbox_service.ports import CredentialCell, Identity, Priority

if TYPE_CHECKING:
    from googleapiclient._apis.gmail.v1.schemas import SendAs


def identify(api: GmailApi, cell: CredentialCell) -> Identity:
    """Return the account, the addresses it has proven to own, and the granted scopes."""
    # Two calls of one unit each; the first alone would prove the credentials, not the addresses.
    profile = api.call(api.users.getProfile(userId=ME), Priority.LIVE)
    known = api.call(api.users.settings().sendAs().list(userId=ME), Priority.LIVE)
    address = profile["emailAddress"].lower()
    # One may write as other addresses too; mail to those belongs to this mailbox.
    usable = {s["sendAsEmail"].lower() for s in known.get("sendAs", []) if _is_usable(s)}
    return Identity(address, tuple(sorted(usable - {address})), granted(cell))


def granted(cell: CredentialCell) -> tuple[str, ...]:
    """Return the scopes that the last token came with."""
    # Google names the scopes with every token; a service account's are those it asked for.
    return tuple(str(cell.read().get("scope", "")).split())


def _is_usable(alias: SendAs) -> bool:
    # Gmail rewrites an unverified From to the primary address.
    return bool(alias.get("isPrimary")) or alias.get("verificationStatus") == "accepted"
