"""Packs the built plugin: pack.py PLUGIN_FOLDER ZIP_FILE

What is only needed to build or test it stays out. The same files give the same archive.
"""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SLUG = "unified-inbox"
LEFT_OUT = frozenset({"node_modules", "src", "tests"})
KEPT_TYPES = frozenset(
    {".php", ".js", ".css", ".json", ".mo", ".po", ".pot", ".txt", ".svg", ".png", ".html"}
)
TOOLS = frozenset({"package.json", "package-lock.json", "tsconfig.json"})
# ZIP knows no time before this one.
EPOCH = (1980, 1, 1, 0, 0, 0)


def packed_files(plugin: Path) -> list[Path]:
    """The files a site needs, below the plugin's folder, in a fixed order.

    raises FileNotFoundError when the front end has not been built.
    """
    if not (plugin / "build" / "index.js").exists():
        raise FileNotFoundError(plugin / "build" / "index.js")
    found = (path.relative_to(plugin) for path in plugin.rglob("*") if path.is_file())
    return sorted(path for path in found if _is_needed(path))


def _is_needed(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    own_tool = len(path.parts) == 1 and path.name in TOOLS
    return (
        not hidden and not own_tool and path.parts[0] not in LEFT_OUT and path.suffix in KEPT_TYPES
    )


def pack(plugin: Path, target: Path) -> int:
    """Write the archive and return how many files are in it."""
    files = packed_files(plugin)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in files:
            entry = ZipInfo(f"{SLUG}/{path.as_posix()}", EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (plugin / path).read_bytes(), ZIP_DEFLATED)
    return len(files)


if __name__ == "__main__":
    print(f"{pack(Path(sys.argv[1]), Path(sys.argv[2]))} files packed")
