"""What stands in docs/deploy, read as systemd and a shell would read it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "deploy"
GUIDE = ROOT / "docs" / "deploy.md"
UNITS = sorted(FOLDER.glob("*.service"))
SCRIPTS = [FOLDER / "inbox", FOLDER / "backup", FOLDER / "restore"]


@dataclass(frozen=True)
class Unit:
    """A unit's directives, each with its values in order."""

    name: str
    directives: dict[str, list[str]]

    @property
    def command(self) -> list[str]:
        """The words of ExecStart."""
        (line,) = self.directives["ExecStart"]
        return shlex.split(line)

    @property
    def environment(self) -> dict[str, str]:
        """What the unit itself sets."""
        lines = self.directives.get("Environment", [])
        return dict(word.split("=", 1) for line in lines for word in shlex.split(line))

    def seconds(self, directive: str) -> float:
        """Return a time of the unit."""
        return float(self.directives[directive][0])


def read_unit(path: Path, instance: str = "") -> Unit:
    """Read a unit file; `instance` is what stands behind the @ of its name."""
    directives: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if line.strip() and line[0] not in "#;[":
            name, _, value = line.partition("=")
            text = value.replace("%i", instance).replace("%H", "host")
            directives.setdefault(name, []).append(text)
    return Unit(path.name, directives)


def read_environment(text: str) -> dict[str, str]:
    """Read an environment file (systemd.exec(5)): what a shell makes of it is the same."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {
        name: shlex.split(value)[0] for name, _, value in (line.partition("=") for line in lines)
    }
