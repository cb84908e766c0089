# Copied into each generated client.
"""Calling the operations of a contract."""

from __future__ import annotations

import http.client
import json
import random
import ssl
import time
import uuid
from typing import Any, Callable, List, Mapping, Optional, Tuple, TypeVar, cast
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from .credentials import Credentials
from .errors import CallContext, ConcordatError, ConnectionFailed, ReplyError, TimedOut
from .models import to_json
from .operations import Json, NoContent, Operation, Shared, Text
from .replies import Reply, ReplyReader, is_passing_status
from .transport import DeadlineExceeded, RawRequest, exchange

T = TypeVar("T")

_longest_pause = 10.0


def _new_request_id() -> str:
    return str(uuid.uuid4())


class Client:
    """What all clients have in common. It holds no connection: it may be shared by threads, and needs no closing.

    base_url: where the component is, as `http://127.0.0.1:8080`; a path in it goes before those of the operations.
    credentials: sent with the operations that ask for some.
    timeout: seconds that one attempt may take, from connecting to the whole reply; finding the address is not counted.
    retries: how often an idempotent call is tried again, where no whole answer came, or one of 502, 503 and 504 that
        the operation does not declare.
    retry_delay: seconds before the first retry; each further one waits up to twice as long, with jitter.
    sleep: waits between attempts; the `wait` of a threading.Event ends the pause when the event is set.
    tls: settings for https; default: certificates are checked against those that the system trusts.
    """

    _shared: Shared

    def __init__(
        self,
        base_url: str,
        credentials: Optional[Credentials] = None,
        *,
        timeout: float = 10.0,
        retries: int = 3,
        retry_delay: float = 0.2,
        new_request_id: Callable[[], str] = _new_request_id,
        sleep: Callable[[float], object] = time.sleep,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._origin = _origin_of(self._base_url)
        self._credentials = credentials
        self._timeout = timeout
        self._retries = retries
        self._retry_delay = retry_delay
        self._new_request_id = new_request_id
        self._sleep = sleep
        self._tls = tls

    def _call(
        self,
        operation: Operation[T],
        params: Mapping[str, Any],
        *,
        query: Optional[Mapping[str, Any]] = None,
        headers: Optional[Mapping[str, Any]] = None,
        body: Any = None,
    ) -> Reply[T]:
        sent, content_type = _encode(operation, body)
        given = {name.lower(): str(value) for name, value in (headers or {}).items() if value is not None}
        if content_type is not None:
            given.setdefault("content-type", content_type)
        path = _fill(operation.path, params) + _query_string(query or {})
        request = RawRequest(operation.method, f"{self._origin.path}{path}", given, sent)
        attempt = 0
        while True:
            try:
                return self._attempt(operation, request, f"{self._base_url}{path}")
            except ConcordatError as error:
                if attempt >= self._retries or not _is_worth_another(operation, error):
                    raise
            self._sleep(self._pause(attempt))
            attempt += 1

    def _attempt(self, operation: Operation[T], request: RawRequest, url: str) -> Reply[T]:
        context = CallContext(operation.words, url, self._new_request_id())
        headers = {
            **request.headers,
            "accept": "application/json, */*;q=0.5",
            "connection": "close",
            self._shared.request_id_header: context.request_id,
        }
        if operation.authenticated and self._credentials is not None:
            headers.update(self._credentials.headers(request.method, request.path, request.body or b""))
        complete = RawRequest(request.method, request.path, headers, request.body)
        try:
            raw = exchange(self._origin, complete, self._timeout, self._tls)
        except DeadlineExceeded:
            text = f"no whole answer within {self._timeout:g} s. Is the provider overloaded?"
            raise TimedOut(context, text) from None
        except (OSError, http.client.HTTPException) as error:
            origin = f"{self._origin.scheme}://{self._origin.netloc}"
            text = f"no whole answer from {origin}: {str(error) or type(error).__name__}. Is the provider running?"
            raise ConnectionFailed(context, text) from error
        return ReplyReader(operation, self._shared, context).read(raw)

    def _pause(self, attempt: int) -> float:
        longest = min(_longest_pause, self._retry_delay * 2.0**attempt)
        return longest * random.uniform(0.5, 1.0)


def _is_worth_another(operation: Operation[Any], error: ConcordatError) -> bool:
    if not operation.is_idempotent:
        return False
    if isinstance(error, ReplyError):
        return is_passing_status(operation, error.status)
    return isinstance(error, (ConnectionFailed, TimedOut))


def _origin_of(base_url: str) -> SplitResult:
    origin = urlsplit(base_url)
    if origin.scheme not in ("http", "https") or not origin.hostname or origin.query or origin.fragment:
        raise ValueError(f'"{base_url}" is no address of a component. Give one as http://127.0.0.1:8080.')
    if origin.port == 0:  # Reading it raises ValueError where it is no number.
        raise ValueError(f'"{base_url}" has no port that can be called.')
    return origin


def _encode(operation: Operation[Any], body: Any) -> Tuple[Optional[bytes], Optional[str]]:
    """The bytes of a body, and their media type."""
    content = operation.body
    if isinstance(content, NoContent):
        return None, None
    if isinstance(content, Json):
        text = json.dumps(to_json(body), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8"), "application/json"
    if isinstance(content, Text):
        return cast(str, body).encode("utf-8"), content.media_type
    return bytes(body), "application/octet-stream"


def _fill(template: str, params: Mapping[str, Any]) -> str:
    """A path with its parameters, percent-encoded (RFC 3986 section 2.1)."""
    path = template
    for name, value in params.items():
        text = _text(value)
        if text in ("", ".", ".."):
            raise ValueError(f'path {template}: "{text}" cannot be the parameter "{name}".')
        path = path.replace("{" + name + "}", quote(text, safe="!~*'()"))
    return path


def _query_string(query: Mapping[str, Any]) -> str:
    """A query with its leading `?`, or nothing. None is left out, lists are repeated."""
    pairs: List[Tuple[str, str]] = []
    for name, value in query.items():
        items = value if isinstance(value, (list, tuple)) else [value]
        pairs += [(name, _text(item)) for item in items if item is not None]
    return f"?{urlencode(pairs)}" if pairs else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
