"""`python -m tests.twee_hosts`: two hosts, one of them cut off in the middle of a round (docs/schaal.md).

Each host is a network namespace with a Celery worker; the second has a web server too. Database and broker stand
outside, on TCP. While the first worker is at it, its cable is pulled: no packet leaves, nobody is told. The second
worker takes over, the cable goes back in, both go on. In the end every stop has been judged once, exactly as in a
round that was left alone, and every mail left once.

Needs root and `ip` (for the namespaces), so it is a command and no part of the test suite.
"""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.trage_ronde import trage_ronde
from wmo_portal.embedded.children import say
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.postgres import Postgres
from wmo_portal.embedded.process import Identity
from wmo_portal.embedded.servers import Servers, throwaway_environment
from wmo_portal.embedded.valkey import Valkey

BASE = Path(__file__).resolve().parent.parent
NET, POORT, LIJNPOORT = "10.231", 5432, 6379
WERKER = f"""
import sys
import django
django.setup()
{trage_ronde(0.3)}
from wmo_portal.celery import app
app.worker_main(["worker", "--pool", "solo", "--loglevel", "INFO", "--hostname", sys.argv[1] + "@%h"])
"""
WEB = ("-m", "gunicorn", "wmo_portal.wsgi:application", "--workers", "1", "--no-control-socket", "--bind")


class OpTcp(Postgres):
    """The embedded server, on the addresses of the hosts too; it notices within ten seconds who is gone."""

    def _make_data(self, identity: Identity) -> None:
        super()._make_data(identity)
        with (self.layout.postgres / "pg_hba.conf").open("a") as regels:
            regels.write(f"host all all {NET}.0.0/16 trust\n")

    def _command(self) -> list[str]:
        adressen = ",".join(f"{NET}.{nummer}.1" for nummer in (1, 2))
        return [*super()._command(), "-c", f"listen_addresses={adressen}", 
                "-c", "tcp_keepalives_idle=3", "-c", "tcp_keepalives_interval=2", "-c", "tcp_keepalives_count=3",
                "-c", "tcp_user_timeout=10000"]  # fmt: skip


class LijnOpTcp(Valkey):
    def _command(self) -> list[str]:
        return [*super()._command(), "--port", str(LIJNPOORT), "--protected-mode", "no",
                "--bind", f"{NET}.1.1", f"{NET}.2.1"]  # fmt: skip


class Host:
    """A network namespace with one cable to where database and broker are."""

    def __init__(self, nummer: int) -> None:
        self.naam, self.nummer = f"wmo-host{nummer}", nummer
        self.kabel = f"wmoh{nummer}"

    def maak(self) -> None:
        van, naar = f"{NET}.{self.nummer}.1/24", f"{NET}.{self.nummer}.2/24"
        ip("netns", "add", self.naam)
        ip("link", "add", self.kabel, "type", "veth", "peer", "name", "eth0", "netns", self.naam)
        ip("addr", "add", van, "dev", self.kabel)
        ip("link", "set", self.kabel, "up")
        self.ip("addr", "add", naar, "dev", "eth0")
        self.ip("link", "set", "eth0", "up")
        self.ip("link", "set", "lo", "up")

    def ruim_op(self) -> None:
        subprocess.run(["ip", "link", "del", self.kabel], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "netns", "del", self.naam], check=False, stderr=subprocess.DEVNULL)

    def ip(self, *woorden: str) -> None:
        ip("netns", "exec", self.naam, "ip", *woorden)

    def trek_los(self) -> None:
        ip("link", "set", self.kabel, "down")

    def steek_in(self) -> None:
        ip("link", "set", self.kabel, "up")

    def start(
        self, woorden: tuple[str, ...], omgeving: Mapping[str, str], log: Path
    ) -> subprocess.Popen[bytes]:
        hier = f"{NET}.{self.nummer}.1"
        eigen = {
            **omgeving,
            "DATABASE_URL": f"postgresql://wmo_app@{hier}:{POORT}/wmo_portal",
            "REDIS_URL": f"redis://{hier}:{LIJNPOORT}/0",
            "WMO_HOSTS": f"{NET}.{self.nummer}.2",
        }
        with log.open("wb") as uit:
            return subprocess.Popen(
                ["ip", "netns", "exec", self.naam, sys.executable, *woorden],
                env=eigen, cwd=BASE, stdout=uit, stderr=subprocess.STDOUT,
            )  # fmt: skip


def ip(*woorden: str) -> None:
    subprocess.run(["ip", *woorden], check=True)


@contextmanager
def servers(map_: Path) -> Iterator[Layout]:
    layout = Layout(map_)
    groep = Servers(layout, throwaway=True)
    groep.postgres, groep.valkey = OpTcp(layout, throwaway=True), LijnOpTcp(layout, throwaway=True)
    try:
        groep.start()
        yield layout
    finally:
        groep.stop()


