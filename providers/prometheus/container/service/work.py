"""Doing tasks: the agent does them, and whoever is to know what came of them is told."""

from __future__ import annotations

import threading
import uuid
from typing import Any, Callable, Dict, Sequence, Tuple

from .agent_answers import outcome_of, verdict_of
from .agent_process import AgentFailed, AgentRunner, Stopped
from .delivery import Deliveries
from .log import log
from .shapes import MESSAGE_LENGTH
from .task import Task
from .task_files import TaskFiles
from .task_logs import TaskLogs
from .text import now_iso, shortened

#: What is said of tasks that were running when the container ended.
INTERRUPTED = "The container ended while it worked on this."


class Work:
    """The tasks under way, each in a thread of its own."""

    def __init__(self, files: TaskFiles, logs: TaskLogs, agent: AgentRunner, deliveries: Deliveries) -> None:
        self._files = files
        self._logs = logs
        self._agent = agent
        self._deliveries = deliveries

    def begin(self, task_id: str, content: Dict[str, Any]) -> Tuple[Task, bool]:
        """Begins a task, unless one of its id is known; gives the task of the id, and whether it was begun."""
        new = Task(task_id, str(uuid.uuid4()), content, "running", now_iso())
        task = self._files.add(new)
        if task is not new:
            return task, False
        self._logs.clear(task_id)
        self._logs.add(task_id, "info", f"Begun: {content['title']}")
        _in_background(f"task {task_id}", lambda: self._do(task))
        return task, True

    def resume(self) -> None:
        """Goes on where the container ended before: what was running has failed, what was not delivered is."""
        for task in self._files.all():
            if task.status == "running":
                log("warning", "Task was interrupted", task_id=task.task_id)
                self._end(task.failed(INTERRUPTED))
            elif task.to_deliver:
                self._deliver(task)

    def judge(self, submission: Dict[str, Any]) -> Dict[str, Any]:
        """What the agent says of a pull request. Raises AgentFailed or Stopped."""
        return verdict_of(self._agent.ask({"do": "audit", "submission": submission}).value)

    def _do(self, task: Task) -> None:
        try:
            answer = self._agent.ask({"do": task.kind, "task_id": task.task_id, "task": task.content})
            ended, lines = task.succeeded(outcome_of(task.kind, answer.value)), answer.lines
        except Stopped:
            return
        except AgentFailed as error:
            ended, lines = task.failed(shortened(str(error), MESSAGE_LENGTH)), error.lines
        self._end(ended, lines)

    def _end(self, task: Task, lines: Sequence[str] = ()) -> None:
        if not self._is_current(task):
            return
        for line in lines:
            self._logs.add(task.task_id, "info", line)
        if task.error is None:
            self._logs.add(task.task_id, "info", f"Done: {task.content.get('title', '')}")
        else:
            self._logs.add(task.task_id, "error", task.error)
        if self._files.update(task):
            log("info", "Task ended", task_id=task.task_id, status=task.status)
            self._deliver(task)

    def _is_current(self, task: Task) -> bool:
        known = self._files.find(task.task_id)
        return known is not None and known.run == task.run

    def _deliver(self, task: Task) -> None:
        _in_background(f"delivery {task.task_id}", lambda: self._deliveries.deliver(task))


def _in_background(name: str, act: Callable[[], None]) -> None:
    def guarded() -> None:
        try:
            act()
        except Exception as error:  # Nobody waits for this thread: what it does not say is lost.
            log("error", "A task broke off", what=name, error=f"{type(error).__name__}: {error}")

    threading.Thread(target=guarded, name=name, daemon=True).start()
