"""python -m benchmarks.belasting --aantal 100000 --minuten 10: forty people at work at once, on this machine.

Two minutes unless told otherwise, so that `make bench` stays bearable; the promise is about ten.

A copy of the data with its own PostgreSQL and Valkey, the real web server (gunicorn) and worker (Celery) beside it.
Forty sessions, eight of each role, ask pages and send forms with a think time of 5 seconds on average; meanwhile a
round and two reports are always under way in the worker. Everything runs on the machine that measures, the forty
included.

Every client bears a mark in his name. A page that shows the mark of a client whom its reader may not see is a leak; an
answer of 400 or more, or none, is an error. The promise: p95 at most 400 ms, no error, no foreign mark. The log-in
itself is left out: its hashing is dear on purpose and throttled (see docs/veiligheid.md).
"""

from __future__ import annotations

import http.client
import math
import os
import random
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from benchmarks.gegevens import Bron, Recept, gegevens, opties
from benchmarks.meten import schrijf
from benchmarks.verbruik import verbruik

PER_ROL: Final = 8
DENKTIJD: Final = 5.0
GRENS_MS: Final = 400
MERK: Final = re.compile(rb"Merk(\d+)x")
AANLOOP: Final = 10.0
"""Seconds before it counts: a web worker reads its templates at the first page."""

# Per role: pages of the menu, patterns of links to follow from the page before, and forms to send (page, action).
PAGINAS: Final[dict[str, tuple[str, ...]]] = {
    "consulent": ("/", "/werkvoorraad/", "/werkvoorraad/?van=mijn", "/dossiers/", "/termijnen/"),
    "aanbieder": ("/", "/mijn-clienten/", "/toelichtingen/", "/berichten/", "/berichten/te-laat/"),
    "administratie": (
        "/",
        "/berichten/",
        "/rondes/",
        "/dossiers/",
        "/te-koppelen/",
        "/berichten/retour/",
        "/suite/",
    ),
    "contractmanager": ("/", "/uitval/", "/resultaat-behaald/", "/advies-en-besluit/", "/stopkwaliteit/"),
    "beheerder": ("/", "/gebruikers/", "/inrichting/", "/logboek/", "/taken/"),
}
# Not the page of one message: the messages of the data set hold no XML (see benchmarks/README.md).
VOLGEN: Final = re.compile(r'href="(/(?:dossiers|gebruikers|toelichtingen|rondes)/[0-9a-f-]{36}/)')
KENMERK: Final = re.compile(r"[0-9a-f-]{36}")
DOSSIER: Final = "een dossier"
FORMULIEREN: Final[dict[str, tuple[tuple[str, str, dict[str, str]], ...]]] = {
    "consulent": (("/zoeken/", "", {"zoek": "Merk1"}), (DOSSIER, "behandelaar", {})),
    "aanbieder": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
    "administratie": (("/zoeken/", "", {"zoek": "Merk2"}), ("/meldingen/", "", {})),
    "contractmanager": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
    "beheerder": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
}


