"""The transactions of calls that only managers may make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from inbox_service.deps import Deps
from inbox_service.domain.rights import Viewer
from inbox_service.errors import Forbidden

from . import auth


@contextmanager
def reading(deps: Deps, caller: auth.Caller) -> Iterator[auth.Act]:
    """Open a read transaction; raises Forbidden `managers_only`."""
    with auth.reading(deps, caller) as act:
        _require_manager(act.viewer)
        yield act


@contextmanager
def writing(deps: Deps, caller: auth.Caller) -> Iterator[auth.Act]:
    """Open the call's write transaction, which spends its token; raises Forbidden."""
    with auth.writing(deps, caller) as act:
        _require_manager(act.viewer)
        yield act


def _require_manager(viewer: Viewer) -> None:
    if not viewer.can_manage:
        raise Forbidden("Only managers of the inbox may do this.", code="managers_only")
