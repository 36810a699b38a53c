"""Health of one container: `python docker/gezond.py web|worker|beat`. Exit code 0 is well.

web: answers /healthz. worker: answers Celery's ping. beat: has written its schedule in the last ten minutes.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

BEAT_SECONDS = 600


def web() -> bool:
    host = os.environ.get("WMO_HOSTS", "localhost").split(",")[0]
    line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    line.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return line.getresponse().status == 200


def worker() -> bool:
    command = [sys.executable, "-m", "celery", "--app", "wmo_portal", "inspect", "ping"]
    command += ["--destination", f"celery@{socket.gethostname()}"]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603  fixed words, no shell


def beat() -> bool:
    """Which suffix the file gets depends on the database module of this Python."""
    written = [path.stat().st_mtime for path in Path(os.environ["WMO_MAP"]).glob("beat-schema*")]
    return bool(written) and time.time() - max(written) < BEAT_SECONDS


if __name__ == "__main__":
    try:
        well = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]()
    except (OSError, http.client.HTTPException) as problem:
        sys.exit(f"niet gezond: {problem}")
    sys.exit(0 if well else 1)
