"""Blobs on disk: raw mails and files, compressed, by site and hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import zstandard

from inbox_service.errors import NotFound


class FileBlobs:
    """A folder of zstd files, `<site>/<first two hex digits>/<sha256>.zst`."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made when first written to."""
        self._root = root

    def put(self, site_id: int, content: bytes) -> str:
        """Store `content` durably and return its sha256 in hex."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(site_id, sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, zstandard.ZstdCompressor().compress(content))
        return sha256

    def get(self, site_id: int, sha256: str) -> bytes:
        """Return the content; raises NotFound."""
        try:
            packed = self._path(site_id, sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("The stored content is missing.", code="blob_missing") from error
        return zstandard.ZstdDecompressor().decompress(packed)

    def delete(self, site_id: int, sha256: str) -> None:
        """Remove the content; a missing one is no error."""
        self._path(site_id, sha256).unlink(missing_ok=True)

    def _path(self, site_id: int, sha256: str) -> Path:
        return self._root / str(site_id) / sha256[:2] / f"{sha256}.zst"


def _write_durably(path: Path, content: bytes) -> None:
    # Written beside its place, fsynced, then renamed: a reader sees all of it or nothing.
    scratch = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    with scratch.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
