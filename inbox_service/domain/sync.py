"""What a batch of a mailbox's changes asks for: decided from values alone, done by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A provider's message: its id, unique and unchanging in the mailbox, and its thread's id."""

    provider_id: str
    thread_id: str = ""


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """A message is in the mailbox."""

    ref: MessageRef


@dataclass(frozen=True, slots=True)
class LabelsChanged:
    """A message has these labels now; None where the provider tells only that they changed."""

    ref: MessageRef
    labels: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class MessageRemoved:
    """A message is gone for good."""

    ref: MessageRef


Change = MessageAdded | LabelsChanged | MessageRemoved


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for a batch: fetch these, note these labels, turn these into tombstones."""

    fetch: tuple[MessageRef, ...]
    relabel: Mapping[str, frozenset[str]]
    remove: tuple[str, ...]


def plan(changes: Iterable[Change], known: frozenset[str]) -> Plan:
    """Return the plan for `changes`, in their order, given the provider ids with a receipt.

    Changes may repeat. A message that was removed after it was added needs no fetch, and a label
    change of a message without receipt fetches it: the label may have brought it into scope.
    """
    fetch: dict[str, MessageRef] = {}
    relabel: dict[str, frozenset[str]] = {}
    remove: dict[str, None] = {}
    for change in changes:
        provider_id = change.ref.provider_id
        match change:
            case MessageRemoved():
                fetch.pop(provider_id, None)
                if provider_id in known:
                    remove[provider_id] = None
            case LabelsChanged(labels=labels) if provider_id in known:
                if labels is not None:
                    relabel[provider_id] = labels
            case MessageAdded(ref=ref) | LabelsChanged(ref=ref) if provider_id not in known:
                fetch[provider_id] = ref
    return Plan(tuple(fetch.values()), relabel, tuple(remove))
