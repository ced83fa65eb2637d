"""The job that pictures an attached file."""

from __future__ import annotations

import structlog

from inbox_service.deps import Deps
from inbox_service.services import previews


def render_preview(deps: Deps, _holder: str, site_id: int, attachment_id: int) -> None:
    """Make the preview of one attachment."""
    with structlog.contextvars.bound_contextvars(site=site_id, attachment=attachment_id):
        previews.make(deps, site_id, attachment_id)
