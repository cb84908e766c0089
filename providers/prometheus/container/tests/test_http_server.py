"""The service over real connections: what goes wrong on them, and what keeps going."""

from __future__ import annotations

import io
import json
import socket
import tempfile
import threading
import time
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Dict, List, NamedTuple
from unittest import mock

from prometheus_auth.tokens import Caller, issue_token, read_token_keys
from service import http_server
from service.agent_process import AgentRunner
from service.callers import CONTAINER_NAME
from service.http_server import HttpServer
from service.operations import operations_over
from service.service import Service
from service.task_files import TaskFiles
from service.task_logs import TaskLogs
from service.work import Work

KEYS = read_token_keys("a=0123456789abcdef0123456789abcdef")
TOKEN = issue_token(KEYS, Caller("node-worker", "node"), CONTAINER_NAME)
HEAD = f"Host: container\r\nAuthorization: Bearer {TOKEN}\r\n"
JSON = "Content-Type: application/json\r\n"


class Answer(NamedTuple):
    """A reply that came over a connection."""

    status: int
    headers: Dict[str, str]
    body: Any


class Connection:
    """One connection to the server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 15)
        self.stream = self.socket.makefile("rb")

    def send(self, text: str) -> None:
        self.socket.sendall(text.encode("latin-1"))

    def read(self, has_body: bool = True) -> Answer:
        status = int(self.stream.readline().split()[1])
        lines: List[str] = []
        while line := self.stream.readline().decode("latin-1").strip():
            lines.append(line)
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        data = self.stream.read(int(headers.get("content-length", 0))) if has_body else b""
        return Answer(status, headers, json.loads(data) if data else None)

    def is_closed(self) -> bool:
        return self.stream.read(1) == b""


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        path = Path(directory.name)
        files, logs = TaskFiles(path / "tasks"), TaskLogs(path / "logs")
        work = Work(files, logs, AgentRunner(("false",), 5, path / "agent"), mock.Mock())
        self.server = HttpServer("127.0.0.1", 0, Service(operations_over(files, logs, work), KEYS))
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        quiet = redirect_stdout(io.StringIO())
        self.said = quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)

    def caller(self) -> Connection:
        caller = Connection(self.server.server_port)
        self.addCleanup(caller.socket.close)
        self.addCleanup(caller.stream.close)
        return caller

    def ask(self, text: str) -> Answer:
        caller = self.caller()
        caller.send(text)
        return caller.read()


class Connections(ServerTest):
    def test_serve_one_request_after_another_whatever_came_of_it(self) -> None:
        caller = self.caller()
        for request, status in (
            (f"GET /health HTTP/1.1\r\n{HEAD}\r\n", 200),
            (f"POST /nowhere HTTP/1.1\r\n{HEAD}Content-Length: 5\r\n\r\nabcde", 404),
            (f"POST /api/audits HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{{}}", 401),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi", 415),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: 1\r\n\r\n{{", 400),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: 2\r\n\r\n{{}}", 422),
            (f"GET /api/models HTTP/1.1\r\n{HEAD}\r\n", 200),
        ):
            with self.subTest(request.split("\r\n")[0], status=status):
                caller.send(request)
                self.assertEqual(caller.read().status, status)

    def test_take_several_requests_sent_at_once(self) -> None:
        caller = self.caller()
        caller.send(f"GET /health HTTP/1.1\r\n{HEAD}\r\n" * 3)
        self.assertEqual([caller.read().status for _ in range(3)], [200, 200, 200])

    def test_take_bodies_in_chunks(self) -> None:
        caller = self.caller()
        chunks = "1;x=y\r\n{\r\n1\r\n}\r\n0\r\nTrailer: a\r\n\r\n"
        for _ in range(2):
            caller.send(f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Transfer-Encoding: chunked\r\n\r\n{chunks}")
            answer = caller.read()
            self.assertEqual((answer.status, answer.body["error"]["details"][0]["field"]), (422, "body.todo_id"))

    def test_give_head_without_a_body(self) -> None:
        caller = self.caller()
        caller.send(f"HEAD /health HTTP/1.1\r\n{HEAD}\r\nGET /health HTTP/1.1\r\n{HEAD}\r\n")
        answer = caller.read(has_body=False)
        self.assertEqual((answer.status, int(answer.headers["content-length"]) > 0), (200, True))
        self.assertEqual(caller.read().body["status"], "healthy")

    def test_say_which_methods_a_path_takes(self) -> None:
        for method in ("OPTIONS", "DELETE", "BREW"):
            answer = self.ask(f"{method} /api/tasks/x HTTP/1.1\r\n{HEAD}\r\n")
            self.assertEqual((answer.status, answer.headers["allow"]), (405, "PUT, GET"))
            self.assertEqual(answer.body["error"]["code"], "method_not_allowed")

    def test_close_after_what_cannot_be_read_and_say_why(self) -> None:
        for text, status in (
            ("nonsense\r\n\r\n", 400),
            ("GET /health\r\n\r\n", 400),
            ("GET /health HTTP/3.0\r\n\r\n", 505),
            (f"GET /{'a' * 70_000} HTTP/1.1\r\n\r\n", 414),
            ("GET /health HTTP/1.1\r\n" + "A: b\r\n" * 200 + "\r\n", 431),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: ten\r\n\r\n", 400),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Transfer-Encoding: gzip\r\n\r\n", 400),
            (f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Transfer-Encoding: chunked\r\n\r\nsome\r\n", 400),
        ):
            with self.subTest(text[:60]):
                caller = self.caller()
                caller.send(text)
                answer = caller.read()
                self.assertEqual((answer.status, answer.body["error"]["code"]), (status, "malformed_request"))
                self.assertTrue(caller.is_closed())

    def test_refuse_large_bodies_before_they_have_come(self) -> None:
        announced = f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: 2000000\r\n\r\n"
        answer = self.ask(announced)
        self.assertEqual((answer.status, answer.body["error"]["code"]), (413, "body_too_large"))
        answer = self.ask(announced + "x" * 2_000_000)
        self.assertEqual((answer.status, answer.headers["connection"]), (413, "close"))
        chunk = "f4240\r\n" + "x" * 1_000_000 + "\r\n"
        head = f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Transfer-Encoding: chunked\r\n\r\n"
        self.assertEqual(self.ask(head + chunk * 2).status, 413)

    def test_end_where_nothing_comes_and_do_not_keep_others_waiting(self) -> None:
        with mock.patch.object(http_server._Connection, "timeout", 0.3):
            slow = [self.caller() for _ in range(20)]
            for caller in slow:
                caller.send(f"POST /api/audits HTTP/1.1\r\n{HEAD}{JSON}Content-Length: 10\r\n\r\n{{")
            started = time.monotonic()
            self.assertEqual(self.ask(f"GET /health HTTP/1.1\r\n{HEAD}\r\n").status, 200)
            self.assertLess(time.monotonic() - started, 10)
            self.assertTrue(all(caller.is_closed() for caller in slow))

    def test_close_where_the_caller_asks_for_it(self) -> None:
        caller = self.caller()
        caller.send(f"GET /health HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n")
        self.assertEqual(caller.read().headers["connection"], "close")
        self.assertTrue(caller.is_closed())

    def test_a_mistake_of_the_service_is_answered_and_not_told(self) -> None:
        with mock.patch.object(TaskFiles, "find", side_effect=OSError("secret path")):
            answer = self.ask(f"GET /api/tasks/915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9 HTTP/1.1\r\n{HEAD}\r\n")
        self.assertEqual((answer.status, answer.body["error"]["code"]), (500, "internal_error"))
        self.assertNotIn("secret", json.dumps(answer.body))
        self.assertIn("secret path", self.said.getvalue())

    def test_logs_say_nothing_of_credentials_and_queries(self) -> None:
        self.ask(f"GET /api/logs?task_id=private HTTP/1.1\r\n{HEAD}\r\n")
        self.assertNotIn(TOKEN, self.said.getvalue())
        self.assertNotIn("private", self.said.getvalue())


class RequestIds(ServerTest):
    def test_come_back_where_they_are_of_use_and_are_made_otherwise(self) -> None:
        for given, comes_back in (("abc-1.2:3_4", True), ("a" * 129, False), ("a b", False), ("<script>", False)):
            answer = self.ask(f"GET /nowhere HTTP/1.1\r\n{HEAD}X-Request-Id: {given}\r\n\r\n")
            self.assertEqual(answer.headers["x-request-id"] == given, comes_back, given)
            self.assertEqual(answer.body["error"]["request_id"], answer.headers["x-request-id"])


if __name__ == "__main__":
    unittest.main()
