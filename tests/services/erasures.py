"""A customer who wrote to the shop, his erasure, and what is left of him."""

from __future__ import annotations

from mail_shop import Shop

from inbox_service.errors import NotFound
from inbox_service.services import privacy
from inbox_service.store.tables import metadata

EMAIL = "omar@example.net"
RITA = "Rita Moss <rita@example.net>"
# What no row and no file may hold once he is erased.
TRACES = ("omar", "haddad", "teapot", "crack")


def ask(shop: Shop, **headers: str) -> str:
    """Let Omar's first mail arrive and be taken in; return its provider id."""
    said = {"subject": "My teapot", "text": "It has a crack.", "Message_ID": "<first@x>"}
    provider_id = shop.arrive(**{**said, **headers})
    shop.sync()
    return provider_id


def erase(shop: Shop, email: str = EMAIL) -> privacy.Erased:
    shop.clock.advance(seconds=1)
    return privacy.erase_whole(shop.deps, shop.site_id, email)


def everything(shop: Shop) -> str:
    """Return all that is stored of the site, in rows and in files."""
    rows = [str(row) for table in metadata.sorted_tables for row in shop.rows(table)]
    root = shop.deps.settings.data_dir / "blobs" / str(shop.site_id)
    files = [
        shop.deps.blobs.get(shop.site_id, path.name.removesuffix(".zst")).decode("latin-1")
        for path in root.rglob("*.zst")
    ]
    return "\n".join([*rows, *files])


def traces(shop: Shop) -> list[str]:
    stored = everything(shop).lower()
    return [trace for trace in TRACES if trace in stored]


def is_stored(shop: Shop, sha256: str) -> bool:
    try:
        return bool(shop.deps.blobs.get(shop.site_id, sha256))
    except NotFound:
        return False
