"""Files that a browser sent with a form or an answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from inbox_service.domain.mail import OutgoingAttachment
from inbox_service.errors import Invalid


def sent_file(given: Mapping[str, str]) -> OutgoingAttachment:
    """Return the file that `given` describes by name, type and base64 content; raises Invalid."""
    try:
        content = base64.b64decode(given["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("A file's content is not base64.", field="files") from error
    kind = given.get("type") or "application/octet-stream"
    return OutgoingAttachment(given.get("name") or "file", kind, content)
