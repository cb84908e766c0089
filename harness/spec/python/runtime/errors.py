# Copied into each generated client.
"""What a call may raise. All of it is a ConcordatError."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from .replies import Headers


@dataclass(frozen=True)
class CallContext:
    """What is known of a call: its operation in words, its address, and the id to quote when reporting it."""

    operation: str
    url: str
    request_id: str


class ConcordatError(Exception):
    """The base of everything that a call raises."""

    def __init__(self, context: CallContext, text: str) -> None:
        super().__init__(f"{context.operation}: {text} (request {context.request_id})")
        self.operation = context.operation
        self.url = context.url
        self.request_id = context.request_id


class ReplyError(ConcordatError):
    """The provider refused, with a status of 400 or above.

    `code` and `message` come out of the contract's error shape, where the body has it; `body` is the whole of it.
    """

    def __init__(
        self,
        context: CallContext,
        *,
        status: int,
        code: Optional[str],
        message: Optional[str],
        body: Any,
        headers: Headers,
    ) -> None:
        said = "" if code is None and message is None else f" {code or 'no code'}: {message or 'no message'}"
        super().__init__(context, f"answered {status}{said}")
        self.status = status
        self.code = code
        self.message = message
        self.body = body
        self.headers = headers

    @property
    def retry_after(self) -> Optional[float]:
        """Seconds to wait that the provider asks for (RFC 9110 section 10.2.3), where it does."""
        text = self.headers.get("retry-after", "")
        return float(text) if text.isdigit() else None


class ContractViolation(ConcordatError):
    """The provider answered something that the contract does not have, or left out what is read here. Never retried."""


class TimedOut(ConcordatError):
    """No whole answer within the time given."""


class ConnectionFailed(ConcordatError):
    """No connection, or one that broke before the answer was complete."""
