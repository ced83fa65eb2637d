"""A mailbox sends no more in a day than its provider or its manager allows; the rest waits."""

from __future__ import annotations

import pytest
from mail_shop import Shop

from inbox_service.errors import NotFound
from inbox_service.ports import QuotaSpent, RetryLater
from inbox_service.services import outbox, send_limits
from inbox_service.services.auth import Caller
from inbox_service.services.send_limits import MailboxSends
from inbox_service.store.tables import agents

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def _opened(shop: Shop) -> None:
    shop.arrive(Message_ID="<first@x>")
    shop.sync()
    with shop.deps.sessions.writing() as connection:
        connection.execute(agents.update().values(role="manager"))


def caller(shop: Shop) -> Caller:
    [agent] = shop.rows(agents)
    return Caller(shop.site_id, "agent", str(agent["wp_user_id"]))


def limit(shop: Shop, recipients: int | None) -> None:
    send_limits.set_daily_limit(shop.deps, caller(shop), shop.mailbox()["id"], recipients)


def stands(shop: Shop) -> MailboxSends:
    found = send_limits.show(shop.deps, caller(shop)).mailboxes
    return next(one for one in found if one.id == shop.mailbox()["id"])


def test_what_is_over_the_limit_waits_until_a_day_after_the_first(shop: Shop) -> None:
    limit(shop, 1)
    shop.reply()
    assert shop.deliver_due() == ["sent"]
    first_at = shop.clock.now()
    shop.clock.advance(hours=1)
    shop.reply(text="And another thing.")
    assert shop.deliver_due() == ["waiting"]
    waiting = shop.outbox()[1]
    assert (waiting["reason"], waiting["due_at"]) == ("send_limit", first_at + 24 * HOUR)
    shop.clock.advance(hours=23)
    assert shop.deliver_due() == ["sent"]


def test_everybody_who_gets_a_mail_counts(shop: Shop) -> None:
    limit(shop, 2)
    shop.reply(cc=("eve@example.org",))
    shop.reply(text="And another thing.")
    assert shop.deliver_due() == ["sent", "waiting"]


def test_a_mail_to_more_than_the_limit_goes_when_nothing_is_beside_it(shop: Shop) -> None:
    limit(shop, 1)
    shop.reply(cc=("eve@example.org",))
    assert shop.deliver_due() == ["sent"]


def test_what_waits_goes_once_its_manager_allows_more(shop: Shop) -> None:
    limit(shop, 1)
    shop.reply()
    shop.reply(text="And another thing.")
    assert shop.deliver_due() == ["sent", "waiting"]
    limit(shop, None)
    assert shop.deliver_due() == ["sent"]


def test_what_may_have_gone_out_is_looked_for_beyond_the_limit(shop: Shop) -> None:
    shop.reply()
    shop.reply(text="And another thing.")
    shop.support.lose_next_answer()
    shop.support.fail_next("find_sent", RetryLater(60))
    assert sorted(shop.deliver_due()) == ["sent", "unsure"]
    limit(shop, 1)
    assert shop.deliver_due() == ["sent"]


def test_a_mailbox_near_its_limit_says_so(shop: Shop) -> None:
    limit(shop, 5)
    shop.reply(cc=("a@x.example", "b@x.example"))
    shop.deliver_due()
    assert (stands(shop).recipients, stands(shop).is_near) == (3, False)
    shop.reply()
    shop.deliver_due()
    assert (stands(shop).recipients, stands(shop).is_near) == (4, True)


def test_a_mailbox_at_its_limit_says_until_when(shop: Shop) -> None:
    limit(shop, 1)
    shop.reply()
    shop.deliver_due()
    assert stands(shop).paused_until == shop.clock.now() + 24 * HOUR


def test_without_a_choice_the_limit_is_the_providers(shop: Shop) -> None:
    found = stands(shop)
    assert (found.limit, found.provider_limit, found.daily_limit) == (2000, 2000, None)


def test_the_addresses_a_mailbox_sends_as_are_named(shop: Shop) -> None:
    assert stands(shop).address in stands(shop).senders
    assert len(stands(shop).senders) > 1


def test_a_mailbox_that_is_not_there_has_no_limit(shop: Shop) -> None:
    with pytest.raises(NotFound):
        send_limits.set_daily_limit(shop.deps, caller(shop), 404, 10)


# --- many that wait -------------------------------------------------------------------------------


def test_who_spent_his_quota_looks_for_no_draft_the_next_time(shop: Shop) -> None:
    shop.reply()
    shop.support.fail_next("prepare", QuotaSpent(2))
    assert shop.deliver_due() == ["waiting"]
    assert shop.outbox()[0]["claims"] == 0
    shop.clock.advance(seconds=2)
    assert shop.deliver_due() == ["sent"]


def test_a_mailbox_with_much_to_send_lets_others_come_first(shop: Shop) -> None:
    for number in range(12):
        shop.reply(text=f"Part {number}")
    ids = [row["id"] for row in shop.outbox()]
    assert [row_id for _, row_id in outbox.due(shop.deps)] == ids[:10]
