"""What a provider lists, against what the desk knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Self

from .sync import MessageRef

_HASH_BYTES = 8
# So many are named in a result; their number is counted in any case.
MOST_NAMED = 100


@dataclass(slots=True)
class Account:
    """The count so far: `shown` messages, each once, and the outcomes of those with a receipt.

    `fetched` had no receipt until the comparison asked for them; `missing` have none yet.
    """

    shown: int = 0
    fetched: int = 0
    missing: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    missing_ids: list[str] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    def new_of(self, refs: Iterable[MessageRef]) -> list[MessageRef]:
        """Return the messages that were not counted yet, each once: a list may repeat itself."""
        fresh = {ref.provider_id: ref for ref in refs if _hash(ref.provider_id) not in self.seen}
        return list(fresh.values())

    def count(
        self, refs: Iterable[MessageRef], outcomes: Mapping[str, str], fetched: int = 0
    ) -> None:
        """Count listed messages, given the outcome of each that has a receipt."""
        self.fetched += fetched
        for ref in refs:
            self.seen.add(_hash(ref.provider_id))
            self.shown += 1
            outcome = outcomes.get(ref.provider_id)
            if outcome is not None:
                self.outcomes[outcome] += 1
                continue
            self.missing += 1
            if len(self.missing_ids) < MOST_NAMED:
                self.missing_ids.append(ref.provider_id)

    def figures(self) -> dict[str, Any]:
        """Return the counts as JSON values."""
        return {
            "shown": self.shown,
            "accounted": self.shown - self.missing,
            "outcomes": dict(sorted(self.outcomes.items())),
            "fetched": self.fetched,
            "missing": self.missing,
            "missing_ids": self.missing_ids,
        }

    def packed(self) -> bytes:
        """Return which messages were seen, for `restored`."""
        return b"".join(sorted(self.seen))

    @classmethod
    def restored(cls, figures: Mapping[str, Any], seen: bytes | None) -> Self:
        """Return a count that goes on from `figures` and `packed`; an empty one for empty ones."""
        packed = seen or b""
        places = range(0, len(packed), _HASH_BYTES)
        return cls(
            shown=figures.get("shown", 0),
            fetched=figures.get("fetched", 0),
            missing=figures.get("missing", 0),
            outcomes=Counter(figures.get("outcomes", {})),
            missing_ids=list(figures.get("missing_ids", ())),
            seen={packed[place : place + _HASH_BYTES] for place in places},
        )


def _hash(provider_id: str) -> bytes:
    # 8 bytes: among a million messages two share one with a chance of 1 in 30 million.
    return blake2b(provider_id.encode(), digest_size=_HASH_BYTES).digest()
