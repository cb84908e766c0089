"""From a request to a reply: routes, callers, values, the operation."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from prometheus_auth.tokens import TokenKey

from . import checks
from .body import BodyLost
from .callers import authenticate, expect_node
from .log import log
from .operations import Operation
from .refusal import Mistake, Refusal, internal_error, invalid, not_found
from .request import Parts, Request, decoded, read_json, read_query


class Reply(NamedTuple):
    """A reply, ready to be sent. `operation` is the one that was called, if any."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    operation: Optional[str] = None


class Service:
    """The operations of the contract behind one door."""

    def __init__(self, operations: Sequence[Operation], keys: Sequence[TokenKey]) -> None:
        self._operations = operations
        self._keys = keys

    def answer(self, request: Request, request_id: str) -> Reply:
        """Answers a request, whatever it is; what goes wrong is answered, too. Raises BodyLost where nobody waits."""
        name: Optional[str] = None
        try:
            operation, path = self._find(request)
            name = operation.name
            status, body = self._serve(operation, path, request)
            return Reply(status, {}, json.dumps(body).encode(), name)
        except Refusal as refusal:
            return refused(refusal, request_id)._replace(operation=name)
        except BodyLost:
            raise
        except Exception as error:  # Nothing that fails may leave a caller without an answer.
            log("error", "Request failed", request_id=request_id, error=f"{type(error).__name__}: {error}")
            return refused(internal_error(), request_id)._replace(operation=name)

    def _find(self, request: Request) -> Tuple[Operation, Dict[str, str]]:
        at_path = [(each, match) for each in self._operations if (match := each.path.fullmatch(request.path))]
        method = "GET" if request.method == "HEAD" else request.method
        for operation, match in at_path:
            if operation.method == method:
                return operation, {name: decoded(value) for name, value in match.groupdict().items()}
        if not at_path:
            raise not_found("There is no such resource.")
        methods = ", ".join(operation.method for operation, _ in at_path)
        raise Refusal(405, "method_not_allowed", f"This resource takes {methods}.", headers={"allow": methods})

    def _serve(self, operation: Operation, path: Mapping[str, str], request: Request) -> Tuple[int, Any]:
        caller = None if operation.is_open else authenticate(request, self._keys)
        parts = _read(operation, path, request)
        if caller is not None:
            expect_node(caller)
        return operation.handle(parts)


def refused(refusal: Refusal, request_id: str) -> Reply:
    """A refusal as a reply."""
    return Reply(refusal.status, refusal.headers, json.dumps(refusal.body(request_id)).encode())


def _read(operation: Operation, path: Mapping[str, str], request: Request) -> Parts:
    body = read_json(request) if operation.body else None
    mistakes: List[Mistake] = []
    parts = Parts(
        {name: checks.uuid(value, f"path.{name}", mistakes) for name, value in path.items()},
        read_query(request.query, operation.query, mistakes),
        operation.body(body, "body", mistakes) if operation.body else None,
    )
    if mistakes:
        raise invalid(mistakes)
    return parts
