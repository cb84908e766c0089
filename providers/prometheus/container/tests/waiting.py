"""Waiting for what is to come."""

from __future__ import annotations

import time
from typing import Callable, TypeVar

T = TypeVar("T")


def until(what: str, look: Callable[[], T], seconds: float = 15.0) -> T:
    """Looks until there is something; gives it. Raises AssertionError where there is nothing in time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:g} s.")
        time.sleep(0.01)
