"""The built-in agent: it thinks of nothing, and always of the same.

An agent gets one JSON object on standard input and gives one on standard output; what it writes to standard error becomes
the task's log.

    {"do": "plan", "task_id": …, "task": {…}}  gives {"todos": [{"title": …, "description": …}, …]}
    {"do": "work", "task_id": …, "task": {…}}  gives {"output": …, "pull_request_url": …} and, if it likes, "metadata"
                                               (texts by name) and "github_username" (whose pull request it is)
    {"do": "audit", "submission": {…}}         gives {"approved": …, "reason": …}

One that cannot do it ends with another code than 0; the last line of its standard error says why. The directory in
AGENT_DIRECTORY is its own: this agent says of a pull request what the file `verdict.json` in there says, where there is
one.
"""

import json
import os
import re
import sys

LONGEST_TITLE = 200
LONGEST_PLAN = 100
PULL_REQUEST = re.compile(r"https://github\.com/[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}/pull/[0-9]+")


def plan(task):
    """One step for each line that says something."""
    lines = [line.strip() for line in task["description"].split("\n") if line.strip()]
    if not lines:
        sys.exit("There is nothing to plan: the description is empty.")
    if len(lines) > LONGEST_PLAN:
        sys.exit(f"There is too much to plan: {len(lines)} steps, and {LONGEST_PLAN} may be.")
    return {"todos": [{"title": shortened(line), "description": line} for line in lines]}


def shortened(line):
    """The beginning of a line, as long as titles may be: in UTF-16 code units."""
    return line.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_TITLE].decode("utf-16-le", "ignore")


def work(task_id, task):
    """A text, and a pull request: the same for the same task, so that a task that is done twice has one."""
    repository = task["repository"]
    number = int(task_id[:6], 16) + 1
    return {
        "output": f"Done: {task['title']}",
        "pull_request_url": f"https://github.com/{repository['owner']}/{repository['name']}/pull/{number}",
    }


def audit(submission):
    """Approves pull requests of its own form."""
    try:
        with open(os.path.join(os.environ.get("AGENT_DIRECTORY", "."), "verdict.json"), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        pass
    if PULL_REQUEST.fullmatch(submission["pull_request_url"]):
        return {"approved": True, "reason": "It is a pull request on GitHub."}
    return {"approved": False, "reason": "It is no pull request on GitHub."}


def main():
    """Reads what is to be done, and does it."""
    asked = json.load(sys.stdin)
    if asked["do"] == "plan":
        answer = plan(asked["task"])
    elif asked["do"] == "work":
        answer = work(asked["task_id"], asked["task"])
    else:
        answer = audit(asked["submission"])
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
