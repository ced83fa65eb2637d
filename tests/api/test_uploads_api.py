"""Files come in pieces before the mail that takes them, and one that is too large never begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from memory_feed import feed_inbox
from shop import Shop
from werkzeug.test import TestResponse

from inbox_service.domain.mail_size import LARGEST_MAIL, MEBIBYTE, room_for_files
from inbox_service.services import housekeeping, uploads
from inbox_service.services.auth import Caller
from inbox_service.store.blobs import FileBlobs
from inbox_service.testing import FakeClock, add_customer, add_ticket

ROOM = room_for_files(LARGEST_MAIL)


@pytest.fixture(autouse=True)
def _ticket(shop: Shop) -> None:
    customer_id = shop.add(add_customer, email="omar@example.net")
    shop.add(add_ticket, shop.inbox_id, number=1, customer_id=customer_id)
    feed_inbox(shop)


def begin(shop: Shop, size: int, name: str = "map.pdf", **more: Any) -> TestResponse:
    body = {"name": name, "content_type": "application/pdf", "size": size, **more}
    return shop.manager.call("POST", "/tickets/1/uploads", body)


def put(shop: Shop, upload: dict[str, Any], offset: int, content: bytes) -> TestResponse:
    path = f"/uploads/{upload['id']}/content"
    return shop.manager.call("PUT", path, content, query={"offset": offset})


def told(answer: TestResponse) -> dict[str, Any]:
    """Return what the answer says."""
    said: dict[str, Any] = answer.get_json()
    return said


def begun(shop: Shop, size: int, **more: Any) -> dict[str, Any]:
    answer = begin(shop, size, **more)
    assert answer.status_code == 201
    return told(answer)


def listed(shop: Shop) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = told(shop.manager.get("/tickets/1/uploads"))["items"]
    return items


def test_a_file_comes_in_pieces(shop: Shop) -> None:
    upload = begun(shop, 5)
    assert told(put(shop, upload, 0, b"abc"))["received"] == 3
    assert told(put(shop, upload, 3, b"de"))["received"] == 5
    assert [(one["name"], one["received"]) for one in listed(shop)] == [("map.pdf", 5)]


def test_a_piece_whose_answer_was_lost_may_come_again(shop: Shop) -> None:
    upload = begun(shop, 5)
    put(shop, upload, 0, b"abc")
    assert told(put(shop, upload, 0, b"abc"))["received"] == 3


def test_a_piece_in_the_wrong_place_is_told_where_to_go_on(shop: Shop) -> None:
    upload = begun(shop, 5)
    put(shop, upload, 0, b"abc")
    answer = put(shop, upload, 4, b"e")
    assert (answer.status_code, told(answer)["code"]) == (409, "offset_wrong")
    assert told(answer)["received"] == 3


def test_more_than_was_announced_is_refused(shop: Shop) -> None:
    assert put(shop, begun(shop, 2), 0, b"abc").status_code == 422


def test_a_piece_larger_than_web_servers_take_is_refused(shop: Shop) -> None:
    upload = begun(shop, 2 * MEBIBYTE)
    assert put(shop, upload, 0, bytes(uploads.LARGEST_PIECE + 1)).status_code == 422


def test_a_file_that_no_mail_can_hold_is_refused_with_size_and_limit(shop: Shop) -> None:
    answer = begin(shop, ROOM + 1)
    assert (answer.status_code, told(answer)["code"]) == (422, "attachments_too_large")
    assert (told(answer)["size"], told(answer)["limit"]) == (ROOM + 1, ROOM)
    assert "17 MB" in told(answer)["detail"]


def test_files_are_weighed_together(shop: Shop) -> None:
    begun(shop, ROOM - 1)
    answer = begin(shop, 2)
    assert (told(answer)["code"], told(answer)["total"]) == ("attachments_too_large", ROOM + 1)


def test_a_removed_file_makes_room_and_leaves_no_bytes(shop: Shop) -> None:
    upload = begun(shop, 3)
    put(shop, upload, 0, b"abc")
    assert shop.manager.call("DELETE", f"/uploads/{upload['id']}").status_code == 204
    housekeeping.forget_expired(shop.deps)
    assert listed(shop) == []
    assert not list(shop.deps.settings.data_dir.rglob("*.zst"))


def test_a_colleague_cannot_touch_it(shop: Shop) -> None:
    upload, ana = begun(shop, 3), shop.hire(9)
    path = f"/uploads/{upload['id']}"
    piece = ana.call("PUT", f"{path}/content", b"abc", query={"offset": 0})
    assert piece.status_code == 404
    assert ana.call("DELETE", path).status_code == 404
    assert ana.get("/tickets/1/uploads").json == {"items": []}


def test_who_only_reads_uploads_nothing(shop: Shop) -> None:
    viewer = shop.hire(9, role="viewer")
    assert viewer.call("POST", "/tickets/1/uploads", {"name": "x", "size": 1}).status_code == 403


def test_an_inline_picture_is_told_its_content_id(shop: Shop) -> None:
    assert begun(shop, 3, inline=True)["content_id"].endswith("@inline")
    assert begun(shop, 3)["content_id"] is None


def test_a_picture_is_seen_until_it_is_sent_by_whoever_brought_it_alone(shop: Shop) -> None:
    upload = begun(shop, 5, name="dot.png", content_type="image/png", inline=True)
    assert told(put(shop, upload, 0, b"abc"))["file_token"] is None
    put(shop, upload, 3, b"de")
    address = f"/files/{listed(shop)[0]['file_token']}"
    answer = shop.manager.get(address)
    assert (answer.data, answer.content_type) == (b"abcde", "image/png")
    assert answer.headers["Content-Disposition"] == "inline; filename=dot.png"
    assert [one.get(address).status_code for one in (shop.hire(9), shop.plugin)] == [404, 403]
    shop.manager.call("DELETE", f"/uploads/{upload['id']}")
    assert shop.manager.get(address).status_code == 404


def test_a_file_beside_the_text_and_a_page_in_it_are_only_saved(shop: Shop) -> None:
    for more in ({"content_type": "image/png"}, {"content_type": "text/html", "inline": True}):
        put(shop, begun(shop, 1, **more), 0, b"<")
    answers = [shop.manager.get(f"/files/{one['file_token']}") for one in listed(shop)]
    assert [one.headers["Content-Disposition"].split(";")[0] for one in answers] == [
        "attachment",
        "attachment",
    ]


class Died(Exception):
    """The process is gone."""


class DiesAfterWriting(FileBlobs):
    """A store whose process ends as soon as a file is written."""

    def put(self, site_id: int, content: bytes) -> str:
        """Store the content and die."""
        super().put(site_id, content)
        raise Died


def stored(shop: Shop) -> int:
    return len(list(shop.deps.settings.data_dir.rglob("*.zst")))


def test_a_piece_that_was_written_just_before_a_crash_goes_in_a_day(
    shop: Shop, clock: FakeClock
) -> None:
    upload = begun(shop, 6)
    put(shop, upload, 0, b"abc")
    dying = replace(shop.deps, blobs=DiesAfterWriting(shop.deps.settings.data_dir / "blobs"))
    with pytest.raises(Died):
        uploads.add_piece(dying, Caller(shop.site_id, "agent", "7"), int(upload["id"]), 3, b"def")
    housekeeping.forget_expired(shop.deps)
    assert stored(shop) == 2
    clock.advance(hours=23)
    put(shop, upload, 3, b"def")
    clock.advance(hours=1)
    housekeeping.forget_expired(shop.deps)
    assert stored(shop) == 2
    assert listed(shop)[0]["received"] == 6


def test_what_nobody_used_for_a_day_is_forgotten(shop: Shop, clock: FakeClock) -> None:
    begun(shop, 3)
    clock.advance(hours=23)
    begun(shop, 4)
    clock.advance(hours=2)
    assert housekeeping.forget_expired(shop.deps)["uploads"] == 1
    assert [one["size"] for one in listed(shop)] == [4]
