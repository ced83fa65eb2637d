"""What can be set on a running simulator, and its clock."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from connectors.testkit.gmail_simulator.errors import invalid

DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Google behaves. Times are milliseconds.

    `unit_table` is "2026" (projects from May 2026) or "2025"; `quota_per_minute` 0 switches the
    quota off, `concurrency` 0 the limit of calls at once; `quota_status` is 403 or 429.
    `quota_burst` 0 counts the units of the last minute; with another number the quota is smoothed:
    a bucket of that many units that fills evenly. `project_quota_per_minute` is for all users.
    `api_enabled` False is a project whose owner has not switched the Gmail API on.
    `testing_app` gives refresh tokens seven days, as for an app whose consent screen is in Testing.
    `loose_order` makes lists not strictly newest first, `repeat_history` shows records twice,
    `silent_history` none at all, and `late_by` announces a new message that long before it can be
    fetched. A pull of Pub/Sub waits `longest_pull` for something to come.
    """

    unit_table: str = "2026"
    quota_per_minute: int = 6000
    quota_burst: int = 0
    project_quota_per_minute: int = 1_200_000
    quota_status: int = 403
    concurrency: int = 0
    token_lifetime: int = 3599 * 1000
    api_enabled: bool = True
    testing_app: bool = False
    loose_order: bool = False
    repeat_history: bool = False
    silent_history: bool = False
    late_by: int = 0
    history_lifetime: int = 7 * DAY
    notify_interval: int = 1000
    longest_pull: int = 30_000
    clock_offset: int = 0

    def changed(self, values: dict[str, Any]) -> Settings:
        """Return the settings with these values; raises ApiError naming a wrong one."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in values.items():
            if name not in kinds:
                raise invalid(f"Unknown setting '{name}'; known are {', '.join(sorted(kinds))}.")
            # `isinstance` would take True for a number of milliseconds.
            if type(value) is not kinds[name]:
                raise invalid(f"Setting '{name}' must be {kinds[name].__name__}.")
        if values.get("unit_table", "2026") not in ("2025", "2026"):
            raise invalid('Setting \'unit_table\' must be "2025" or "2026".')
        return replace(self, **values)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def system_time() -> int:
    return time.time_ns() // 1_000_000
