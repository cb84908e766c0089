"""Runs a program that must not outlive the container: `python3 guard.py <descriptor> <program> [argument …]`.

The program is the head of a process group. The group is killed once the program has ended, or as soon as the descriptor,
the read end of a pipe, comes to its end: when the container closes the other end, or dies, in whatever way. Standard
streams and the exit code are the program's; a program that a signal ends gives 128 and its number, one that cannot be
executed 127.
"""

import os
import signal
import subprocess
import sys
import threading
from typing import List


def kill_group(leader: int) -> None:
    """Ends all processes of a group that there are still."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def watch(lifeline: int, leader: int) -> None:
    """Waits for the end of the pipe, then ends the group."""
    while os.read(lifeline, 1):
        pass
    kill_group(leader)


def main(arguments: List[str]) -> int:
    """Runs the program; gives its exit code."""
    lifeline, command = int(arguments[0]), arguments[1:]
    try:
        program = subprocess.Popen(command, start_new_session=True)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    threading.Thread(target=watch, args=(lifeline, program.pid), daemon=True).start()
    code = program.wait()
    kill_group(program.pid)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(main(sys.argv[1:]))
