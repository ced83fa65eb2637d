"""Whom a note mentions: they hear of it by a notice, and follow its ticket from then on.

The composer writes a mention as <span data-mention="agent:12">; what that says is believed only
after it was compared with who is here and sees the ticket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.search_words import words
from inbox_service.errors import Invalid
from inbox_service.store import agents, events, followers, mentions
from inbox_service.store import teams as team_store

from . import auth, replies
from .replies import ReplyDraft
from .views import visible_ticket

MOST_OFFERED = 20
_MENTION = re.compile(r'data-mention="(agent|team):([0-9]{1,19})"')

Kind = Literal["agent", "team"]


@dataclass(frozen=True, slots=True)
class Mentionable:
    """Somebody, or a team, that a note in a ticket may mention."""

    kind: Kind
    id: int
    name: str


def mentionable(deps: Deps, caller: auth.Caller, number: int, text: str) -> list[Mentionable]:
    """Return agents, then teams, who see the ticket and whose names hold words that begin so."""
    with auth.reading(deps, caller) as act:
        crew = _Crew(act, visible_ticket(act, number)["inbox_id"])
        # One by one: who may see the inbox is asked for those alone who are shown.
        return list(islice(filter(crew.sees, crew.everybody(words(text))), MOST_OFFERED))


def add_note(act: auth.Act, deps: Deps, number: int, draft: ReplyDraft) -> int:
    """Write a note into the ticket; return the message's id.

    raises Invalid `mention_unknown`, and `mention_unseen` with the `names` of those who may not see
    the ticket: nothing is written then.
    """
    site_id, agent_id = act.viewer.site_id, act.viewer.agent_id or 0
    # As the note will show them: what is highlighted there was told.
    named = list(dict.fromkeys(_MENTION.findall(mime.sanitize(draft.html).html)))
    if not named:
        return replies.add_note(act.connection, deps, site_id, agent_id, number, draft)
    # Locked before anybody follows it: two notes at once would each wait for the other's lock.
    ticket = visible_ticket(act, number, lock=True)
    meant = _Crew(act, ticket["inbox_id"]).meant(named)
    followers.add(act.connection, site_id, ticket["id"], sorted(meant - {agent_id}), act.at)
    message_id = replies.add_note(act.connection, deps, site_id, agent_id, number, draft)
    mentions.add(act.connection, site_id, message_id, meant - {agent_id})
    told = {
        "agent_ids": [str(one) for one in sorted(meant)],
        # As they were written, of which `agent_ids` are the people.
        "named": [f"{kind}:{one}" for kind, one in named],
    }
    actor = Actor("agent", agent_id)
    event = NewEvent("agents_mentioned", actor, ticket["id"], message_id, ticket["inbox_id"], told)
    events.append(act.connection, site_id, [event], act.at)
    return message_id


class _Crew:
    """The agents and teams of a site, and who of them sees an inbox."""

    def __init__(self, act: auth.Act, inbox_id: int) -> None:
        connection, site_id = act.connection, act.viewer.site_id
        self._act, self._inbox_id = act, inbox_id
        self._agents = {one["id"]: one for one in agents.all_active(connection, site_id)}
        self._teams = {one["id"]: one["name"] for one in agents.all_teams(connection, site_id)}
        self._members = team_store.members(connection, site_id)
        self._sight: dict[int, bool] = {}

    def everybody(self, wanted: Sequence[str]) -> Iterator[Mentionable]:
        """Yield whose name holds words that begin with the wanted ones; not the caller."""
        for agent in self._agents.values():
            if agent["id"] != self._act.viewer.agent_id and _is_called(agent["name"], wanted):
                yield Mentionable("agent", agent["id"], agent["name"])
        for team_id, name in self._teams.items():
            if _is_called(name, wanted):
                yield Mentionable("team", team_id, name)

    def sees(self, one: Mentionable) -> bool:
        """Tell whether a mention reaches anybody."""
        return any(map(self._sees, self._behind(one.kind, one.id)))

    def meant(self, named: Sequence[tuple[str, str]]) -> set[int]:
        """Return the agents behind the mentions; of a team those of it who see the inbox."""
        unseen, meant = [], set[int]()
        for kind, text in named:
            one = self._known(kind, int(text))
            seeing = {agent_id for agent_id in self._behind(kind, one.id) if self._sees(agent_id)}
            meant |= seeing
            unseen += [] if seeing else [one.name]
        if unseen:
            raise Invalid(
                f"{', '.join(unseen)} cannot see this ticket: take the mention out, or have the "
                "inbox opened to them.",
                code="mention_unseen",
                field="html",
                names=unseen,
            )
        return meant

    def _known(self, kind: str, one: int) -> Mentionable:
        known: Mapping[int, Any] = self._teams if kind == "team" else self._agents
        if one not in known:
            raise Invalid(
                "The note mentions somebody who is not here any more: take the mention out.",
                code="mention_unknown",
                field="html",
            )
        if kind == "team":
            return Mentionable("team", one, self._teams[one])
        return Mentionable("agent", one, self._agents[one]["name"])

    def _behind(self, kind: str, one: int) -> list[int]:
        if kind == "agent":
            return [one]
        return [row["agent_id"] for row in self._members.get(one, [])]

    def _sees(self, agent_id: int) -> bool:
        if agent_id not in self._sight:
            viewer = agents.viewer(self._act.connection, self._agents[agent_id])
            self._sight[agent_id] = viewer.sees(self._inbox_id)
        return self._sight[agent_id]


def _is_called(name: str, wanted: Sequence[str]) -> bool:
    parts = words(name)
    return all(any(part.startswith(word) for part in parts) for word in wanted)
