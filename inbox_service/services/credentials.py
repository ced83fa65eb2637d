"""A mailbox's credentials: sealed in its row, opened for the connector that needs them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from inbox_service.deps import Deps
from inbox_service.errors import NotFound
from inbox_service.ports import Credentials, RetryLater, SecretBox
from inbox_service.store import mailboxes, renewals


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


# A token endpoint that does not answer within this answers no more.
_LOCK_MS = 60_000
_WAIT_SECONDS = 0.2
_WAITS = 50


class MailboxCredentials:
    """The CredentialCell of one mailbox.

    One process renews, under a lock that ends by itself; others wait a moment and take its result.
    The row's version settles what the lock could not: of two results the first is kept.
    """

    def __init__(
        self,
        deps: Deps,
        site_id: int,
        mailbox_id: int,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the mailbox; nothing is read yet. `rest` waits for another's renewal."""
        self._deps = deps
        self._site_id = site_id
        self._mailbox_id = mailbox_id
        self._rest = rest

    def read(self) -> Credentials:
        """Return the stored credentials, opened."""
        return self._read()[0]

    def renew(
        self, stale: Credentials, renewal: Callable[[Credentials], Credentials]
    ) -> Credentials:
        """Return newer credentials than `stale`: those stored, or those `renewal` makes.

        raises RetryLater where another process renews them and does not come to an end.
        """
        for _ in range(_WAITS):
            stored, version = self._read()
            if stored != stale:
                return stored
            if until := self._lock(version):
                return self._renewed(stored, version, renewal, until)
            self._rest(_WAIT_SECONDS)
        raise RetryLater(_WAITS * _WAIT_SECONDS, "Another process renews the credentials.")

    def _renewed(
        self,
        stored: Credentials,
        version: int,
        renewal: Callable[[Credentials], Credentials],
        until: int,
    ) -> Credentials:
        try:
            return self._stored(renewal(stored), version)
        finally:
            with self._deps.sessions.writing() as connection:
                renewals.release(connection, self._site_id, self._mailbox_id, until)

    def _lock(self, version: int) -> int:
        """Return until when the lock is ours, 0 where it is another's."""
        now = self._deps.clock.now()
        until = now + _LOCK_MS
        with self._deps.sessions.writing() as connection:
            key = (self._site_id, self._mailbox_id)
            return until if renewals.claim(connection, *key, version, now, until) else 0

    def _stored(self, renewed: Credentials, version: int) -> Credentials:
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
