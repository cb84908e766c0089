# Copied into each generated client.
"""Replies, read by their contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, Generic, Iterable, Iterator, Mapping, NoReturn, Optional, Tuple, TypeVar

from .errors import CallContext, ContractViolation, ReplyError
from .operations import Bytes, Content, Json, NoContent, Operation, Shared, Text
from .reading import read_json, reads_whole
from .transport import RawReply

T = TypeVar("T")

class Headers(Mapping[str, str]):
    """The headers of a reply, by name in any case; several of one name are joined by a comma.

    Reading one that the contract promises and the reply lacks raises ContractViolation, any other KeyError.
    """

    def __init__(
        self, pairs: Iterable[Tuple[str, str]], context: Optional[CallContext] = None, required: Tuple[str, ...] = ()
    ) -> None:
        self._values: Dict[str, str] = {}
        for name, value in pairs:
            key = name.lower()
            self._values[key] = f"{self._values[key]}, {value}" if key in self._values else value
        self._context = context
        self._required = required

    def __getitem__(self, name: str) -> str:
        key = name.lower()
        if key not in self._values and key in self._required and self._context is not None:
            raise ContractViolation(self._context, f"the reply lacks the header {key}, which is read here.")
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Reply(Generic[T]):
    """A reply with a status below 400."""

    status: int
    body: T
    headers: Headers
    request_id: str


def is_passing_status(operation: Operation[Any], status: int) -> bool:
    """Whether a status comes of what stands before the provider, and not of the operation (RFC 9110 section 15.6)."""
    return status in (502, 503, 504) and status not in operation.answers


class ReplyReader(Generic[T]):
    """Reads the reply of one call."""

    def __init__(self, operation: Operation[T], shared: Shared, context: CallContext) -> None:
        self._operation = operation
        self._errors = shared.errors
        self._request_id_header = shared.request_id_header
        self._context = context

    def read(self, raw: RawReply) -> Reply[T]:
        """The reply.

        Raises ReplyError for a status of 400 or above, ContractViolation for what the contract does not have.
        """
        answer = self._operation.answers.get(raw.status)
        if answer is None:
            self._refuse_undeclared(raw)
        headers = Headers(raw.headers, self._context, answer.required_headers)
        parsed, body = self._body(answer.content, raw, headers)
        if raw.status >= 400:
            raise self._reply_error(raw, parsed, body)
        return Reply(raw.status, body, headers, headers.get(self._request_id_header, self._context.request_id))

    def _body(self, content: Content, raw: RawReply, headers: Headers) -> Tuple[Any, Any]:
        """The body as JSON, and as what the contract says."""
        if isinstance(content, NoContent):
            return None, None
        if isinstance(content, Bytes):
            return None, raw.body
        if isinstance(content, Text):
            self._expect(content.media_type, raw.status, headers)
            return None, _text_of(raw)
        self._expect("application/json", raw.status, headers)
        try:
            parsed = _parse(raw)
        except ValueError:
            raise self._violation(f"answered {raw.status} with a body that is no JSON.") from None
        return parsed, read_json(content.type, parsed, self._context)

    def _expect(self, wanted: str, status: int, headers: Headers) -> None:
        given = headers.get("content-type", "")
        if not _is_media_type(given, wanted):
            raise self._violation(f"answered {status} as {given or 'no media type'} where the contract has {wanted}.")

    def _refuse_undeclared(self, raw: RawReply) -> NoReturn:
        """Any operation may be refused by its framework, in the contract's error shape, or by what stands before it."""
        parsed = None
        if raw.status >= 400 and _is_media_type(Headers(raw.headers).get("content-type", ""), "application/json"):
            try:
                parsed = _parse(raw)
            except ValueError:
                pass
        is_problem = reads_whole(self._errors.type, parsed, self._context)
        if is_problem:
            raise self._reply_error(raw, parsed, read_json(self._errors.type, parsed, self._context))
        if is_passing_status(self._operation, raw.status):
            raise self._reply_error(raw, None, _text_of(raw) if parsed is None else parsed)
        start = " ".join(_text_of(raw)[:80].split())
        raise self._violation(f'answered {raw.status}, which the contract does not have, with "{start}".')

    def _reply_error(self, raw: RawReply, parsed: Any, body: Any) -> ReplyError:
        headers = Headers(raw.headers)
        request_id = headers.get(self._request_id_header, self._context.request_id)
        return ReplyError(
            CallContext(self._context.operation, self._context.url, request_id),
            status=raw.status,
            code=self._errors.text_at(self._errors.code, parsed),
            message=self._errors.text_at(self._errors.message, parsed),
            body=body,
            headers=headers,
        )

    def _violation(self, text: str) -> ContractViolation:
        return ContractViolation(self._context, f"{text} Compare provider and contract.")


def _text_of(raw: RawReply) -> str:
    return raw.body.decode("utf-8-sig", "replace")


def _parse(raw: RawReply) -> Any:
    return json.loads(_text_of(raw), parse_constant=_no_number)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _is_media_type(given: str, wanted: str) -> bool:
    return given.split(";")[0].strip().lower() == wanted
