"""Fills an empty private database with a data set; started by `benchmarks.gegevens`, in a child of its own.

The small tables go through the portal itself; the large ones by COPY and by the statements of `vullen`. The past is
judged by real rounds (until June, July and August 2026), so verdicts, results, closed dossiers and log lines are
what the portal makes of them. At the end every foreign key and every invariant is checked.
"""

from __future__ import annotations

import random
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import django
import psycopg

from benchmarks import vullen
from benchmarks.gegevens import Recept, verbinding
from wmo_portal.embedded.omgeving import Layout

ZAAD = 20261001
VOORNAMEN = ("Fenna", "Joris", "Meryem", "Wietske", "Sjoerd", "Amira", "Klaas", "Roos", "Teun", "Ilse")
VOORVOEGSELS = ("", "", "", "de", "van", "van der", "ter")
LETTERGREPEN = (
    "bloem",
    "water",
    "linde",
    "berg",
    "veld",
    "hof",
    "molen",
    "brink",
    "dijk",
    "horst",
    "stede",
    "kamp",
)
MAANDEN = ((2026, 6), (2026, 7), (2026, 8))


def main() -> None:
    recept = Recept(int(sys.argv[1]), sys.argv[2] == "1")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from wmo_portal.lib import rls

    zeg("migraties", lambda: call_command("inrichten", verbosity=0))
    with rls.binnen(rls.SYSTEEM), verbinding(Layout(settings.MAP)) as beheerder:
        zeg("organisaties", lambda: maak_organisaties(recept))
        vul(recept, beheerder)
        if not recept.alles_open:
            zeg("rondes", rondes)
            zeg("oordelen", lambda: beheerder.execute(vullen.OORDELEN))
            zeg("zegels", verzegel)
        zeg("controle", lambda: controleer(beheerder))
        beheerder.execute("drop schema bench cascade")
        zeg("vacuum", lambda: beheerder.execute("vacuum (freeze, analyze)"))
        beheerder.execute("checkpoint")


def zeg(naam: str, doe: object) -> None:
    begin = time.monotonic()
    doe()  # type: ignore[operator]
    print(f"  {naam}: {time.monotonic() - begin:.1f} s", flush=True)


def maak_organisaties(recept: Recept) -> None:
    """Regions of six municipalities beside the two that are shipped; a person of every role everywhere."""
    from organisaties.models import Aanbieder, Gemeente, Regio
    from organisaties.referentie import laad_referentie

    nummer, vergeven = 0, set(Gemeente.objects.values_list("code", flat=True))
    while Gemeente.objects.count() < recept.gemeenten:
        nummer += 1
        regio = _regio(Regio(code=f"r{nummer:02d}", naam=f"Regio {nummer}"))
        Gemeente.objects.bulk_create(
            Gemeente(code=f"{nummer * 10 + n:04d}", naam=f"Gemeente {nummer}.{n}", regio=regio)
            for n in range(6)
            if f"{nummer * 10 + n:04d}" not in vergeven
        )
    laad_referentie()
    Aanbieder.objects.bulk_create(
        Aanbieder(agb=f"{75_000_000 + n:08d}", naam=f"Zorggroep {n}", email="post@example.nl")
        for n in range(recept.aanbieders)
    )
    _mensen()


def _regio(regio: object) -> object:
    """A region with the areas, steps and products of H5."""
    from organisaties.models import Productafspraak, Resultaatgebied, Trede
    from organisaties.referentie import REGIOS, VANAF, productcode

    regio.save()  # type: ignore[attr-defined]
    h5 = REGIOS[0]
    treden = Trede.objects.bulk_create(
        Trede(regio=regio, zwaarte=n, naam=naam, is_waakvlam=n == 1) for n, naam in enumerate(h5.treden, 1)
    )
    for volgorde, gebied in enumerate(h5.gebieden, 1):
        rij = Resultaatgebied.objects.create(
            regio=regio, code=gebied.code, naam=gebied.naam, volgorde=volgorde
        )
        Productafspraak.objects.bulk_create(
            Productafspraak(
                regio=regio,
                productcategorie=gebied.categorie,
                productcode=productcode(h5, gebied, trede.zwaarte),
                omschrijving=f"{gebied.naam}, {trede.naam}",
                resultaatgebied=rij,
                trede=trede,
                geldig=(VANAF, None),
            )
            for trede in treden
        )
    return regio


