"""Attachments, handed to the plugin, which streams them on."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

from inbox_service.services import files as service
from inbox_service.services.files import File

from .routes import Admitted, Call, Routes

files = Routes("files", "Attachments")

# An agent who may see the inbox, or the plugin for somebody whom it has asked itself.
HOLDERS: Admitted = ("agent", "plugin")


@files.route("GET", "/files/<token>", admits=HOLDERS, content_type="application/octet-stream")
def show_file(call: Call, token: str) -> Response:
    """Return an attachment by its token: 404 for an unknown one, 410 after ten minutes."""
    file = service.open_file(call.deps, call.caller, token)
    answer = Response(file.content, content_type=_content_type(file))
    answer.headers["Content-Disposition"] = _disposition(file)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


def _content_type(file: File) -> str:
    # The sender chose it: it must not be able to end the header or add a parameter.
    kind = file.content_type
    well_formed = kind.isascii() and kind.isprintable() and kind.count("/") == 1
    return kind if well_formed and not set(kind) & set(' ;,"') else "application/octet-stream"


def _disposition(file: File) -> str:
    """Return the Content-Disposition (RFC 6266), with the name in both its spellings."""
    kind = "inline" if file.inline else "attachment"
    name = "".join(letter for letter in file.filename if letter.isprintable()) or "file"
    # Old clients read the first, all others the second (RFC 6266 appendix D).
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    options = {"filename": plain}
    if plain != name:
        options["filename*"] = f"UTF-8''{quote(name, safe='')}"
    return dump_options_header(kind, options)
