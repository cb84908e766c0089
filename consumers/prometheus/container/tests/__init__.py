"""Tests of the container's calls. Importing this puts what they are made of on the path, as `call.py` does."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
for folder in ("clients/prometheus/python", "contracts/prometheus/auth/python"):
    if str(ROOT / folder) not in sys.path:
        sys.path.insert(0, str(ROOT / folder))
