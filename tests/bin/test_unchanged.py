"""What bin/test does not run again: steps that read the same files as when they last passed."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout where the steps js and python have passed."""
    for name in ("wp-plugin/src/list.ts", "inbox_service/app.py", "tests/api/test_app.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("one")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shell(tmp_path, "look_at js python; passed js; passed python")
    return tmp_path


def shell(folder: Path, script: str) -> str:
    setup = f"""set -euo pipefail; source {ROOT}/bin/lib.sh; CACHE={folder}/.git/cache
        source {ROOT}/bin/test.d/unchanged.sh; """
    done = subprocess.run(
        ["bash", "-c", setup + script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def same(folder: Path) -> str:
    look = "look_at js python; for step in js python; do unchanged $step && echo $step; done; true"
    return shell(folder, look)


def test_steps_that_passed_with_the_same_files_are_not_run_again(checkout):
    assert same(checkout) == "js\npython\n"


def test_a_change_runs_the_steps_that_read_it_and_no_other(checkout):
    (checkout / "wp-plugin/src/list.ts").write_text("two")
    assert same(checkout) == "python\n"


def test_a_new_file_that_git_does_not_know_yet_counts(checkout):
    (checkout / "tests/api/test_more.py").write_text("one")
    assert same(checkout) == "js\n"


def test_a_file_that_is_gone_counts(checkout):
    (checkout / "inbox_service/app.py").unlink()
    assert same(checkout) == "js\n"


def test_what_changes_while_a_step_runs_is_not_taken_for_passed(checkout):
    app = checkout / "inbox_service/app.py"
    shell(checkout, f"look_at python; echo two >{app}; passed python")
    assert same(checkout) == "js\n"


def test_after_a_day_everything_runs(checkout):
    passed = checkout / ".git/cache/passed/python"
    os.utime(passed, (0, 0))
    assert same(checkout) == "js\n"


def test_without_git_everything_runs(checkout):
    (checkout / ".git/HEAD").unlink()
    assert same(checkout) == ""
