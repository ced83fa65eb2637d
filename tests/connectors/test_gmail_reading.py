"""How the Gmail connector reads, where Gmail has its own ways."""

from itertools import islice

import pytest

from connectors.gmail.cursors import Place
from connectors.testkit.gmail_harness import GmailHarness
from connectors.testkit.harness import HOUR, NOON, added, mail, put
from inbox_service.ports import (
    CursorExpired,
    Fetched,
    LabelsChanged,
    MessageRef,
    NeedsReauth,
    Priority,
    RetryLater,
    Scope,
    SkipMessage,
)

DAY = 24 * HOUR


def deliver(gmail: GmailHarness, name: str, at: int, labels: frozenset[str] | None = None) -> str:
    raw = mail(name, message_id=f"{name}@customer.example")
    return gmail.simulator.deliver(gmail.address, raw, labels=labels, received_at=at)["id"]


def test_a_long_history_comes_in_batches_that_each_resume(gmail):
    cursor = gmail.connector().start()
    ids = [ref.provider_id for ref in put(gmail, 510)]
    batches = list(gmail.connector().changes(cursor))
    assert added(batches) == ids
    assert max(len(batch.changes) for batch in batches) == 15
    for number in (0, 7, 19, 33):
        rest = gmail.connector().changes(batches[number].next_cursor)
        assert added(rest) == added(batches[number + 1 :])


def test_pages_without_history_are_passed_over(gmail):
    cursor = gmail.connector().start()
    gmail.simulator.fault("history.list", kind="blank_page", times=2)
    (ref,) = put(gmail, 1)
    *blank, batch = gmail.connector().changes(cursor)
    assert [(one.changes, one.next_cursor) for one in blank] == [((), cursor)] * 2
    assert (added([batch]), batch.done) == ([ref.provider_id], True)
    assert gmail.simulator.calls(gmail.address)["history.list"] == 3


def test_repeated_records_do_no_harm(gmail):
    gmail.simulator.configure(repeat_history=True)
    cursor = gmail.connector().start()
    ids = {ref.provider_id for ref in put(gmail, 3)}
    assert set(added(gmail.connector().changes(cursor))) == ids


def test_a_mail_moved_out_of_spam_is_new_to_us(gmail):
    provider_id = deliver(gmail, "spam", NOON, frozenset({"SPAM"}))
    cursor = gmail.connector().start()
    gmail.relabel(MessageRef(provider_id), add=["INBOX"], remove=["SPAM"])
    (batch,) = gmail.connector().changes(cursor)
    assert set(added([batch])) == {provider_id}
    assert any(isinstance(change, LabelsChanged) for change in batch.changes)


