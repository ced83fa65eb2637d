"""A team for the tests of use cases."""

from __future__ import annotations

import pytest
from team import Team

from inbox_service.deps import Deps
from inbox_service.services.auth import Caller
from inbox_service.testing import add_agent, add_inbox, add_site


@pytest.fixture
def team(deps: Deps) -> Team:
    with deps.sessions.writing() as connection:
        site_id = add_site(connection)
        inbox_id = add_inbox(connection, site_id)
        agent_id = add_agent(connection, site_id, wp_user_id=7)
    return Team(deps, site_id, inbox_id, agent_id, Caller(site_id, "agent", "7"))
