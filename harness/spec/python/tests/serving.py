"""Servers for tests: real ones, on a free port, that answer as they are told."""

from __future__ import annotations

import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, Optional, Sequence

Responder = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: Dict[str, str]
    body: bytes


@dataclass
class Server:
    """Gives its answers one after the other, the last one again and again, and keeps what it was asked."""

    answers: Sequence[Responder]
    asked: List[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Server:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                owner.asked.append(Asked(self.command, self.path, headers, body))
                owner.answers[min(len(owner.asked), len(owner.answers)) - 1](self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                """Tests say themselves what is worth saying."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def answer(
    status: int, body: bytes = b"", content_type: Optional[str] = None, headers: Sequence[Sequence[str]] = ()
) -> Responder:
    def respond(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        if content_type is not None:
            request.send_header("content-type", content_type)
        if status != 204:
            request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return respond


def json_answer(status: int, value: Any, headers: Sequence[Sequence[str]] = ()) -> Responder:
    return answer(status, json.dumps(value).encode(), "application/json; charset=utf-8", headers)


def html(status: int) -> Responder:
    return answer(status, b"<h1>Bad\n  gateway</h1>", "text/html")


def reset(request: BaseHTTPRequestHandler) -> None:
    """Ends the connection with a reset in place of an answer."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True


def broken_off(request: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    request.wfile.write(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"id": "')
    request.close_connection = True


def dripping(server: Server, start: bytes) -> Responder:
    """Sends a little again and again, and never comes to an end."""

    def respond(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        try:
            request.wfile.write(start)
            while not server.stopped.wait(0.01):
                request.wfile.write(b"x")
        except OSError:
            pass  # The client has had enough.

    return respond


def silence(server: Server) -> Responder:
    def respond(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        server.stopped.wait()

    return respond


def dead_url() -> str:
    """Where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
