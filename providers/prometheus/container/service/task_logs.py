"""The lines of each task on disk, one JSON object per line, oldest first."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional

from .shapes import MESSAGE_LENGTH
from .text import now_iso, shortened


class TaskLogs:
    """The lines in a directory, which is made where it is missing. They are read anew each time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._turn = threading.Lock()
        directory.mkdir(parents=True, exist_ok=True)

    def add(self, task_id: str, level: str, message: str) -> None:
        """Adds a line; a long message is cut."""
        entry = {
            "task_id": task_id,
            "level": level,
            "message": shortened(message, MESSAGE_LENGTH),
            "timestamp": now_iso(),
        }
        with self._turn, self._path(task_id).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def clear(self, task_id: str) -> None:
        """Takes all lines of a task away."""
        with self._turn:
            try:
                self._path(task_id).unlink()
            except FileNotFoundError:
                pass

    def of(self, task_id: str) -> List[Dict[str, Any]]:
        """All lines of a task. One that a crash cut off is left out."""
        try:
            lines = self._path(task_id).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return []
        return [entry for entry in map(_entry_of, lines) if entry is not None]

    def _path(self, task_id: str) -> Path:
        return self._directory / f"{task_id}.jsonl"


def _entry_of(line: str) -> Optional[Dict[str, Any]]:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
