"""Telling others what came of a task."""

from __future__ import annotations

import io
import tempfile
import threading
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from typing import List, Optional
from unittest import mock

from service import delivery
from service.delivery import Deliveries, receivers_of
from service.settings import read_settings
from service.task import Task
from service.task_files import TaskFiles
from service.task_logs import TaskLogs

from .receiver import Answer, Call, Receiver, problem, willing
from .test_settings import GOOD

ID = "915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9"
TODO = "7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7"


def running(kind: str) -> Task:
    return Task(ID, "run", {"kind": kind, "todo_id": TODO}, "running", "2026-01-02T03:04:05.678Z")


WORKED = running("work").succeeded(
    {"output": "Done.", "metadata": {"a": "b"}, "pull_request_url": "https://github.com/a/b/pull/1"}
)
PLANNED = running("plan").succeeded({"todos": [{"title": "Write", "description": ""}]})


class DeliveryTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.files = TaskFiles(Path(directory.name) / "tasks")
        self.logs = TaskLogs(Path(directory.name) / "logs")
        self.stopping = threading.Event()
        self.coordinator, self.planner, self.worker = (Receiver(willing) for _ in range(3))
        for receiver in (self.coordinator, self.planner, self.worker):
            self.addCleanup(receiver.close)
        quiet = redirect_stdout(io.StringIO())
        self.said = quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)
        for name, seconds in (("FIRST_PAUSE", 0.001), ("LONGEST_PAUSE", 0.01)):
            patch = mock.patch.object(delivery, name, seconds)
            patch.start()
            self.addCleanup(patch.stop)

    def deliver(self, task: Task) -> Optional[Task]:
        """Delivers a task that is on disk; gives what is on disk then."""
        self.files.add(task)
        urls = {"COORDINATOR_URL": self.coordinator.url, "PLANNER_URL": self.planner.url, "WORKER_URL": self.worker.url}
        settings = read_settings({**GOOD, **urls, "CALLBACK_SECONDS": "5"})
        Deliveries(receivers_of(settings), self.files, self.logs, self.stopping).deliver(task)
        return self.files.find(task.task_id)

    def steps(self) -> List[str]:
        return [f"{call.method} {call.path}" for receiver in (self.coordinator, self.worker) for call in receiver.calls]


class Deliver(DeliveryTest):
    def test_work_goes_to_the_coordinator_first_and_then_to_the_worker(self) -> None:
        self.logs.add(ID, "info", "Begun")
        told = self.deliver(WORKED)
        self.assertEqual(
            self.steps(),
            [f"PUT /api/todos/{TODO}/result", "POST /api/logs", f"PUT /api/tasks/{ID}/pull-request"],
        )
        result, lines = self.coordinator.calls
        self.assertEqual(result.body, {"claim_id": ID, "output": "Done.", "metadata": {"a": "b"}})
        self.assertEqual([entry["message"] for entry in lines.body["entries"]], ["Begun"])
        self.assertTrue(all(call.authorization.startswith("Bearer ") for call in self.coordinator.calls))
        self.assertEqual(told and told.to_deliver, ())

    def test_a_plan_goes_to_the_planner_alone(self) -> None:
        self.deliver(PLANNED)
        self.assertEqual(self.steps(), [])
        (report,) = self.planner.made("PUT", f"/api/tasks/{ID}/plan")
        self.assertEqual(report.body, {"todos": [{"title": "Write", "description": ""}]})

    def test_a_failure_goes_to_the_node_that_gave_the_task(self) -> None:
        self.deliver(running("plan").failed("No plan."))
        self.assertEqual(self.planner.made("PUT", "/failure")[0].body, {"message": "No plan."})
        self.assertEqual(self.steps(), [])

    def test_is_tried_again_while_nobody_answers(self) -> None:
        answers: List[Answer] = [(503, None), problem(500, "internal_error")]
        self.worker.answer = lambda call: answers.pop() if answers and call.method == "PUT" else willing(call)
        self.deliver(WORKED)
        self.assertEqual(len(self.worker.made("PUT", "/pull-request")), 3)
        self.assertEqual(len(self.coordinator.made("PUT", "/result")), 1)

    def test_what_is_refused_is_not_tried_again_and_the_rest_goes_on(self) -> None:
        def refusing(call: Call) -> Answer:
            return problem(409, "lease_lost") if call.path.endswith("/result") else willing(call)

        self.coordinator.answer = refusing
        self.logs.add(ID, "info", "Begun")
        self.deliver(WORKED)
        self.assertEqual([len(self.coordinator.calls), len(self.worker.made("PUT", "/pull-request"))], [2, 1])
        self.assertIn('"code": "lease_lost"', self.said.getvalue())

    def test_is_given_up_where_the_node_has_given_the_task_up(self) -> None:
        self.coordinator.answer = lambda _: (503, None)
        self.worker.answer = lambda call: (200, {"data": {"task_id": ID, "status": "abandoned"}})
        told = self.deliver(WORKED)
        self.assertEqual([len(self.coordinator.calls), self.worker.made("PUT", "")], [1, []])
        self.assertEqual(told and told.to_deliver, ())

    def test_goes_on_where_it_was_before_a_restart(self) -> None:
        self.deliver(WORKED._replace(to_deliver=("pull_request",)))
        self.assertEqual(self.steps(), [f"PUT /api/tasks/{ID}/pull-request"])

    def test_ends_when_the_container_does_and_keeps_what_is_left(self) -> None:
        def stop(_: Call) -> Answer:
            self.stopping.set()
            return 503, None

        self.coordinator.answer = stop
        told = self.deliver(WORKED)
        self.assertEqual(told and told.to_deliver, ("result", "logs", "pull_request"))

    def test_ends_where_the_task_was_taken_away(self) -> None:
        def take(_: Call) -> Answer:
            for task in list(self.files.all()):
                (self.files._directory / f"{task.task_id}.json").unlink()
            return 503, None

        self.coordinator.answer = take
        self.assertIsNone(self.deliver(WORKED))
        self.assertEqual(len(self.coordinator.calls), 1)

    def test_many_lines_go_in_parts(self) -> None:
        for number in range(501):
            self.logs.add(ID, "debug", str(number))
        self.deliver(WORKED._replace(to_deliver=("logs",)))
        self.assertEqual([len(call.body["entries"]) for call in self.coordinator.calls], [500, 1])


if __name__ == "__main__":
    unittest.main()
