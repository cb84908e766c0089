"""Tasks on disk, one JSON file each, written whole or not at all.

Files are read at every request: whatever is put there or taken away while the container runs counts at once.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, Dict, Iterator, NamedTuple, Optional, Tuple

from .log import log
from .task import Task

_TEMPORARY = ".tmp"


class _Read(NamedTuple):
    stamp: Tuple[int, int]
    task: Optional[Task]


class TaskFiles:
    """The tasks in a directory, which is made where it is missing."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._turn = threading.RLock()
        self._known: Dict[str, _Read] = {}
        directory.mkdir(parents=True, exist_ok=True)
        for left_over in directory.glob(f"*{_TEMPORARY}"):
            left_over.unlink()

    def find(self, task_id: str) -> Optional[Task]:
        """The task of this id; None where there is none."""
        return self._read(f"{task_id}.json")

    def add(self, task: Task) -> Task:
        """Puts a task there, unless one of its id is: then gives that one."""
        with self._turn:
            known = self.find(task.task_id)
            if known is None:
                self._write(task)
            return known or task

    def update(self, task: Task) -> bool:
        """Puts a task in the place of its former self. False where that is gone, or was started anew."""
        with self._turn:
            known = self.find(task.task_id)
            if known is None or known.run != task.run:
                return False
            self._write(task)
            return True

    def all(self) -> Iterator[Task]:
        """All tasks."""
        with self._turn:
            names = {entry.name for entry in os.scandir(self._directory) if entry.name.endswith(".json")}
            for gone in self._known.keys() - names:
                del self._known[gone]
        for name in sorted(names):
            task = self._read(name)
            if task is not None:
                yield task

    def _read(self, name: str) -> Optional[Task]:
        path = self._directory / name
        try:
            about = path.stat()
            stamp = (about.st_ino, about.st_mtime_ns)
            with self._turn:
                known = self._known.get(name)
                if known is None or known.stamp != stamp:
                    known = self._known[name] = _Read(stamp, _task_in(path))
                return known.task
        except FileNotFoundError:
            return None

    def _write(self, task: Task) -> None:
        path = self._directory / f"{task.task_id}.json"
        temporary = path.with_suffix(_TEMPORARY)
        temporary.write_text(json.dumps(task._asdict()), encoding="utf-8")
        os.replace(temporary, path)


def _task_in(path: Path) -> Optional[Task]:
    """The task in a file. One that cannot be read is none: the others are not to suffer from it."""
    try:
        fields: Dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fields["to_deliver"] = tuple(fields["to_deliver"])
        return Task(**fields)
    except (ValueError, TypeError, KeyError) as error:
        log("error", "Task file cannot be read", file=path.name, error=f"{type(error).__name__}: {error}")
        return None