def _mensen() -> None:
    """Per municipality a consultant, an administrator and a contract manager; per region one who sees all of it."""
    from organisaties.enums import Rol
    from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio

    def mens(rol: Rol, wat: str, **velden: object) -> Gebruiker:
        return Gebruiker(email=f"{rol.value}.{wat}@example.nl", naam=f"{rol.label} {wat}", rol=rol, **velden)

    gemeentelijk = (Rol.CONSULENT, Rol.ADMINISTRATIE, Rol.CONTRACTMANAGER)
    gemeenten = list(Gemeente.objects.order_by("pk"))
    Gebruiker.objects.bulk_create(
        [mens(rol, gemeente.code) for gemeente in gemeenten for rol in gemeentelijk]
        + [mens(rol, regio.code) for regio in Regio.objects.order_by("pk") for rol in gemeentelijk]
        + [mens(Rol.AANBIEDER, huis.agb, aanbieder=huis) for huis in Aanbieder.objects.order_by("pk")]
        + [mens(Rol.BEHEERDER, "portaal")]
    )
    van_wie = {f".{g.code}@": [g] for g in gemeenten}
    for gemeente in gemeenten:
        van_wie.setdefault(f".{gemeente.regio.code}@", []).append(gemeente)
    koppel = Gebruiker.gemeenten.through
    koppel.objects.bulk_create(
        koppel(gebruiker=wie, gemeente=gemeente)
        for wie in Gebruiker.objects.filter(rol__in=gemeentelijk)
        for gemeente in van_wie["." + wie.email.partition(".")[2].removesuffix("example.nl")]
    )


def vul(recept: Recept, beheerder: psycopg.Connection[tuple[object, ...]]) -> None:
    maten = {
        "aantal": recept.aantal,
        "beschikkingen": recept.beschikkingen,
        "clienten": recept.clienten,
        "aanbieders": recept.aanbieders,
        "alles_open": recept.alles_open,
    }
    beheerder.execute("set session_replication_role = replica")
    beheerder.execute("set work_mem = '256MB'")
    beheerder.execute("set timezone = 'Europe/Amsterdam'")
    beheerder.execute(vullen.VOORAF)
    _standaarden(beheerder, "set default {waarde}")
    zeg("clienten", lambda: _clienten(recept, beheerder))
    for naam in ("BESCHIKKINGEN", "TOEWIJZINGEN", "EINDEN", "FORMULIEREN"):
        zeg(naam.lower(), lambda naam=naam: _stap(getattr(vullen, naam), beheerder, maten))
    for (nummer,) in beheerder.execute(vullen.NUMMERS).fetchall():
        beheerder.execute(str(nummer))
    _standaarden(beheerder, "drop default")


def _standaarden(beheerder: psycopg.Connection[tuple[object, ...]], wat: str) -> None:
    """Give columns Django's own default while loading: a column that is added tomorrow breaks no statement here."""
    from django.apps import apps
    from django.db.models import BooleanField, CharField, IntegerField, TextField

    waarden = {BooleanField: "false", CharField: "''", IntegerField: "0", TextField: "''"}
    modellen = [
        m
        for app in ("beschikkingen", "stopberichten", "resultaat")
        for m in apps.get_app_config(app).get_models()
    ]
    for model in modellen:
        for veld in model._meta.concrete_fields:
            soort = next((w for w in waarden if isinstance(veld, w)), None)
            if (
                soort
                and not veld.null
                and not veld.primary_key
                and not veld.is_relation
                and model._meta.managed
            ):
                waarde = (
                    f"{veld.default!r}" if soort is IntegerField and veld.has_default() else waarden[soort]
                )
                opdracht = f'alter table "{model._meta.db_table}" alter column "{veld.column}" ' + wat
                beheerder.execute(opdracht.format(waarde=waarde))


def _stap(sql: str, beheerder: psycopg.Connection[tuple[object, ...]], maten: dict[str, object]) -> None:
    for opdracht in filter(str.strip, sql.split(";\n")):
        beheerder.execute(opdracht, maten)
    beheerder.execute("analyze")


