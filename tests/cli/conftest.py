"""The command line, run in this process on a data folder of the test's own."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from command_line import Inbox, Result

from workers import main


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of the commands: a data folder, nothing else."""
    return {"INBOX_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def inbox(env: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> Iterator[Inbox]:
    """Runs one command: `inbox("site", "list")`."""

    def run(*args: str, **more: str) -> Result:
        capsys.readouterr()
        code = main.run(args, {**env, **more})
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    return run


@pytest.fixture(scope="session")
def _upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an upgraded database: a copy takes a hundredth of its migrations' time."""
    folder = tmp_path_factory.mktemp("upgraded") / "data"
    assert main.run(("db", "upgrade"), {"INBOX_DATA_DIR": str(folder)}) == 0
    return folder


@pytest.fixture
def site_id(inbox: Inbox, env: Mapping[str, str], _upgraded: Path) -> str:
    """The id of a site in an upgraded database."""
    shutil.copytree(_upgraded, env["INBOX_DATA_DIR"])
    made = inbox("site", "add", "--name", "Shop", "--url", "https://shop.example", "--json")
    return str(made.json()["site_id"])
