"""The container as a process: how it starts, ends, and goes on."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from prometheus_auth.tokens import Caller, issue_token, read_token_keys
from service.callers import CONTAINER_NAME

from .receiver import Receiver, willing
from .test_agent import is_running
from .waiting import until

MAIN = str(Path(__file__).resolve().parents[1] / "main.py")
KEYS = "a=0123456789abcdef0123456789abcdef"
ID = "915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9"
PLAN = {
    "kind": "plan",
    "todo_id": "7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7",
    "job_id": "5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5",
    "title": "Plan",
    "description": "Write\nLink",
    "repository": {"owner": "koii", "name": "docs"},
}


class Container:
    """A container that runs, and what it said."""

    def __init__(self, environment: Dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, MAIN], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.url = ""
        for line in self.process.stdout:
            if (said := json.loads(line))["message"] == "Listening":
                self.url = said["url"]
                break

    def ask(self, method: str, path: str, body: Optional[Dict[str, Any]] = None) -> Tuple[int, Any]:
        token = issue_token(read_token_keys(KEYS), Caller("node-planner", "node"), CONTAINER_NAME)
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=15) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def task(self) -> Dict[str, Any]:
        return self.ask("GET", f"/api/tasks/{ID}")[1]["data"]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ends it; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return int(self.process.returncode)


class MainTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name)
        self.planner = Receiver(willing)
        self.addCleanup(self.planner.close)

    def environment(self, **changes: str) -> Dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "CONTAINER_BIND": "127.0.0.1:0",
            "CONTAINER_DATA": str(self.path),
            "JWT_KEYS": KEYS,
            "COORDINATOR_URL": "http://127.0.0.1:9",
            "PLANNER_URL": self.planner.url,
            "WORKER_URL": "http://127.0.0.1:9",
            **changes,
        }

    def start(self, **changes: str) -> Container:
        container = Container(self.environment(**changes))
        self.addCleanup(container.end, signal.SIGKILL)
        return container

    def failure(self, **changes: str) -> Tuple[int, str]:
        """The exit code and words of a container that cannot start."""
        environment = self.environment(**changes)
        ended = subprocess.run([sys.executable, MAIN], env=environment, capture_output=True, text=True, timeout=20)
        return ended.returncode, ended.stderr

    def agent(self) -> str:
        """An agent that says who it is, and takes its time."""
        script = self.path / "slow.py"
        pid_file = str(self.path / "pid")
        script.write_text(
            f"import os, time\nopen({pid_file!r} + '.new', 'w').write(str(os.getpid()))\n"
            f"os.rename({pid_file!r} + '.new', {pid_file!r})\ntime.sleep(60)\n",
            encoding="utf-8",
        )
        return f"{sys.executable} {script}"

    def agent_pid(self) -> int:
        until("the agent", (self.path / "pid").exists)
        return int((self.path / "pid").read_text())


class Start(MainTest):
    def test_says_what_is_missing(self) -> None:
        code, said = self.failure(JWT_KEYS="", WORKER_URL="nowhere")
        self.assertEqual(code, 14)
        self.assertIn("  JWT_KEYS: Keys that tokens are signed with", said)
        self.assertIn("  WORKER_URL: has to be an address", said)
        self.assertNotIn("Traceback", said)

    def test_says_that_the_port_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            place = f"127.0.0.1:{taken.getsockname()[1]}"
            code, said = self.failure(CONTAINER_BIND=place)
        self.assertEqual(code, 14)
        self.assertIn(f"cannot listen at {place}: Address already in use. Free it", said)

    def test_says_that_its_directory_cannot_be_used(self) -> None:
        (self.path / "file").write_text("", encoding="utf-8")
        code, said = self.failure(CONTAINER_DATA=str(self.path / "file" / "data"))
        self.assertEqual(code, 14)
        self.assertIn("cannot use its directory", said)


class End(MainTest):
    def test_is_clean_when_it_is_asked_for_by_either_signal(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            self.assertEqual(self.start().end(number), 0)

    def test_does_not_wait_for_idle_connections_and_ends_agents(self) -> None:
        container = self.start(AGENT_COMMAND=self.agent())
        with socket.create_connection(("127.0.0.1", int(container.url.rsplit(":", 1)[1])), 15):
            self.assertEqual(container.ask("PUT", f"/api/tasks/{ID}", PLAN)[0], 202)
            agent = self.agent_pid()
            self.assertEqual(container.end(), 0)
        until("the end of the agent", lambda: not is_running(agent))

    def test_by_force_leaves_no_agent_behind_and_the_next_start_reports_what_was_running(self) -> None:
        killed = self.start(AGENT_COMMAND=self.agent())
        killed.ask("PUT", f"/api/tasks/{ID}", PLAN)
        agent = self.agent_pid()
        self.assertEqual(killed.ask("GET", "/health")[1], {"status": "healthy", "running_tasks": 1})
        killed.end(signal.SIGKILL)
        until("the end of the agent", lambda: not is_running(agent))
        again = self.start()
        task = again.task()
        self.assertEqual((task["status"], task["error"]), ("failed", "The container ended while it worked on this."))
        (report,) = until("the report", lambda: self.planner.made("PUT", f"/api/tasks/{ID}/failure"))
        self.assertEqual(report.body, {"message": "The container ended while it worked on this."})


class Tasks(MainTest):
    def test_are_done_by_the_agent_and_reported(self) -> None:
        container = self.start()
        status, answer = container.ask("PUT", f"/api/tasks/{ID}", PLAN)
        self.assertEqual((status, answer["data"]["status"]), (202, "running"))
        (report,) = until("the report", lambda: self.planner.made("PUT", f"/api/tasks/{ID}/plan"))
        self.assertEqual([todo["title"] for todo in report.body["todos"]], ["Write", "Link"])
        self.assertEqual(container.task()["status"], "succeeded")
        lines = container.ask("GET", f"/api/logs?task_id={ID}&per_page=1&page=2")[1]
        self.assertEqual([line["message"] for line in lines["data"]], ["Done: Plan"])
        self.assertEqual(lines["pagination"]["total_items"], 2)

    def test_of_one_id_are_begun_once_and_another_one_is_refused(self) -> None:
        container = self.start(AGENT_COMMAND=self.agent())
        path = f"/api/tasks/{ID}"
        self.assertEqual([container.ask("PUT", path, PLAN)[0] for _ in range(3)], [202, 200, 200])
        status, answer = container.ask("PUT", path, {**PLAN, "title": "Another"})
        self.assertEqual((status, answer["error"]["code"]), (409, "conflict"))

    def test_that_were_not_reported_are_after_a_restart(self) -> None:
        port = self.planner.port
        self.planner.close()
        container = self.start()
        container.ask("PUT", f"/api/tasks/{ID}", PLAN)
        until("the end of the task", lambda: container.task()["status"] == "succeeded")
        self.assertEqual(container.end(), 0)
        back = Receiver(willing, port)
        self.addCleanup(back.close)
        self.start()
        until("the report", lambda: back.made("PUT", f"/api/tasks/{ID}/plan"))

    def test_that_the_agent_cannot_do_have_failed(self) -> None:
        container = self.start()
        container.ask("PUT", f"/api/tasks/{ID}", {**PLAN, "description": ""})
        (report,) = until("the report", lambda: self.planner.made("PUT", f"/api/tasks/{ID}/failure"))
        self.assertEqual(report.body["message"], "There is nothing to plan: the description is empty.")
        self.assertEqual(container.task()["status"], "failed")

    def test_that_take_too_long_have_failed(self) -> None:
        container = self.start(AGENT_COMMAND=self.agent(), AGENT_SECONDS="0.5")
        container.ask("PUT", f"/api/tasks/{ID}", PLAN)
        reports: List[Any] = until("the report", lambda: self.planner.made("PUT", f"/api/tasks/{ID}/failure"))
        self.assertEqual(reports[0].body["message"], "The agent took more than 0.5 seconds.")


if __name__ == "__main__":
    unittest.main()
