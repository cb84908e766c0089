"""What the container does for others."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Pattern, Sequence, Tuple

from . import checks, shapes
from .refusal import Refusal, not_found
from .request import Parts
from .task import Task
from .task_files import TaskFiles
from .task_logs import TaskLogs
from .work import Work

#: The models that the built-in agent can use.
MODELS = ({"name": "built-in", "provider": "prometheus"},)

#: A status, and a body as JSON.
Reply = Tuple[int, Dict[str, Any]]


class Operation(NamedTuple):
    """An operation: how it is called, what it checks, what it does."""

    name: str
    method: str
    path: Pattern[str]
    handle: Callable[[Parts], Reply]
    is_open: bool = False
    query: Mapping[str, checks.Check] = {}
    body: Optional[checks.Check] = None


def operations_over(files: TaskFiles, logs: TaskLogs, work: Work) -> Sequence[Operation]:
    """All operations of the contract."""
    container = _Container(files, logs, work)
    task = re.compile("/api/tasks/(?P<task_id>[^/]+)")
    submission = re.compile("/api/tasks/(?P<task_id>[^/]+)/submission")
    log_query = {**shapes.PAGE_QUERY, "task_id": checks.uuid}
    return (
        Operation("startTask", "PUT", task, container.start_task, body=shapes.NEW_TASK),
        Operation("getTask", "GET", task, container.get_task),
        Operation("getSubmission", "GET", submission, container.get_submission),
        Operation("audit", "POST", re.compile("/api/audits"), container.audit, body=shapes.SUBMISSION_TO_JUDGE),
        Operation("listLogs", "GET", re.compile("/api/logs"), container.list_logs, query=log_query),
        Operation("listModels", "GET", re.compile("/api/models"), lambda _: (200, {"data": list(MODELS)})),
        Operation(
            "listSwarmTypes",
            "GET",
            re.compile("/api/swarm-types"),
            lambda _: (200, {"data": list(shapes.SWARM_TYPES)}),
        ),
        Operation("health", "GET", re.compile("/health"), container.health, is_open=True),
    )


class _Container:
    def __init__(self, files: TaskFiles, logs: TaskLogs, work: Work) -> None:
        self._files = files
        self._logs = logs
        self._work = work

    def start_task(self, parts: Parts) -> Reply:
        task_id = parts.path["task_id"]
        task, is_new = self._work.begin(task_id, parts.body)
        if not task.is_same(parts.body):
            raise Refusal(409, "conflict", "Another task has this id.")
        return 202 if is_new else 200, {"data": task.shown()}

    def get_task(self, parts: Parts) -> Reply:
        return 200, {"data": self._task(parts).shown()}

    def get_submission(self, parts: Parts) -> Reply:
        outcome = self._task(parts).outcome or {}
        if "pull_request_url" not in outcome:
            raise not_found("This task has opened no pull request.")
        names = ("pull_request_url", "github_username")
        return 200, {"data": {"task_id": parts.path["task_id"], **{name: outcome[name] for name in names}}}

    def audit(self, parts: Parts) -> Reply:
        return 200, {"data": self._work.judge(parts.body)}

    def list_logs(self, parts: Parts) -> Reply:
        page, per_page = parts.query["page"], parts.query["per_page"]
        lines = self._logs.of(parts.query["task_id"])
        pagination = {
            "page": page,
            "per_page": per_page,
            "total_items": len(lines),
            "total_pages": -(-len(lines) // per_page),
        }
        return 200, {"data": lines[(page - 1) * per_page : page * per_page], "pagination": pagination}

    def health(self, parts: Parts) -> Reply:
        running: List[Task] = [task for task in self._files.all() if task.status == "running"]
        return 200, {"status": "healthy", "running_tasks": len(running)}

    def _task(self, parts: Parts) -> Task:
        task = self._files.find(parts.path["task_id"])
        if task is None:
            raise not_found("There is no such task.")
        return task
