"""Somebody who is called, for tests: keeps what comes, and answers as told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from service.refusal import Refusal


class Call(NamedTuple):
    """A request that came."""

    method: str
    path: str
    body: Any
    authorization: str


#: A status and a body as JSON; no body is none at all.
Answer = Tuple[int, Optional[Dict[str, Any]]]


class Receiver:
    """A server on loopback and a free port, until `close`."""

    def __init__(self, answer: Callable[[Call], Answer], port: int = 0) -> None:
        self.calls: List[Call] = []
        self.answer = answer
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                data = self.rfile.read(int(self.headers.get("content-length", 0)))
                body = json.loads(data) if data else None
                call = Call(self.command, self.path, body, self.headers.get("authorization", ""))
                receiver.calls.append(call)
                status, reply = receiver.answer(call)
                payload = b"" if reply is None else json.dumps(reply).encode()
                self.send_response(status)
                if reply is not None:
                    self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            do_GET = do_PUT = do_POST = _serve

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def made(self, method: str, end: str) -> List[Call]:
        """The calls of a method to paths with this end."""
        return [call for call in self.calls if call.method == method and call.path.endswith(end)]

    def close(self) -> None:
        """Answers no more."""
        self._server.shutdown()
        self._server.server_close()


def problem(status: int, code: str) -> Answer:
    """A refusal as components give it."""
    return status, Refusal(status, code, "It is refused.").body("test")


def willing(call: Call) -> Answer:
    """What somebody answers to whom all is right."""
    if call.path.endswith("/result"):
        todo_id = call.path.split("/")[-2]
        stored = {"todo_id": todo_id, "output": "", "metadata": {}, "stored_at": "2026-01-02T03:04:05.678Z"}
        return 201, {"data": stored}
    if call.path == "/api/logs":
        return 202, {"data": {"accepted": len(call.body["entries"])}}
    if call.method == "GET":
        return 200, {"data": {"task_id": call.path.split("/")[-1], "status": "awaited"}}
    return 204, None
