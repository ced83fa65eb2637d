"""The tests that every connector passes.

Inherit ConnectorConformance in a test class and give it a `harness` fixture; see
docs/connectors.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.testkit.conformance_sending import (
    LabelConformance,
    PushConformance,
    SendingConformance,
)
from connectors.testkit.harness import HOUR, NOON, Harness, added, header, mail, put
from connectors.testkit.mirror import Mirror
from inbox_service.domain.mail import INBOX, UNREAD
from inbox_service.ports import (
    Cursor,
    CursorExpired,
    Fetched,
    FetchFailed,
    LabelsChanged,
    MessageRef,
    MessageRemoved,
    NeedsReauth,
    Priority,
    RetryLater,
    Scope,
    SkipMessage,
)

INBOX_ONLY = Scope(labels=frozenset({INBOX}))


class ReadingConformance:
    """What a connector promises about reading."""

    @pytest.fixture
    def harness(self) -> Iterator[Harness]:
        """Give the provider under test: override this."""
        raise NotImplementedError

    def test_identify_names_the_mailbox(self, harness: Harness) -> None:
        assert harness.connector().identify().address == harness.address

    def test_the_live_stream_begins_where_start_said(self, harness: Harness) -> None:
        put(harness, 1)
        cursor = harness.connector().start()
        later = put(harness, 2, start=1)
        found = added(harness.connector().changes(cursor))
        assert found == [ref.provider_id for ref in later]

    def test_nothing_new_is_one_empty_last_batch(self, harness: Harness) -> None:
        put(harness, 1)
        connector = harness.connector()
        (batch,) = connector.changes(connector.start())
        assert (batch.changes, batch.done) == ((), True)

    def test_only_the_last_batch_is_done(self, harness: Harness) -> None:
        cursor = harness.connector().start()
        put(harness, 7)
        batches = list(harness.connector().changes(cursor))
        assert [batch.done for batch in batches] == [False] * (len(batches) - 1) + [True]

    def test_changes_resume_after_any_batch_without_a_gap(self, harness: Harness) -> None:
        first = harness.connector().start()
        refs = {ref.provider_id for ref in put(harness, 7)}
        seen: set[str] = set()
        for batch in harness.connector().changes(first):
            seen.update(added([batch]))
            rest = added(harness.connector().changes(batch.next_cursor))
            assert seen | set(rest) == refs

    def test_changes_end_in_a_cursor_that_sees_the_next_mail(self, harness: Harness) -> None:
        cursor = harness.connector().start()
        put(harness, 2)
        *_, last = harness.connector().changes(cursor)
        (later,) = put(harness, 1, start=2)
        assert later.provider_id in added(harness.connector().changes(last.next_cursor))

    def test_a_label_taken_away_elsewhere_is_reported(self, harness: Harness) -> None:
        (ref,) = put(harness, 1)
        cursor = harness.connector().start()
        harness.read_by_a_person(ref)
        (batch,) = harness.connector().changes(cursor)
        assert [c.ref.provider_id for c in batch.changes if isinstance(c, LabelsChanged)] == [
            ref.provider_id
        ]

    def test_a_removed_message_is_reported(self, harness: Harness) -> None:
        (ref,) = put(harness, 1)
        cursor = harness.connector().start()
        harness.delete(ref)
        (batch,) = harness.connector().changes(cursor)
        assert [c.ref.provider_id for c in batch.changes if isinstance(c, MessageRemoved)] == [
            ref.provider_id
        ]

    def test_a_forgotten_cursor_has_expired(self, harness: Harness) -> None:
        cursor = harness.connector().start()
        put(harness, 1)
        harness.expire_cursors()
        with pytest.raises(CursorExpired):
            list(harness.connector().changes(cursor))

    def test_a_cursor_of_another_make_has_expired(self, harness: Harness) -> None:
        with pytest.raises(CursorExpired):
            list(harness.connector().changes("x9:12"))

    def test_backfill_goes_from_the_newest_to_the_oldest(self, harness: Harness) -> None:
        refs = put(harness, 7)
        found = added(harness.connector().backfill(None, INBOX_ONLY))
        assert found == [ref.provider_id for ref in reversed(refs)]

    def test_backfill_of_an_empty_mailbox_comes_to_its_end(self, harness: Harness) -> None:
        *earlier, last = harness.connector().backfill(None, INBOX_ONLY)
        assert added([*earlier, last]) == []
        assert last.done
        assert not any(batch.done for batch in earlier)

    def test_backfill_resumes_at_any_cursor_without_a_gap(self, harness: Harness) -> None:
        refs = [ref.provider_id for ref in reversed(put(harness, 7))]
        cursor: Cursor | None = None
        seen: list[str] = []
        done = False
        while not done:
            batch = next(harness.connector().backfill(cursor, INBOX_ONLY))
            cursor, done = batch.next_cursor, batch.done
            seen += added([batch])
        assert seen == refs

    def test_a_list_of_ids_holds_what_a_backfill_holds_and_resumes(self, harness: Harness) -> None:
        refs = [ref.provider_id for ref in reversed(put(harness, 7))]
        first, *_ = harness.connector().backfill(None, INBOX_ONLY, ids_only=True)
        rest = harness.connector().backfill(first.next_cursor, INBOX_ONLY, ids_only=True)
        assert added([first, *rest]) == refs

    def test_a_finished_backfill_stays_finished(self, harness: Harness) -> None:
        put(harness, 3)
        *_, last = harness.connector().backfill(None, INBOX_ONLY)
        (again,) = harness.connector().backfill(last.next_cursor, INBOX_ONLY)
        assert (again.changes, again.done) == ((), True)

    def test_backfill_stops_at_the_start_of_its_scope(self, harness: Harness) -> None:
        refs = put(harness, 6)
        scope = Scope(since=NOON + 3 * HOUR - HOUR // 2, labels=frozenset({INBOX}))
        found = added(harness.connector().backfill(None, scope))
        assert found == [ref.provider_id for ref in reversed(refs[3:])]

    def test_backfill_says_how_much_there_is(self, harness: Harness) -> None:
        put(harness, 5)
        first = next(harness.connector().backfill(None, INBOX_ONLY))
        assert first.total is None or first.total == 5

    def test_the_listing_holds_every_message_of_the_scope_once(self, harness: Harness) -> None:
        refs = put(harness, 6)
        found = [ref.provider_id for ref in harness.connector().list_refs(Scope())]
        assert sorted(found) == sorted(ref.provider_id for ref in refs)

    @pytest.mark.parametrize("seed", range(4))
    def test_a_reader_that_dies_at_any_batch_misses_nothing(
        self, harness: Harness, seed: int
    ) -> None:
        mirror = Mirror(harness, seed)
        for _ in range(40):
            mirror.live_through_something()
        mirror.catch_up()
        assert mirror.known == set(mirror.there)

    def test_fetch_gives_the_bytes_labels_and_time_of_a_message(self, harness: Harness) -> None:
        (ref,) = put(harness, 1)
        (fetched,) = harness.connector().fetch([ref], Priority.LIVE)
        assert isinstance(fetched, Fetched)
        assert header(fetched.raw, "Message-ID") == "n0@customer.example"
        assert fetched.raw.endswith(mail("Mail 0", message_id="x@y.example")[-20:])
        assert fetched.labels >= {INBOX, UNREAD}
        assert fetched.received_at == NOON
        assert fetched.ref.thread_id

    def test_fetch_gives_one_result_per_ref_in_order(self, harness: Harness) -> None:
        refs = put(harness, 23)
        unknown = MessageRef("00000000000000ff")
        asked = [*refs[::-1], unknown, refs[0]]
        results = list(harness.connector().fetch(asked, Priority.BACKFILL))
        assert [r.ref.provider_id for r in results] == [ref.provider_id for ref in asked]

    @pytest.mark.parametrize("provider_id", ["00000000000000ff", "no such id", "../../secret"])
    def test_an_unknown_message_is_skipped(self, harness: Harness, provider_id: str) -> None:
        (failed,) = harness.connector().fetch([MessageRef(provider_id)], Priority.BACKFILL)
        assert isinstance(failed, FetchFailed)
        assert isinstance(failed.error, SkipMessage)

    def test_a_rate_limit_says_when_to_come_back(self, harness: Harness) -> None:
        (ref,) = put(harness, 1)
        harness.limit_rate()
        with pytest.raises(RetryLater) as caught:
            list(harness.connector().fetch([ref], Priority.LIVE))
        assert caught.value.after > 0

    def test_a_revoked_mailbox_needs_its_owner(self, harness: Harness) -> None:
        cursor = harness.connector().start()
        harness.revoke()
        with pytest.raises(NeedsReauth):
            list(harness.connector().changes(cursor))


class ConnectorConformance(
    ReadingConformance, LabelConformance, SendingConformance, PushConformance
):
    """All promises of the contract; tests of capabilities that a connector lacks are skipped."""
