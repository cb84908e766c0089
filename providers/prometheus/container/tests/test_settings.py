"""The environment."""

from __future__ import annotations

import unittest
from typing import Dict

from service.settings import BUILT_IN_AGENT, InvalidEnvironment, read_settings

GOOD: Dict[str, str] = {
    "CONTAINER_BIND": "127.0.0.1:8080",
    "CONTAINER_DATA": "/tmp/container",
    "JWT_KEYS": "a=0123456789abcdef0123456789abcdef",
    "COORDINATOR_URL": "http://127.0.0.1:3000",
    "PLANNER_URL": "http://127.0.0.1:30017",
    "WORKER_URL": "https://worker.example.com",
}


class Environment(unittest.TestCase):
    def test_has_defaults_for_the_agent_and_for_times(self) -> None:
        settings = read_settings(GOOD)
        self.assertEqual((settings.host, settings.port), ("127.0.0.1", 8080))
        self.assertEqual((settings.agent_command, settings.agent_seconds), (BUILT_IN_AGENT, 600))
        self.assertEqual(settings.callback_seconds, 10)

    def test_takes_an_agent_with_arguments(self) -> None:
        settings = read_settings({**GOOD, "AGENT_COMMAND": "sh -c 'echo hello'"})
        self.assertTrue(settings.agent_command[0].endswith("/sh"))
        self.assertEqual(settings.agent_command[1:], ("-c", "echo hello"))

    def test_names_all_that_is_missing_and_says_what_it_is(self) -> None:
        with self.assertRaises(InvalidEnvironment) as caught:
            read_settings({"CONTAINER_BIND": ""})
        for name in GOOD:
            self.assertIn(f"  {name}: ", str(caught.exception))
        self.assertIn("Address of the coordinator.", str(caught.exception))

    def test_names_what_is_malformed_and_does_not_repeat_it(self) -> None:
        malformed = {
            "CONTAINER_BIND": "8080",
            "JWT_KEYS": "a=too-short-secret",
            "COORDINATOR_URL": "localhost:3000",
            "PLANNER_URL": "ftp://planner",
            "WORKER_URL": "http://worker:99999999",
            "AGENT_COMMAND": "no-such-program-anywhere",
            "AGENT_SECONDS": "soon",
            "CALLBACK_SECONDS": "-1",
        }
        with self.assertRaises(InvalidEnvironment) as caught:
            read_settings({**GOOD, **malformed})
        for name, value in malformed.items():
            self.assertIn(f"  {name}: ", str(caught.exception))
            self.assertNotIn(value, str(caught.exception).replace(name, ""))

    def test_listens_on_addresses_of_both_kinds(self) -> None:
        self.assertEqual(read_settings({**GOOD, "CONTAINER_BIND": "[::1]:0"})[:2], ("::1", 0))
        self.assertEqual(read_settings({**GOOD, "CONTAINER_BIND": "0.0.0.0:80"})[:2], ("0.0.0.0", 80))


if __name__ == "__main__":
    unittest.main()
