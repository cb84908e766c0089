"""The environment of the container, checked."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Callable, List, Mapping, NamedTuple, Optional, Tuple, TypeVar, cast
from urllib.parse import urlsplit

from prometheus_auth.tokens import TokenKey, read_token_keys

T = TypeVar("T")

#: The agent that is used unless another is named.
BUILT_IN_AGENT: Tuple[str, ...] = (sys.executable, "-I", "-S", str(Path(__file__).resolve().parents[1] / "agent.py"))


class InvalidEnvironment(Exception):
    """The container cannot start with its environment; the message names every variable. Values are not repeated."""


class Settings(NamedTuple):
    """What the container is told. Times are in seconds."""

    host: str
    port: int
    data: Path
    token_keys: Tuple[TokenKey, ...]
    coordinator_url: str
    planner_url: str
    worker_url: str
    agent_command: Tuple[str, ...]
    agent_seconds: float
    callback_seconds: float


class _Variables:
    """Reads variables, and keeps what is wrong with them. Empty ones count as missing."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.problems: List[str] = []

    def read(self, name: str, meaning: str, reader: Callable[[str], T], default: Optional[T] = None) -> T:
        """The value of a variable. Where there is none, the problem is kept and nothing of use is given."""
        text = self._given.get(name)
        try:
            if text:
                return reader(text)
        except ValueError as error:
            self.problems.append(f"  {name}: {error}")
            return cast(T, default)
        if default is None:
            self.problems.append(f"  {name}: {meaning}")
        return cast(T, default)


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Reads the environment. Raises InvalidEnvironment naming every variable that is missing or malformed."""
    given = _Variables(variables)
    host, port = given.read("CONTAINER_BIND", "Where the container listens, host:port.", _bind_address) or ("", 0)
    settings = Settings(
        host=host,
        port=port,
        data=given.read("CONTAINER_DATA", "Directory where the container keeps its tasks.", _directory),
        token_keys=given.read("JWT_KEYS", "Keys that tokens are signed with, id=secret by comma.", read_token_keys),
        coordinator_url=given.read("COORDINATOR_URL", "Address of the coordinator.", _http_url),
        planner_url=given.read("PLANNER_URL", "Address of the planner, which gets the plans.", _http_url),
        worker_url=given.read("WORKER_URL", "Address of the worker, which gets the pull requests.", _http_url),
        agent_command=given.read("AGENT_COMMAND", "Program that does a task.", _command, BUILT_IN_AGENT),
        agent_seconds=given.read("AGENT_SECONDS", "How long the agent may take for a task.", _seconds, 600.0),
        callback_seconds=given.read("CALLBACK_SECONDS", "How long a node may take to answer.", _seconds, 10.0),
    )
    if given.problems:
        listed = "\n".join(given.problems)
        raise InvalidEnvironment(
            f"prometheus/container cannot start: its environment is incomplete.\n{listed}\n"
            "Set these variables and start again."
        )
    return settings


def _bind_address(value: str) -> Tuple[str, int]:
    match = re.fullmatch(r"(\S+):([0-9]{1,5})", value)
    if not match or int(match[2]) > 65535:
        raise ValueError("has to be host:port")
    host = match[1]
    return (host[1:-1] if host.startswith("[") and host.endswith("]") else host), int(match[2])


def _directory(value: str) -> Path:
    return Path(value).absolute()


def _http_url(value: str) -> str:
    try:
        url = urlsplit(value)
        is_good = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
        is_good = is_good and not url.query and not url.fragment
    except ValueError:
        is_good = False
    if not is_good:
        raise ValueError("has to be an address of http or https")
    return value


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    # Threads cannot wait longer than this on every platform.
    if not 0 < seconds <= 4_000_000:
        raise ValueError("has to be a number of seconds above 0")
    return seconds


def _command(value: str) -> Tuple[str, ...]:
    try:
        command = tuple(shlex.split(value))
    except ValueError:
        command = ()
    if not command:
        raise ValueError("has to be a program with its arguments")
    program = shutil.which(command[0])
    if program is None:
        raise ValueError("names a program that cannot be executed")
    return (program, *command[1:])
