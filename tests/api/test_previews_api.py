"""Previews of attached files over HTTP, and how a worker makes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from PIL import Image
from shop import Shop
from sqlalchemy import insert, select

from inbox_service import mime
from inbox_service.errors import NotFound
from inbox_service.services import previews, privacy
from inbox_service.store.ids import new_id
from inbox_service.store.tables import attachments, preview_pictures
from inbox_service.testing import (
    START,
    RecordingQueue,
    add_customer,
    add_inbox,
    add_message,
    add_ticket,
)

OMAR = "omar@example.net"


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (800, 400), "teal").save(written, "PNG")
    return written.getvalue()


def a_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OMAR, "us@shop.example", "Files"
    mail.set_content("See the files.")
    mail.add_attachment(picture(), "image", "png", filename="lamp.png")
    mail.add_attachment(b"%PDF-1.4 not really", "application", "pdf", filename="bill.pdf")
    mail.add_attachment(b"PK", "application", "zip", filename="all.zip")
    return mail.as_bytes()


@pytest.fixture
def files(shop: Shop) -> dict[str, int]:
    """The ids of the files of a message in ticket 1, by name."""
    raw = a_mail()
    blob = shop.deps.blobs.put(shop.site_id, raw)
    customer_id = shop.add(add_customer, email=OMAR)
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)
    message_id = shop.add(add_message, ticket_id, blob=blob, author_id=customer_id)
    ids = {}
    with shop.deps.sessions.writing() as connection:
        for file in mime.parse(raw).attachments:
            ids[file.filename] = new_id(START)
            row: dict[str, Any] = {"site_id": shop.site_id, "id": ids[file.filename]}
            row |= {name: getattr(file, name) for name in ("part", "filename", "content_type")}
            connection.execute(
                insert(attachments).values(message_id=message_id, size=file.size, **row)
            )
    return ids


def ask(shop: Shop, file_id: int) -> Any:
    return shop.manager.call("PUT", f"/tickets/1/files/{file_id}/preview").json


def made(shop: Shop, file_id: int) -> Any:
    ask(shop, file_id)
    previews.make(shop.deps, shop.site_id, file_id)
    return ask(shop, file_id)


def test_a_preview_waits_for_a_worker(shop: Shop, files: dict[str, int]) -> None:
    told = ask(shop, files["lamp.png"])
    assert (told["state"], told["pictures"]) == ("waiting", [])
    assert isinstance(shop.deps.queue, RecordingQueue)
    assert ("render_preview", (shop.site_id, files["lamp.png"])) in shop.deps.queue.hints


def test_its_pictures_are_fetched_by_tokens_and_shown(shop: Shop, files: dict[str, int]) -> None:
    told = made(shop, files["lamp.png"])
    assert (told["state"], told["pages"]) == ("ready", 1)
    small, large = told["pictures"]
    assert (small["size"], small["width"], large["width"]) == ("small", 320, 800)
    answer = shop.plugin.get(f"/files/{large['file_token']}")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"].startswith("inline")
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert shown.size == (800, 400)


def test_it_is_made_once(shop: Shop, files: dict[str, int]) -> None:
    first = made(shop, files["lamp.png"])
    previews.make(shop.deps, shop.site_id, files["lamp.png"])
    assert ask(shop, files["lamp.png"])["pictures"] == first["pictures"]


def test_the_messages_tell_of_each_file_how_far_its_preview_is(
    shop: Shop, files: dict[str, int]
) -> None:
    made(shop, files["lamp.png"])
    listed = shop.manager.get("/tickets/1/messages").json
    assert listed
    shown = {one["name"]: one["preview"] for one in listed["items"][0]["attachments"]}
    assert shown["lamp.png"]["state"] == "ready"
    assert shown["bill.pdf"]["state"] == "possible"
    assert shown["all.zip"] is None


def test_a_file_that_cannot_be_pictured_says_why(shop: Shop, files: dict[str, int]) -> None:
    told = made(shop, files["bill.pdf"])
    assert (told["state"], told["reason"]) == ("refused", "unreadable")


def test_files_of_other_kinds_have_none(shop: Shop, files: dict[str, int]) -> None:
    assert ask(shop, files["all.zip"])["code"] == "preview_impossible"


def test_who_may_only_read_may_look_at_files(shop: Shop, files: dict[str, int]) -> None:
    viewer = shop.hire(9, role="viewer")
    path = f"/tickets/1/files/{files['lamp.png']}/preview"
    assert viewer.call("PUT", path).status_code == 200


def test_who_may_not_see_the_ticket_sees_no_preview(shop: Shop, files: dict[str, int]) -> None:
    stranger = shop.hire(9, inboxes=(shop.add(add_inbox),))
    path = f"/tickets/1/files/{files['lamp.png']}/preview"
    assert stranger.call("PUT", path).status_code == 404
    shop.add(add_ticket, shop.inbox_id, number=2)
    assert shop.manager.call("PUT", path.replace("/1/", "/2/")).status_code == 404


def erase(shop: Shop) -> None:
    assert privacy.erase_whole(shop.deps, shop.site_id, OMAR).done


def delete_for_good(shop: Shop) -> None:
    shop.manager.call("PATCH", "/tickets/1", {"place": "trash"}, headers={"If-Match": '"1"'})
    answer = shop.manager.call("DELETE", "/tickets/1", headers={"If-Match": '"2"'})
    assert answer.status_code == 204


@pytest.mark.parametrize("remove", [erase, delete_for_good])
def test_previews_go_with_what_they_are_of(
    shop: Shop, files: dict[str, int], remove: Callable[[Shop], None]
) -> None:
    made(shop, files["lamp.png"])
    with shop.deps.sessions.reading() as connection:
        blobs = connection.scalars(select(preview_pictures.c.blob)).all()
    assert len(blobs) == 2
    remove(shop)
    for blob in blobs:
        with pytest.raises(NotFound):
            shop.deps.blobs.get(shop.site_id, blob)