def _clienten(recept: Recept, beheerder: psycopg.Connection[tuple[object, ...]]) -> None:
    kolommen = (
        "id, kenmerk, gemeente_id, bsn_versleuteld, bsn_index, voornamen, voorletters, voorvoegsel, achternaam,"
        " zoeknaam, geboortedatum, afgeschermd, aangemaakt_op"
    )
    with beheerder.cursor().copy(f"copy beschikkingen_client ({kolommen}) from stdin") as kopie:
        for rij in _mensenrijen(recept):
            kopie.write_row(rij)


def _mensenrijen(recept: Recept) -> Iterator[tuple[object, ...]]:
    """The first municipality is the largest: the share falls with the root of its number."""
    from beschikkingen.kluis import bos, context
    from organisaties.models import Gemeente
    from wmo_portal.lib.tekst import zoeksleutel

    dobbel, sleutels = random.Random(ZAAD), bos()
    gemeenten = list(Gemeente.objects.order_by("pk").values_list("pk", flat=True)[: recept.gemeenten])
    gebruikt = dict.fromkeys(gemeenten, 0)
    nummers = bsns()
    voorraad: list[str] = []
    for nummer in range(1, recept.clienten + 1):
        gemeente = gemeenten[int(len(gemeenten) * dobbel.random() ** 2)]
        if gebruikt[gemeente] == len(voorraad):
            voorraad.append(next(nummers))
        bsn = voorraad[gebruikt[gemeente]]
        gebruikt[gemeente] += 1
        kenmerk = uuid.UUID(int=dobbel.getrandbits(128), version=4)
        voornaam, voorvoegsel = dobbel.choice(VOORNAMEN), dobbel.choice(VOORVOEGSELS)
        achternaam = "".join(dobbel.choices(LETTERGREPEN, k=3)).capitalize()
        yield (
            nummer,
            kenmerk,
            gemeente,
            sleutels.versleutel(bsn, context("beschikkingen_client", kenmerk)),
            sleutels.index(bsn),
            voornaam,
            voornaam[0],
            voorvoegsel,
            achternaam,
            zoeksleutel(f"{achternaam} {voorvoegsel} {voornaam}"),
            date(1935, 1, 1) + timedelta(days=dobbel.randrange(26_000)),
            dobbel.random() < 0.002,
            datetime(2023, 1, 1, tzinfo=UTC),
        )


def bsns() -> Iterator[str]:
    """The numbers that are never issued; after those, numbers that fail the 11-proef and so are nobody's either."""
    from wmo_portal.lib.bsn import TEST_EERSTE, TEST_LAATSTE, is_geldig

    for nummer in range(TEST_EERSTE, TEST_LAATSTE + 1):
        if is_geldig(str(nummer)):
            yield str(nummer)
    for nummer in range(900_000_000, 999_000_000):
        if not is_geldig(str(nummer)):
            yield str(nummer)


def rondes() -> None:
    from organisaties.models import Gemeente
    from resultaat.actions.ronde import voer_ronde_uit
    from wmo_portal.lib.perioden import Maand

    for jaar, maand in MAANDEN:
        for gemeente in Gemeente.objects.order_by("pk"):
            voer_ronde_uit(
                gemeente=gemeente,
                maand=Maand(jaar, maand),
                proef=False,
                door=None,
                moment=datetime(jaar, maand + 1, 1, 5, tzinfo=UTC),
            )


def verzegel() -> None:
    from logboek.verzegelen import verzegel as zet_zegels
    from wmo_portal.lib.tijd import nu

    zet_zegels(op=nu(), alles=True)


def controleer(beheerder: psycopg.Connection[tuple[object, ...]]) -> None:
    """Raises when anything that was loaded could not have been typed."""
    from resultaat.invarianten import overtredingen

    for naam, telling in beheerder.execute(vullen.SLEUTELS).fetchall():
        rij = beheerder.execute(str(telling)).fetchone()
        if rij is None or rij[0]:
            raise SystemExit(f"{naam}: {rij and rij[0]} rijen zonder ouder")
    if fout := overtredingen():
        raise SystemExit(f"invarianten: { {naam: len(rijen) for naam, rijen in fout.items()} }")


if __name__ == "__main__":
    main()
