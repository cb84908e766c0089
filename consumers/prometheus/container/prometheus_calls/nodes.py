"""Calls to the nodes that gave the container a task."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Sequence, Union

from concordat_prometheus.node_planner import NodePlannerClient
from concordat_prometheus.node_worker import NodeWorkerClient

from .caller import Calling, OwnToken
from .outcome import Outcome, outcome_of

PLANNER_NAME = "prometheus-node-planner"
WORKER_NAME = "prometheus-node-worker"


class NodeHealth(NamedTuple):
    """Whether a node serves, and reaches the coordinator."""

    status: str
    coordinator: str


class Node:
    """What every node takes."""

    def __init__(self, client: Union[NodePlannerClient, NodeWorkerClient]) -> None:
        self._client = client

    def report_failure(self, task_id: str, message: str) -> Outcome:
        """Says that the task could not be done. `message` is of 2000 characters at most."""
        return outcome_of(lambda: self._client.report_failure(task_id, body={"message": message}).body)

    def task_status(self, task_id: str) -> Outcome:
        """Asks whether the node still waits for the task: `awaited`, `reported` or `abandoned`."""
        return outcome_of(lambda: self._client.get_task(task_id).body.data.status)

    def health(self) -> Outcome:
        """Asks for its `NodeHealth`."""
        return outcome_of(self._read_health)

    def _read_health(self) -> NodeHealth:
        health = self._client.health().body
        return NodeHealth(health.status, health.coordinator)


class Planner(Node):
    """The node that gets the plans."""

    def __init__(self, base_url: str, calling: Calling) -> None:
        self._planner = NodePlannerClient(
            base_url, OwnToken(calling, PLANNER_NAME), timeout=calling.timeout, retries=calling.retries
        )
        super().__init__(self._planner)

    def report_plan(self, task_id: str, todos: Sequence[Mapping[str, Any]]) -> Outcome:
        """Gives the steps of a plan, in order, each with title and description."""
        return outcome_of(lambda: self._planner.report_plan(task_id, body={"todos": list(todos)}).body)


class Worker(Node):
    """The node that gets the pull requests."""

    def __init__(self, base_url: str, calling: Calling) -> None:
        self._worker = NodeWorkerClient(
            base_url, OwnToken(calling, WORKER_NAME), timeout=calling.timeout, retries=calling.retries
        )
        super().__init__(self._worker)

    def report_pull_request(self, task_id: str, pull_request_url: str) -> Outcome:
        """Gives the pull request that does the task."""
        body = {"pull_request_url": pull_request_url}
        return outcome_of(lambda: self._worker.report_pull_request(task_id, body=body).body)
