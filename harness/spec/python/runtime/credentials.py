# Copied into each generated client.
"""How a caller proves who it is."""

from __future__ import annotations

from typing import Callable, Mapping, Optional, Protocol, Union

Secret = Union[str, Callable[[], Optional[str]]]


class Credentials(Protocol):
    """Makes the headers that prove who calls. Any object with this method will do, as one that signs requests."""

    def headers(self, method: str, path: str, body: bytes) -> Mapping[str, str]:
        """The headers for one attempt: `path` includes the query, `body` is as sent. Asked anew for each attempt."""


class BearerToken:
    """A token in the Authorization header (RFC 6750): a text, or what gives one at each call."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def headers(self, method: str, path: str, body: bytes) -> Mapping[str, str]:
        token = _value_of(self._token)
        return {} if token is None else {"authorization": f"Bearer {token}"}


class Cookie:
    """A cookie (RFC 6265): its name, and its value or what gives one at each call."""

    def __init__(self, name: str, value: Secret) -> None:
        self._name = name
        self._value = value

    def headers(self, method: str, path: str, body: bytes) -> Mapping[str, str]:
        value = _value_of(self._value)
        return {} if value is None else {"cookie": f"{self._name}={value}"}


def _value_of(secret: Secret) -> Optional[str]:
    return secret() if callable(secret) else secret
