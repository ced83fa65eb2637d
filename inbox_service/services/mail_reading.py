"""From fetched bytes to a mail that can be stored: done before any transaction opens."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import ParsedMail, Visible
from inbox_service.ports import Fetched, MessageRef
from inbox_service.store.rows import Row

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mail:
    """A fetched mail, read; `error` says why it could not be (then `parsed` is None)."""

    ref: MessageRef
    labels: frozenset[str]
    received_at: int
    blob: str
    size: int
    parsed: ParsedMail | None = None
    visible: Visible | None = None
    remote_images: int = 0
    snippet: str = ""
    error: str = ""


def read_mail(deps: Deps, site_id: int, fetched: Fetched) -> Mail:
    """Store the mail's bytes and read it; a mail that cannot be read keeps its bytes and error."""
    blob = deps.blobs.put(site_id, fetched.raw)
    facts = (fetched.ref, fetched.labels, fetched.received_at, blob, len(fetched.raw))
    try:
        parsed = mime.parse(fetched.raw)
        safe = mime.sanitize(parsed.html) if parsed.html else None
        visible = mime.visible(parsed.text, safe.html if safe else "", parsed.subject)
    except Exception as error:  # noqa: BLE001  (one bad mail must never stop a mailbox)
        log.warning("mail_unreadable", site_id=site_id, blob=blob, error=type(error).__name__)
        return Mail(*facts, error=f"could not be read ({type(error).__name__})")
    return Mail(
        *facts,
        parsed=parsed,
        visible=visible,
        remote_images=safe.remote_images if safe else 0,
        snippet=mime.snippet(visible.text or visible.folded_text),
    )


def read_stored(deps: Deps, receipt: Row) -> Mail:
    """Read a mail again from its bytes; raises NotFound where they are gone."""
    raw = deps.blobs.get(receipt["site_id"], str(receipt["blob"]))
    ref = MessageRef(receipt["provider_id"], receipt["provider_thread_id"])
    fetched = Fetched(ref, raw, frozenset(receipt["labels"]), receipt["received_at"])
    return read_mail(deps, receipt["site_id"], fetched)
