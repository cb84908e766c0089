"""Tests of the container. Importing this puts what it is made of on the path, as `main.py` does."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
for folder in ("clients/prometheus/python", "contracts/prometheus/auth/python", "consumers/prometheus/container"):
    if str(ROOT / folder) not in sys.path:
        sys.path.insert(0, str(ROOT / folder))
