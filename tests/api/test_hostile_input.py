"""Requests made from the OpenAPI document, and against it, never end in a fault of ours."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from populate import USER, fill
from shop import MANAGER, Shop, open_shop
from trials import Stage

from connectors.testkit.gmail_simulator import GmailSimulator
from inbox_service.api.openapi import document

DOCUMENT = document()
OPERATIONS = [
    (path, method)
    for path, methods in DOCUMENT["paths"].items()
    for method in methods
    if method != "parameters"
]
FEW, MANY = 8, 25
SUBJECTS = {"agent": str(MANAGER), "plugin": "plugin", "customer": str(USER)}


def examples_of(path: str, method: str) -> int:
    """Return how many requests are made of an operation."""
    operation = DOCUMENT["paths"][path][method]
    parameters = [*DOCUMENT["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    # Where no body and one parameter at most is drawn, more would only be other numbers. And on
    # PostgreSQL the requests are the same ones: SQLite has answered all of them.
    is_plain = "requestBody" not in operation and len(parameters) < 2
    return FEW if is_plain or os.environ.get("TEST_DATABASE_URL") else MANY


class SigningApp:
    """The application behind a door that signs every request as an actor the route admits."""

    def __init__(self, app: Flask, shop: Shop, typ: str) -> None:
        self._app, self._shop, self._typ = app, shop, typ

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        token = self._shop.signer.token(
            environ["REQUEST_METHOD"], environ["RAW_URI"], body, self._typ, SUBJECTS[self._typ]
        )
        signed = {"wsgi.input": io.BytesIO(body), "HTTP_AUTHORIZATION": f"Bearer {token}"}
        return self._app(environ | signed, start_response)


@pytest.fixture(scope="module")
def filled(stage: Stage, google: GmailSimulator) -> Shop:
    """A shop that is filled once: what a test does is taken back."""
    return fill(open_shop(stage.app, stage.deps, "shop"), "SHOP", 1, google).shop


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_ends_in_a_fault_of_ours(filled: Shop, path: str, method: str) -> None:
    admits = [one for need in DOCUMENT["paths"][path][method]["security"] for one in need["bearer"]]
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    typ = next((one for one in admits if one in SUBJECTS), "agent")
    schema.app = SigningApp(filled.app, filled, typ)

    @settings(
        max_examples=examples_of(path, method),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        # A fault is told as it was found: five minutes of making it smaller would hold up the rest.
        phases=[Phase.generate],
    )
    @given(schema[path][method.upper()].as_strategy())
    def try_one(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500, answer.text
        assert answer.status_code != 401, answer.text

    try_one()
