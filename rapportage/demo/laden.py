"""Loading the demo: everything happens on its own day, in order, through the doors that people use.

The decisions come in as a Suite export, the message traffic as XML, forms, questions, talks and judgements through
their actions, and the monthly rounds run on the 2nd: the round over last month still waits, so that there is one to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.db import transaction
from django.db.models import F

from beschikkingen.actions import draai_proef, lees_in
from beschikkingen.models import Toewijzing
from organisaties.referentie import laad_referentie
from rapportage.demo import gegevens
from rapportage.demo.berichten import Schrijver, Zending, proefberichten
from rapportage.demo.dossiers import Dossier, Lijn, maak_dossiers
from rapportage.demo.inrichten import Wereld, maak_leeg, maak_wereld
from rapportage.demo.kwartalen import kwartaalwerk
from rapportage.demo.papieren import Papieren
from rapportage.demo.uitvoer import suite_export
from resultaat.actions.ronde import voer_ronde_uit
from stopberichten.enums import Kanaal
from stopberichten.inname import ontvang_vele
from stopberichten.ontvangst import Post
from techniek.models import Mail
from wmo_portal.lib.perioden import Kwartaal, Maand
from wmo_portal.lib.tijd import AMSTERDAM

MAP = "demo-berichten"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """Something that happens on a day; `uur` keeps the order within it."""

    dag: date
    uur: int
    doe: Callable[[datetime], object]
    telt: bool = False
    """A round or a frozen quarter: what is counted must be in by then."""

    @property
    def op(self) -> datetime:
        return datetime.combine(self.dag, time(self.uur), AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Verslag:
    dossiers: int
    clienten: int
    berichten: int
    map: Path

    @property
    def zin(self) -> str:
        return (
            f"{self.clienten} verzonnen cliënten met {self.dossiers} beschikkingen en {self.berichten} berichten. "
            f"De berichten staan in {self.map}."
        )


@transaction.atomic
def laad_demo(*, vandaag: date, map_: Path, zaad: int = gegevens.ZAAD) -> Verslag:
    """Empty the database and fill it, all or nothing. Costs some ten seconds."""
    maak_leeg()
    laad_referentie()
    wereld = maak_wereld()
    dossiers = maak_dossiers(vandaag, zaad)
    schrijver = Schrijver()
    zendingen = [z for dossier in dossiers for z in schrijver.van(dossier) if z.dag <= vandaag]
    _schrijf_bestanden(map_ / MAP, zendingen, proefberichten(schrijver, dossiers, vandaag))
    _lees_beschikkingen(wereld, dossiers, vandaag, map_ / MAP)
    papieren = Papieren.voor(wereld, Random(zaad))  # noqa: S311  invented texts, no secret
    gebeurtenissen = list(_rondes(wereld, vandaag))
    for dossier in dossiers:
        for lijn in dossier.lijnen:
            gebeurtenissen += _papierwerk(papieren, dossier, lijn)
    kwartalen = kwartaalwerk(wereld, vandaag, Random(zaad))  # noqa: S311  as above
    gebeurtenissen += [Gebeurtenis(dag, 16, doe, telt) for dag, doe, telt in kwartalen]
    _speel_af(gebeurtenissen, zendingen, vandaag)
    _niet_gestart(dossiers)
    # What the doors mailed belongs to the past of the story.
    Mail.objects.update(status=Mail.Status.VERZONDEN, verzonden_op=F("aangemaakt_op"))
    return Verslag(len(dossiers), len({d.client.bsn for d in dossiers}), len(zendingen), map_ / MAP)


def _speel_af(gebeurtenissen: list[Gebeurtenis], zendingen: list[Zending], vandaag: date) -> None:
    """Everything up to today. Messages are read as a server reads a folder: all until the next day that counts them."""
    teldagen = sorted({g.dag for g in gebeurtenissen if g.telt and g.dag <= vandaag} | {vandaag})
    gedaan = date.min
    for tot in teldagen:
        list(ontvang_vele(_post(z) for z in sorted(zendingen, key=_dag) if gedaan < z.dag <= tot))
        for gebeurtenis in sorted(gebeurtenissen, key=_moment):
            if gedaan < gebeurtenis.dag <= tot:
                gebeurtenis.doe(gebeurtenis.op)
        gedaan = tot


def _dag(zending: Zending) -> date:
    return zending.dag


def _moment(gebeurtenis: Gebeurtenis) -> datetime:
    return gebeurtenis.op


def _post(zending: Zending) -> Post:
    return Post(
        inhoud=zending.inhoud,
        bestandsnaam=zending.naam,
        kanaal=Kanaal.COMMANDO,
        door=None,
        vandaag=zending.dag,
        op=datetime.combine(zending.dag, time(10), AMSTERDAM),
        slot=False,
    )


def _schrijf_bestanden(map_: Path, zendingen: list[Zending], proef: list[Zending]) -> None:
    """The messages as files: what was loaded by kind, and some that were not, to try."""
    shutil.rmtree(map_, ignore_errors=True)
    for zending in zendingen:
        _schrijf(map_ / zending.soort / zending.naam, zending.inhoud)
    for zending in proef:
        _schrijf(map_ / "om-te-proberen" / zending.naam, zending.inhoud)


def _schrijf(pad: Path, inhoud: bytes) -> None:
    pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pad.write_bytes(inhoud)


def _lees_beschikkingen(wereld: Wereld, dossiers: list[Dossier], vandaag: date, map_: Path) -> None:
    op = datetime.combine(vandaag, time(7), AMSTERDAM)
    for code, gemeente in wereld.gemeenten.items():
        eigen = [d for d in dossiers if d.client.gemeente == code and not d.via_bericht]
        inhoud, naam = suite_export(eigen, op), f"beschikkingen-{code}.xlsx"
        _schrijf(map_ / "suite" / naam, inhoud)
        door = wereld.administratie(code)
        inlezing = draai_proef(
            gemeente=gemeente, bestandsnaam=naam, inhoud=inhoud, vandaag=vandaag, op=op, door=door
        )
        plan = lees_in(inlezing=inlezing, vandaag=vandaag, op=op, door=door)
        if plan.fouten:
            raise RuntimeError(f"{naam}: {plan.fouten[0].zin}")


def _rondes(wereld: Wereld, vandaag: date) -> Iterator[Gebeurtenis]:
    """Each month of the two closed quarters and the running one, but not the last whole month."""
    maand = Maand.van(Kwartaal.van(vandaag).plus(-2).eerste)
    while maand.plus(1) < Maand.van(vandaag):
        for code, gemeente in wereld.gemeenten.items():
            yield Gebeurtenis(
                maand.plus(1).eerste + timedelta(days=1),
                22,
                partial(_ronde, gemeente=gemeente, maand=maand, door=wereld.administratie(code)),
                telt=True,
            )
        maand = maand.plus(1)


def _ronde(op: datetime, **wat: object) -> None:
    voer_ronde_uit(proef=False, moment=op, **wat)  # type: ignore[arg-type]  # the three that _rondes gives


def _papierwerk(papieren: Papieren, dossier: Dossier, lijn: Lijn) -> Iterator[Gebeurtenis]:
    """All papers about one line, each on its day."""
    stukken: list[tuple[date | None, Callable[..., object], tuple[object, ...]]] = [
        (formulier.op, papieren.formulier, (formulier,)) for formulier in lijn.formulieren
    ]
    if papier := lijn.evaluatie:
        stukken += [
            (papier.op, papieren.evaluatie, (papier,)),
            (papier.vraag, papieren.vraag, ()),
            (papier.antwoord, papieren.antwoord, ()),
            (papier.gesprek, papieren.gesprek, ()),
        ]
    for oordeel in lijn.oordelen:
        verbeterd = oordeel.correctie
        stukken += [
            (oordeel.op, papieren.oordeel, (oordeel,)),
            (verbeterd.op if verbeterd else None, papieren.correctie, (verbeterd,)),
        ]
    for uur, (dag, doe, wat) in enumerate(stukken, 11):
        if dag:
            yield Gebeurtenis(dag, uur, partial(doe, dossier, lijn, *wat))


def _niet_gestart(dossiers: list[Dossier]) -> None:
    """The provider said: a first meeting, then a waiting list (MH note 2)."""
    nummers = [lijn.nummer for d in dossiers for lijn in d.lijnen if lijn.niet_gestart]
    Toewijzing.objects.filter(toewijzingnummer__in=nummers).update(hulp_niet_gestart=True)
