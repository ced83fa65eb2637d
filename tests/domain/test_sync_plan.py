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


@given(changes)
def test_nothing_is_skipped(batch: list[Change]) -> None:
    """Whatever was mentioned and not removed last is fetched, when nothing is known."""
    last = {change.ref.provider_id: change for change in batch}
    decided = {ref.provider_id for ref in plan(batch, NONE).fetch}
    assert decided == {key for key, one in last.items() if not isinstance(one, MessageRemoved)}


@given(changes)
def test_what_was_stored_already_is_not_fetched_when_a_batch_comes_again(
    batch: list[Change],
) -> None:
    stored = frozenset(change.ref.provider_id for change in batch)
    assert plan(batch, stored).fetch == ()
