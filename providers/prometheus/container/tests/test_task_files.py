"""Tasks and their lines on disk."""

from __future__ import annotations

import io
import json
import os
import tempfile
import threading
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from typing import List

from service.task import Task
from service.task_files import TaskFiles
from service.task_logs import TaskLogs

ID = "915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9"


def task(run: str = "first") -> Task:
    content = {"kind": "work", "todo_id": ID, "title": "Write"}
    return Task(ID, run, content, "running", "2026-01-02T03:04:05.678Z")


class Files(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "tasks"
        self.files = TaskFiles(self.path)

    def test_finds_what_was_put_there_also_after_a_restart(self) -> None:
        self.assertIsNone(self.files.find(ID))
        self.files.add(task())
        self.assertEqual(TaskFiles(self.path).find(ID), task())

    def test_puts_one_task_of_an_id_there_however_many_come_at_once(self) -> None:
        given: List[Task] = []
        threads = [
            threading.Thread(target=lambda run=run: given.append(self.files.add(task(run)))) for run in "abcdefgh"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len({each.run for each in given}), 1)

    def test_sees_what_is_changed_and_taken_away_from_outside(self) -> None:
        self.files.add(task())
        self.assertEqual([each.status for each in self.files.all()], ["running"])
        outside = self.path / "outside.part"
        outside.write_text(json.dumps(task("second").failed("No.")._asdict()), encoding="utf-8")
        os.replace(outside, self.path / f"{ID}.json")
        self.assertEqual([each.status for each in self.files.all()], ["failed"])
        (self.path / f"{ID}.json").unlink()
        self.assertIsNone(self.files.find(ID))
        self.assertEqual(list(self.files.all()), [])

    def test_a_start_that_another_one_has_replaced_changes_nothing(self) -> None:
        self.files.add(task("second"))
        self.assertFalse(self.files.update(task("first").failed("Too late.")))
        self.assertEqual(self.files.find(ID), task("second"))

    def test_a_task_that_was_taken_away_does_not_come_back(self) -> None:
        self.assertFalse(self.files.update(task().failed("Too late.")))
        self.assertIsNone(self.files.find(ID))

    def test_a_file_that_cannot_be_read_is_no_task_and_does_not_hide_the_others(self) -> None:
        self.files.add(task())
        for index, text in enumerate(("{", "[]", '{"task_id": 1}')):
            (self.path / f"00000000-0000-4000-8000-00000000000{index}.json").write_text(text, encoding="utf-8")
        with redirect_stdout(io.StringIO()) as said:
            self.assertEqual(list(self.files.all()), [task()])
        self.assertEqual(said.getvalue().count("Task file cannot be read"), 3)

    def test_clears_what_a_crash_left_half_written(self) -> None:
        left = self.path / f"{ID}.tmp"
        left.write_text('{"task_id": "9', encoding="utf-8")
        TaskFiles(self.path)
        self.assertFalse(left.exists())


class Logs(unittest.TestCase):
    def test_keeps_lines_in_order_cuts_long_ones_and_skips_what_a_crash_cut_off(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            logs = TaskLogs(Path(directory))
            logs.add(ID, "info", "One\u2028line")
            logs.add(ID, "error", "x" * 3000)
            with (Path(directory) / f"{ID}.jsonl").open("a", encoding="utf-8") as file:
                file.write('{"task_id": "9')
            lines = logs.of(ID)
            self.assertEqual([line["message"] for line in lines], ["One\u2028line", "x" * 2000])
            self.assertEqual([line["level"] for line in lines], ["info", "error"])
            logs.clear(ID)
            self.assertEqual(logs.of(ID), [])


if __name__ == "__main__":
    unittest.main()
