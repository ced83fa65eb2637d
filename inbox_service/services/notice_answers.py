"""Mail that answers a notice of ours, on its way in: it is an agent's, and no customer's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM
from inbox_service.domain.intake import addressed
from inbox_service.domain.mail import BounceReport, ParsedMail
from inbox_service.ports import SecretBox
from inbox_service.store import agents
from inbox_service.store import notices as store
from inbox_service.store.rows import Row
from inbox_service.store.threads import message_id_hash

from .answer_tokens import LIFE_MINUTES, MINUTE_MS, Answerable, answerable
from .desk import Desk
from .mail_reading import Mail
from .message_rows import reference_ids


class NoticeAnswers:
    """The notices that a batch of mail answers, or reports as not delivered."""

    def __init__(self, connection: Connection, secrets: SecretBox, site_id: int, now: int) -> None:
        """Take the open transaction."""
        self._connection = connection
        self._secrets = secrets
        self._site_id = site_id
        self._now = now
        self._notices: Mapping[str, Row] = {}
        self._answered: dict[str, Answerable] = {}

    def look_up(self, mails: Sequence[Mail]) -> None:
        """Read which notices the mails name, by a token in an address or by Message-ID."""
        parsed = {mail.ref.provider_id: mail.parsed for mail in mails if mail.parsed}
        named = [one for mail in parsed.values() for one in _named(mail)]
        self._notices = store.mails_of(self._connection, self._site_id, named)
        for provider_id, mail in parsed.items():
            found = self._by_token(mail) or self._by_reference(mail)
            # Who left is a stranger: his mail goes the way of everybody's.
            if found is not None and self._is_active(found.agent_id):
                self._answered[provider_id] = found

    def of(self, mail: Mail) -> Answerable | None:
        """Return what the mail answers, None for all other mail."""
        return self._answered.get(mail.ref.provider_id)

    def announce(self, desk: Desk, mailbox_id: int, mail: Mail) -> None:
        """Record that the mail is an agent's answer; who looks at events takes it in."""
        answered = self._answered[mail.ref.provider_id]
        facts: Row = {
            "mailbox_id": str(mailbox_id),
            "mail": mail.ref.provider_id,
            "ticket_id": str(answered.ticket_id),
            "agent_id": str(answered.agent_id),
            "told_at": answered.told_at,
            "lives": answered.lives,
        }
        desk.record("notice_answered", SYSTEM, None, **facts)

    def took_report(self, desk: Desk, report: BounceReport | None) -> bool:
        """Note that a notice came back; False where the report is of another mail."""
        notice = self._reported(report)
        if report is None or notice is None:
            return False
        if report.marks_address:
            self._mark(notice, report.status or report.reason.value)
            desk.record("notice_bounced", SYSTEM, None, agent_id=str(notice["agent_id"]))
        return True

    def _reported(self, report: BounceReport | None) -> Row | None:
        """Return the notice that did not arrive at the address it went to."""
        if report is None or not report.original_message_id:
            return None
        notice = self._notices.get(message_id_hash(report.original_message_id))
        # Anybody may write a notification: it says something of the address it went to alone.
        return notice if notice and notice["email"] == report.recipient else None

    def _mark(self, notice: Row, said: str) -> None:
        row = store.settings_for(self._connection, notice["site_id"], notice["agent_id"])
        values = {"bounced_email": notice["email"], "bounce": said[:500], "bounced_at": self._now}
        store.put_settings(self._connection, row | values)

    def _by_token(self, mail: ParsedMail) -> Answerable | None:
        found = (
            answerable(self._secrets, self._site_id, email, self._now) for email in addressed(mail)
        )
        return next((one for one in found if one is not None), None)

    def _by_reference(self, mail: ParsedMail) -> Answerable | None:
        """Message-IDs travel further than tokens: only the one who got the notice answers so."""
        sender = mail.sender.email if mail.sender else ""
        for rfc_id in reversed(reference_ids(mail)):
            notice = self._notices.get(message_id_hash(rfc_id))
            if notice and notice["ticket_id"] is not None and notice["email"] == sender:
                told_at = notice["sent_at"]
                lives = self._now < told_at + LIFE_MINUTES * MINUTE_MS
                return Answerable(notice["ticket_id"], notice["agent_id"], told_at, lives)
        return None

    def _is_active(self, agent_id: int) -> bool:
        agent = agents.get(self._connection, self._site_id, agent_id)
        return agent is not None and agent["state"] == "active"


def _named(mail: ParsedMail) -> list[str]:
    reported = [mail.bounce.original_message_id] if mail.bounce else []
    return [*reference_ids(mail), *reported]
