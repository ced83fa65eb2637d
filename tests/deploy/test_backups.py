"""Backup, restore, and a new secret key, as docs/deploy.md says."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SUPPORT, Deployment, prepare
from host import Host, await_true, new_host
from paired_plugin import Plugin

needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")


def back_up(host: Host, **more: str) -> Path:
    words = [f"{name}={value}" for name, value in more.items()]
    script, folder = str(host.folder / "backup"), str(host.folder / "backups")
    return Path(host.run("env", *words, script, folder).strip())


def restore(host: Host, backup: Path) -> str:
    return host.run(str(host.folder / "restore"), str(backup))


def parts(host: Host) -> dict[str, bool]:
    return {one["part"]: one["ok"] for one in json.loads(host.inbox("doctor", "--json"))}


@pytest.fixture
def empty_host(deployment: Deployment) -> Iterator[Host]:
    """Another host with an empty database and the first one's secret key."""
    with new_host() as host:
        shutil.copy(deployment.host.folder / "etc" / "secret.key", host.folder / "etc")
        prepare(host, deployment.google)
        yield host


def resume(deployment: Deployment, host: Host, backup: Path) -> Deployment:
    """Restore a backup and start everything, step by step as the guide says."""
    restore(host, backup)
    host.inbox("db", "upgrade")
    host.inbox("mailbox", "sync", SUPPORT)
    host.start_units()
    host.await_web()
    # WordPress has its key still, and is told the new address.
    plugin = Plugin(f"http://127.0.0.1:{host.ports['web']}", key=deployment.plugin.key)
    return Deployment(host, plugin, deployment.google)


def test_a_restored_service_goes_on_where_the_backup_was_made(
    deployment: Deployment, empty_host: Host
) -> None:
    restored = resume(deployment, empty_host, back_up(deployment.host))
    assert all(parts(empty_host).values())
    assert restored.subjects() == deployment.subjects()
    (message,) = restored.plugin.get("/tickets/1/messages").json()["items"][:1]
    token = message["attachments"][0]["file_token"]
    assert restored.plugin.call("GET", f"/files/{token}", typ="plugin", sub="plugin").ok


def test_a_reply_that_waited_in_the_backup_is_not_sent_again(
    deployment: Deployment, empty_host: Host
) -> None:
    sent_before = len(deployment.google.sent(SUPPORT))
    deployment.host.stop_units("worker", "schedule", "listen")
    seen = deployment.plugin.get("/tickets/1/messages").json()["items"][-1]["id"]
    body = {"kind": "reply", "text": "It is on its way.", "seen_up_to": seen}
    assert deployment.plugin.call("POST", "/tickets/1/messages", body).status_code == 201
    backup = back_up(deployment.host)
    deployment.host.start_units("worker", "schedule", "listen")
    await_true(lambda: len(deployment.google.sent(SUPPORT)) == sent_before + 1)
    restored = resume(deployment, empty_host, backup)
    time.sleep(5)  # two sweeps of the scheduler: what it finds to send would be sent by now
    assert len(deployment.google.sent(SUPPORT)) == sent_before + 1
    reply = restored.plugin.get("/tickets/1/messages").json()["items"][-1]
    assert reply["sending"]["state"] == "sent"


def test_a_restore_overwrites_nothing(deployment: Deployment) -> None:
    host, blobs = deployment.host, deployment.host.folder / "data" / "blobs"
    backup = back_up(host)
    with pytest.raises(AssertionError, match="is there already: move it away"):
        restore(host, backup)
    blobs.rename(host.folder / "moved")
    with pytest.raises(AssertionError, match="already exists"):
        restore(host, backup)
    (host.folder / "moved").rename(blobs)
    assert deployment.subjects()


def test_a_second_backup_costs_only_what_is_new(deployment: Deployment) -> None:
    first = back_up(deployment.host)
    deployment.receive("A second question")
    await_true(lambda: "A second question" in deployment.subjects())
    time.sleep(1)  # a backup is named by its second
    old, new = (
        {path.name: path.stat().st_ino for path in folder.rglob("*.zst")}
        for folder in (first, back_up(deployment.host))
    )
    assert len(new) > len(old)
    assert {name: new[name] for name in old} == old


def test_the_secret_key_is_replaced_while_the_service_works(deployment: Deployment) -> None:
    host, key = deployment.host, deployment.host.folder / "etc" / "secret.key"
    old = key.read_text()
    key.write_text(f"{'new-key-of-this-host' * 2},{old}")
    host.stop_units("unified-inbox")
    host.start_units()
    host.await_web()
    assert "secrets are sealed with the newest key" in host.inbox("db", "reseal")
    key.write_text("new-key-of-this-host" * 2)
    host.stop_units("unified-inbox")
    host.start_units()
    host.await_web()
    assert deployment.subjects()
    assert parts(host)["secrets"]


# --- SQLite ---------------------------------------------------------------------------------------


@pytest.fixture
def sqlite_host() -> Iterator[Host]:
    """A host with SQLite in its data folder and one site."""
    with new_host() as host:
        host.set_up(DATABASE_URL="", REDIS_URL="")
        host.inbox("db", "upgrade")
        host.inbox("site", "add", "--name", "Shop", "--url", "https://shop.example")
        yield host


@needs_rsync
def test_sqlite_is_backed_up_while_it_is_written_to(sqlite_host: Host) -> None:
    database = sqlite_host.folder / "data" / "inbox.db"
    done, begun = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_until, args=(database, done, begun))
    writer.start()
    assert begun.wait(60)
    backup = back_up(sqlite_host)
    done.set()
    writer.join()
    with sqlite3.connect(backup / "inbox.db") as copy:
        (rows,) = copy.execute("SELECT count(*) FROM busy").fetchone()
    copy.close()
    assert rows > 0


def write_until(database: Path, done: threading.Event, begun: threading.Event) -> None:
    connection = sqlite3.connect(database, timeout=10)
    with connection:
        connection.execute("CREATE TABLE busy (text TEXT)")
    while not done.is_set():
        with connection:
            connection.execute("INSERT INTO busy VALUES (?)", ("x" * 1000,))
        begun.set()
    connection.close()


@needs_rsync
def test_sqlite_is_restored_into_an_empty_folder(sqlite_host: Host) -> None:
    backup = back_up(sqlite_host)
    (sqlite_host.folder / "data").rename(sqlite_host.folder / "lost")
    restore(sqlite_host, backup)
    assert "https://shop.example" in sqlite_host.inbox("site", "list")
    with pytest.raises(AssertionError, match="is there already"):
        restore(sqlite_host, backup)


@needs_rsync
def test_old_backups_go_when_there_are_enough(sqlite_host: Host) -> None:
    folder = sqlite_host.folder / "backups"
    for name in ("2026-01-01T000000Z", "2026-01-02T000000Z", "2026-01-03T000000Z.partial"):
        (folder / name).mkdir()
    newest = back_up(sqlite_host, KEEP="2")
    kept = {path.name for path in folder.iterdir()}
    assert kept == {"2026-01-02T000000Z", "2026-01-03T000000Z.partial", newest.name, "latest"}
