"""What running a command gives back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it wrote to stdout, as JSON."""
        return json.loads(self.out)


Inbox = Callable[..., Result]
