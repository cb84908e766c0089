# Copied into each generated client.
"""What an operation of the contract is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, Mapping, Optional, Tuple, TypeVar, Union

T = TypeVar("T")


@dataclass(frozen=True)
class Json:
    """A body in JSON, read as a type."""

    type: Any


@dataclass(frozen=True)
class Text:
    """A body of text in one media type."""

    media_type: str


@dataclass(frozen=True)
class Bytes:
    """A body of raw bytes."""


@dataclass(frozen=True)
class NoContent:
    """No body at all."""


Content = Union[Json, Text, Bytes, NoContent]


@dataclass(frozen=True)
class Answer:
    """One reply that an operation may give: its body, and the headers that come with it."""

    content: Content
    required_headers: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One thing that a component does for others. T is what the bodies of its good replies are read as."""

    name: str
    method: str
    path: str
    answers: Mapping[int, Answer]
    body: Content = field(default_factory=NoContent)
    authenticated: bool = False

    @property
    def is_idempotent(self) -> bool:
        """Whether it may be sent again without doing the thing twice (RFC 9110 section 9.2.2)."""
        return self.method in ("GET", "PUT", "DELETE")

    @property
    def words(self) -> str:
        return f"{self.name} ({self.method} {self.path})"


@dataclass(frozen=True)
class ErrorShape:
    """The one shape that all errors of a component have: its type, and where code and message stand in it."""

    type: Any
    code: Optional[Tuple[str, ...]]
    message: Optional[Tuple[str, ...]]

    def text_at(self, place: Optional[Tuple[str, ...]], body: Any) -> Optional[str]:
        """The text at a place of an error's JSON; None where there is none."""
        if place is None:
            return None
        for key in place:
            body = body.get(key) if isinstance(body, dict) else None
        return body if isinstance(body, str) else None


@dataclass(frozen=True)
class Shared:
    """What all operations of a component have in common."""

    errors: ErrorShape
    request_id_header: str
