"""Text as the contract counts it."""

from __future__ import annotations

from datetime import datetime, timezone


def shortened(text: str, length: int) -> str:
    """The beginning of a text, of so many UTF-16 code units at most: the TypeScript services count in them."""
    if len(text) * 2 <= length:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return units[: length * 2].decode("utf-16-le", "ignore") if len(units) > length * 2 else text


def now_iso() -> str:
    """The time as the contract writes it: UTC, with milliseconds."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
