"""The shapes of the container's contract that requests and agents have to keep."""

from __future__ import annotations

from . import checks

SWARM_TYPES = ("SequentialWorkflow", "ConcurrentWorkflow", "HierarchicalSwarm", "MajorityVoting")

#: The longest message of a log line or a failure, in UTF-16 code units.
MESSAGE_LENGTH = 2000

GITHUB_USERNAME = checks.matching("[A-Za-z0-9-]{1,39}")

REPOSITORY = checks.fields(
    {"owner": checks.matching("[A-Za-z0-9-]{1,39}"), "name": checks.matching("[A-Za-z0-9._-]{1,100}")}
)

NEW_TASK = checks.fields(
    {
        "kind": checks.one_of(("plan", "work")),
        "todo_id": checks.uuid,
        "job_id": checks.uuid,
        "title": checks.text,
        "description": checks.text,
        "repository": REPOSITORY,
    }
)

SUBMISSION_TO_JUDGE = checks.fields(
    {
        "todo_id": checks.uuid,
        "round": checks.integer(0),
        "pull_request_url": checks.https_url,
        "github_username": GITHUB_USERNAME,
    }
)

PAGE_QUERY = {
    "page": checks.optional(checks.integer(1), 1),
    "per_page": checks.optional(checks.integer(1, 100), 20),
}

PLAN = checks.items(
    checks.fields({"title": checks.text_between(1, 200), "description": checks.text}), least=1, most=100
)
VERDICT = checks.fields({"approved": checks.boolean, "reason": checks.text})
