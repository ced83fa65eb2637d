"""What fuzzing came upon once (`bin/bench fuzz`) is read ever after."""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox_service.mime import parse, sanitize, visible

FOUND = sorted((Path(__file__).parent.parent / "fixtures" / "fuzz").glob("*.eml"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_fuzzing_came_upon_is_read(path: Path) -> None:
    parsed = parse(path.read_bytes())
    visible(parsed.text, sanitize(parsed.html).html if parsed.html else "").text.encode()
