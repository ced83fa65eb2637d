"""A mailbox's credentials: sealed in its row, opened for the connector that needs them."""

from __future__ import annotations

import json
from collections.abc import Callable

from inbox_service.deps import Deps
from inbox_service.errors import NotFound
from inbox_service.ports import Credentials, SecretBox
from inbox_service.store import mailboxes


def seal_credentials(
    secrets: SecretBox, site_id: int, mailbox_id: int, credentials: Credentials
) -> bytes:
    """Return the credentials sealed for this mailbox's row, and no other."""
    return secrets.seal(json.dumps(dict(credentials)).encode(), _context(site_id, mailbox_id))


def open_credentials(
    secrets: SecretBox, site_id: int, mailbox_id: int, sealed: bytes
) -> Credentials:
    """Return what `seal_credentials` sealed for this mailbox's row."""
    opened: Credentials = json.loads(secrets.open(sealed, _context(site_id, mailbox_id)))
    return opened


class UnstoredCredentials:
    """The CredentialCell of an account that is no mailbox yet."""

    def __init__(self, credentials: Credentials) -> None:
        """Take the credentials as they came."""
        self._credentials = credentials

    def read(self) -> Credentials:
        """Return the credentials, with the tokens of the last renewal."""
        return self._credentials

    def renew(
        self,
        stale: Credentials,  # noqa: ARG002 - nobody else holds them
        renewal: Callable[[Credentials], Credentials],
    ) -> Credentials:
        """Renew and keep the result."""
        self._credentials = renewal(self._credentials)
        return self._credentials


class MailboxCredentials:
    """The CredentialCell of one mailbox.

    Renewal is settled by the row's version: of two processes that renew at once one result is
    stored, and both go on with it. Google answers both, as its refresh tokens do not rotate.
    """

    def __init__(self, deps: Deps, site_id: int, mailbox_id: int) -> None:
        """Take the mailbox; nothing is read yet."""
        self._deps = deps
        self._site_id = site_id
        self._mailbox_id = mailbox_id

    def read(self) -> Credentials:
        """Return the stored credentials, opened."""
        return self._read()[0]

    def renew(
        self, stale: Credentials, renewal: Callable[[Credentials], Credentials]
    ) -> Credentials:
        """Return newer credentials than `stale`: those stored, or those `renewal` makes."""
        stored, version = self._read()
        if stored != stale:
            return stored
        renewed = renewal(stored)
        sealed = seal_credentials(self._deps.secrets, self._site_id, self._mailbox_id, renewed)
        with self._deps.sessions.writing() as connection:
            won = mailboxes.replace_credentials(
                connection, self._site_id, self._mailbox_id, version, sealed
            )
        return renewed if won else self.read()

    def _read(self) -> tuple[Credentials, int]:
        with self._deps.sessions.reading() as connection:
            row = mailboxes.get(connection, self._site_id, self._mailbox_id)
        if row is None:
            raise NotFound("This mailbox was removed.")
        opened = open_credentials(
            self._deps.secrets, self._site_id, self._mailbox_id, row["credentials"]
        )
        return opened, row["credentials_version"]


def _context(site_id: int, mailbox_id: int) -> str:
    return f"mailbox:{site_id}:{mailbox_id}"
