"""Reading the body of a request from its connection (RFC 9112 §6)."""

from __future__ import annotations

import re
from email.message import Message
from typing import IO, List, Optional

from .refusal import Refusal
from .request import MOST_BODY_BYTES

_LONGEST_LINE = 4096


class BodyLost(Exception):
    """The rest of the body does not come: the caller is gone, or silent."""


class Body:
    """The body of one request. What is not read of it has to be skipped before the next request can be."""

    def __init__(self, headers: Message, stream: IO[bytes]) -> None:
        self._stream = stream
        self._is_chunked = False
        self._length = 0
        self._is_read = False
        self.problem = self._framing_problem(headers)

    def _framing_problem(self, headers: Message) -> Optional[str]:
        codings, lengths = headers.get_all("transfer-encoding") or [], headers.get_all("content-length") or []
        if codings:
            self._is_chunked = len(codings) == 1 and str(codings[0]).strip().lower() == "chunked"
            # Two ways to say how long it is: somebody in between may have read the other one.
            return None if self._is_chunked and not lengths else "how long the body is cannot be told"
        if lengths:
            if len(lengths) > 1 or not re.fullmatch("[0-9]{1,18}", str(lengths[0]).strip()):
                return "the content length is no number"
            self._length = int(lengths[0])
        return None

    def read(self) -> bytes:
        """The whole body. Raises Refusal 413 for more than is allowed, 400 for chunks that are none, or BodyLost."""
        if self._length > MOST_BODY_BYTES:
            raise too_large()
        data = self._read_chunks() if self._is_chunked else self._exactly(self._length)
        self._is_read = True
        return data

    def skip(self) -> bool:
        """Reads what was not read yet. False where that is too much: the connection is of no more use then."""
        if self._is_read:
            return True
        if self.problem is not None or self._length > MOST_BODY_BYTES:
            return False
        try:
            self.read()
        except (Refusal, BodyLost):
            return False
        return True

    def _read_chunks(self) -> bytes:
        chunks: List[bytes] = []
        size = 0
        while True:
            length = self._chunk_length()
            size += length
            if size > MOST_BODY_BYTES:
                self.problem = "there is too much of it"
                raise too_large()
            if length == 0:
                break
            chunks.append(self._exactly(length))
            self._line()
        while self._line():
            pass
        return b"".join(chunks)

    def _chunk_length(self) -> int:
        text = self._line().split(b";")[0].strip()
        if not re.fullmatch(b"[0-9A-Fa-f]{1,15}", text):
            self.problem = "a chunk has no length"
            raise Refusal(400, "malformed_request", f"The request cannot be read: {self.problem}.")
        return int(text, 16)

    def _exactly(self, length: int) -> bytes:
        try:
            data = self._stream.read(length)
        except OSError as error:
            raise BodyLost from error
        if len(data) < length:
            raise BodyLost
        return data

    def _line(self) -> bytes:
        try:
            line = self._stream.readline(_LONGEST_LINE)
        except OSError as error:
            raise BodyLost from error
        if not line.endswith(b"\n"):
            raise BodyLost
        return line.rstrip(b"\r\n")


def too_large() -> Refusal:
    """The refusal of a body of too many bytes."""
    return Refusal(413, "body_too_large", f"The body is larger than {MOST_BODY_BYTES} bytes.")
