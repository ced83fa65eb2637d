"""The lanes of bin/test: steps beside each other whose words do not mix, and which end together."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    def run(script: str) -> "subprocess.CompletedProcess[str]":
        setup = f"""set -euo pipefail; source {ROOT}/bin/lib.sh; RUN={tmp_path}; LOGS={tmp_path}
            source {ROOT}/bin/test.d/unchanged.sh; source {ROOT}/bin/test.d/lanes.sh; forget_lanes
            count() {{ for i in 1 2 3; do echo "$1 $i"; sleep 0.2; done; }}\n"""
        return subprocess.run(
            ["bash", "-c", setup + script], capture_output=True, text=True, timeout=60, check=False
        )

    return run


def test_what_a_step_prints_is_shown_whole_when_it_ends(shell):
    lanes = 'a() { step one count "in one"; }; b() { step two count "in two"; }; '
    out = shell(lanes + "lane first a; lane second b; follow_lanes; failed_steps")
    lines = [line for line in out.stdout.splitlines() if line.startswith("in ")]
    one, two = ([f"in {name} {i}" for i in (1, 2, 3)] for name in ("one", "two"))
    assert lines in (one + two, two + one)
    assert out.returncode == 0


def test_a_failed_step_is_named_and_the_next_one_runs(shell):
    lanes = 'a() { step one bash -c "echo the cause; exit 3" || true; step two echo fine; }; '
    out = shell(lanes + 'lane first a; follow_lanes; echo "failed: $(failed_steps)"')
    assert "the cause" in out.stdout
    assert "== one FAILED after" in out.stdout
    assert "== two passed after" in out.stdout
    assert out.stdout.endswith("failed: one\n")


def test_a_lane_that_ended_without_a_word_has_failed(shell):
    out = shell("a() { exit 5; }; lane first a; follow_lanes; failed_steps")
    assert out.stdout == "first\n"


def test_everything_that_a_lane_started_ends_with_it(shell, tmp_path):
    lanes = f"a() {{ step one bash -c 'sleep 60 & echo $! >{tmp_path}/child; wait'; }}; "
    out = shell(lanes + "lane first a; sleep 1; PATIENCE=1 stop_lanes; echo stopped")
    assert out.stdout.endswith("stopped\n")
    child = (tmp_path / "child").read_text().strip()
    state = shell(f"process_stat {child} && echo ${{STAT[0]}}").stdout.strip()
    assert state in ("", "Z")


def test_a_step_that_runs_is_told_with_how_far_it_is(shell):
    begun = """: >"$MARKS/python.runs"; echo '....... [ 45%]' >"$LOGS/python.out"; """
    assert shell(begun + "progress").stdout == " python 45%"
