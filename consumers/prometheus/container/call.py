"""Makes one call of the container's: `python3 call.py planner report_plan < parameters.json`.

Parameters are a JSON object on standard input. What was read goes to standard output, as a JSON object with `answered`,
`refused` or `unanswered`. Ends with 2 where the call is none, with 14 where the environment is incomplete.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, NoReturn

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_ROOT / "clients/prometheus/python"), str(_ROOT / "contracts/prometheus/auth/python")]

from prometheus_auth.tokens import read_token_keys  # noqa: E402
from prometheus_calls.caller import Calling  # noqa: E402
from prometheus_calls.coordinator import Coordinator, NewResult  # noqa: E402
from prometheus_calls.nodes import Node, Planner, Worker  # noqa: E402
from prometheus_calls.outcome import Answered, Outcome, Refused  # noqa: E402

Parameters = Mapping[str, Any]
Call = Callable[[Parameters], Outcome]


def node_calls(node: Node) -> Dict[str, Call]:
    """The calls to any node, by name."""
    return {
        "report_failure": lambda given: node.report_failure(given["task_id"], given["message"]),
        "task_status": lambda given: node.task_status(given["task_id"]),
        "health": lambda _: node.health(),
    }


def planner_calls(base_url: str, calling: Calling) -> Dict[str, Call]:
    """The calls to the planner, by name."""
    node = Planner(base_url, calling)
    return {**node_calls(node), "report_plan": lambda given: node.report_plan(given["task_id"], given["todos"])}


def worker_calls(base_url: str, calling: Calling) -> Dict[str, Call]:
    """The calls to the worker, by name."""
    node = Worker(base_url, calling)
    return {
        **node_calls(node),
        "report_pull_request": lambda given: node.report_pull_request(given["task_id"], given["pull_request_url"]),
    }


def coordinator_calls(base_url: str, calling: Calling) -> Dict[str, Call]:
    """The calls to the coordinator, by name."""
    coordinator = Coordinator(base_url, calling)

    def put_todo_result(given: Parameters) -> Outcome:
        result = NewResult(given["claim_id"], given["output"], given.get("metadata", {}))
        return coordinator.put_todo_result(given["todo_id"], result)

    return {
        "put_todo_result": put_todo_result,
        "add_logs": lambda given: coordinator.add_logs(given["entries"]),
        "health": lambda _: coordinator.health(),
    }


#: Who can be called: the variable that has the address, and the calls.
COMPONENTS: Dict[str, Any] = {
    "planner": ("PLANNER_URL", planner_calls),
    "worker": ("WORKER_URL", worker_calls),
    "coordinator": ("COORDINATOR_URL", coordinator_calls),
}


def shown(outcome: Outcome) -> Dict[str, Any]:
    """An outcome as JSON."""
    if isinstance(outcome, Answered):
        value = outcome.value
        return {"answered": value._asdict() if hasattr(value, "_asdict") else value}
    return {"refused" if isinstance(outcome, Refused) else "unanswered": outcome._asdict()}


def fail(code: int, message: str) -> NoReturn:
    """Ends the process."""
    print(message, file=sys.stderr)
    sys.exit(code)


def variable(name: str) -> str:
    """A variable of the environment; ends the process where it is missing."""
    return os.environ.get(name) or fail(14, f"the call cannot be made: {name} is not set. Set it and call again.")


def main() -> None:
    """Reads the command line, makes the call, writes what was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("component", choices=sorted(COMPONENTS))
    parser.add_argument("call")
    parser.add_argument("--scheme", default="Bearer", help="the scheme word of the Authorization header")
    parser.add_argument("--retries", type=int, default=0, help="how often an idempotent call is tried again")
    arguments = parser.parse_args()
    address, calls_of = COMPONENTS[arguments.component]
    try:
        keys = read_token_keys(variable("JWT_KEYS"))
    except ValueError as error:
        fail(14, f"the call cannot be made: JWT_KEYS: {error} Correct it and call again.")
    calls = calls_of(variable(address), Calling(keys, retries=arguments.retries, scheme=arguments.scheme))
    if arguments.call not in calls:
        parser.error(f"{arguments.component} has no call {arguments.call!r}: there are {', '.join(sorted(calls))}.")
    try:
        outcome = calls[arguments.call](json.loads(sys.stdin.read() or "{}"))
    except KeyError as error:
        parser.error(f"the parameter {error} is missing: give it on standard input.")
    print(json.dumps(shown(outcome)))


if __name__ == "__main__":
    main()
