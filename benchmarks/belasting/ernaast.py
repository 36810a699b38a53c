"""What runs beside the forty: the web server and the worker themselves, a round and two reports all along."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.gegevens import Bron


@contextmanager
def portaal(bron: Bron, poort: int, werkers: int) -> Iterator[dict[str, int]]:
    """Web and worker; gives the first process of each, and of the database."""
    from wmo_portal.embedded.children import programs, start_child

    kinderen = []
    postgres = int((bron.layout.postgres / "postmaster.pid").read_text().splitlines()[0])
    try:
        for naam, (opdracht, geduld) in programs(poort, werkers, str(bron.layout.map / "beat")).items():
            if naam != "beat":
                omgeving = {**os.environ, **bron.omgeving}
                kinderen.append(start_child(naam, opdracht, omgeving, patience=geduld, quiet=True))
        _wacht_op(poort)
        yield {kind.name: kind.process.pid for kind in kinderen} | {"database": postgres}
    finally:
        for kind in kinderen:
            kind.stop()


def _wacht_op(poort: int) -> None:
    tot = time.monotonic() + 120
    while time.monotonic() < tot:
        try:
            lijn = http.client.HTTPConnection("127.0.0.1", poort, timeout=5)
            lijn.request("GET", "/healthz", headers={"Host": "localhost"})
            if lijn.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("De webserver kwam niet op gang.")


class Achtergrond:
    """A round and two reports at a time, all along; each begun as its page begins it."""

    def __init__(self) -> None:
        self.rondes, self.rapporten = 0, 0

    def stap(self) -> None:
        """What is done is begun anew, for another municipality."""
        from rapportage.models import Rapport
        from rapportage.statussen import RapportStatus
        from resultaat.models import Ronde
        from resultaat.statussen import RondeStatus

        if not Ronde.objects.filter(status=RondeStatus.BEZIG).exists():
            self._ronde()
        bezig = Rapport.objects.filter(status__in=(RapportStatus.AANGEVRAAGD, RapportStatus.BEZIG)).count()
        for _ in range(2 - bezig):
            self._rapport()

    def _ronde(self) -> None:
        from organisaties.enums import Rol
        from organisaties.models import Gebruiker, Gemeente
        from resultaat.actions.ronde import begin_ronde
        from resultaat.tasks import ronde as taak
        from wmo_portal.lib.perioden import Maand
        from wmo_portal.lib.tijd import nu, vandaag

        gemeenten = Gemeente.objects.filter(ingericht=True).order_by("pk")
        gemeente = gemeenten[self.rondes % len(gemeenten)]
        door = Gebruiker.objects.filter(rol=Rol.ADMINISTRATIE, gemeenten=gemeente).first()
        maand = Maand.van(vandaag()).plus(-1)
        ronde = begin_ronde(gemeente=gemeente, maand=maand, proef=False, door=door, moment=nu())
        taak.delay(str(ronde.kenmerk))
        self.rondes += 1

    def _rapport(self) -> None:
        from organisaties.enums import Rol
        from organisaties.models import Gebruiker
        from rapportage.actions.rapporten import vraag_aan
        from rapportage.statussen import Rapportsoort
        from rapportage.tasks import maak_rapporten
        from wmo_portal.lib.tijd import nu

        lezers = Gebruiker.objects.filter(rol=Rol.CONTRACTMANAGER, is_active=True).order_by("pk")
        vraag_aan(
            soort=Rapportsoort.UITVAL,
            titel=f"Uitval {self.rapporten}",
            filters={},
            bestandsnaam="uitval.pdf",
            door=lezers[self.rapporten % len(lezers)],
            op=nu(),
        )
        maak_rapporten.delay()
        self.rapporten += 1
