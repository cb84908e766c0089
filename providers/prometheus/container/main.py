"""The live container of prometheus: `python3 main.py`, its settings in the environment."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Tuple

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [
    str(_ROOT / folder)
    for folder in ("clients/prometheus/python", "contracts/prometheus/auth/python", "consumers/prometheus/container")
]

from service.agent_process import AgentRunner  # noqa: E402
from service.delivery import Deliveries, receivers_of  # noqa: E402
from service.http_server import HttpServer  # noqa: E402
from service.log import log  # noqa: E402
from service.operations import operations_over  # noqa: E402
from service.service import Service  # noqa: E402
from service.settings import InvalidEnvironment, Settings, read_settings  # noqa: E402
from service.task_files import TaskFiles  # noqa: E402
from service.task_logs import TaskLogs  # noqa: E402
from service.work import Work  # noqa: E402

#: The process cannot do its work in the environment that it was given.
ENVIRONMENT_EXIT = 14

#: Seconds that requests being answered have, once the process is asked to end.
_LAST_REQUESTS_SECONDS = 2.0


class CannotStart(Exception):
    """The container cannot have what it needs; the message says what, and what to do."""


def open_server(settings: Settings, service: Service) -> HttpServer:
    """Takes the port. Raises CannotStart where it cannot be had."""
    try:
        return HttpServer(settings.host, settings.port, service)
    except (OSError, OverflowError) as error:
        place = f"{settings.host}:{settings.port}"
        why = getattr(error, "strerror", None) or str(error)
        raise CannotStart(
            f"the container cannot listen at {place}: {why}. Free it, or choose another CONTAINER_BIND."
        ) from error


def open_directories(settings: Settings) -> Tuple[TaskFiles, TaskLogs, AgentRunner]:
    """Opens what is kept on disk. Raises CannotStart where the directory cannot be used."""
    try:
        agent = AgentRunner(settings.agent_command, settings.agent_seconds, settings.data / "agent")
        return TaskFiles(settings.data / "tasks"), TaskLogs(settings.data / "logs"), agent
    except OSError as error:
        raise CannotStart(
            f"the container cannot use its directory: {error.strerror}. Choose a CONTAINER_DATA that it may write to."
        ) from error


def run(settings: Settings) -> None:
    """Serves until a signal asks for the end."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    files, logs, agent = open_directories(settings)
    stopping = threading.Event()
    work = Work(files, logs, agent, Deliveries(receivers_of(settings), files, logs, stopping))
    server = open_server(settings, Service(operations_over(files, logs, work), settings.token_keys))
    work.resume()
    threading.Thread(target=server.serve_forever, args=(0.05,), name="server", daemon=True).start()
    host = f"[{server.server_name}]" if ":" in server.server_name else server.server_name
    log("info", "Listening", url=f"http://{host}:{server.server_port}", port=server.server_port)
    asked.wait()
    log("info", "Stopping")
    stopping.set()
    agent.stop()
    server.shutdown()
    server.wait_until_idle(_LAST_REQUESTS_SECONDS)
    server.server_close()


def main() -> int:
    """Runs the container; gives the exit code."""
    try:
        run(read_settings(os.environ))
    except (InvalidEnvironment, CannotStart) as error:
        print(error, file=sys.stderr)
        return ENVIRONMENT_EXIT
    return 0


if __name__ == "__main__":
    sys.exit(main())
