"""Builds Deps for a process: the one place that knows which outsides are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.registry import Endpoints, Registry
from inbox_service.deps import Deps, SystemClock
from inbox_service.settings import Settings
from inbox_service.store.blobs import FileBlobs
from inbox_service.store.engine import Sessions
from inbox_service.store.secrets import SealedSecrets, load_secret_key

from . import valkey
from .budget import Rates, ValkeyBudgets
from .presence import ValkeyPresence
from .queue import RqQueue


def wire(env: Mapping[str, str]) -> Deps:
    """Return the Deps that `env` describes; it opens no connection.

    raises Misconfigured naming the setting and the remedy.
    """
    settings = Settings.from_env(env)
    clock = SystemClock()
    connection = valkey.connect(valkey.url_of(settings))
    return Deps(
        settings=settings,
        sessions=Sessions(settings.database_url),
        clock=clock,
        queue=RqQueue(connection),
        connectors=Registry(_endpoints(settings), clock),
        budgets=ValkeyBudgets(connection, Rates.of(settings)),
        blobs=FileBlobs(settings.data_dir / "blobs"),
        secrets=SealedSecrets(load_secret_key(settings.secret_key, settings.data_dir)),
        presence=ValkeyPresence(connection, clock),
    )


def probes(deps: Deps) -> Mapping[str, Callable[[], None]]:
    """Return what /readyz checks beside the database; each raises Unavailable with a remedy."""
    return {"queue": lambda: valkey.require(valkey.url_of(deps.settings))}


def _endpoints(settings: Settings) -> Endpoints:
    return Endpoints(
        gmail_api_root=settings.gmail_api_root,
        google_oauth_root=settings.google_oauth_root,
        google_certs_url=settings.google_certs_url,
        pubsub_root=settings.pubsub_root,
    )
