"""The key this Google signs with: ID tokens and Pub/Sub pushes (RS256)."""

from __future__ import annotations

import base64
import hashlib
import threading
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_pem(private_pem: str) -> str:
    return (
        _load(private_pem)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


class SigningKey:
    """An RSA key, made when it is first needed, as that takes longer than all the rest."""

    def __init__(self, pem: str = "") -> None:
        """Take a stored private key, or none yet."""
        self._pem = pem
        self._lock = threading.Lock()

    @property
    def pem(self) -> str:
        with self._lock:
            self._pem = self._pem or new_private_key()
            return self._pem

    @property
    def key_id(self) -> str:
        """Return the `kid` of the key."""
        return hashlib.sha256(self.pem.encode()).hexdigest()[:40]

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.pem, algorithm="RS256", headers={"kid": self.key_id})

    def jwks(self) -> dict[str, Any]:
        """Return the public key as a JWK set (RFC 7517)."""
        numbers = _load(self.pem).public_key().public_numbers()
        key = {
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "kid": self.key_id,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
        }
        return {"keys": [key]}


def _load(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("The signing key must be an RSA key.")
    return key


def _number(value: int) -> str:
    size = (value.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(value.to_bytes(size, "big")).rstrip(b"=").decode()
