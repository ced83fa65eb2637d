"""The HTTP server: sockets in, requests to the app, responses out."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from connectors.testkit.gmail_simulator.app import App
from connectors.testkit.gmail_simulator.errors import ConnectionDropped
from connectors.testkit.gmail_simulator.wire import Request, Response

IDLE_TIMEOUT = 60.0
_NO_BODY = (204, 304)


class _Handler(BaseHTTPRequestHandler):
    """One connection, kept alive over many requests."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_TIMEOUT
    wbufsize = -1  # head and body leave in one packet
    disable_nagle_algorithm = True
    server: Server

    def _serve(self) -> None:
        # Read whole before anything else, or the rest would be taken for the next request.
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = self._chunks()
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request.of(self.command, self.path, self.server.root, headers, body)
        try:
            self._answer(self.server.app.handle(request))
        except ConnectionDropped as drop:
            self._drop(reset=drop.reset)

    # The base class calls these by the verb of the request.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def _chunks(self) -> bytes:
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _answer(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status not in _NO_BODY:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if response.status not in _NO_BODY:
            self.wfile.write(response.body)
        self.wfile.flush()

    def _drop(self, *, reset: bool) -> None:
        self.close_connection = True
        if reset:
            # Linger 0: closing sends RST, as a broken network or a crashed proxy does.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads stats instead."""


class Server(ThreadingHTTPServer):
    """The simulator's listener on 127.0.0.1."""

    daemon_threads = False  # closing waits for the calls that still run
    request_queue_size = 128

    def __init__(self, app: App, port: int = 0) -> None:
        """Listen at once; port 0 takes a free one."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.app = app
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: object, client_address: object) -> None:
        """Remember the connection, so that closing the server ends it."""
        assert isinstance(request, socket.socket)
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over clients that went away; report everything else."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def end_connections(self) -> None:
        """End every open connection, as a killed server does."""
        with self._guard:
            for connection in self._connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the client was first
