"""Messages on their way between two tickets by an agent's hand, with all that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inbox_service import mime
from inbox_service.domain.events import Actor
from inbox_service.domain.merging import told_by
from inbox_service.store import merging, messages, neighbourhoods
from inbox_service.store.threads import message_id_hash

from .desk import Desk, Row


@dataclass
class Moving:
    """Two tickets of a desk, the messages of both, and who acts."""

    desk: Desk
    actor: Actor
    source: Row
    target: Row
    rows: Sequence[Row]
    place: dict[int, int] = field(default_factory=dict)
    moves: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each message is now."""
        self.place = {row["id"]: row["ticket_id"] for row in self.rows}

    def move(self, ids: Iterable[int], ticket_id: int) -> None:
        """Put messages into a ticket with the keys that lead to them."""
        wanted = set(ids)
        for row in self.rows:
            if row["id"] in wanted:
                self.place[row["id"]] = self.moves[row["id"]] = ticket_id
                leads = row["reference_ids"] if row["believed"] is not False else ()
                hashes = [message_id_hash(one) for one in (row["rfc_message_id"], *leads) if one]
                self.desk.move(row["id"], ticket_id, hashes)

    def of(self, ticket: Row) -> list[Row]:
        """Return the messages that are in a ticket now, oldest first."""
        return [row for row in self.rows if self.place[row["id"]] == ticket["id"]]

    def lead_threads(self, ids: Iterable[int], ticket: Row) -> None:
        """Let the provider's threads of messages lead to a ticket too."""
        believed = {row["id"] for row in self.rows if row["believed"]}
        desk = self.desk
        for receipt in neighbourhoods.receipts_of(desk.connection, desk.site_id, ids):
            if receipt["message_id"] in believed:
                desk.link_thread(ticket["id"], receipt["mailbox_id"], receipt["provider_thread_id"])

    def tell_anew(self) -> None:
        """Let both tickets say what their messages say."""
        for ticket in (self.source, self.target):
            rows = self.of(ticket)
            ticket.update(told_by(rows), snippet=self._snippet(rows))
            latest = max((row["sent_at"] for row in rows), default=0)
            ticket["last_activity_at"] = max(ticket["last_activity_at"], latest)
            if ticket["status"] == "solved":
                ticket["waiting_since"] = None

    def move_sends(self) -> None:
        """Let the mails of messages go with them; unsent ones before the desk is flushed.

        Whoever sends one locks its row before the site's (design rule 1).
        """
        merging.move_sends(self.desk.connection, self.desk.site_id, self.moves)

    def _snippet(self, rows: Sequence[Row]) -> str:
        if not rows:
            return ""
        desk, last = self.desk, rows[-1]["id"]
        whole = messages.get_many(desk.connection, desk.site_id, [last])[last]
        return mime.snippet(whole["text"] or whole["folded_text"])


def texts(ids: Iterable[int]) -> list[str]:
    """Return ids as events hold them: JavaScript would round numbers."""
    return [str(one) for one in ids]
