"""What the container makes of answers, and of none."""

from __future__ import annotations

import socket
import threading
import unittest
from typing import List

from prometheus_auth.tokens import read_token_keys, verify_token
from prometheus_calls.caller import Calling
from prometheus_calls.coordinator import Coordinator, NewResult
from prometheus_calls.nodes import Planner, Worker
from prometheus_calls.outcome import Answered, Refused, Unanswered

KEYS = read_token_keys("a=0123456789abcdef0123456789abcdef")
CALLING = Calling(KEYS, timeout=5.0)
TASK_ID = "915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9"


class Listener:
    """Answers each connection with the next text, or with nothing at all where that is None; keeps what came."""

    def __init__(self, *answers: object) -> None:
        self.requests: List[str] = []
        self._answers = list(answers)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._silent: List[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        for answer in self._answers:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.requests.append(connection.recv(65536).decode("latin-1"))
            if answer is None:
                self._silent.append(connection)
                continue
            with connection:
                connection.sendall(str(answer).encode())

    def close(self) -> None:
        for each in [self._socket, *self._silent]:
            each.close()


def reply(status: int, body: str = "", content_type: str = "application/json") -> str:
    head = f"HTTP/1.1 {status} It Is\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head + body


PROBLEM = '{"error": {"code": "%s", "message": "No.", "request_id": "a", "timestamp": "2026-01-02T03:04:05.678Z"}}'


class Outcomes(unittest.TestCase):
    def listen(self, *answers: object) -> Listener:
        listener = Listener(*answers)
        self.addCleanup(listener.close)
        return listener

    def test_an_answer_is_read(self) -> None:
        listener = self.listen(reply(200, '{"data": {"task_id": "%s", "status": "awaited"}}' % TASK_ID))
        self.assertEqual(Planner(listener.url, CALLING).task_status(TASK_ID), Answered("awaited"))

    def test_a_refusal_says_its_code(self) -> None:
        listener = self.listen(reply(409, PROBLEM % "abandoned"))
        outcome = Worker(listener.url, CALLING).report_pull_request(TASK_ID, "https://github.com/a/b/pull/1")
        self.assertEqual(outcome, Refused("abandoned", "No."))

    def test_a_failure_of_the_provider_is_no_answer(self) -> None:
        for answer in (reply(500, PROBLEM % "internal_error"), reply(503, "busy", "text/plain"), reply(502, "")):
            outcome = Worker(self.listen(answer).url, CALLING).report_failure(TASK_ID, "No.")
            self.assertIsInstance(outcome, Unanswered, answer)

    def test_nobody_there_is_no_answer(self) -> None:
        listener = self.listen()
        listener.close()
        self.assertIsInstance(Coordinator(listener.url, CALLING).add_logs([]), Unanswered)

    def test_silence_is_no_answer(self) -> None:
        outcome = Planner(self.listen(None).url, CALLING._replace(timeout=0.2)).health()
        self.assertIsInstance(outcome, Unanswered)

    def test_an_answer_that_the_contract_does_not_have_is_a_refusal(self) -> None:
        for answer in (reply(200, "<html>", "text/html"), reply(200, "[]"), reply(200, '{"data": {}}')):
            outcome = Planner(self.listen(answer).url, CALLING).task_status(TASK_ID)
            self.assertIsInstance(outcome, Refused, answer)
            self.assertEqual(outcome[0], "contract_violation", answer)

    def test_a_coordinator_without_its_database_says_so(self) -> None:
        coordinator = Coordinator(self.listen(reply(503, '{"database": "unhealthy"}')).url, CALLING)
        self.assertEqual(coordinator.health(), Answered("unhealthy"))

    def test_a_proxy_without_a_coordinator_says_nothing_of_the_database(self) -> None:
        for answer in (reply(503, "busy", "text/plain"), reply(503, PROBLEM % "overloaded")):
            self.assertNotIsInstance(Coordinator(self.listen(answer).url, CALLING).health(), Answered, answer)

    def test_is_repeated_where_that_is_wanted_with_a_token_of_its_own_for_this_provider(self) -> None:
        stored = '{"data": {"todo_id": "%s", "output": "", "metadata": {}, "stored_at": "2026-01-02T03:04:05.678Z"}}'
        listener = self.listen(reply(503), reply(201, stored % TASK_ID))
        coordinator = Coordinator(listener.url, CALLING._replace(retries=1))
        outcome = coordinator.put_todo_result(TASK_ID, NewResult(TASK_ID, "Done.", {}))
        self.assertEqual(outcome, Answered((TASK_ID, True, "2026-01-02T03:04:05.678Z")))
        for request in listener.requests:
            lines = [line for line in request.split("\r\n") if line.lower().startswith("authorization: bearer ")]
            self.assertEqual(verify_token(KEYS, lines[0].split()[2], "prometheus-coordinator").role, "container")


if __name__ == "__main__":
    unittest.main()
