"""A request as it came, and the reading of its parts."""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Tuple
from urllib.parse import parse_qsl, unquote

from .checks import MISSING, Check
from .refusal import Mistake, Refusal

#: The largest body that is read.
MOST_BODY_BYTES = 1024 * 1024

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Request(NamedTuple):
    """A request. `read_body` gives the whole body, or raises Refusal 413."""

    method: str
    path: str
    query: str
    content_type: str
    authorization: str
    read_body: Callable[[], bytes]


class Parts(NamedTuple):
    """The parts of a request, checked."""

    path: Dict[str, Any]
    query: Dict[str, Any]
    body: Any


def split_target(target: str) -> Tuple[str, str]:
    """Path and query of a request's target (RFC 9112 §3.2); an address before them is left out."""
    without_fragment = target.split("#", 1)[0]
    if not without_fragment.startswith("/"):
        without_fragment = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?]*", "", without_fragment) or "/"
    path, _, query = without_fragment.partition("?")
    return path or "/", query


def decoded(text: str) -> str:
    """A part of a path without percent-encoding; as it is where that gives no text."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def read_query(query: str, checks: Mapping[str, Check], mistakes: List[Mistake]) -> Dict[str, Any]:
    """The parameters of a query; the first of several of one name counts. What looks like a number is one."""
    given: Dict[str, Any] = {}
    for name, text in parse_qsl(query, keep_blank_values=True):
        given.setdefault(name, text)
    values: Dict[str, Any] = {}
    for name, check in checks.items():
        value = given.get(name, MISSING)
        if name in ("page", "per_page") and value is not MISSING and _NUMBER.fullmatch(value):
            value = float(value)
        values[name] = check(value, f"query.{name}", mistakes)
    return values


def read_json(request: Request) -> Any:
    """The body as JSON. Raises Refusal: 415 for another media type, 413 for too much, 400 for what is no JSON."""
    media_type = request.content_type.split(";")[0].strip().lower()
    if media_type != "application/json":
        given = request.content_type or "of no media type"
        raise Refusal(415, "unsupported_media_type", f"The body has to be application/json, not {given}.")
    data = request.read_body()
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refusal(400, "malformed_json", "The body cannot be read as JSON.") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON.")


def bearer_token(request: Request) -> Optional[str]:
    """The token of a request (RFC 6750 §2.1); the scheme word counts in any case of letters (RFC 9110 §11.1)."""
    match = re.fullmatch(r"(\S+) +(\S+)", request.authorization.strip())
    return match[2] if match and match[1].lower() == "bearer" else None
