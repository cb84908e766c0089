"""The service on a port, with Python's own HTTP server."""

from __future__ import annotations

import re
import socket
import threading
import time
import uuid
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Optional

from .body import Body, BodyLost
from .log import log
from .refusal import Refusal
from .request import Request, split_target
from .service import Reply, Service, refused

#: Seconds that a caller may say nothing.
PATIENCE_SECONDS = 30.0

#: How much, and for how long, is taken off a connection that is of no more use, so that its caller reads the reply.
_MOST_LEFT_OVER = 16 * 1024 * 1024
_LEFT_OVER_SECONDS = 2.0

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")


class HttpServer(ThreadingHTTPServer):
    """Serves on a port; each connection has a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, service: Service) -> None:
        self.service = service
        self._busy = 0
        self._idle = threading.Condition()
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Connection)

    def server_bind(self) -> None:
        """Binds, without asking for the name of the host, which may take long."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that breaks is the caller's affair."""

    def begin(self) -> None:
        """A request is being answered."""
        with self._idle:
            self._busy += 1

    def end(self) -> None:
        """It has been."""
        with self._idle:
            self._busy -= 1
            self._idle.notify_all()

    def wait_until_idle(self, seconds: float) -> None:
        """Waits for the requests that are being answered, for so long at most."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, seconds)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_SECONDS
    disable_nagle_algorithm = True
    server: HttpServer

    def handle_one_request(self) -> None:
        """Answers one request, or ends the connection where none comes."""
        self.close_connection = True
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline:
                return
            self.server.begin()
            try:
                if self._is_readable():
                    self._answer()
            finally:
                self.server.end()
        except (OSError, BodyLost):
            self.close_connection = True

    def _is_readable(self) -> bool:
        if len(self.raw_requestline) > 65536:
            self.send_error(414)
            return False
        if not self.parse_request():
            return False
        if self.request_version == "HTTP/0.9":
            self.send_error(400)
            return False
        return True

    def _answer(self) -> None:
        started = time.monotonic()
        request_id = self._request_id()
        body = Body(self.headers, self.rfile)
        path, query = split_target(self.path)
        if body.problem is not None:
            refusal = Refusal(400, "malformed_request", f"The request cannot be read: {body.problem}.")
            reply = refused(refusal, request_id)
        else:
            request = Request(
                method=self.command,
                path=path,
                query=query,
                content_type=self.headers.get("content-type", ""),
                authorization=self.headers.get("authorization", ""),
                read_body=body.read,
            )
            reply = self.server.service.answer(request, request_id)
        is_skipped = body.skip()
        if not is_skipped:
            self.close_connection = True
        # Before it is sent: whoever has the reply finds the line.
        self._say(reply, request_id, path, time.monotonic() - started)
        self._send(reply, request_id)
        if not is_skipped:
            self._linger()

    def _request_id(self) -> str:
        given = self.headers.get("x-request-id", "")
        return given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())

    def _send(self, reply: Reply, request_id: str) -> None:
        phrase, _ = self.responses.get(HTTPStatus(reply.status), ("", ""))
        headers = {
            "date": self.date_time_string(),
            "content-type": "application/json",
            "content-length": str(len(reply.body)),
            "x-request-id": request_id,
            **reply.headers,
            **({"connection": "close"} if self.close_connection else {}),
        }
        head = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        body = b"" if getattr(self, "command", None) == "HEAD" else reply.body
        # In one piece: two would wait for each other on some networks.
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    def _linger(self) -> None:
        """Takes what still comes: a connection closed at once would take the reply with it (RFC 9112 §9.6)."""
        self.connection.shutdown(socket.SHUT_WR)
        end = time.monotonic() + _LEFT_OVER_SECONDS
        taken = 0
        while taken < _MOST_LEFT_OVER and (left := end - time.monotonic()) > 0:
            self.connection.settimeout(left)
            data = self.connection.recv(65536)
            if not data:
                return
            taken += len(data)

    def _say(self, reply: Reply, request_id: str, path: str, seconds: float) -> None:
        log(
            "info",
            "Served",
            operation=reply.operation,
            method=self.command,
            path=path,
            status=reply.status,
            milliseconds=round(seconds * 1000, 3),
            request_id=request_id,
        )

    def send_error(self, code: int, message: Optional[str] = None, explain: Optional[str] = None) -> None:
        """Refuses what is no request, in the contract's error shape."""
        self.close_connection = True
        request_id = str(uuid.uuid4())
        text = "The request cannot be read."
        self._send(refused(Refusal(int(code), "malformed_request", text), request_id), request_id)

    def log_message(self, format: str, *args: object) -> None:
        """What there is to say is said in `_say`."""
