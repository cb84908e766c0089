# Copied into each generated client.
"""One request over HTTP/1.1, on a connection of its own, within a deadline for the whole of it."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Tuple
from urllib.parse import SplitResult


class DeadlineExceeded(Exception):
    """The time is over."""


@dataclass(frozen=True)
class RawReply:
    """A reply as it came."""

    status: int
    headers: List[Tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class RawRequest:
    """A request as it goes out."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Optional[bytes]


def exchange(origin: SplitResult, request: RawRequest, timeout: float, tls: Optional[ssl.SSLContext]) -> RawReply:
    """Sends a request and reads the whole reply. Raises DeadlineExceeded, OSError or http.client.HTTPException."""
    connection = _Connection(origin, Deadline(timeout), tls)
    try:
        connection.request(request.method, request.path, body=request.body, headers=dict(request.headers))
        reply = connection.getresponse()
        return RawReply(reply.status, reply.getheaders(), reply.read())
    except socket.timeout as error:
        raise DeadlineExceeded from error
    finally:
        connection.disconnect()


class Deadline:
    """A moment that does not move, however often something is heard until then."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds until then. Raises DeadlineExceeded where there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise DeadlineExceeded
        return seconds


class _Connection(http.client.HTTPConnection):
    """A connection all of whose waiting counts against one deadline: a socket's time-out starts anew at each byte."""

    def __init__(self, origin: SplitResult, deadline: Deadline, tls: Optional[ssl.SSLContext]) -> None:
        is_secure = origin.scheme == "https"
        super().__init__(origin.hostname or "", origin.port or (443 if is_secure else 80))
        self._deadline = deadline
        self._tls = (tls or ssl.create_default_context()) if is_secure else None
        self._socket: Optional[socket.socket] = None

    def connect(self) -> None:
        self._socket = self._open()
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            self._socket.settimeout(self._deadline.remaining())
            self._socket = self._tls.wrap_socket(self._socket, server_hostname=self.host)
        self.sock: Any = _DeadlineSocket(self._socket, self._deadline)

    def _open(self) -> socket.socket:
        failure = OSError(f"{self.host} has no address")
        for address in socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM):
            timeout = self._deadline.remaining()
            try:
                return _connect(address, timeout)
            except OSError as error:
                failure = error
        raise failure

    def disconnect(self) -> None:
        self.close()
        if self._socket is not None:
            self._socket.close()


def _connect(address: Any, timeout: float) -> socket.socket:
    family, kind, protocol, _, place = address
    connecting = socket.socket(family, kind, protocol)
    try:
        connecting.settimeout(timeout)
        connecting.connect(place)
        return connecting
    except OSError:
        connecting.close()
        raise


class _DeadlineSocket:
    """The part of a socket that http.client uses."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.remaining())
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_DeadlineReader(self._socket, self._deadline))

    def close(self) -> None:
        """The connection closes the socket once the reply is read."""


class _DeadlineReader(io.RawIOBase):
    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._socket = connected
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.remaining())
        return self._socket.recv_into(buffer)
