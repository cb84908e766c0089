"""What the service says of itself: one JSON object per line on standard output, no secrets."""

from __future__ import annotations

import json
import sys
import threading

from .text import now_iso

_turn = threading.Lock()


def log(level: str, message: str, **fields: object) -> None:
    """Writes a line. Whoever reads the lines may be gone: then they are lost."""
    line = json.dumps({"level": level, "time": now_iso(), "component": "container", "message": message, **fields})
    with _turn:
        try:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            pass
