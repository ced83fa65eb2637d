"""The document that describes the API."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from shop import API

from inbox_service.api.openapi import document

CHECKED_IN = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_document_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(document()).validate()


def test_the_copy_in_the_documentation_is_current() -> None:
    stored = json.loads(CHECKED_IN.read_text(encoding="utf-8"))
    assert stored == document(), "run: python -m inbox_service.api > docs/openapi.json"


def test_the_service_serves_it(app: Flask) -> None:
    served = app.test_client().get(f"{API}/openapi.json").json
    assert served == document()


def test_every_operation_says_whom_it_admits() -> None:
    operations = {
        f"{method} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }
    open_to_all = [name for name, operation in operations.items() if not operation["security"]]
    assert open_to_all == [f"post {API}/pairing"]
