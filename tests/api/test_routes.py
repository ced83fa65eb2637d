"""What a token signs: the address byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from shop import API, MANAGER, Shop
from werkzeug.test import EnvironBuilder, run_wsgi_app

from inbox_service.api.files import _content_type, _disposition
from inbox_service.api.routes import path_as_sent
from inbox_service.services.files import File


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"RAW_URI": "/a%20b?x=%2F&x=+"}, "/a%20b?x=%2F&x=+"),
        ({"RAW_URI": "", "REQUEST_URI": "/a?b"}, "/a?b"),
        ({"RAW_URI": "http://127.0.0.1:80/a?b"}, "/a?b"),
        ({"RAW_URI": "http://127.0.0.1"}, "/"),
        ({"RAW_URI": "/a?"}, "/a?"),
    ],
)
def test_the_path_is_what_was_sent(environ: dict[str, str], path: str) -> None:
    with Flask("paths").request_context(EnvironBuilder().get_environ() | environ):
        assert path_as_sent() == path


def test_a_server_that_keeps_no_raw_address_has_it_rebuilt() -> None:
    environ = EnvironBuilder(path="/a b/ü", query_string="x=1&y=%20").get_environ()
    for name in ("RAW_URI", "REQUEST_URI"):
        environ.pop(name, None)
    with Flask("paths").request_context(environ):
        assert path_as_sent() == "/a%20b/%C3%BC?x=1&y=%20"


def test_head_is_not_get(shop: Shop) -> None:
    token = shop.signer.token("GET", f"{API}/me", b"", "agent", str(MANAGER))
    answer = shop.app.test_client().head(f"{API}/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_proxys_word_about_the_client_is_not_believed_by_default(shop: Shop) -> None:
    codes = []
    for number in range(12):
        forged = {"X-Forwarded-For": f"10.0.0.{number}"}
        body = {"code": "1-x", "home_url": "https://a.example"}
        answer = shop.app.test_client().post(f"{API}/pairing", json=body, headers=forged)
        codes.append(answer.status_code)
    assert codes == [403] * 10 + [429] * 2


def test_options_are_not_offered_to_browsers_of_other_sites(shop: Shop) -> None:
    environ = EnvironBuilder(path=f"{API}/me", method="OPTIONS").get_environ()
    _, status, headers = run_wsgi_app(shop.app, environ)
    assert status.startswith("405")
    assert "Access-Control-Allow-Origin" not in headers


def a_file(**values: Any) -> File:
    return File(
        **{"content": b"", "filename": "a", "content_type": "a/b", "inline": False} | values
    )


@pytest.mark.parametrize("name", ['a"b', "a\r\nSet-Cookie: x=1", "a;b", "\u202egpj.exe", "", "é"])
def test_a_files_name_cannot_leave_its_header(name: str) -> None:
    header = _disposition(a_file(filename=name))
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith("attachment; filename")


@pytest.mark.parametrize(
    ("claimed", "sent"),
    [
        ("image/png", "image/png"),
        ("text/html; charset=x", "application/octet-stream"),
        ("a/b\r\nX: y", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("a/b/c", "application/octet-stream"),
    ],
)
def test_a_files_type_is_one_type_or_unknown(claimed: str, sent: str) -> None:
    assert _content_type(a_file(content_type=claimed)) == sent
