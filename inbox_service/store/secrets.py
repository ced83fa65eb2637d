"""Secrets at rest: AES-256-GCM, bound to their row, with the key's id in front."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inbox_service.errors import Misconfigured

_KEY_ID_BYTES = 4
_NONCE_BYTES = 12


class SealedSecrets:
    """Seals with the first of its keys and opens with any, so that keys can be rotated."""

    def __init__(self, secret_key: str) -> None:
        """Take INBOX_SECRET_KEY: one key, or several with commas between, the newest first."""
        self._keys = [key.strip().encode() for key in secret_key.split(",") if key.strip()]

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt `plain`, bound to `context`."""
        key, nonce = self._keys[0], os.urandom(_NONCE_BYTES)
        box = AESGCM(_derive(key, b"seal"))
        return _key_id(key) + nonce + box.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made for the same context; raises Misconfigured otherwise."""
        key_id, rest = sealed[:_KEY_ID_BYTES], sealed[_KEY_ID_BYTES:]
        key = next((key for key in self._keys if _key_id(key) == key_id), None)
        if key is None:
            raise Misconfigured(
                "A stored secret was sealed with another INBOX_SECRET_KEY: set the one it was "
                "sealed with (several may stand there, with commas between)."
            )
        nonce, cipher = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            return AESGCM(_derive(key, b"seal")).decrypt(nonce, cipher, context.encode())
        except InvalidTag as error:
            raise Misconfigured(
                "A stored secret does not belong to the row it stands in."
            ) from error

    def sign(self, message: bytes, purpose: str) -> str:
        """Return a URL-safe HMAC-SHA256 of `message` for `purpose`."""
        return _signature(self._keys[0], message, purpose)

    def verify(self, message: bytes, signature: str, purpose: str) -> bool:
        """Tell whether one of our keys made `signature`."""
        given = signature.encode("utf-8", "replace")
        return any(
            hmac.compare_digest(known.encode(), given)
            for known in self.signatures(message, purpose)
        )

    def signatures(self, message: bytes, purpose: str) -> list[str]:
        """Return the signature of each of our keys, the newest first."""
        return [_signature(key, message, purpose) for key in self._keys]


def load_secret_key(setting: str, data_dir: Path) -> str:
    """Return the key of the settings, else that of the data folder, made there at first use."""
    if setting:
        return setting
    path = data_dir / "secret.key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"secret.key.{os.getpid()}")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            # link, unlike rename, fails where another process was first: its key stays.
            os.link(scratch, path)
        except FileExistsError:
            pass
        finally:
            scratch.unlink()
    return path.read_text(encoding="utf-8").strip()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key-id" + key).digest()[:_KEY_ID_BYTES]


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)


def _signature(key: bytes, message: bytes, purpose: str) -> str:
    digest = hmac.digest(_derive(key, b"sign:" + purpose.encode()), message, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
