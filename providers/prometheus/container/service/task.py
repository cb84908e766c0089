"""Tasks, as the container keeps them."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Optional, Sequence


class Task(NamedTuple):
    """A task: what was asked for, how far it is, and who is still to know what came of it.

    run: which start of the task it is. What an earlier one still does has no effect on this.
    content: what was asked for; of a task that was put here from outside, as much of it as is known.
    outcome: what the agent answered, where it succeeded.
    to_deliver: the deliveries that are still to be made, in order.
    """

    task_id: str
    run: str
    content: Dict[str, Any]
    status: str
    started_at: str
    error: Optional[str] = None
    outcome: Optional[Dict[str, Any]] = None
    to_deliver: Sequence[str] = ()

    @property
    def kind(self) -> str:
        return str(self.content["kind"])

    @property
    def todo_id(self) -> str:
        return str(self.content["todo_id"])

    def is_same(self, content: Dict[str, Any]) -> bool:
        """Whether all that is known of it is so in what is asked for."""
        return all(name in content and content[name] == value for name, value in self.content.items())

    def shown(self) -> Dict[str, Any]:
        """The task as the contract has it."""
        return {
            "task_id": self.task_id,
            "todo_id": self.todo_id,
            "kind": self.kind,
            "status": self.status,
            "error": self.error,
            "started_at": self.started_at,
        }

    def failed(self, error: str) -> "Task":
        """The task, given up."""
        return self._replace(status="failed", error=error, outcome=None, to_deliver=("failure",))

    def succeeded(self, outcome: Dict[str, Any]) -> "Task":
        """The task, done."""
        to_deliver = ("plan",) if self.kind == "plan" else ("result", "logs", "pull_request")
        return self._replace(status="succeeded", error=None, outcome=outcome, to_deliver=to_deliver)
