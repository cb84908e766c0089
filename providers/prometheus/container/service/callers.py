"""Who calls, by its token."""

from __future__ import annotations

from typing import Sequence

from prometheus_auth.problems import CredentialProblem
from prometheus_auth.tokens import Caller, TokenKey, verify_token

from .refusal import Refusal
from .request import Request, bearer_token

#: The name of the container's contract: whom tokens have to be for.
CONTAINER_NAME = "prometheus-container"


def authenticate(request: Request, keys: Sequence[TokenKey]) -> Caller:
    """Who calls. Raises Refusal 401 where there is no token, or none that is good here."""
    token = bearer_token(request)
    if token is None:
        raise Refusal(401, "unauthorized", "Sign in first.")
    try:
        return verify_token(keys, token, CONTAINER_NAME)
    except CredentialProblem as problem:
        raise Refusal(401, problem.code, str(problem)) from None


def expect_node(caller: Caller) -> None:
    """Lets nodes through. Raises Refusal 403 for any other."""
    if caller.role != "node":
        raise Refusal(403, "forbidden", "This is for the role node.")
