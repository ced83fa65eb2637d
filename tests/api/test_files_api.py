"""Attachments by token."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

import pytest
from shop import Shop, open_shop
from sqlalchemy import insert

from inbox_service import mime
from inbox_service.services import files
from inbox_service.store.ids import new_id
from inbox_service.store.tables import attachments
from inbox_service.testing import START, FakeClock, add_inbox, add_message, add_ticket

PICTURE = b"\x89PNG\r\n\x1a\n not really"


def a_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "omar@example.net", "us@shop.example", "Files"
    mail.set_content("See the files.")
    mail.add_alternative('<p>See <img src="cid:logo@x"></p>', subtype="html")
    body = mail.get_payload()[1]
    body.add_related(PICTURE, "image", "png", cid="<logo@x>", filename="logo.png")
    mail.add_attachment(b"%PDF-1.4", "application", "pdf", filename="فاتورة.pdf")
    mail.add_attachment("<script>", "html", filename="page.html")
    return mail.as_bytes()


@pytest.fixture
def tokens(shop: Shop) -> dict[str, str]:
    """The tokens of a message's files, by name, as the API shows them."""
    raw = a_mail()
    blob = shop.deps.blobs.put(shop.site_id, raw)
    ticket_id = shop.add(add_ticket, shop.inbox_id, number=1)
    message_id = shop.add(add_message, ticket_id, blob=blob)
    with shop.deps.sessions.writing() as connection:
        for file in mime.parse(raw).attachments:
            row: dict[str, Any] = {"site_id": shop.site_id, "id": new_id(START)}
            row |= {name: getattr(file, name) for name in ("part", "filename", "content_type")}
            row |= {name: getattr(file, name) for name in ("size", "content_id", "inline")}
            connection.execute(insert(attachments).values(message_id=message_id, **row))
    listed = shop.manager.get("/tickets/1/messages").json
    assert listed
    return {file["name"]: file["file_token"] for file in listed["items"][0]["attachments"]}


def test_a_file_is_handed_out_under_its_name(shop: Shop, tokens: dict[str, str]) -> None:
    answer = shop.plugin.get(f"/files/{tokens['فاتورة.pdf']}")
    assert (answer.status_code, answer.data) == (200, b"%PDF-1.4")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=UTF-8''%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9.pdf" in disposition


def test_a_picture_of_the_mail_is_shown_inline(shop: Shop, tokens: dict[str, str]) -> None:
    answer = shop.plugin.get(f"/files/{tokens['logo.png']}")
    assert (answer.data, answer.headers["Content-Disposition"]) == (
        PICTURE,
        "inline; filename=logo.png",
    )


def test_a_page_is_never_shown_inline(shop: Shop, tokens: dict[str, str]) -> None:
    answer = shop.plugin.get(f"/files/{tokens['page.html']}")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_token_needs_no_escape_in_an_address(shop: Shop) -> None:
    for kind in files.Kind:
        made = files.token(shop.deps, shop.site_id, new_id(START), START, kind)
        assert quote(made, safe="") == made


def test_a_token_runs_out(shop: Shop, tokens: dict[str, str], clock: FakeClock) -> None:
    path = f"/files/{tokens['logo.png']}"
    clock.advance(seconds=9 * 60 - 1)
    assert shop.plugin.get(path).status_code == 200
    clock.advance(seconds=61)
    answer = shop.plugin.get(path)
    assert answer.json
    assert (answer.status_code, answer.json["code"]) == (410, "file_expired")


@pytest.mark.parametrize("junk", ["x", ".", "a.b", "\u00e9", "A" * 32 + ".x", "A" * 300])
def test_a_token_that_is_none_is_not_found(shop: Shop, junk: str) -> None:
    answer = shop.app.test_client()
    token = shop.signer.token("GET", f"/api/v1/files/{junk}", b"", "plugin", "plugin")
    got = answer.get(f"/api/v1/files/{junk}", headers={"Authorization": f"Bearer {token}"})
    assert got.status_code in (401, 404)


def test_a_changed_token_is_not_found(shop: Shop, tokens: dict[str, str]) -> None:
    text, signature = tokens["logo.png"].split(".")
    forged = files.token(shop.deps, shop.site_id, 1, START).split(".")[0]
    for bad in (f"{forged}.{signature}", f"{text}.{signature[:-1]}", text):
        assert shop.plugin.get(f"/files/{bad}").status_code == 404


def test_a_token_of_another_site_is_not_found(shop: Shop, tokens: dict[str, str]) -> None:
    other = open_shop(shop.app, shop.deps, "other")
    assert other.plugin.get(f"/files/{tokens['logo.png']}").status_code == 404


def test_an_agent_fetches_files_of_inboxes_that_he_sees_alone(
    shop: Shop, tokens: dict[str, str]
) -> None:
    address = f"/files/{tokens['logo.png']}"
    assert shop.hire(8, inboxes=(shop.inbox_id,)).get(address).status_code == 200
    assert shop.hire(9, inboxes=(shop.add(add_inbox),)).get(address).status_code == 404
