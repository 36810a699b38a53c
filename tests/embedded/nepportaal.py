"""A portal of a few lines to prove the supervisor with real servers, real gunicorn and real signals.

`python -m tests.embedded.nepportaal MAP POORT`: run the supervisor on it. Which part misbehaves is said by
files in MAP: `mis-inrichten` (the preparation fails), `mis-worker` (the worker falls over after a second).
"""

import os
import sys
from pathlib import Path

from wmo_portal.embedded import supervisor

MANAGE = """
import os, pathlib, sys, json, time
here = pathlib.Path(os.environ["WMO_MAP"])
with (here / "opdrachten").open("a") as f:
    f.write(" ".join(sys.argv[1:]) + " " + os.environ.get("WMO_DB_ROL", "") + "\\n")
if sys.argv[1] == "inrichten" and (here / "mis-inrichten").exists():
    sys.exit("het inrichten ging mis")
if sys.argv[1] == "inrichten":
    import psycopg
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as c:
        c.execute("create table if not exists bewaard (start serial)")
        c.execute("insert into bewaard default values")
if sys.argv[1] == "collectstatic":
    (here / "static").mkdir(exist_ok=True)
if "--inlog" in sys.argv:
    print(json.dumps([{"rol": "consulent", "e-mail": "roos@example.nl", "wachtwoord": "verzonnen"}]))
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"goed"]
"""
WORKER = """
import os, pathlib, time
print("worker leeft", flush=True)
while True:
    time.sleep(1)
    if (pathlib.Path(os.environ["WMO_MAP"]) / "mis-worker").exists():
        raise SystemExit(3)
"""


def build(project: Path) -> None:
    (project / "wmo_portal").mkdir(parents=True, exist_ok=True)
    (project / "manage.py").write_text(MANAGE)
    (project / "wmo_portal" / "__init__.py").write_text("")
    (project / "wmo_portal" / "wsgi.py").write_text(WSGI)
    (project / "nepwerker.py").write_text(WORKER)


def main(folder: Path, poort: int) -> int:
    project = folder / "project"
    build(project)
    real = supervisor.programs
    supervisor.programs = lambda *given: {
        **{name: (["-u", "nepwerker.py"], 5.0) for name in ("worker", "beat")},
        "web": real(*given)["web"],
    }
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    for name in ("WMO_DEMO", "WMO_EMBEDDED", "WMO_ADRES", "BSN_SLEUTELS"):
        environment.pop(name, None)
    environment["WMO_MAP"] = str(folder)
    return supervisor.Supervisor(poort, environment, project).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
