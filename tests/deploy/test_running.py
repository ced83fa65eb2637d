"""The units, nginx, PostgreSQL and Redis of docs/deploy, run together."""

from __future__ import annotations

import json
import shutil
import signal

import pytest
import requests
from conftest import Deployment
from host import await_true, new_host, service_units

FORGED = "203.0.113."


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_every_unit_stops_cleanly_in_its_time() -> None:
    with new_host() as host:
        host.set_up(DATABASE_URL="", INBOX_WEB_PROCESSES="1")
        host.start_redis()
        host.inbox("db", "upgrade")
        running = [(unit, host.start_unit(unit)) for unit in service_units()]
        host.await_web()
        for _, process in running:
            process.terminate()
        for unit, process in running:
            # What is asked before it has begun ends by the signal: clean for systemd, too.
            ended = process.wait(unit.seconds("TimeoutStopSec"))
            assert ended in (0, -signal.SIGTERM), unit.name


def test_the_doctor_finds_every_part_well(deployment: Deployment) -> None:
    await_true(lambda: "read" in deployment.host.inbox("mailbox", "status"))
    found = json.loads(deployment.host.inbox("doctor", "--json"))
    parts = {finding["part"]: finding["detail"] for finding in found}
    assert parts["database"].startswith("postgresql, revision ")
    assert parts["queue"].startswith("redis ")
    assert parts["workers"] == "2 at work"
    assert parts["secrets"] == "all 2 open with our keys"


@pytest.mark.parametrize(
    "query", ["q=%D8%B7%D9%84%D8%A8", "q=a%20b+c%2Fd", "q=a/b//c", "q=%7Eorder", "limit=5&q="]
)
def test_an_address_reaches_the_service_as_it_was_signed(
    deployment: Deployment, query: str
) -> None:
    answer = deployment.plugin.get(f"/tickets?{query}")
    assert (answer.status_code, answer.json().get("code")) == (200, None)


def test_requests_without_https_are_refused(deployment: Deployment) -> None:
    plain = f"http://127.0.0.1:{deployment.host.ports['http']}/api/v1/me"
    answer = requests.get(plain, timeout=10, allow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/readyz", 404), ("/metrics", 404), ("/", 404)]
)
def test_figures_and_checks_stay_inside(deployment: Deployment, path: str, status: int) -> None:
    plugin = deployment.plugin
    answer = requests.get(f"{plugin.root}{path}", verify=plugin.certificate, timeout=10)
    assert answer.status_code == status


def test_a_body_that_is_too_large_is_refused_in_the_services_words(deployment: Deployment) -> None:
    answer = deployment.plugin.call("POST", "/tickets/1/messages", {"text": "x" * 5_500_000})
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_no_log_holds_a_files_token(deployment: Deployment) -> None:
    (message,) = deployment.plugin.get("/tickets/1/messages").json()["items"][:1]
    token = message["attachments"][0]["file_token"]
    answer = deployment.plugin.call("GET", f"/files/{token}", typ="plugin", sub="plugin")
    assert answer.content == b"%PDF-1.7"
    # nginx writes its line after the answer has left.
    served = deployment.host.folder / "log" / "unified-inbox.log"
    await_true(lambda: "GET /api/v1/files/... 200" in served.read_text())
    logs = {path.name: path.read_text() for path in deployment.host.folder.glob("log/*.log")}
    assert "request" in logs["unified-inbox-web.service.log"]
    assert [name for name, text in logs.items() if token in text] == []


def test_a_guesser_is_known_by_the_address_that_nginx_sees(deployment: Deployment) -> None:
    # Each try claims another address; both web processes count for themselves.
    answers = [
        deployment.plugin.pair("1-wrong", **{"X-Forwarded-For": f"{FORGED}{number}"})
        for number in range(21)
    ]
    assert answers[0].status_code == 403
    # Ten may fail at each process; which of the two answers a try is the kernel's choice.
    assert 429 in [answer.status_code for answer in answers]