@dataclass(slots=True)
class Telling:
    """What all sessions saw."""

    tijden: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    fouten: list[str] = field(default_factory=list)
    vreemd: list[str] = field(default_factory=list)
    slot: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class Mens:
    """One session."""

    naam: str
    rol: str
    koekjes: str
    csrf: str
    eigen: frozenset[int]
    poort: int
    dobbel: random.Random
    telling: Telling
    meetelt: Callable[[], bool]

    def vraag(self, adres: str, velden: list[tuple[str, str]] | None = None) -> str:
        """Ask, judge and count; the text of the page."""
        lichaam = None if velden is None else urlencode([*velden, ("csrfmiddlewaretoken", self.csrf)])
        soort = f"{self.rol} {'' if velden is None else 'POST '}{KENMERK.sub('…', adres)}"
        koppen = {"Cookie": self.koekjes, "Host": "localhost"}
        if lichaam is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        van = time.perf_counter()
        try:
            lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
            lijn.request("GET" if lichaam is None else "POST", adres, lichaam, koppen)
            antwoord = lijn.getresponse()
            inhoud, status = antwoord.read(), antwoord.status
            lijn.close()
        except OSError as fout:
            inhoud, status = b"", 599
            adres += f" ({type(fout).__name__})"
        self._tel(soort, adres, status, inhoud, time.perf_counter() - van)
        return inhoud.decode("utf-8", "replace")

    def _tel(self, soort: str, adres: str, status: int, inhoud: bytes, duur: float) -> None:
        vreemd = {int(merk) for merk in MERK.findall(inhoud)} - self.eigen
        with self.telling.slot:
            if self.meetelt():
                self.telling.tijden[soort].append(duur)
            if status >= 400:
                self.telling.fouten.append(f"{self.rol} {adres}: {status}")
            if vreemd:
                self.telling.vreemd.append(f"{self.naam} op {adres}: {len(vreemd)} vreemde merken")

    def werk(self, tot: float) -> None:
        time.sleep(self.dobbel.uniform(0, DENKTIJD))
        tekst = ""
        while time.monotonic() < tot:
            tekst = self._stap(tekst)
            time.sleep(min(self.dobbel.expovariate(1 / DENKTIJD), 30))

    def _stap(self, tekst: str) -> str:
        """A link of the page before, a form, or a page of the menu."""
        worp, links = self.dobbel.random(), VOLGEN.findall(tekst)
        if links and worp < 0.35:
            return self.vraag(self.dobbel.choice(links))
        if worp < 0.5:
            return self._formulier(links)
        return self.vraag(self.dobbel.choice(PAGINAS[self.rol]))

    def _formulier(self, links: list[str]) -> str:
        pagina, actie, anders = self.dobbel.choice(FORMULIEREN[self.rol])
        if pagina == "/sessie/blijf":
            return self.vraag(pagina, [])
        if pagina == DOSSIER:
            dossiers = [link for link in links if link.startswith("/dossiers/")]
            if not dossiers:
                return self.vraag("/werkvoorraad/")
            pagina = self.dobbel.choice(dossiers)
        tekst = self.vraag(pagina)
        gevonden = _velden(tekst, pagina, actie)
        if gevonden is None:
            return tekst
        naar, ingevuld = gevonden
        velden = [(naam, waarde) for naam, waarde in ingevuld if naam not in {*anders, "csrfmiddlewaretoken"}]
        return self.vraag(naar, [*velden, *anders.items()])


