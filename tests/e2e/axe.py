"""What axe-core says of a part of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "wp-plugin" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1440, 390)


def faults(page: Page, part: str) -> list[str]:
    """Return what axe finds serious or critical in a part of the page, one line per element."""
    expect(page.locator(part)).to_have_count(1)
    page.add_script_tag(path=AXE)
    # Mails are shown in frames without scripts, where axe cannot run.
    found: dict[str, Any] = page.evaluate(
        "part => axe.run(part, { iframes: false, resultTypes: ['violations'] })", part
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
