"""Previews of attached files: asked for by who looks, made by a worker, kept beside the mail."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service import mime, rendering
from inbox_service.deps import Deps
from inbox_service.domain.previews import MOST_BYTES, Refusal, kind_of
from inbox_service.errors import NotFound
from inbox_service.store import erasing, previews, timeline
from inbox_service.store.ids import new_id

from . import auth, files
from .views import visible_ticket

# Pictures that no row names yet go after this, where the worker was killed before it wrote them.
_WRITTEN_WITHIN_MS = 3_600_000

Row = Mapping[str, Any] | RowMapping


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture's row, and the token it can be fetched with for a while."""

    row: Row
    token: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How far the preview of a file is: `possible` where nobody asked for it yet."""

    state: str
    reason: str = ""
    pages: int = 0
    pictures: Sequence[PictureView] = ()


def of_files(
    deps: Deps, connection: Connection, site_id: int, rows: Sequence[Row], at: int
) -> dict[int, Preview]:
    """Return the preview of each attachment that can have one."""
    ids = [row["id"] for row in rows if kind_of(row["content_type"], row["filename"])]
    if not ids:
        return {}
    known = previews.of_attachments(connection, site_id, ids)
    ready = [one for one, row in known.items() if row["state"] == "ready"]
    pictures = previews.pictures_of(connection, site_id, ready) if ready else {}
    return {one: _preview(deps, known.get(one), pictures.get(one, ()), at) for one in ids}


def ask(deps: Deps, caller: auth.Caller, number: int, attachment_id: int) -> Preview:
    """Let there be a preview of a file in a ticket, and return how far it is.

    raises NotFound `preview_impossible` for a kind of file that has none.
    """
    with auth.noting(deps, caller) as act:
        ticket = visible_ticket(act, number)
        connection, site_id = act.connection, caller.site_id
        file = previews.attachment_of(connection, site_id, ticket["id"], attachment_id)
        if file is None:
            raise NotFound("The ticket has no such file.", code="file_not_found")
        if kind_of(file["content_type"], file["filename"]) is None:
            raise NotFound("Files of this kind have no preview.", code="preview_impossible")
        previews.ask(connection, site_id, attachment_id, act.at)
        found = of_files(deps, connection, site_id, [file], act.at)[attachment_id]
    # After the commit, and again whenever somebody asks: a hint may get lost.
    if found.state == "waiting":
        deps.queue.hint("render_preview", caller.site_id, attachment_id)
    return found


def make(deps: Deps, site_id: int, attachment_id: int) -> None:
    """Make a preview that waits; what was made meanwhile, or erased, is left alone."""
    with deps.sessions.reading() as connection:
        waiting = previews.of_attachments(connection, site_id, [attachment_id])
        found = timeline.attachment(connection, site_id, attachment_id)
    if not found or waiting.get(attachment_id, {}).get("state") != "waiting":
        return
    row, blob = found
    made = _rendered(deps, site_id, row, blob)
    _keep(deps, site_id, attachment_id, made)


def _rendered(deps: Deps, site_id: int, row: Row, blob: str | None) -> rendering.Pictures:
    if row["size"] > MOST_BYTES:
        return rendering.Pictures(refusal=Refusal.TOO_LARGE)
    try:
        _, content = mime.attachment(deps.blobs.get(site_id, blob or ""), row["part"])
    except NotFound:
        return rendering.Pictures(refusal=Refusal.UNREADABLE)
    kind = kind_of(row["content_type"], row["filename"]) or ""
    return rendering.render(content, kind, f"unified-inbox/{site_id}/{row['id']}")


def _keep(deps: Deps, site_id: int, attachment_id: int, made: rendering.Pictures) -> None:
    now = deps.clock.now()
    rows = [_row(site_id, attachment_id, one, now) for one in made.pictures]
    named = [row["blob"] for row in rows]
    # Noted first: nothing else would find the pictures of a worker that ends before it names them.
    with deps.sessions.writing() as connection:
        erasing.doom(connection, site_id, named, now + _WRITTEN_WITHIN_MS)
    for one in made.pictures:
        deps.blobs.put(site_id, one.content)
    values: dict[str, Any] = {"state": "ready", "pages": made.pages, "settled_at": now}
    if made.refusal:
        values = {"state": "refused", "reason": made.refusal.value, "settled_at": now}
    with deps.sessions.writing() as connection:
        if previews.settle(connection, site_id, attachment_id, values):
            previews.add_pictures(connection, rows)
        # Another worker may have made the very same; erased meanwhile, nobody has.
        if previews.of_attachments(connection, site_id, [attachment_id]):
            erasing.undoom(connection, [(site_id, blob) for blob in named])


def _row(site_id: int, attachment_id: int, picture: rendering.Picture, at: int) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "id": new_id(at),
        "attachment_id": attachment_id,
        "page": picture.page,
        "size": picture.size,
        "width": picture.width,
        "height": picture.height,
        "blob": hashlib.sha256(picture.content).hexdigest(),
    }


def _preview(deps: Deps, row: Row | None, pictures: Sequence[Row], at: int) -> Preview:
    if row is None:
        return Preview("possible")
    shown = [
        PictureView(one, files.token(deps, one["site_id"], one["id"], at, files.Kind.PREVIEW))
        for one in pictures
    ]
    return Preview(row["state"], row["reason"], row["pages"], shown)
