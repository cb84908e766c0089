"""The vectors that both languages share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

VECTORS: Dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors.json").read_text(encoding="utf-8")
)
