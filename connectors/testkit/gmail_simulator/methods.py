"""Gmail's methods: which exist, their paths, parameters and scopes, from Google's own document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from googleapiclient import discovery_cache

from connectors.testkit.gmail_simulator import (
    drafts,
    history,
    labels,
    messages,
    sendas,
    sending,
    threads,
    watch,
)
from connectors.testkit.gmail_simulator.wire import Json, segments
from connectors.testkit.gmail_simulator.world import Call

Handler = Callable[[Call], Json | None]

# Names less "gmail.users.", as quota and faults use them.
HANDLERS: dict[str, Handler] = {
    "getProfile": history.get_profile,
    "stop": watch.stop,
    "watch": watch.watch,
    "drafts.create": drafts.create,
    "drafts.delete": drafts.delete,
    "drafts.get": drafts.get_draft,
    "drafts.list": drafts.list_drafts,
    "drafts.send": drafts.send,
    "drafts.update": drafts.update,
    "history.list": history.list_history,
    "labels.create": labels.create,
    "labels.delete": labels.delete,
    "labels.get": labels.get_label,
    "labels.list": labels.list_labels,
    "labels.patch": labels.update,
    "labels.update": labels.update,
    "messages.attachments.get": messages.get_attachment,
    "messages.batchDelete": messages.batch_delete,
    "messages.batchModify": messages.batch_modify,
    "messages.delete": messages.delete,
    "messages.get": messages.get_message,
    "messages.import": messages.import_message,
    "messages.insert": messages.insert,
    "messages.list": messages.list_messages,
    "messages.modify": messages.modify,
    "messages.send": sending.send_message,
    "messages.trash": messages.trash,
    "messages.untrash": messages.untrash,
    "settings.sendAs.get": sendas.get_send_as,
    "settings.sendAs.list": sendas.list_send_as,
    "threads.delete": threads.delete,
    "threads.get": threads.get_thread,
    "threads.list": threads.list_threads,
    "threads.modify": threads.modify,
    "threads.trash": threads.trash,
    "threads.untrash": threads.untrash,
}
DOCUMENT = Path(discovery_cache.__file__).parent / "documents" / "gmail.v1.json"


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the API."""

    name: str
    verb: str
    pattern: tuple[str, ...]
    scopes: frozenset[str]
    parameters: frozenset[str]

    def match(self, pieces: list[str]) -> Mapping[str, str] | None:
        """Return the path's parameters, None when the path is another's."""
        params = {}
        for wanted, given in zip(self.pattern, pieces, strict=True):
            if wanted.startswith("{"):
                params[wanted.strip("{}")] = given
            elif wanted != given:
                return None
        return params


@dataclass(frozen=True, slots=True)
class Match:
    """A method and its path parameters."""

    method: Method
    params: Mapping[str, str]


def find(verb: str, path: str) -> Match | None:
    """Return the method a request line names; fixed pieces win over parameters."""
    pieces = segments(path)
    for method in _by_shape().get((verb, len(pieces)), ()):
        params = method.match(pieces)
        if params is not None:
            return Match(method, params)
    return None


@cache
def _by_shape() -> dict[tuple[str, int], list[Method]]:
    document = json.loads(DOCUMENT.read_text())
    found: dict[tuple[str, int], list[Method]] = {}
    for method in _methods(document, frozenset(document["parameters"])):
        found.setdefault((method.verb, len(method.pattern)), []).append(method)
    # "drafts/send" is not the draft named "send".
    for methods in found.values():
        methods.sort(key=lambda method: sum(piece.startswith("{") for piece in method.pattern))
    return found


def _methods(resource: Mapping[str, Any], common: frozenset[str]) -> Iterator[Method]:
    for entry in resource.get("methods", {}).values():
        yield Method(
            entry["id"].removeprefix("gmail.users."),
            entry["httpMethod"],
            tuple(entry["path"].split("/")),
            frozenset(entry["scopes"]),
            frozenset(entry["parameters"]) | common,
        )
    for below in resource.get("resources", {}).values():
        yield from _methods(below, common)
