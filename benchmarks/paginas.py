"""python -m benchmarks.paginas --aantal 100000: what a page costs beside a page that only knows who you are.

Processor time of application and database together, for whole requests through the WSGI door of the portal, as its own
role and behind both walls: session, second factor, scope, queries, template, log. The floor is a view that asks to be
logged in and says two bytes. Beside them:

- P6: the worklist of a consultant, its first page and one as deep as his list goes (at most page 10,000); and the naive
  twin, which reads all that waits, sorts it in Python and cuts the page out. The pages are compared before any time
  counts.
- P6b: a POST that validates, locks, saves, logs and redirects: who handles a dossier.
- P7: finding a client by BSN through the keyed index (the HMAC included) and through a column that holds the BSN
  itself, in a copy of the table that is otherwise the same; both as the owner of the server, without walls.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from unittest import mock

from benchmarks.gegevens import Bron, Recept, gegevens, opties
from benchmarks.meten import Klok, Meting, Variant, meet, schrijf, stand_van

BODEM: Final = "alleen ingelogd"
VAST: Final = "met de rijen bij de hand"
DIEPSTE: Final = 10_000
"""Page."""
CSRF: Final = "m" * 32
OPZOEKINGEN: Final = 200
"""Clients looked up in one turn of P7."""


# --- The door ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bezoeker:
    """Somebody with a session, at the WSGI door."""

    app: Any
    koekjes: str

    def vraag(self, adres: str, gegevens_: dict[str, str] | None = None) -> tuple[int, bytes]:
        from urllib.parse import urlencode

        pad, _, vraag = adres.partition("?")
        lichaam = (
            urlencode({**gegevens_, "csrfmiddlewaretoken": CSRF}).encode() if gegevens_ is not None else b""
        )
        omgeving = {
            "REQUEST_METHOD": "GET" if gegevens_ is None else "POST",
            "PATH_INFO": pad,
            "QUERY_STRING": vraag,
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.koekjes,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(lichaam)),
            "wsgi.input": io.BytesIO(lichaam),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
        }
        status: list[str] = []
        antwoord = self.app(omgeving, lambda regel, koppen, fout=None: status.append(regel))
        inhoud = b"".join(antwoord)
        antwoord.close()
        return int(status[0][:3]), inhoud

    def moet(self, adres: str, code: int = 200, gegevens_: dict[str, str] | None = None) -> bytes:
        gaf, inhoud = self.vraag(adres, gegevens_)
        if gaf != code:
            raise SystemExit(f"{adres} gaf {gaf}, verwacht {code}")
        return inhoud


def bezoeker(wie: Any) -> Bezoeker:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.test import Client as Http

    TOTP.activate(wie, generate_totp_secret())
    http = Http()
    http.force_login(wie)
    sessie = http.cookies[settings.SESSION_COOKIE_NAME].value
    koekjes = f"{settings.SESSION_COOKIE_NAME}={sessie}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    return Bezoeker(get_wsgi_application(), koekjes)


def consulent() -> Any:
    """Of one municipality: the first of the set."""
    from organisaties.enums import Rol
    from organisaties.models import Gebruiker

    mensen = Gebruiker.objects.filter(rol=Rol.CONSULENT, is_active=True).order_by("pk")
    return next(wie for wie in mensen if len(wie.gemeente_ids) == 1)


# --- P6 -----------------------------------------------------------------------------------------------------------------
def diepste(wie: Any) -> tuple[Any, int, int]:
    """The place before the deepest page there is, which page that is, and how much waits."""
    from resultaat.queries import werkvoorraad as w
    from wmo_portal.lib.tijd import vandaag

    with mock.patch.object(w, "PER_PAGINA", 10**9):
        rijen = w.werkvoorraad(wie, vandaag(), filter_=w.Filter()).rijen
    bladzijde = max(min(DIEPSTE, (len(rijen) - 1) // w.PER_PAGINA), 1)
    return rijen[bladzijde * w.PER_PAGINA - 1].plaats, bladzijde + 1, len(rijen)


def _gewoon(pagina: bytes) -> bytes:
    """Without what differs between two times the same page."""
    return re.sub(rb'(value|content)="[^"]*"', b"", pagina)


def p6(wie: Any, gast: Bezoeker, klok: Klok, beurten: int) -> Meting:
    from django.urls import reverse

    from benchmarks import naief_werkvoorraad
    from resultaat.queries.werkvoorraad import werkvoorraad
    from wmo_portal.lib import rls
    from wmo_portal.lib.tijd import vandaag

    with rls.binnen(wie.bereik):
        plaats, bladzijde, wacht = diepste(wie)
        vast = werkvoorraad(wie, vandaag())
        delen = _delen(wie, klok)
    adres = reverse("resultaat:werkvoorraad")
    diep = f"{adres}?na={plaats}"

    def met(lees: Callable[..., Any]) -> Callable[[], bytes]:
        """The same page, with its rows from elsewhere."""

        def doe() -> bytes:
            with mock.patch("resultaat.views.werkvoorraad.werkvoorraad", lees):
                return _gewoon(gast.moet(adres))

        return doe

    meting = meet(
        "P6: the worklist, processor time of a request",
        [
            Variant(BODEM, lambda: gast.moet("/meting/ingelogd/"), los=True),
            Variant("werkvoorraad", lambda: _gewoon(gast.moet(adres))),
            Variant("diepste bladzijde", lambda: gast.moet(diep), los=True),
            Variant(VAST, met(lambda *_, **__: vast)),
            Variant("naief", met(naief_werkvoorraad.werkvoorraad)),
        ],
        beurten=beurten,
        doel="<= 2.5x a log-in-only view, naive >= 4x the page, the deepest page <= 1.1x the first",
        klok=klok,
    )
    meting.regels += [
        f"{wacht} things wait for this consultant; the deep page is number {bladzijde}.",
        f"Page {meting.verhouding('werkvoorraad', BODEM):.2f}x the log-in-only view; naive "
        f"{meting.verhouding('naief', 'werkvoorraad'):.1f}x the page; deep page "
        f"{meting.verhouding('diepste bladzijde', 'werkvoorraad'):.2f}x the first.",
        f"With its rows at hand (log lines, form and template only) the page is "
        f"{meting.verhouding(VAST, BODEM):.2f}x the log-in-only view: the least that this page can be.",
        f"Finding the rows and the numbers: {delen}.",
        *_waar("werkvoorraad", lambda: gast.moet(adres), klok),
        *_waar(BODEM, lambda: gast.moet("/meting/ingelogd/"), klok),
    ]
    return meting


def _delen(wie: Any, klok: Klok, keer: int = 5) -> str:
    """What the two halves of finding the rows cost, application and database together."""
    from resultaat.queries.tegenspraken import meldingen
    from resultaat.queries.werkvoorraad import werkvoorraad
    from wmo_portal.lib.tijd import vandaag

    def kost(doe: Callable[[], object]) -> float:
        doe()
        van = klok()
        for _ in range(keer):
            doe()
        return (klok() - van) / keer * 1000

    een, alles = kost(lambda: meldingen(wie, vandaag())), kost(lambda: werkvoorraad(wie, vandaag()))
    return f"contradictions {een:.1f} ms, all the rest {alles - een:.1f} ms"


def _waar(naam: str, doe: Callable[[], object], klok: Klok, keer: int = 10) -> list[str]:
    """How much of it is the database, and in how many queries."""
    from django.db import connection

    vragen = 0

    def tel(voer_uit: Any, *rest: Any) -> Any:
        nonlocal vragen
        vragen += 1
        return voer_uit(*rest)

    with connection.execute_wrapper(tel):
        doe()
    app, database = time.process_time(), klok.database()
    for _ in range(keer):
        doe()
    app, database = (time.process_time() - app) / keer, (klok.database() - database) / keer
    return [f"{naam}: application {app * 1000:.1f} ms, database {database * 1000:.1f} ms, {vragen} queries."]


# --- P6b ----------------------------------------------------------------------------------------------------------------
def p6b(wie: Any, gast: Bezoeker, klok: Klok, beurten: int) -> Meting:
    from django.urls import reverse

    from beschikkingen.models import Beschikking
    from wmo_portal.lib import rls

    with rls.binnen(rls.SYSTEEM):
        rijen = (
            Beschikking.objects.filter(gemeente__in=wie.gemeente_ids).order_by("pk").select_related("client")
        )
        dossiers = [(b.kenmerk, b.client) for b in rijen[:400]]
    gezien: set[int] = set()
    wachtrij = iter(
        [k for k, c in dossiers if c.behandelaar_id is None and not (c.pk in gezien or gezien.add(c.pk))]
    )

    def bewaar() -> int:
        adres = reverse("resultaat:behandelaar", args=[next(wachtrij)])
        gast.moet(adres, 302, {"behandelaar": str(wie.kenmerk), "was": ""})
        return 302

    meting = meet(
        "P6b: a form that is saved, processor time of a request",
        [
            Variant(BODEM, lambda: gast.moet("/meting/ingelogd/"), los=True),
            Variant("behandelaar bewaren", bewaar, los=True),
        ],
        beurten=min(beurten, 60),
        doel="<= 2.5x a log-in-only view",
        klok=klok,
    )
    meting.regels += [
        f"Saving {meting.verhouding('behandelaar bewaren', BODEM):.2f}x the log-in-only view.",
        *_waar("behandelaar bewaren", bewaar, klok),
    ]
    with rls.binnen(rls.SYSTEEM):
        bewaard = Beschikking.objects.filter(
            kenmerk__in=[k for k, _ in dossiers], client__behandelaar=wie
        ).count()
        if bewaard < min(beurten, 60):
            raise SystemExit(f"Er zijn {bewaard} behandelaars bewaard, verwacht {beurten}.")
    return meting


# --- P7 -----------------------------------------------------------------------------------------------------------------
def p7(bron: Bron, beurten: int) -> Meting:
    from beschikkingen.kluis import bos, bsn_van
    from beschikkingen.models import Client
    from wmo_portal.lib import rls

    with rls.binnen(rls.SYSTEEM):
        clienten = Client.objects.only("kenmerk", "bsn_versleuteld", "gemeente_id")
        bsns = {c.pk: (c.gemeente_id, bsn_van(c)) for c in clienten.iterator(5_000)}
    dobbel = random.Random(7)
    gezocht = [(g, b, pk) for pk, (g, b) in dobbel.sample(sorted(bsns.items()), min(OPZOEKINGEN, len(bsns)))]
    with bron.als_beheerder() as baas:
        baas.execute("create temp table bsns (id bigint, bsn char(9))")
        with baas.cursor() as cursor, cursor.copy("copy bsns from stdin") as stroom:
            for pk, (_, bsn) in bsns.items():
                stroom.write_row((pk, bsn))
        baas.execute(
            "create table meting_plat as select c.*, b.bsn from beschikkingen_client c join bsns b using (id)"
        )
        baas.execute("alter table meting_plat drop column bsn_index")
        baas.execute("create unique index on meting_plat (gemeente_id, bsn)")
        baas.execute("vacuum analyze meting_plat, beschikkingen_client")
        sleutel, plat = (
            f"select id from {tabel} where gemeente_id = %s and {kolom} = %s"
            for tabel, kolom in (("beschikkingen_client", "bsn_index"), ("meting_plat", "bsn"))
        )
        baas.prepare_threshold = 0

        def zoek_plat() -> list[object]:
            return [baas.execute(plat, (g, b)).fetchone() for g, b, _ in gezocht]

        def zoek_sleutel() -> list[object]:
            index = bos().index
            return [baas.execute(sleutel, (g, index(b))).fetchone() for g, b, _ in gezocht]

        backend = baas.info.backend_pid

        def klok() -> float:
            return time.process_time() + stand_van(backend)

        vooraf = [(g, bos().index(b)) for g, b, _ in gezocht]

        def zoek_vooraf() -> list[object]:
            return [baas.execute(sleutel, paar).fetchone() for paar in vooraf]

        if zoek_plat() != [(pk,) for *_, pk in gezocht]:
            raise SystemExit("De kolom met BSN's vindt een ander dan de cliënt.")
        meting = meet(
            f"P7: {len(gezocht)} clients by BSN among {len(bsns)}, processor time",
            [
                Variant("kolom met BSN", zoek_plat),
                Variant("index met sleutel", zoek_sleutel),
                Variant("index met sleutel, HMAC vooraf", zoek_vooraf),
            ],
            beurten=beurten,
            doel="<= 1.2x",
            klok=klok,
        )
    keer = meting.verhouding("index met sleutel", "kolom met BSN")
    kaal = meting.verhouding("index met sleutel, HMAC vooraf", "kolom met BSN")
    meting.regels.append(
        f"The keyed index costs {keer:.2f}x with its HMAC, made for each look-up; the query itself {kaal:.2f}x."
    )
    return meting


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--beurten", type=int, default=40, help="verzoeken per variant")
    keuzes = parser.parse_args()
    with gegevens(Recept(keuzes.aantal), keuzes.map) as bron:
        from django.test import override_settings

        from wmo_portal.lib import rls

        wie = consulent()
        with override_settings(ROOT_URLCONF="benchmarks.adressen"):
            gast = bezoeker(wie)
            gast.moet("/meting/ingelogd/")
            klok = Klok()
            delen = [p6(wie, gast, klok, keuzes.beurten), p6b(wie, gast, klok, keuzes.beurten)]
        rls.zet(rls.SYSTEEM)
        delen.append(p7(bron, keuzes.beurten))
    schrijf(f"P6, P6b, P7: pages, {keuzes.aantal}", delen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
