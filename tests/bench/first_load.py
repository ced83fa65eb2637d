"""The inbox opened for the first time and again: requests, bytes, and when the first rows stand.

DEMO_READY names the ready.json of a running demo (bin/demo); nothing is measured without one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.bench.figures import show

ARGS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
INBOX = "/wp-admin/admin.php?page=unified-inbox"
OURS = "/plugins/unified-inbox/"
ROUNDS = 5


@dataclass
class Load:
    """What one opening of the inbox took: bytes as they came, by the kind of what was fetched."""

    rows_at: float = 0
    sizes: dict[str, list[int]] = field(default_factory=dict)

    def told(self, kind: str) -> str:
        """Return the requests and bytes of a kind."""
        sizes = self.sizes.get(kind, [])
        return f"{len(sizes):3} requests  {sum(sizes) / 1000:8.1f} kB"


def main() -> None:
    """Print the figures of a first load, and of one with a filled cache."""
    ready_file = os.environ.get("DEMO_READY")
    if not ready_file:
        print("  nothing measured: set DEMO_READY to the ready.json of a running bin/demo")
        return
    ready = json.loads(Path(ready_file).read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        signed_in = sign_in(browser.new_context(), ready)
        loads = []
        for _ in range(ROUNDS):
            # A context of its own has an empty cache.
            context = browser.new_context(storage_state=signed_in)
            page = context.new_page()
            loads.append((opened(page, ready["wordpress"]), opened(page, ready["wordpress"])))
            context.close()
        browser.close()
    for name, found in (("first", [one for one, _ in loads]), ("again", [two for _, two in loads])):
        tell(name, found)


def sign_in(context: BrowserContext, ready: dict[str, Any]) -> Any:
    """Return what the browser keeps of an agent who has signed in."""
    page = context.new_page()
    page.goto(f"{ready['wordpress']}/wp-login.php")
    page.fill("#user_login", ready["users"]["agent"]["login"])
    page.fill("#user_pass", ready["users"]["agent"]["password"])
    page.click("#wp-submit")
    page.wait_for_load_state()
    return context.storage_state()


def opened(page: Page, home: str) -> Load:
    """Open the inbox and note what comes until its rows stand."""
    load, kinds = Load(), dict[str, str]()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda e: kinds.update({e["requestId"]: kind_of(e)}))

    def note(finished: dict[str, Any]) -> None:
        kind = kinds.get(finished["requestId"], "the page itself")
        load.sizes.setdefault(kind, []).append(int(finished["encodedDataLength"]))

    network.on("Network.loadingFinished", note)
    page.goto("about:blank")
    page.goto(f"{home}{INBOX}", wait_until="commit")
    page.wait_for_selector(".uib-row")
    load.rows_at = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    network.detach()
    return load


def kind_of(event: dict[str, Any]) -> str:
    """Return what is fetched, in words."""
    url = event["request"]["url"]
    if OURS in url:
        return "our styles" if ".css" in url else "our scripts"
    if "unified-inbox" in url and "json" in url:
        return "the service, through WordPress"
    return "WordPress's own"


def tell(name: str, loads: list[Load]) -> None:
    """Print the median time, and the requests of the last load."""
    print(f"{name} load")
    show("first rows after", f"{median(load.rows_at for load in loads):8.0f} ms")
    for kind in sorted(loads[-1].sizes):
        show(kind, loads[-1].told(kind))


if __name__ == "__main__":
    main()
