"""A server that takes every connection for a host outside and notes whom it was for."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PAGE = b"<!doctype html><meta charset=utf-8><title>Desk</title><body>"
# In an unencrypted request the Host header, in an encrypted one the name in its ClientHello.
_CASE = re.compile(rb"c([0-9]+)-evil\.example")


class Trap(socketserver.ThreadingTCPServer):
    """Serves one empty page to 127.0.0.1 and catches the rest."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Caught)
        self.caught: list[int] = []
        self.port = int(self.server_address[1])

    def handle_error(self, *_request: object) -> None:
        """A browser that hangs up is nothing to report."""


class _Caught(socketserver.BaseRequestHandler):
    server: Trap

    def handle(self) -> None:
        self.request.settimeout(5)
        asked = self.request.recv(65536)
        found = _CASE.search(asked)
        if found:
            self.server.caught.append(int(found[1]))
        elif asked.startswith(b"GET / "):
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
            self.request.sendall(head + b"Content-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE)


@contextmanager
def running_trap() -> Iterator[Trap]:
    """Run a trap until the block ends."""
    with Trap() as trap:
        threading.Thread(target=trap.serve_forever, daemon=True).start()
        yield trap
        trap.shutdown()
