"""Telling coordinator and nodes what came of a task, until they have taken it."""

from __future__ import annotations

import random
import threading
from typing import Any, Callable, Dict, List, NamedTuple

from prometheus_calls.caller import Calling
from prometheus_calls.coordinator import Coordinator, NewResult
from prometheus_calls.nodes import Node, Planner, Worker
from prometheus_calls.outcome import Answered, Outcome, Refused, Unanswered

from .log import log
from .settings import Settings
from .task import Task
from .task_files import TaskFiles
from .task_logs import TaskLogs

#: Seconds before the second attempt, and at most between two.
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 15.0

#: What the coordinator is told, and not the node.
_TO_COORDINATOR = ("result", "logs")

#: The most lines that the coordinator takes at a time.
_LINES_AT_ONCE = 500


class Receivers(NamedTuple):
    """Those whom the container tells."""

    coordinator: Coordinator
    planner: Planner
    worker: Worker


def receivers_of(settings: Settings) -> Receivers:
    """The receivers at the addresses of the environment. Attempts are repeated here, not by the clients."""
    calling = Calling(settings.token_keys, timeout=settings.callback_seconds, retries=0)
    return Receivers(
        Coordinator(settings.coordinator_url, calling),
        Planner(settings.planner_url, calling),
        Worker(settings.worker_url, calling),
    )


class Deliveries:
    """Makes the deliveries of tasks. `stopping` ends all waiting."""

    def __init__(self, receivers: Receivers, files: TaskFiles, logs: TaskLogs, stopping: threading.Event) -> None:
        self._receivers = receivers
        self._files = files
        self._logs = logs
        self._stopping = stopping
        self._calls: Dict[str, Callable[[Task], Outcome]] = {
            "plan": self._plan,
            "result": self._result,
            "logs": self._lines,
            "pull_request": self._pull_request,
            "failure": self._failure,
        }

    def deliver(self, task: Task) -> None:
        """Makes what is still to be delivered, in order, each until it is answered, refused or of no more use."""
        for step in list(task.to_deliver):
            if not self._insist(task, step):
                return
            task = task._replace(to_deliver=task.to_deliver[1:])
            if not self._files.update(task):
                return

    def _insist(self, task: Task, step: str) -> bool:
        """Whether to go on with the next step."""
        pause = FIRST_PAUSE
        while self._is_current(task):
            outcome = self._calls[step](task)
            if not isinstance(outcome, Unanswered):
                self._say(task, step, outcome)
                return True
            log("warning", "Delivery was not answered", task_id=task.task_id, step=step, reason=outcome.reason)
            # The node says so itself where it is the one that is told.
            if step in _TO_COORDINATOR and self._is_given_up(task):
                log("warning", "Delivery is of no more use", task_id=task.task_id, step=step)
                self._files.update(task._replace(to_deliver=()))
                return False
            if self._stopping.wait(pause * random.uniform(0.5, 1.0)):
                return False
            pause = min(2 * pause, LONGEST_PAUSE)
        return False

    def _is_current(self, task: Task) -> bool:
        known = self._files.find(task.task_id)
        return known is not None and known.run == task.run and not self._stopping.is_set()

    def _is_given_up(self, task: Task) -> bool:
        """Whether the node does not wait for the task any more. One that does not say so still does."""
        status = self._node(task).task_status(task.task_id)
        if isinstance(status, Refused):
            return status.code == "not_found"
        return isinstance(status, Answered) and status.value == "abandoned"

    def _say(self, task: Task, step: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refused):
            log("warning", "Delivery was refused", task_id=task.task_id, step=step, code=outcome.code)
        else:
            log("info", "Delivered", task_id=task.task_id, step=step)

    def _node(self, task: Task) -> Node:
        return self._receivers.planner if task.kind == "plan" else self._receivers.worker

    def _plan(self, task: Task) -> Outcome:
        return self._receivers.planner.report_plan(task.task_id, _outcome(task)["todos"])

    def _result(self, task: Task) -> Outcome:
        outcome = _outcome(task)
        result = NewResult(task.task_id, outcome["output"], outcome["metadata"])
        return self._receivers.coordinator.put_todo_result(task.todo_id, result)

    def _lines(self, task: Task) -> Outcome:
        entries: List[Dict[str, Any]] = self._logs.of(task.task_id)
        outcome: Outcome = Answered()
        for start in range(0, len(entries), _LINES_AT_ONCE):
            outcome = self._receivers.coordinator.add_logs(entries[start : start + _LINES_AT_ONCE])
            if not isinstance(outcome, Answered):
                break
        return outcome

    def _pull_request(self, task: Task) -> Outcome:
        return self._receivers.worker.report_pull_request(task.task_id, _outcome(task)["pull_request_url"])

    def _failure(self, task: Task) -> Outcome:
        return self._node(task).report_failure(task.task_id, task.error or "")


def _outcome(task: Task) -> Dict[str, Any]:
    if task.outcome is None:
        raise ValueError(f"task {task.task_id} has no outcome to deliver.")
    return task.outcome
