"""Calls to the coordinator: it keeps results and logs."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Sequence

from concordat_prometheus.coordinator import CoordinatorClient
from concordat_prometheus.models import NewTodoResult
from concordat_prometheus.runtime.errors import ReplyError

from .caller import Calling, OwnToken
from .outcome import Outcome, outcome_of

COORDINATOR_NAME = "prometheus-coordinator"


class StoredResult(NamedTuple):
    """A result that the coordinator has: `is_new` where it had none of this todo."""

    todo_id: str
    is_new: bool
    stored_at: str


class NewResult(NamedTuple):
    """What an agent made of a todo, under the claim of the node that had it done."""

    claim_id: str
    output: str
    metadata: Mapping[str, str]


class Coordinator:
    """What the container tells the coordinator."""

    def __init__(self, base_url: str, calling: Calling) -> None:
        self._client = CoordinatorClient(
            base_url, OwnToken(calling, COORDINATOR_NAME), timeout=calling.timeout, retries=calling.retries
        )

    def put_todo_result(self, todo_id: str, result: NewResult) -> Outcome:
        """Stores a result; gives a `StoredResult`. The same once more changes nothing."""
        return outcome_of(lambda: self._store(todo_id, result))

    def _store(self, todo_id: str, result: NewResult) -> StoredResult:
        body = NewTodoResult(result.claim_id, result.output, dict(result.metadata) or None)
        reply = self._client.put_todo_result(todo_id, body=body)
        return StoredResult(reply.body.data.todo_id, reply.status == 201, reply.body.data.stored_at)

    def add_logs(self, entries: Sequence[Mapping[str, Any]]) -> Outcome:
        """Has lines kept, 500 at most at a time; gives how many were accepted."""
        return outcome_of(lambda: self._client.add_logs(body={"entries": list(entries)}).body.data.accepted)

    def health(self) -> Outcome:
        """Asks how its database is: `healthy` or `unhealthy`."""
        return outcome_of(self._read_health)

    def _read_health(self) -> str:
        try:
            return self._client.health().body.database
        except ReplyError as error:
            # The contract says how it is in a 503, too.
            if error.status == 503 and hasattr(error.body, "database"):
                return str(error.body.database)
            raise
