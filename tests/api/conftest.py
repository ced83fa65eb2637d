"""An application and a shop that is paired with it."""

from __future__ import annotations

import pytest
from flask import Flask
from shop import Shop, open_shop

from inbox_service.api import create_app
from inbox_service.deps import Deps


@pytest.fixture
def app(deps: Deps) -> Flask:
    return create_app(deps)


@pytest.fixture
def shop(app: Flask, deps: Deps) -> Shop:
    return open_shop(app, deps, "shop")
