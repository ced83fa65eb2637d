"""The jobs: each takes ids, may run twice, and calls one service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import structlog

from inbox_service.deps import Deps
from inbox_service.services import leftover_drafts, outbox, reconcile, sync

from .bulk_jobs import work_on_bulk
from .preview_jobs import render_preview


def sync_mailbox(deps: Deps, holder: str, site_id: int, mailbox_id: int) -> None:
    """Take one batch of a mailbox in, and ask for the next where there is one."""
    with structlog.contextvars.bound_contextvars(site=site_id, mailbox=mailbox_id):
        if sync.sync_mailbox(deps, site_id, mailbox_id, holder).more:
            deps.queue.hint("sync_mailbox", site_id, mailbox_id)


def reconcile_mailbox(deps: Deps, holder: str, site_id: int, mailbox_id: int) -> None:
    """Compare a mailbox with its provider for some seconds, and ask for more where there is."""
    with structlog.contextvars.bound_contextvars(site=site_id, mailbox=mailbox_id):
        if reconcile.work_on(deps, site_id, mailbox_id, holder):
            deps.queue.hint("reconcile_mailbox", site_id, mailbox_id)


def deliver(deps: Deps, holder: str, site_id: int, outbox_id: int) -> None:
    """Send one outbox row, or find out what became of it."""
    with structlog.contextvars.bound_contextvars(site=site_id, outbox=outbox_id):
        outbox.deliver(deps, site_id, outbox_id, holder)


def tidy_draft(deps: Deps, _holder: str, site_id: int, outbox_id: int) -> None:
    """Remove the draft that a send left which was taken back."""
    with structlog.contextvars.bound_contextvars(site=site_id, outbox=outbox_id):
        leftover_drafts.tidy(deps, site_id, outbox_id)


def known_jobs(deps: Deps, holder: str) -> Mapping[str, Callable[..., None]]:
    """Return the jobs by the names they are hinted under; `holder` names this process in leases."""
    return {
        "sync_mailbox": partial(sync_mailbox, deps, holder),
        "reconcile_mailbox": partial(reconcile_mailbox, deps, holder),
        "deliver": partial(deliver, deps, holder),
        "tidy_draft": partial(tidy_draft, deps, holder),
        "render_preview": partial(render_preview, deps, holder),
        "work_on_bulk": partial(work_on_bulk, deps, holder),
    }