def verhaal(
    layout: Layout, eerste: Host, tweede: Host, stapel: ExitStack, omgeving: Mapping[str, str]
) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from resultaat.models import Resultaat, Ronde
    from resultaat.statussen import RondeStatus
    from tests import fabriek
    from tests.resultaat.test_ronde_afbreken import _maak_ongedaan, papieren
    from tests.werkerproef import (
        STOPS,
        alle_post_weg,
        bel,
        eindig,
        eindstand,
        rij_leeg,
        tot,
        verkeerd_bezorgd,
        zet_post_klaar,
    )
    from wmo_portal.lib import rls

    def werker(host: Host) -> subprocess.Popen[bytes]:
        proces = host.start(("-c", WERKER, host.naam), omgeving, layout.map / f"{host.naam}.log")
        stapel.callback(eindig, proces)
        return proces

    call_command("inrichten", verbosity=0)
    rls.zet(rls.SYSTEEM)
    fabriek.westland(ronde_automatisch=True)
    papieren(STOPS)
    zet_post_klaar()
    een = werker(eerste)
    bel("resultaat.tasks.rondes_aan_de_beurt")
    tot("de eerste werker is halverwege de ronde", lambda: Resultaat.objects.count() >= 6)
    eerste.trek_los()
    halverwege = Resultaat.objects.count()
    twee = werker(tweede)
    web = tweede.start((*WEB, f"{NET}.2.2:8000"), omgeving, layout.map / "web.log")
    stapel.callback(eindig, web)
    tot("de website op de tweede host antwoordt, met de eerste host los", lambda: gezond(f"{NET}.2.2:8000"))
    klaar = Ronde.objects.filter(status=RondeStatus.KLAAR)
    tot(
        "de tweede werker heeft de ronde afgemaakt",
        klaar.exists,
        lambda: bel("resultaat.tasks.rondes_aan_de_beurt"),
    )
    assert een.poll() is None, "the first worker should still be there, and know nothing"
    assert Resultaat.objects.count() > halverwege
    eerste.steek_in()
    for _ in range(3):
        bel("techniek.tasks.verstuur_mail", "resultaat.tasks.rondes_aan_de_beurt", "logboek.tasks.verzegel")
    tot("alle mail is weg", alle_post_weg)
    log = layout.map / f"{eerste.naam}.log"
    gedaan = log.read_text().count("succeeded in")
    tot(
        "de eerste werker doet weer mee",
        lambda: log.read_text().count("succeeded in") > gedaan,
        lambda: bel(*["logboek.tasks.verzegel"] * 4),
    )
    tot("de rij is leeg", lambda: rij_leeg(layout))
    assert twee.poll() is None
    gevallen = eindstand()
    assert not verkeerd_bezorgd(layout), verkeerd_bezorgd(layout)
    call_command("logboek_controle")
    rls.zet(rls.SYSTEEM)
    for proces in (een, twee, web):
        eindig(proces)
    _maak_ongedaan()
    connection.close()
    rls.zet(rls.SYSTEEM)
    from resultaat.tasks import rondes_aan_de_beurt

    say(rondes_aan_de_beurt.run())
    assert gevallen == eindstand(), "the end differs from that of a round that was left alone"
    say(
        f"Gelijk aan een ronde die met rust gelaten is: {len(gevallen[1])} resultaten. Elke mail is een keer weg."
    )


def gezond(adres: str) -> bool:
    with suppress(OSError):
        return bool(urllib.request.urlopen(f"http://{adres}/readyz", timeout=10).status == 200)
    return False


def main() -> None:
    import tempfile

    if os.geteuid() != 0:
        raise SystemExit("Dit vraagt root, voor de netwerken. Draai het in een wegwerpmachine.")
    eerste, tweede = Host(1), Host(2)
    with ExitStack() as stapel:
        map_ = Path(stapel.enter_context(tempfile.TemporaryDirectory(prefix="wmo-hosts-")))
        for host in (eerste, tweede):
            stapel.callback(host.ruim_op)
            host.maak()
        layout = stapel.enter_context(servers(map_))
        omgeving = {
            "PATH": os.environ["PATH"], "HOME": str(map_), "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
            **throwaway_environment(layout), "WMO_EMBEDDED": "1", "WMO_DEMO": "0", "PYTHONPATH": str(BASE),
            "WMO_STATIC_OPSLAG": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }  # fmt: skip
        os.environ.update({**omgeving, "WMO_DB_ROL": "eigenaar"})
        verhaal(layout, eerste, tweede, stapel, omgeving)


if __name__ == "__main__":
    main()
