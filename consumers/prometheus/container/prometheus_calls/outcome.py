"""What became of a call."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Union

from concordat_prometheus.runtime.errors import ConcordatError, ContractViolation, ReplyError


class Answered(NamedTuple):
    """It was done; `value` is what the container reads of the answer."""

    value: Any = None


class Refused(NamedTuple):
    """It was refused, and would be again: the same call is of no use."""

    code: str
    message: str


class Unanswered(NamedTuple):
    """Nobody answered, or the provider failed: the same call may do in a moment."""

    reason: str


Outcome = Union[Answered, Refused, Unanswered]


def outcome_of(call: Callable[[], Any]) -> Outcome:
    """Makes a call, and says what became of it. Raises what is no failure of the call."""
    try:
        return Answered(call())
    except ReplyError as error:
        # A failure of the provider's own says nothing about the call.
        if error.status >= 500:
            return Unanswered(str(error))
        return Refused(error.code or str(error.status), error.message or "")
    except ContractViolation as error:
        return Refused("contract_violation", str(error))
    except ConcordatError as error:
        return Unanswered(str(error))
