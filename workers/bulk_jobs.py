"""The job of changes to many tickets, and the sweep that finds those which a kill left behind."""

from __future__ import annotations

import structlog

from inbox_service.deps import Deps
from inbox_service.services import bulk


def work_on_bulk(deps: Deps, _holder: str, site_id: int, bulk_id: int) -> None:
    """Change the next tickets of a bulk, and ask for the rest where there is one."""
    with structlog.contextvars.bound_contextvars(site=site_id, bulk=bulk_id):
        if bulk.work_on(deps, site_id, bulk_id):
            deps.queue.hint("work_on_bulk", site_id, bulk_id)


def hint_running(deps: Deps) -> int:
    """Hint every bulk that is under way; return how many."""
    running = bulk.running(deps)
    for site_id, bulk_id in running:
        deps.queue.hint("work_on_bulk", site_id, bulk_id)
    return len(running)
