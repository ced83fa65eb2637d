"""What docs/deploy.md and docs/deploy say is what the code knows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click import Group
from documents import FOLDER, GUIDE, ROOT, SCRIPTS, UNITS, read_environment, read_unit

from inbox_service.api.app import LARGEST_BODY
from inbox_service.settings import SETTINGS, Settings
from workers.main import command

NAMES = {name for name, _, _ in SETTINGS}
OURS = re.compile(r"\b(?:DATABASE|REDIS|INBOX|GMAIL|GOOGLE|PUBSUB)_[A-Z][A-Z_]*\b")
SERVICES = [path for path in UNITS if "backup" not in path.name]
PAGES = [GUIDE, ROOT / "docs" / "security.md"]


def verbs(group: Group, prefix: str = "") -> set[str]:
    found = set()
    for name, verb in group.commands.items():
        found.add(prefix + name)
        if isinstance(verb, Group):
            found |= verbs(verb, f"{prefix}{name} ")
    return found


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_every_unit_runs_a_verb_of_the_command(path: Path) -> None:
    _, verb = read_unit(path).command
    assert verb in verbs(command({}))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_text_exists(page: Path) -> None:
    known = verbs(command({}))
    named = re.findall(r"(?:`|^)inbox ([a-z]+(?: [a-z]+)?)", page.read_text(), re.MULTILINE)
    assert named
    assert [one for one in named if one not in known and one.split()[0] not in known] == []


@pytest.mark.parametrize("path", [*PAGES, *FOLDER.iterdir()], ids=lambda path: path.name)
def test_every_variable_that_is_named_is_a_setting(path: Path) -> None:
    named = {name.removesuffix("_FILE") for name in OURS.findall(path.read_text())}
    assert named <= NAMES


@pytest.mark.parametrize(("name", "default"), [(name, default) for name, default, _ in SETTINGS])
def test_every_setting_is_documented_with_its_default(name: str, default: str) -> None:
    (row,) = re.findall(rf"^\| `{name}` \|.*$", GUIDE.read_text(), re.MULTILINE)
    assert f"| {f'`{default}`' if default else '-'} |" in row


def test_every_file_of_the_folder_is_named_in_the_guide() -> None:
    text = GUIDE.read_text()
    assert [path.name for path in FOLDER.iterdir() if f"deploy/{path.name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_environment_file_is_read_as_settings(tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    key.write_text("k" * 32)
    env = read_environment((FOLDER / "environment").read_text())
    settings = Settings.from_env(env | {"INBOX_SECRET_KEY_FILE": str(key)})
    assert settings.database_url == "postgresql+psycopg:///unified_inbox?host=/run/postgresql"
    assert (settings.secret_key, settings.trusted_proxies) == ("k" * 32, 1)


def test_nginx_passes_addresses_on_unchanged_to_where_the_service_listens() -> None:
    bind = read_environment((FOLDER / "environment").read_text())["INBOX_BIND"]
    targets = re.findall(r"proxy_pass (\S+);", (FOLDER / "nginx-site.conf").read_text())
    assert set(targets) == {f"http://{bind}"}


def test_nginx_takes_more_than_the_service_so_that_the_service_refuses() -> None:
    site = (FOLDER / "nginx-site.conf").read_text()
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", site)
    assert int(megabytes) * 1024 * 1024 > LARGEST_BODY


def test_every_process_is_shut_in_alike() -> None:
    shut_in = [path.read_text().partition("# It may write")[2] for path in SERVICES]
    assert shut_in[0]
    assert len(set(shut_in)) == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for path in FOLDER.glob("unified-inbox*"):
        # It looks whether the program is there; anything that can be run will do.
        text = re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name.replace("@.", "@1.")).write_text(text)
    units = [str(path) for path in tmp_path.iterdir()]
    verify = ["systemd-analyze", "verify", "--man=no", *units]
    found = subprocess.run(verify, capture_output=True, text=True, check=False)
    ours = [line for line in found.stderr.splitlines() if "unified-inbox" in line]
    assert (found.returncode, ours) == (0, [])


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_shellcheck_finds_nothing_wrong_with_the_scripts() -> None:
    check = ["shellcheck", *map(str, SCRIPTS)]
    found = subprocess.run(check, capture_output=True, text=True, check=False)
    assert found.stdout == ""
