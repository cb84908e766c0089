"""The agent as a child process, and the built-in one."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Dict, Sequence

from service.agent_answers import outcome_of, verdict_of
from service.agent_process import AgentFailed, AgentRunner, Stopped
from service.settings import BUILT_IN_AGENT

from .waiting import until

TASK_ID = "000010a2-6f7e-4081-8c93-a4b5c6d7e8f9"
REPOSITORY = {"owner": "koii", "name": "docs"}


class AgentTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "agent"

    def runner(self, command: Sequence[str] = BUILT_IN_AGENT, seconds: float = 30.0) -> AgentRunner:
        return AgentRunner(command, seconds, self.path)

    def script(self, code: str, seconds: float = 30.0) -> AgentRunner:
        return self.runner((sys.executable, "-I", "-S", "-c", code), seconds)


class BuiltIn(AgentTest):
    def ask(self, do: str, **task: Any) -> Any:
        asked = {"title": "Write", "repository": REPOSITORY, "description": "", **task}
        return self.runner().ask({"do": do, "task_id": TASK_ID, "task": asked}).value

    def test_plans_one_step_for_each_line(self) -> None:
        answer = self.ask("plan", description=" Write it \n\n  " + "🚀" * 150 + "\nLink it")
        todos = outcome_of("plan", answer)["todos"]
        self.assertEqual([todo["title"] for todo in todos], ["Write it", "🚀" * 100, "Link it"])
        self.assertEqual(todos[1]["description"], "🚀" * 150)

    def test_says_that_it_cannot_plan_nothing_or_too_much(self) -> None:
        for description, why in ((" \n ", "nothing to plan"), ("a\n" * 101, "101 steps, and 100 may be")):
            with self.assertRaisesRegex(AgentFailed, why):
                self.ask("plan", description=description)

    def test_works_with_a_text_and_a_pull_request_the_same_each_time(self) -> None:
        outcome = outcome_of("work", self.ask("work"))
        self.assertEqual(outcome["output"], "Done: Write")
        self.assertEqual(outcome["pull_request_url"], "https://github.com/koii/docs/pull/17")
        self.assertEqual(outcome, outcome_of("work", self.ask("work")))

    def test_approves_pull_requests_of_its_own_form(self) -> None:
        for url, approved in (("https://github.com/a/b/pull/1", True), ("https://example.com/a/b/pull/1", False)):
            verdict = verdict_of(self.runner().ask({"do": "audit", "submission": {"pull_request_url": url}}).value)
            self.assertEqual(verdict["approved"], approved)


class Process(AgentTest):
    def test_gets_the_question_and_gives_an_answer_and_its_log(self) -> None:
        code = "import json, sys; print('hello\\n\\nworld', file=sys.stderr); print(json.dumps([json.load(sys.stdin)]))"
        answer = self.script(code).ask({"do": "é" * 100_000})
        self.assertEqual((answer.value, list(answer.lines)), ([{"do": "é" * 100_000}], ["hello", "world"]))

    def test_does_not_get_the_keys_of_the_container(self) -> None:
        os.environ["JWT_KEYS"] = "a=placeholder"
        self.addCleanup(os.environ.pop, "JWT_KEYS")
        code = "import json, os; print(json.dumps(['JWT_KEYS' in os.environ, os.environ['AGENT_DIRECTORY']]))"
        self.assertEqual(self.script(code).ask({}).value, [False, str(self.path)])

    def test_says_why_it_failed(self) -> None:
        with self.assertRaises(AgentFailed) as caught:
            self.script("import sys; print('trying', file=sys.stderr); sys.exit('No repository.')").ask({})
        self.assertEqual((str(caught.exception), list(caught.exception.lines)), ("No repository.", ["trying"]))
        with self.assertRaisesRegex(AgentFailed, "ended with code 3"):
            self.script("import sys; sys.exit(3)").ask({})
        with self.assertRaisesRegex(AgentFailed, "ended with code 137"):
            self.script("import os; os.kill(os.getpid(), 9)").ask({})

    def test_answers_that_are_none_are_failures(self) -> None:
        for code, why in (
            ("print('done')", "no JSON"),
            ("print('NaN')", "no JSON"),
            ("pass", "no JSON"),
            ("print('[' * 100000)", "no JSON"),
            ("print('\"' + 'x' * 1048576 + '\"')", "more than 1048576 bytes"),
        ):
            with self.subTest(code), self.assertRaisesRegex(AgentFailed, why):
                self.script(code).ask({})
        shapes: Dict[str, Any] = {"plan": {"todos": []}, "work": {"output": 3}}
        for kind, answer in shapes.items():
            with self.subTest(kind), self.assertRaisesRegex(AgentFailed, "cannot be used: answer"):
                outcome_of(kind, answer)

    def test_halves_of_characters_do_not_get_through(self) -> None:
        self.assertEqual(self.script(r"""print('{"a": ["\\ud800"]}')""").ask({}).value, {"a": ["?"]})

    def test_is_ended_with_all_that_it_started_when_its_time_is_over(self) -> None:
        with self.assertRaisesRegex(AgentFailed, "more than 0.5 seconds"):
            self.family(0.5).ask({})
        self.assert_family_gone()

    def test_leaves_nothing_behind_when_it_ends_by_itself(self) -> None:
        child = f"import os, time; open({str(self.child_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        code = (
            f"import os, subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}])\n"
            f"while not os.path.exists({str(self.child_file)!r}): time.sleep(0.01)\nprint(1)"
        )
        started = time.monotonic()
        self.assertEqual(self.script(code).ask({}).value, 1)
        self.assertLess(time.monotonic() - started, 30)
        self.assert_family_gone()

    def test_is_ended_when_the_container_ends_and_none_is_started_after_it(self) -> None:
        runner = self.family(30)
        outcome: list = []

        def ask() -> None:
            try:
                runner.ask({})
            except Stopped as stopped:
                outcome.append(stopped)

        asking = threading.Thread(target=ask)
        asking.start()
        until("the agent's child", self.child_file.exists)
        runner.stop()
        asking.join(15)
        self.assertEqual(len(outcome), 1)
        self.assert_family_gone()
        with self.assertRaises(Stopped):
            runner.ask({})

    @property
    def child_file(self) -> Path:
        return self.path / "child"

    def family(self, seconds: float) -> AgentRunner:
        """An agent that does not listen to SIGTERM, and waits for a child that does not either."""
        deaf = "import os, signal, time; signal.signal(15, signal.SIG_IGN);"
        child = f"{deaf} open({str(self.child_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        return self.script(f"{deaf} import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])", seconds)

    def assert_family_gone(self) -> None:
        if self.child_file.exists() and (pid := self.child_file.read_text()):
            until("the end of the agent's child", lambda: not is_running(int(pid)))


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        pass
    if Path("/proc").is_dir():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    unittest.main()
