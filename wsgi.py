"""The composition root of the web process: gunicorn loads `wsgi:app` after its fork."""

import os

from inbox_service import logs
from inbox_service.api import create_app
from workers import valkey
from workers.wiring import wire

_deps = wire(os.environ)
logs.configure(_deps.settings.log_level, "web")

app = create_app(_deps, {"redis": lambda: valkey.require(valkey.url_of(_deps.settings))})
