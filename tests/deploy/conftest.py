"""A host that runs as docs/deploy.md says, with a shop whose mail lies in a simulated Google."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from host import Host, await_true, missing, new_host
from paired_plugin import HOME_URL, Plugin

from connectors.testkit.gmail_simulator import GmailSimulator

SUPPORT = "support@shop.example"


@dataclass(frozen=True)
class Deployment:
    """A host at work, its WordPress, and the Google that its mailbox is at."""

    host: Host
    plugin: Plugin
    google: GmailSimulator

    def receive(self, subject: str) -> None:
        """Let a customer's mail arrive, with a file."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "Omar <omar@example.net>", SUPPORT
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{time.time_ns()}@example.net>"
        mail.set_content("Please tell me.")
        mail.add_attachment(b"%PDF-1.7", "application", "pdf", filename="invoice.pdf")
        self.google.deliver(SUPPORT, bytes(mail))

    def subjects(self) -> list[str]:
        """Return the subjects of all tickets, as the agent sees them."""
        items = self.plugin.get("/tickets?limit=100").json()["items"]
        return sorted(item["subject"] for item in items)


@pytest.fixture(scope="module")
def google() -> Iterator[GmailSimulator]:
    """A Google without quotas."""
    with GmailSimulator(quota_per_minute=0) as simulator:
        yield simulator


# Not of the session: a host at work takes a good part of a processor from the tests that follow.
@pytest.fixture(scope="module")
def deployment(google: GmailSimulator) -> Iterator[Deployment]:
    """Every unit at work behind nginx, a paired site, and a mailbox with one ticket."""
    if missing():
        pytest.skip(f"not installed: {', '.join(missing())}")
    with new_host() as host:
        prepare(host, google)
        host.inbox("db", "upgrade")
        host.start_units()
        host.start_nginx()
        host.await_web()
        deployment = Deployment(host, pair(host), google)
        connect(deployment)
        yield deployment


def prepare(host: Host, google: GmailSimulator) -> None:
    """Start what the units need; the simulated Google takes the place of the real one."""
    host.set_up(GMAIL_API_ROOT=google.root, GOOGLE_OAUTH_ROOT=google.root, INBOX_POLL_SECONDS="1")
    host.start_postgresql()
    host.start_redis()


def pair(host: Host) -> Plugin:
    """Pair a WordPress through nginx, over https."""
    plugin = Plugin(f"https://127.0.0.1:{host.ports['https']}", host.certificate)
    made = json.loads(host.inbox("site", "add", "--name", "Shop", "--url", HOME_URL, "--json"))
    assert plugin.pair(made["code"]).status_code == 201
    assert plugin.hire().ok
    return plugin


def connect(deployment: Deployment) -> None:
    """Connect the mailbox and wait for its first ticket."""
    credentials = deployment.host.folder / "google.json"
    credentials.write_text(json.dumps(asdict(deployment.google.add_account(SUPPORT))))
    deployment.receive("Where is my order?")
    deployment.host.inbox(
        *("mailbox", "add", "--site", deployment.plugin.key["site_id"], "--address", SUPPORT),
        *("--credentials", str(credentials), "--inbox", f"Support={SUPPORT}"),
    )
    await_true(lambda: "Where is my order?" in deployment.subjects())


@pytest.fixture
def backups(deployment: Deployment) -> Path:
    """The folder of the backups."""
    return deployment.host.folder / "backups"
