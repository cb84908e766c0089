"""Whether the container beside this answers: ends with 0 where it does, with 1 where it does not."""

import http.client
import os
import sys


def main() -> int:
    """Asks `/health` on the port of CONTAINER_BIND; no proxy is asked."""
    host, _, port = os.environ.get("CONTAINER_BIND", "127.0.0.1:8080").rpartition(":")
    connection = http.client.HTTPConnection("::1" if host.startswith("[") else "127.0.0.1", int(port), timeout=2)
    try:
        connection.request("GET", "/health")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