def test_a_list_of_ids_for_comparing_costs_a_page_of_five_hundred(gmail):
    ids = {deliver(gmail, f"m{n}", NOON - n * DAY // 24) for n in range(60)}
    before = gmail.simulator.calls(gmail.address).get("messages.list", 0)
    batches = list(gmail.connector().backfill(None, Scope(), ids_only=True))
    windows = gmail.simulator.calls(gmail.address)["messages.list"] - before
    assert set(added(batches)) == ids
    assert {batch.total for batch in batches} == {None}
    # Two labels, in windows that double from a day: no page of any window was cut.
    assert windows == len(batches)
    assert windows <= 2 * 14


def test_inbox_and_sent_are_back_filled_together_newest_first(gmail, clock):
    ages = {"a": (0.5, "INBOX"), "b": (2, "SENT"), "c": (5, "INBOX"), "d": (20, "SENT")}
    ids = {
        name: deliver(gmail, name, int(clock.now() - days * DAY), frozenset({label}))
        for name, (days, label) in ages.items()
    }
    found = added(gmail.connector().backfill(None, Scope()))
    assert found == [ids[name] for name in "abcd"]


def test_a_loosely_ordered_list_is_complete(gmail):
    gmail.simulator.configure(loose_order=True)
    ids = {ref.provider_id for ref in put(gmail, 12)}
    assert set(added(gmail.connector().backfill(None, Scope()))) == ids


def test_a_mail_dated_in_the_future_is_not_left_out(gmail, clock):
    provider_id = deliver(gmail, "future", clock.now() + 3 * DAY)
    assert added(gmail.connector().backfill(None, Scope())) == [provider_id]


def test_a_mail_from_the_last_century_is_not_left_out(gmail):
    provider_id = deliver(gmail, "old", 900_000_000_000)
    assert added(gmail.connector().backfill(None, Scope())) == [provider_id]


@pytest.mark.parametrize(("table", "size"), [("2026", 15), ("2025", 60)])
def test_a_batch_costs_no_more_than_the_quota_that_can_be_there(gmail, table, size):
    gmail.config["units"] = table
    put(gmail, 230)
    batches = list(gmail.connector().backfill(None, Scope(since=NOON - HOUR)))
    assert max(len(batch.changes) for batch in batches) == size
    assert len(set(added(batches))) == 230
    assert {batch.total for batch in batches} == {230}


def test_a_page_token_that_no_longer_works_costs_no_message(gmail):
    ids = {ref.provider_id for ref in put(gmail, 120)}
    first = next(b for b in gmail.connector().backfill(None, Scope()) if b.changes)
    gmail.simulator.fault("messages.list", reason="invalidArgument", message="Invalid pageToken")
    rest = gmail.connector().backfill(first.next_cursor, Scope())
    assert set(added([first]) + added(rest)) == ids


def test_another_fault_while_listing_is_not_taken_for_a_bad_token(gmail):
    gmail.simulator.fault("messages.list", reason="domainPolicy", times=None)
    with pytest.raises(Exception, match="domainPolicy"):
        list(gmail.connector().backfill(None, Scope()))


def test_the_back_fill_survives_a_change_of_labels(gmail):
    put(gmail, 2)
    stopped_in_a_label_now_gone = Place(gmail.clock.now(), label="Label_1").cursor()
    found = gmail.connector().backfill(stopped_in_a_label_now_gone, Scope())
    assert [batch.done for batch in found][-1]


def test_the_count_is_kept_before_the_first_message_is_fetched(gmail):
    put(gmail, 3)
    first = next(gmail.connector().backfill(None, Scope()))
    before = gmail.simulator.calls(gmail.address)["labels.get"]
    batches = list(gmail.connector().backfill(first.next_cursor, Scope()))
    assert [batch.total for batch in batches] == [3] * len(batches)
    assert gmail.simulator.calls(gmail.address)["labels.get"] == before


def test_a_back_fill_without_a_start_is_measured_by_its_labels(gmail):
    put(gmail, 5)
    first = next(gmail.connector().backfill(None, Scope()))
    assert first.total == 5
    assert gmail.simulator.calls(gmail.address)["labels.get"] == 2


def test_spam_trash_and_other_labels_are_not_listed(gmail):
    for label in ("SPAM", "TRASH", "CATEGORY_PROMOTIONS"):
        deliver(gmail, label, NOON, frozenset({label}))
    assert list(gmail.connector().list_refs(Scope())) == []


def test_a_message_with_both_labels_is_listed_once(gmail):
    provider_id = deliver(gmail, "self", NOON, frozenset({"INBOX", "SENT"}))
    found = [ref.provider_id for ref in gmail.connector().list_refs(Scope())]
    assert found == [provider_id]


def test_a_draft_is_not_fetched(gmail):
    provider_id = deliver(gmail, "draft", NOON, frozenset({"DRAFT"}))
    (found,) = gmail.connector().fetch([MessageRef(provider_id)], Priority.LIVE)
    assert isinstance(found.error, SkipMessage)


@pytest.mark.parametrize("table", ["2026", "2025"])
def test_results_before_a_refused_one_are_kept(gmail, table):
    gmail.config["units"] = table
    refs = put(gmail, 3)
    results = gmail.connector().fetch(refs * 5, Priority.LIVE)
    first_batch = list(islice(results, 10))
    gmail.limit_rate()
    with pytest.raises(RetryLater):
        next(results)
    assert all(isinstance(result, Fetched) for result in first_batch)


def test_the_bytes_are_exactly_those_that_arrived(gmail):
    raw = mail("Bytes", message_id="b@customer.example") + bytes(range(128, 256))
    (ref,) = [gmail.deliver(raw, NOON)]
    (found,) = gmail.connector().fetch([ref], Priority.LIVE)
    assert found.raw.endswith(raw)


@pytest.mark.parametrize("kind", ["drop", "error"])
def test_trouble_on_the_way_is_tried_later(gmail, kind):
    # The library repeats a dropped call once by itself, so both are dropped.
    gmail.simulator.fault("getProfile", kind=kind, times=2)
    with pytest.raises(RetryLater):
        gmail.connector().start()


@pytest.mark.parametrize("table", ["2026", "2025"])
def test_dropped_fetches_are_tried_later(gmail, table):
    gmail.config["units"] = table
    refs = put(gmail, 3)
    gmail.simulator.fault("*", kind="drop", times=None)
    with pytest.raises(RetryLater):
        list(gmail.connector().fetch(refs, Priority.LIVE))


def test_google_off_the_network_is_tried_later(gmail):
    connector = gmail.connector()
    cursor = connector.start()
    gmail.simulator.stop()
    with pytest.raises(RetryLater, match="cannot be reached"):
        list(connector.changes(cursor))


def test_an_expired_history_is_told_from_a_revoked_access(gmail):
    cursor = gmail.connector().start()
    gmail.expire_cursors()
    with pytest.raises(CursorExpired):
        list(gmail.connector().changes(cursor))
    gmail.revoke()
    with pytest.raises(NeedsReauth):
        list(gmail.connector().changes(cursor))


def test_the_owners_addresses_are_those_he_has_proven(gmail):
    gmail.simulator.add_alias(gmail.address, "unproven@shop.example", "pending")
    identity = gmail.connector().identify()
    assert (identity.address, identity.aliases) == (gmail.address, (gmail.alias,))
    assert identity.scopes == ("https://www.googleapis.com/auth/gmail.modify",)


@pytest.mark.parametrize("table", ["2026", "2025"])
def test_we_count_the_units_that_google_counts(gmail, table):
    gmail.simulator.configure(unit_table=table)
    gmail.config["units"] = table
    (ref,) = put(gmail, 1)
    connector = gmail.connector()
    connector.identify()
    list(connector.changes(connector.start()))
    list(connector.backfill(None, Scope()))
    list(connector.fetch([ref], Priority.BACKFILL))
    assert gmail.budget.total == gmail.simulator.units(gmail.address) > 0


def test_messages_are_paid_for_before_the_first_is_fetched(gmail):
    refs = put(gmail, 25)
    gmail.budget.limit = 499
    with pytest.raises(RetryLater):
        list(gmail.connector().fetch(refs, Priority.BACKFILL))
    assert gmail.simulator.calls(gmail.address) == {}


def test_nothing_is_asked_without_budget(gmail):
    gmail.budget.limit = 0
    with pytest.raises(RetryLater):
        gmail.connector().start()
    assert gmail.simulator.calls(gmail.address) == {}
