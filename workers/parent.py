"""Ties a process to the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None, use_errno=True)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when `parent`, which started it, is gone.

    It is the only tie that holds when the parent is killed with SIGKILL and can stop nothing
    itself. SIGKILL for us too: every part is made to be killed at any moment, and a process that
    hangs would survive anything softer. Linux only; elsewhere it does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have died between the fork and the line above: then no signal will come.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
