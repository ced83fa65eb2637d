"""What a batch of changes asks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox_service.domain.sync import (
    Change,
    LabelsChanged,
    MessageAdded,
    MessageRef,
    MessageRemoved,
    plan,
)

A, B = MessageRef("a", "t"), MessageRef("b", "t")
NONE: frozenset[str] = frozenset()

refs = st.sampled_from([A, B, MessageRef("c", "u")])
changes = st.lists(
    st.one_of(
        st.builds(MessageAdded, refs),
        st.builds(LabelsChanged, refs, st.none() | st.just(frozenset({"INBOX"}))),
        st.builds(MessageRemoved, refs),
    )
)


def test_an_unknown_message_is_fetched_once_however_often_it_is_announced() -> None:
    assert plan([MessageAdded(A), MessageAdded(A), LabelsChanged(A, NONE)], NONE).fetch == (A,)


def test_a_known_message_is_not_fetched_again() -> None:
    assert plan([MessageAdded(A)], frozenset({"a"})).fetch == ()


def test_a_message_removed_after_it_was_added_is_not_fetched() -> None:
    decided = plan([MessageAdded(A), MessageRemoved(A)], NONE)
    assert (decided.fetch, decided.remove) == ((), ())


def test_a_known_message_that_is_removed_becomes_a_tombstone() -> None:
    assert plan([MessageRemoved(A)], frozenset({"a"})).remove == ("a",)


def test_the_last_labels_of_a_known_message_count() -> None:
    last = frozenset({"INBOX"})
    decided = plan([LabelsChanged(A, NONE), LabelsChanged(A, last)], frozenset({"a"}))
    assert decided.relabel == {"a": last}


def test_labels_that_are_not_told_are_not_stored() -> None:
    assert plan([LabelsChanged(A, None)], frozenset({"a"})).relabel == {}


def test_a_label_change_of_a_message_without_receipt_asks_for_nothing() -> None:
    assert plan([LabelsChanged(A, frozenset({"INBOX"}))], NONE).fetch == ()


def test_a_receipt_that_may_be_revised_is_read_again_when_its_message_comes_in() -> None:
    decided = plan([MessageAdded(A)], known=frozenset({"a"}), revisable=frozenset({"a"}))
    assert (decided.fetch, decided.known) == ((A,), 0)


def test_what_was_known_is_counted_once_each() -> None:
    batch = [MessageAdded(A), MessageAdded(A), LabelsChanged(B, NONE), MessageAdded(B)]
    assert plan(batch, frozenset({"a", "b"})).known == 2


@given(changes)
def test_nothing_is_skipped(batch: list[Change]) -> None:
    """Whatever was added and not removed after it is fetched, when nothing is known."""
    told = [change for change in batch if not isinstance(change, LabelsChanged)]
    last = {change.ref.provider_id: change for change in told}
    decided = {ref.provider_id for ref in plan(batch, NONE).fetch}
    assert decided == {key for key, one in last.items() if isinstance(one, MessageAdded)}


@given(changes)
def test_what_was_stored_already_is_not_fetched_when_a_batch_comes_again(
    batch: list[Change],
) -> None:
    stored = frozenset(change.ref.provider_id for change in batch)
    assert plan(batch, stored).fetch == ()
