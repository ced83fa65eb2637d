"""Files that came with an agent's mailed answer, which go on to the customer with it."""

from __future__ import annotations

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Attachment, OutgoingAttachment

from .desk import Row
from .mail_reading import Mail


def files_of(deps: Deps, receipt: Row, mail: Mail) -> list[OutgoingAttachment]:
    """Return what the agent attached or put between his words; call it outside a transaction."""
    wanted = [one for one in mail.parsed.attachments if _is_his(one, mail)] if mail.parsed else []
    if not wanted:
        return []
    raw = deps.blobs.get(receipt["site_id"], receipt["blob"])
    return [
        OutgoingAttachment(one.filename, one.content_type, mime.attachment(raw, one.part)[1])
        for one in wanted
    ]


def _is_his(file: Attachment, mail: Mail) -> bool:
    # Pictures of what is folded away are those of his signature, or of the notice he answers.
    shown = mail.visible.html if mail.visible else ""
    return not file.inline or f"cid:{file.content_id}" in shown
