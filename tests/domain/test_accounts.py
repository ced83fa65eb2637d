"""What a provider lists, counted once each against what became of it."""

from __future__ import annotations

import json

from inbox_service.domain.accounts import MOST_NAMED, Account
from inbox_service.domain.sync import MessageRef


def refs(*ids: str) -> list[MessageRef]:
    return [MessageRef(one) for one in ids]


def counted(*ids: str, **outcomes: str) -> Account:
    account = Account()
    account.count(account.new_of(refs(*ids)), outcomes)
    return account


def test_every_listed_message_is_accounted_for_by_its_outcome() -> None:
    account = counted("a", "b", "c", a="ticket", b="ticket", c="reply")
    figures = account.figures()
    assert (figures["shown"], figures["accounted"], figures["missing"]) == (3, 3, 0)
    assert figures["outcomes"] == {"reply": 1, "ticket": 2}


def test_a_message_without_a_receipt_is_missing_and_named() -> None:
    figures = counted("a", "b", a="ticket").figures()
    assert (figures["accounted"], figures["missing"], figures["missing_ids"]) == (1, 1, ["b"])


def test_only_so_many_missing_messages_are_named() -> None:
    figures = counted(*(str(number) for number in range(MOST_NAMED + 5))).figures()
    assert (figures["missing"], len(figures["missing_ids"])) == (MOST_NAMED + 5, MOST_NAMED)


def test_a_list_that_repeats_itself_counts_each_message_once() -> None:
    account = counted("a", "b", "a", a="ticket", b="reply")
    assert account.new_of(refs("b", "c", "c")) == refs("c")
    assert account.shown == 2


def test_a_count_goes_on_after_a_pause() -> None:
    account = counted("a", "b", "c", a="ticket", b="reply")
    stored = json.loads(json.dumps(account.figures()))
    again = Account.restored(stored, account.packed())
    assert again == account
    assert again.new_of(refs("a", "d")) == refs("d")


def test_a_count_that_was_never_paused_begins_empty() -> None:
    assert Account.restored({}, None) == Account()
