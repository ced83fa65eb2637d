"""The shell functions: processes are found and stopped by what they are, not by a number."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    def run(script: str) -> "subprocess.CompletedProcess[str]":
        setup = f"set -euo pipefail; source {ROOT}/bin/lib.sh; RUN={tmp_path}; LOGS={tmp_path}\n"
        return subprocess.run(
            ["bash", "-c", setup + script], capture_output=True, text=True, timeout=60, check=False
        )

    return run


def alive(pid: str) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_stopping_a_process_ends_what_it_started_too(shell, tmp_path):
    shell(f"start_process a bash -c 'sleep 60 & echo $! >{tmp_path}/child; wait'; sleep 0.5")
    child = (tmp_path / "child").read_text().strip()
    assert alive(child)
    assert shell("stop_process a").returncode == 0
    assert not alive(child)


def test_a_process_that_ignores_the_request_is_killed(shell):
    stubborn = "trap '' TERM; while :; do sleep 1; done"
    out = shell(f'start_process a bash -c "{stubborn}"; sleep 0.5; process_id a')
    assert alive(out.stdout.strip())
    shell("stop_process a 1")
    assert not alive(out.stdout.strip())


def test_a_number_that_belongs_to_somebody_else_now_is_left_alone(shell, tmp_path):
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as stranger:
        (tmp_path / "a.pid").write_text(f"{stranger.pid} another-boot 1\n")
        assert shell("process_id a").returncode == 1
        shell("stop_process a")
        assert stranger.poll() is None
        stranger.kill()


def test_what_never_ran_is_stopped_without_a_word(shell):
    out = shell("stop_process nobody")
    assert (out.returncode, out.stderr) == (0, "")


def test_a_dead_process_that_nobody_has_buried_does_not_run(shell, tmp_path):
    with subprocess.Popen(["sleep", "60"]) as child:
        shell(f'echo "{child.pid} $(process_birth {child.pid})" >{tmp_path}/a.pid')
        assert shell("process_id a").returncode == 0
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it stays a zombie
        assert shell("process_id a").returncode == 1


def test_waiting_for_a_process_that_died_ends_at_once(shell):
    out = shell("start_process a true; sleep 0.3; SECONDS=0; wait_for a 30 false || echo $SECONDS")
    assert int(out.stdout) < 5


def test_a_failed_step_shows_the_end_of_its_log_and_a_remedy(shell):
    out = shell("begin x bash -c 'echo the cause; exit 3'; finish x; echo never")
    assert out.returncode == 2
    assert "the cause" in out.stderr
    assert "Error: The step 'x' failed" in out.stderr
    assert "never" not in out.stdout


def test_a_free_port_answers_nobody(shell):
    out = shell('port=$(free_port); echo "$port"; answers "$port" / || echo silent')
    port, word = out.stdout.split()
    assert 20000 <= int(port) < 30000
    assert word == "silent"


def test_a_long_folder_gets_a_short_one_for_its_sockets_and_keeps_it(shell, tmp_path):
    deep = tmp_path / ("d" * 80)
    first, again = (shell(f"short_folder {deep}").stdout.strip() for _ in range(2))
    assert first == again
    assert len(first) < 40
    Path(first).rmdir()


@pytest.mark.parametrize(
    "name", ["demo", "demo-stop", "test", "up", "package", "crash", "lock", "bench"]
)
def test_a_wrong_option_is_one_sentence_and_exit_code_2(name):
    out = subprocess.run(
        [ROOT / "bin" / name, "--nonsense"], capture_output=True, text=True, timeout=30, check=False
    )
    assert out.returncode == 2
    assert "Error: '--nonsense' is not an option of this command." in out.stderr


@pytest.mark.parametrize(
    "option", [["demo", "--corpus"], ["demo", "--dir"], ["demo-stop", "--dir"], ["test", "--only"]]
)
def test_an_option_without_its_value_is_one_sentence(option):
    name, flag = option
    out = subprocess.run(
        [ROOT / "bin" / name, flag], capture_output=True, text=True, timeout=30, check=False
    )
    assert out.returncode == 2
    assert f"Error: {flag} needs a value." in out.stderr


@pytest.mark.parametrize("name", ["demo", "up", "test"])
def test_help_says_how_to_use_it(name):
    out = subprocess.run(
        [ROOT / "bin" / name, "--help"], capture_output=True, text=True, timeout=30, check=False
    )
    assert out.returncode == 0
    assert out.stdout.startswith(f"Usage: bin/{name}")
