"""A web server of its own on the database of the test, which may be killed while somebody types."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection


def vrije_poort() -> int:
    with socket.socket() as plek:
        plek.bind(("127.0.0.1", 0))
        return int(plek.getsockname()[1])


class Server:
    """A web server of its own on the database of the test, which may be killed."""

    def __init__(self) -> None:
        self.poort = vrije_poort()
        self.url = f"http://localhost:{self.poort}"

    def start(self) -> None:
        basis, _, vraag = os.environ["DATABASE_APP_URL"].partition("?")
        naam = connection.settings_dict["NAME"]
        omgeving = {
            **os.environ,
            "DATABASE_URL": f"{basis.rsplit('/', 1)[0]}/{naam}?{vraag}",
            "WMO_ADRES": self.url,
            "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
        }
        woorden = [sys.executable, "manage.py", "runserver", "--insecure", "--noreload", str(self.poort)]
        self.proces = subprocess.Popen(woorden, env=omgeving, cwd=settings.BASE_DIR, start_new_session=True)
        for _ in range(600):
            with socket.socket() as plek:
                if plek.connect_ex(("127.0.0.1", self.poort)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def dood(self) -> None:
        os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()
