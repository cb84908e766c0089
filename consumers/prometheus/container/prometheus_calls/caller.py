"""Who the container is to those that it calls, and how it calls them."""

from __future__ import annotations

from typing import Mapping, NamedTuple, Sequence

from prometheus_auth.tokens import Caller, TokenKey, issue_token

CONTAINER = Caller("container", "container")


class Calling(NamedTuple):
    """How calls are made.

    timeout: seconds that one attempt may take.
    retries: how often an idempotent call is tried again where no whole answer came.
    scheme: the word before the token in the Authorization header; all but `Bearer` is refused.
    """

    keys: Sequence[TokenKey]
    timeout: float = 10.0
    retries: int = 0
    scheme: str = "Bearer"


class OwnToken:
    """Credentials: a token of the container's own, made anew for each attempt, good for one component only."""

    def __init__(self, calling: Calling, audience: str) -> None:
        self._calling = calling
        self._audience = audience

    def headers(self, method: str, path: str, body: bytes) -> Mapping[str, str]:
        token = issue_token(self._calling.keys, CONTAINER, self._audience)
        return {"authorization": f"{self._calling.scheme} {token}"}
