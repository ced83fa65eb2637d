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
    """A message is in the mailbox, or has come into a label that is read."""

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
    """What to do for a batch: fetch these, note these labels, turn these into tombstones.

    `known` counts the messages that were announced as added and have their receipt.
    """

    fetch: tuple[MessageRef, ...]
    relabel: Mapping[str, frozenset[str]]
    remove: tuple[str, ...]
    known: int = 0


def plan(
    changes: Iterable[Change],
    known: frozenset[str],
    revisable: frozenset[str] = frozenset(),
) -> Plan:
    """Return the plan for `changes`, in their order.

    `known` are the provider ids with a receipt; a message of `revisable` is among them and is read
    again when it comes into a label. Changes may repeat. A message that was removed after it was
    added needs no fetch. A label change of a message without receipt asks for nothing: had it come
    into a label that is read, the connector would have said that it was added.
    """
    fetch: dict[str, MessageRef] = {}
    relabel: dict[str, frozenset[str]] = {}
    remove: dict[str, None] = {}
    met: set[str] = set()
    for change in changes:
        provider_id = change.ref.provider_id
        match change:
            case MessageRemoved():
                fetch.pop(provider_id, None)
                if provider_id in known:
                    remove[provider_id] = None
            case LabelsChanged(labels=labels):
                if provider_id in known and labels is not None:
                    relabel[provider_id] = labels
            case MessageAdded() if provider_id in known and provider_id not in revisable:
                met.add(provider_id)
            case MessageAdded(ref=ref):
                fetch[provider_id] = ref
    return Plan(tuple(fetch.values()), relabel, tuple(remove), len(met))
