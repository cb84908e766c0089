"""The agent as a child process: one for each task, with a time limit, of which nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any, Dict, List, NamedTuple, Sequence, Set

_GUARD = str(Path(__file__).resolve().parents[1] / "guard.py")

#: How much of what an agent writes is read.
_LONGEST_ANSWER = 1024 * 1024
_LONGEST_LOG = 256 * 1024
_MOST_LINES = 200

#: What the agent need not know: keys that it could sign tokens with.
_SECRETS = ("JWT_KEYS",)

#: The variable that tells the agent of a directory that is its own.
_DIRECTORY_VARIABLE = "AGENT_DIRECTORY"


class AgentFailed(Exception):
    """The agent did not do it; the message says why, `lines` is its log."""

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = lines


class Stopped(Exception):
    """The container ends, and the agent with it."""


class Answer(NamedTuple):
    """What an agent wrote: its answer as JSON, and the lines of its log."""

    value: Any
    lines: Sequence[str]


class AgentRunner:
    """Runs the agent's program. It has a directory of its own, and may take so many seconds."""

    def __init__(self, command: Sequence[str], seconds: float, directory: Path) -> None:
        self._command = list(command)
        self._seconds = seconds
        self._directory = directory
        self._lifelines: Set[_Lifeline] = set()
        self._turn = threading.Lock()
        self._is_stopped = False
        directory.mkdir(parents=True, exist_ok=True)

    def ask(self, question: Dict[str, Any]) -> Answer:
        """Has the agent do something, and waits for it. Raises AgentFailed, or Stopped where the container ends."""
        with self._file() as asked, self._file() as answered, self._file() as said:
            asked.write(json.dumps(question).encode())
            asked.seek(0)
            code = self._run(asked, answered, said)
            lines = _lines_of(said)
            if code != 0:
                raise AgentFailed(lines[-1] if lines else f"The agent ended with code {code}.", lines[:-1])
            return Answer(_json_of(answered), lines)

    def stop(self) -> None:
        """Ends all agents, and starts no more."""
        with self._turn:
            self._is_stopped = True
            lifelines = list(self._lifelines)
        for lifeline in lifelines:
            lifeline.cut()

    def _file(self) -> IO[bytes]:
        # Not a pipe: what an agent leaves behind may hold one open, and one that nobody reads stops whoever writes.
        return tempfile.TemporaryFile(dir=self._directory)

    def _run(self, asked: IO[bytes], answered: IO[bytes], said: IO[bytes]) -> int:
        lifeline = _Lifeline()
        with self._turn:
            if self._is_stopped:
                raise Stopped
            self._lifelines.add(lifeline)
        timer = threading.Timer(self._seconds, lifeline.cut)
        timer.daemon = True
        try:
            process = self._start(lifeline, asked, answered, said)
            timer.start()
            code = process.wait()
        finally:
            timer.cancel()
            was_cut = lifeline.is_cut
            with self._turn:
                self._lifelines.discard(lifeline)
            lifeline.cut()
        if self._is_stopped and was_cut:
            raise Stopped
        if was_cut:
            raise AgentFailed(f"The agent took more than {self._seconds:g} seconds.")
        return code

    def _start(
        self, lifeline: "_Lifeline", asked: IO[bytes], answered: IO[bytes], said: IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if name not in _SECRETS}
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", _GUARD, str(lifeline.far_end), *self._command],
                stdin=asked,
                stdout=answered,
                stderr=said,
                env={**environment, _DIRECTORY_VARIABLE: str(self._directory)},
                pass_fds=(lifeline.far_end,),
                start_new_session=True,
            )
        except OSError as error:
            raise AgentFailed(f"The agent could not be started: {error.strerror}.") from error
        finally:
            lifeline.hand_over()


class _Lifeline:
    """A pipe whose far end the guard holds: cutting it ends the agent, and so does the end of this process."""

    def __init__(self) -> None:
        self.far_end, self._near_end = os.pipe()
        self._turn = threading.Lock()
        self.is_cut = False

    def hand_over(self) -> None:
        """Leaves the far end to the guard alone."""
        os.close(self.far_end)

    def cut(self) -> None:
        """Ends the agent. Does nothing the second time."""
        with self._turn:
            if not self.is_cut:
                self.is_cut = True
                os.close(self._near_end)


def _lines_of(said: IO[bytes]) -> List[str]:
    said.seek(0)
    lines = said.read(_LONGEST_LOG).decode("utf-8", "replace").splitlines()
    return [line.rstrip() for line in lines if line.strip()][-_MOST_LINES:]


def _json_of(answered: IO[bytes]) -> Any:
    answered.seek(0)
    data = answered.read(_LONGEST_ANSWER + 1)
    if len(data) > _LONGEST_ANSWER:
        raise AgentFailed(f"The agent answered more than {_LONGEST_ANSWER} bytes.")
    try:
        return _well_formed(json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant))
    except (ValueError, RecursionError):
        raise AgentFailed("The agent answered with what is no JSON.") from None


def _well_formed(value: Any) -> Any:
    """The value without halves of surrogate pairs, which cannot be sent."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    if isinstance(value, dict):
        return {_well_formed(name): _well_formed(item) for name, item in value.items()}
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON.")
