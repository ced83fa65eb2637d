"""The connector of a mailbox's row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_service.deps import Deps
from inbox_service.ports import Connector

from .credentials import MailboxCredentials


def connect(deps: Deps, mailbox: Mapping[str, Any]) -> Connector:
    """Make the mailbox's connector; nothing is asked of the provider yet."""
    config = {
        "units": deps.settings.gmail_unit_table,
        **mailbox["config"],
        "address": mailbox["address"],
        "labels": mailbox["labels"],
    }
    project = str(config.get("project", ""))
    return deps.connectors.build(
        mailbox["kind"],
        config,
        MailboxCredentials(deps, mailbox["site_id"], mailbox["id"]),
        deps.budgets.of(project, mailbox["address"]),
    )
