"""The simulator as a process: control API, state that outlives a kill, archives."""

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
import requests
from simulated import SALES, SUPPORT, get, listed, mail, profile

from connectors.testkit.gmail_simulator import GmailSimulator

ROOT = Path(__file__).parents[3]


class Process:
    """`python -m connectors.testkit.gmail_simulator`, started and ended by a test."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.arguments = arguments

    def __enter__(self):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        module = [sys.executable, "-m", "connectors.testkit.gmail_simulator"]
        state = ["--state-dir", str(self.folder / "state"), "--port-file", str(port_file)]
        self.process = subprocess.Popen(
            [*module, *state, *self.arguments], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while not port_file.exists():
            assert self.process.poll() is None
            assert time.monotonic() < deadline
            threading.Event().wait(0.05)
        self.root = f"http://127.0.0.1:{port_file.read_text()}"
        return self

    def __exit__(self, *_):
        self.end(signal.SIGTERM)

    def end(self, number):
        if self.process.poll() is None:
            os.kill(self.process.pid, number)
        return self.process.wait(timeout=10)

    def control(self, verb, path, **more):
        answer = requests.request(verb, f"{self.root}/_sim/{path}", timeout=5, **more)
        answer.raise_for_status()
        return answer.json()


def deliver(process, subject):
    raw = urlsafe_b64encode(mail(subject)).decode()
    return process.control("POST", "deliver", json={"to": SUPPORT, "raw": raw})


def test_the_state_outlives_a_kill(tmp_path):
    with Process(tmp_path) as first:
        owner = first.control("POST", "accounts", json={"email": SUPPORT, "aliases": ["b@a.test"]})
        delivered = deliver(first, "Before the kill")
        first.end(signal.SIGKILL)
    with Process(tmp_path) as second:
        (message,) = second.control("GET", f"messages?account={SUPPORT}")
        assert message["id"] == delivered["id"]
        form = {"grant_type": "refresh_token"} | owner
        answer = requests.post(f"{second.root}/token", data=form, timeout=5)
        assert answer.status_code == 200
        assert deliver(second, "After it")["id"] > delivered["id"]


def test_it_ends_cleanly_when_asked(tmp_path):
    with Process(tmp_path) as process:
        assert process.end(signal.SIGTERM) == 0


def test_an_archive_is_loaded_once(tmp_path):
    archive = tmp_path / "a.mbox"
    archive.write_bytes(b"From a Thu Jan  1 00:00:00 1970\n" + mail("Old").replace(b"\r\n", b"\n"))
    for _ in range(2):
        with Process(tmp_path, "--load", f"{SUPPORT}={archive}") as process:
            assert len(process.control("GET", f"messages?account={SUPPORT}")) == 1


def test_a_missing_archive_is_one_sentence_and_exit_code_2(tmp_path):
    module = [sys.executable, "-m", "connectors.testkit.gmail_simulator"]
    ended = subprocess.run(
        [*module, "--load", f"{SUPPORT}={tmp_path / 'none.mbox'}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.startswith("No such mbox file")
    assert "Traceback" not in ended.stderr


def control(sim, verb, path, **more):
    return requests.request(verb, f"{sim.root}/_sim/{path}", timeout=5, **more)


def test_accounts_are_made_and_listed(sim):
    made = control(sim, "POST", "accounts", json={"email": "New@a.test", "aliases": ["n@a.test"]})
    assert set(made.json()) == {"email", "client_id", "client_secret", "refresh_token"}
    found = control(sim, "GET", "accounts").json()
    assert (found[0]["email"], found[0]["aliases"]) == (
        "new@a.test",
        ["n@a.test"],
    )


def test_a_delivery_takes_labels_and_a_time(sim, support):
    body = {
        "to": SUPPORT,
        "raw": urlsafe_b64encode(mail()).decode(),
        "labels": ["SPAM"],
        "internal_date_ms": 1_780_000_000_000,
        "authenticated": False,
    }
    made = control(sim, "POST", "deliver", json=body).json()
    found = get(support, made["id"], "minimal")
    assert (found["labelIds"], found["internalDate"]) == (["SPAM"], "1780000000000")


def test_messages_are_shown_by_label_with_or_without_their_bytes(sim):
    sim.deliver(SUPPORT, mail("Seen"))
    (found,) = control(sim, "GET", f"messages?account={SUPPORT}&label=INBOX&raw=1").json()
    assert {"name": "Subject", "value": "Seen"} in found["headers"]
    assert found["raw"]
    assert control(sim, "GET", f"messages?account={SUPPORT}&label=SENT").json() == []


def test_faults_settings_and_figures_go_by_the_control_api(sim, connect):
    session = connect.session(SUPPORT)
    url = f"{sim.root}/gmail/v1/users/me/profile"
    control(sim, "POST", "faults", json={"method": "getProfile", "times": None})
    assert session.get(url).status_code == 503
    control(sim, "DELETE", "faults")
    assert session.get(url).status_code == 200
    assert control(sim, "POST", "settings", json={"concurrency": 3}).json()["concurrency"] == 3
    stats = control(sim, "GET", f"stats?account={SUPPORT}").json()
    assert stats == {"account": SUPPORT, "units": 1, "calls": {"getProfile": 1}, "refused": 0}


def test_tokens_and_history_end_by_the_control_api(sim, connect):
    session = connect.session(SUPPORT)
    url = f"{sim.root}/gmail/v1/users/me"
    start = session.get(f"{url}/profile").json()["historyId"]
    control(sim, "POST", "expire-history", json={"account": SUPPORT})
    assert session.get(f"{url}/history?startHistoryId={start}").status_code == 404
    control(sim, "POST", "expire-tokens", json={"account": SUPPORT})
    assert session.get(f"{url}/profile").status_code == 200
    answer = control(sim, "POST", "revoke", json={"account": SUPPORT, "reason": "boredom"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("verb", "path", "body", "status"),
    [
        ("POST", "deliver", {"to": "nobody@x.test", "raw": "QQ=="}, 400),
        ("POST", "deliver", {"to": SUPPORT}, 400),
        ("POST", "accounts", {"email": "no address"}, 400),
        ("POST", "settings", {"volume": 11}, 400),
        ("GET", "messages?account=nobody@x.test", {}, 404),
        ("GET", "nonsense", {}, 404),
        ("POST", "topics", {"topic": "mail"}, 400),
    ],
)
def test_a_wrong_control_call_is_refused(sim, verb, path, body, status):
    assert control(sim, verb, path, json=body).status_code == status


def test_a_body_that_is_not_json_is_refused(sim):
    assert control(sim, "POST", "accounts", data="{").status_code == 400
    assert control(sim, "POST", "accounts", data="[]").status_code == 400


def archive_of(mails):
    lines = [b"From x Thu Jan  1 00:00:00 1970\n" + raw.replace(b"\r\n", b"\n") for raw in mails]
    return b"\n".join(lines)


def test_an_archive_is_threaded_dated_and_sorted_into_sent(sim, support, tmp_path):
    question = mail("Lamp", Message_ID="<1@c>", Date="Thu, 01 Jan 2026 10:00:00 +0000")
    reply = mail("Re: Lamp", From=SUPPORT, To="jo@c.test", References="<1@c>", Message_ID="<2@a>")
    other = mail("Lamp", "a line\nFrom here on\n", Message_ID="<3@c>")
    file = tmp_path / "mails.mbox.gz"
    file.write_bytes(gzip.compress(archive_of([question, reply, other])))
    assert sim.load_mbox(SUPPORT, file) == 3
    assert profile(support)["threadsTotal"] == 2
    (sent,) = listed(support, q="in:sent")
    (asked,) = listed(support, q="rfc822msgid:1@c")
    assert get(support, sent, "minimal")["threadId"] == get(support, asked, "minimal")["threadId"]
    assert get(support, asked, "minimal")["internalDate"] == "1767261600000"


def test_only_so_many_mails_of_an_archive_are_loaded(sim, tmp_path):
    file = tmp_path / "mails.mbox"
    file.write_bytes(archive_of([mail(f"No. {n}") for n in range(5)]))
    assert sim.load_mbox(SALES, file, limit=3) == 3


def test_a_thousand_mails_are_loaded_in_seconds(sim, tmp_path):
    file = tmp_path / "mails.mbox"
    file.write_bytes(archive_of([mail(f"No. {n}", "Some text. " * 200) for n in range(1000)]))
    started = time.monotonic()
    assert sim.load_mbox(SALES, file) == 1000
    assert time.monotonic() - started < 10


def test_two_simulators_share_nothing(sim):
    with GmailSimulator() as other:
        assert other.root != sim.root
        assert requests.get(f"{other.root}/_sim/accounts", timeout=5).json() == []


def test_a_client_that_hangs_up_does_not_disturb_others(sim):
    with requests.Session() as session:
        session.get(f"{sim.root}/_sim/accounts", timeout=5)
    assert requests.get(f"{sim.root}/_sim/accounts", timeout=5).status_code == 200
