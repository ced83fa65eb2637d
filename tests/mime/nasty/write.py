"""Write every case to tests/fixtures/nasty; long ones are compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

from . import CASES
from .case import Case

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "nasty"
LONG = 32 * 1024


def path_of(case: Case) -> Path:
    """Return where the case lies."""
    return FOLDER / f"{case.name}.eml{'.gz' if len(case.raw) > LONG else ''}"


def read(path: Path) -> bytes:
    """Return the mail in a file."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def main() -> None:
    """Write what is new or changed, and take away what is no case any more."""
    FOLDER.mkdir(exist_ok=True)
    paths = {path_of(case): case for case in CASES.values()}
    for path in set(FOLDER.iterdir()) - set(paths):
        path.unlink()
    for path, case in paths.items():
        if not path.exists() or read(path) != case.raw:
            is_long = path.suffix == ".gz"
            path.write_bytes(gzip.compress(case.raw, mtime=0) if is_long else case.raw)


if __name__ == "__main__":
    main()
