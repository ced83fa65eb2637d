"""A browser whose whole outside is one trap."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from stage import Stage
from trap import Trap, running_trap

HERE = Path(__file__).parent
PLUGIN = HERE.parents[1] / "wp-plugin"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, where there is no browser."""
    if not os.environ.get("CHROMIUM"):
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs a browser: bin/test --only e2e"))


@pytest.fixture(scope="session")
def trap() -> Iterator[Trap]:
    """What is outside."""
    with running_trap() as trap:
        yield trap


@pytest.fixture(scope="session")
def chromium(trap: Trap) -> Iterator[Browser]:
    """A browser for which every host is the trap."""
    rules = f"MAP *.example 127.0.0.1:{trap.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-quic", f"--host-resolver-rules={rules}"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stage(chromium: Browser, trap: Trap) -> Stage:
    """The page that shows mails as the plugin does."""
    return Stage(chromium, trap, frame_script())


def frame_script() -> str:
    """Bundle the plugin's own frame."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # Node is in there
    command = [str(PLUGIN / "node_modules/.bin/esbuild"), str(HERE / "frame-entry.ts"), "--bundle"]
    made = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=60, env={"PATH": path}
    )
    return made.stdout
