"""Why a request is not served, in the one error shape of the system."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence

from .text import now_iso


class Mistake(NamedTuple):
    """A value that the contract does not allow: where, and why not."""

    field: str
    message: str


class Refusal(Exception):
    """A request is not served. The code says why to programs, the message to people."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: Sequence[Mistake] = (),
        headers: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.headers = dict(headers or {})

    def body(self, request_id: str) -> Dict[str, Any]:
        """The refusal as a `Problem`."""
        error: Dict[str, Any] = {"code": self.code, "message": self.message}
        if self.details:
            error["details"] = [mistake._asdict() for mistake in self.details]
        return {"error": {**error, "request_id": request_id, "timestamp": now_iso()}}


def not_found(message: str) -> Refusal:
    return Refusal(404, "not_found", message)


def invalid(mistakes: Sequence[Mistake]) -> Refusal:
    """The refusal of values that the contract does not allow."""
    fields = ", ".join(mistake.field for mistake in mistakes)
    return Refusal(422, "validation_error", f"Not valid: {fields}.", details=mistakes)


def internal_error() -> Refusal:
    """What a caller learns of a mistake of the service's own: nothing but the request's id."""
    message = "The request could not be served. Quote the request id when you report this."
    return Refusal(500, "internal_error", message)