def _velden(tekst: str, pagina: str, actie: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The form of this page that posts to `actie` (or to the page itself), as a browser would send it unchanged."""
    import lxml.html

    if not tekst:
        return None
    pagina_: Any = lxml.html.fromstring(tekst)
    for form in pagina_.forms:
        naar = urlsplit(form.get("action") or pagina).path or pagina
        eigen = naar.rstrip("/").endswith(actie) if actie else naar == pagina
        if form.method == "POST" and eigen:
            return naar, [(naam, waarde or "") for naam, waarde in form.form_values()]
    return None


# --- Who they are -----------------------------------------------------------------------------------------------------
def merk_clienten(bron: Bron) -> None:
    with bron.als_beheerder() as baas:
        baas.execute("set session_replication_role = replica")
        baas.execute(
            "update beschikkingen_client set achternaam = 'Merk' || id || 'x', zoeknaam = 'merk' || id || 'x'"
        )
        baas.execute("vacuum analyze beschikkingen_client")


def mensen(poort: int, telling: Telling, meetelt: Callable[[], bool]) -> list[Mens]:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.test import Client as Http

    from organisaties.enums import Rol
    from organisaties.models import Gebruiker

    uit = []
    for rol in PAGINAS:
        kandidaten = list(Gebruiker.objects.filter(rol=Rol(rol), is_active=True).order_by("pk")[:PER_ROL])
        if not kandidaten:
            raise SystemExit(f"De gegevensset heeft niemand met de rol {rol}.")
        for n in range(PER_ROL):
            wie = kandidaten[n % len(kandidaten)]
            if not Authenticator.objects.filter(user=wie).exists():
                TOTP.activate(wie, generate_totp_secret())
            web = Http()
            web.force_login(wie)
            csrf = f"{n:032d}"
            koekjes = (
                f"{settings.SESSION_COOKIE_NAME}={web.cookies[settings.SESSION_COOKIE_NAME].value};"
                f" {settings.CSRF_COOKIE_NAME}={csrf}"
            )
            uit.append(
                Mens(
                    f"{rol} {n}",
                    rol,
                    koekjes,
                    csrf,
                    _eigen(wie),
                    poort,
                    random.Random(f"{rol}{n}"),
                    telling,
                    meetelt,
                )
            )
    return uit


def _eigen(wie: Any) -> frozenset[int]:
    """The clients this person may see, asked without the walls: from the tables themselves."""
    from beschikkingen.models import Client, Toewijzing

    if wie.aanbieder_id:
        rijen = Toewijzing.objects.filter(aanbieder_id=wie.aanbieder_id).values_list("client_id", flat=True)
        return frozenset(rijen)
    if not wie.bereik.gemeenten:
        return frozenset()
    return frozenset(Client.objects.filter(gemeente_id__in=wie.bereik.gemeenten).values_list("pk", flat=True))


# --- What runs beside them --------------------------------------------------------------------------------------------
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

    def __init__(self, tot: float) -> None:
        self.tot, self.rondes, self.rapporten = tot, 0, 0

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


# --- The run ----------------------------------------------------------------------------------------------------------
def belast(
    bron: Bron, minuten: float, poort: int, werkers: int
) -> tuple[Telling, Achtergrond, dict[str, float]]:
    """What all saw, what ran beside them, and the processor time it took from the moment that it counts."""
    telling = Telling()
    begin = time.monotonic() + AANLOOP
    tot = begin + minuten * 60
    achtergrond = Achtergrond(tot)
    with portaal(bron, poort, werkers) as programmas:
        allen = mensen(poort, telling, lambda: time.monotonic() > begin)
        begin = time.monotonic() + AANLOOP
        tot = achtergrond.tot = begin + minuten * 60
        draden = [threading.Thread(target=mens.werk, args=(tot,)) for mens in allen]
        for draad in draden:
            draad.start()
        vooraf = verbruik(programmas)
        while (nu := time.monotonic()) < tot:
            if nu < begin:
                vooraf = verbruik(programmas)
            achtergrond.stap()
            time.sleep(1)
        for draad in draden:
            draad.join()
        na = verbruik(programmas)
    return telling, achtergrond, {naam: na[naam] - vooraf[naam] for naam in na}


def rang(tijden: list[float], deel: float) -> float:
    """The nearest-rank percentile, in milliseconds."""
    return sorted(tijden)[math.ceil(deel * len(tijden)) - 1] * 1000


def verslag(
    telling: Telling, achtergrond: Achtergrond, werk: dict[str, float], belasting: tuple[float, float]
) -> str:
    alle = [duur for tijden in telling.tijden.values() for duur in tijden]
    rijen = [
        f"| {soort} | {len(t)} | {rang(t, 0.5):.0f} | {rang(t, 0.95):.0f} | {max(t) * 1000:.0f} |"
        for soort, t in sorted(telling.tijden.items())
    ]
    p95 = rang(alle, 0.95)
    return "\n".join(
        [
            f"Reach: p95 <= {GRENS_MS} ms, 0 errors, 0 foreign marks.\n",
            "| who and what | requests | p50 ms | p95 ms | largest ms |\n|---|---:|---:|---:|---:|",
            *rijen,
            f"| all | {len(alle)} | {rang(alle, 0.5):.0f} | {p95:.0f} | {max(alle) * 1000:.0f} |\n",
            f"p95 {p95:.0f} ms ({'within' if p95 <= GRENS_MS else 'NOT within'} {GRENS_MS}); {len(telling.fouten)} errors;"
            f" {len(telling.vreemd)} pages with a foreign mark. Meanwhile {achtergrond.rondes} rounds and"
            f" {achtergrond.rapporten} reports were begun. Load average {belasting[0]:.1f} before,"
            f" {belasting[1]:.1f} after.",
            f"Processor time: web {werk['web'] / len(alle) * 1000:.0f} ms a request; database {werk['database']:.0f} s"
            f" and worker {werk['worker']:.0f} s in all, for requests, rounds and reports together.",
            *(f"- {regel}" for regel in sorted(set(telling.fouten))[:10] + telling.vreemd[:10]),
        ]
    )


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--minuten", type=float, default=2, help="de belofte gaat over 10")
    parser.add_argument("--poort", type=int, default=8_391)
    parser.add_argument("--werkers", type=int, default=3, help="webprocessen")
    keuzes = parser.parse_args()
    begin = os.getloadavg()[0]
    with gegevens(Recept(keuzes.aantal, alles_open=True), keuzes.map, valkey=True) as bron:
        merk_clienten(bron)
        telling, achtergrond, werk = belast(bron, keuzes.minuten, keuzes.poort, keuzes.werkers)
    tekst = verslag(telling, achtergrond, werk, (begin, os.getloadavg()[0]))
    schrijf(f"L: forty people at once, {keuzes.aantal}", [], tekst=tekst)
    return int(bool(telling.fouten or telling.vreemd))


if __name__ == "__main__":
    sys.exit(main())
