"""What an agent answers, checked."""

from __future__ import annotations

from typing import Any, Dict, List

from . import checks
from .agent_process import AgentFailed
from .refusal import Mistake
from .shapes import GITHUB_USERNAME, PLAN, VERDICT

#: Whose pull requests they are, where the agent does not say.
GITHUB_ACCOUNT = "prometheus-agent"

_PLANNED = checks.fields({"todos": PLAN})
_WORKED = checks.fields(
    {
        "output": checks.text,
        "pull_request_url": checks.https_url,
        "metadata": checks.optional(checks.texts_by_name, {}),
        "github_username": checks.optional(GITHUB_USERNAME, GITHUB_ACCOUNT),
    }
)


def outcome_of(kind: str, answer: Any) -> Dict[str, Any]:
    """What came of a task. Raises AgentFailed where the answer is not of the form that was asked for."""
    return _checked(_PLANNED if kind == "plan" else _WORKED, answer)


def verdict_of(answer: Any) -> Dict[str, Any]:
    """What the agent says of a pull request. Raises AgentFailed where it is no verdict."""
    return _checked(VERDICT, answer)


def _checked(check: checks.Check, answer: Any) -> Dict[str, Any]:
    mistakes: List[Mistake] = []
    value: Dict[str, Any] = check(answer, "answer", mistakes)
    if mistakes:
        listed = "; ".join(f"{field}: {message}" for field, message in mistakes[:3])
        raise AgentFailed(f"The agent answered with what cannot be used: {listed}.")
    return value
