"""A team for the tests of use cases, and the shop of `mail_shop`, open for every test here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from mail_shop import BILLING, SALES, SUPPORT, Shop
from team import Team

from connectors.memory.server import MemoryServer
from inbox_service.deps import Deps
from inbox_service.services import mailboxes
from inbox_service.services.auth import Caller
from inbox_service.testing import FakeClock, add_agent, add_inbox, add_site


@pytest.fixture
def team(deps: Deps) -> Team:
    with deps.sessions.writing() as connection:
        site_id = add_site(connection)
        inbox_id = add_inbox(connection, site_id)
        agent_id = add_agent(connection, site_id, wp_user_id=7)
    return Team(deps, site_id, inbox_id, agent_id, Caller(site_id, "agent", "7"))


@pytest.fixture
def shop(deps_with: Callable[[MemoryServer], Deps]) -> Shop:
    """A shop with empty mailboxes, back-filled and live."""
    clock = FakeClock()
    server = MemoryServer(clock)
    support = server.add(SUPPORT, aliases=[BILLING])
    sales = server.add(SALES)
    deps = replace(deps_with(server), clock=clock)
    with deps.sessions.writing() as connection:
        site_id = add_site(connection, name="Jasmine")
        agent_id = add_agent(connection, site_id)
    support_id = mailboxes.add_mailbox(
        deps,
        site_id,
        "memory",
        SUPPORT,
        {},
        [("Support", SUPPORT), ("Billing", BILLING)],
        {"mailbox": SUPPORT},
    )
    sales_id = mailboxes.add_mailbox(
        deps, site_id, "memory", SALES, {}, [("Sales", SALES)], {"mailbox": SALES}
    )
    made = Shop(deps, clock, site_id, agent_id, support, sales, support_id, sales_id)
    for mailbox_id in (support_id, sales_id):
        made.sync(mailbox_id)
    return made
