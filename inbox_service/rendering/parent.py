"""Has a child picture a file, and reads its answer: see `child` for what it may not do."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from inbox_service.domain.previews import MOST_BYTES, Refusal

# By the clock on the wall, for a busy machine; the child has its own limit of processor time.
SECONDS = 200.0
_ROOT = Path(__file__).parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from inbox_service.rendering.child import main; main(*sys.argv[1:])"
)
# Eleven pictures of 1600 pixels have a few MB together.
_MOST_ANSWER = 48 * 1024 * 1024
_MOST_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a WebP image; `size` is "small" or "large"."""

    page: int
    size: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a file of so many pages, or why there are none."""

    pages: int = 0
    pictures: tuple[Picture, ...] = ()
    refusal: Refusal | None = None


def render(content: bytes, kind: str, mark: str, seconds: float = SECONDS) -> Pictures:
    """Return pictures of a file; `kind` is what `domain.previews.kind_of` says.

    Each holds `mark` and its page in its metadata, so that no two files have the same picture.
    """
    if len(content) > MOST_BYTES:
        return Pictures(refusal=Refusal.TOO_LARGE)
    answer, was_late = _ask(content, [kind, mark], seconds)
    if was_late:
        return Pictures(refusal=Refusal.TOO_SLOW)
    try:
        return _read(answer)
    except (ValueError, KeyError, TypeError):
        # It ended before its answer, which is what its limits do to it.
        return Pictures(refusal=Refusal.UNREADABLE)


def _ask(content: bytes, arguments: list[str], seconds: float) -> tuple[bytes, bool]:
    # -I: neither the environment nor the working folder say what it imports.
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), *arguments]
    was_late = threading.Event()
    with subprocess.Popen(  # noqa: S603  (our own module; the words are of a fixed set)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        close_fds=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None

        def end() -> None:
            was_late.set()
            child.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            # A child that has ended takes nothing more, and says so by having no answer.
            with contextlib.suppress(BrokenPipeError):
                child.stdin.write(content)
                child.stdin.close()
            answer = child.stdout.read(_MOST_ANSWER)
        finally:
            timer.cancel()
            child.kill()
    return answer, was_late.is_set() or child.returncode == -signal.SIGXCPU


def _read(answer: bytes) -> Pictures:
    head, _, rest = answer.partition(b"\n")
    told = json.loads(head[:_MOST_HEAD])
    if "refusal" in told:
        return Pictures(refusal=Refusal(told["refusal"]))
    pictures = []
    for one in told["pictures"]:
        content, rest = rest[: int(one["length"])], rest[int(one["length"]) :]
        pictures.append(_picture(one, content))
    return Pictures(int(told["pages"]), tuple(pictures))


def _picture(told: dict[str, object], content: bytes) -> Picture:
    # A decoder that was taken over could answer with anything: only a picture leaves here.
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or told["size"] not in ("small", "large"):
        raise ValueError
    numbers = [int(str(told[name])) for name in ("page", "width", "height")]
    return Picture(numbers[0], str(told["size"]), numbers[1], numbers[2], content)
