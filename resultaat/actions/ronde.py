"""The monthly round: dry run and run are the same code, in batches, each committed by itself (M2; R8-R11, R26-R31).

1. `begin_ronde` makes or finds the row of the round; a second run of the same month goes on with the same row.
2. `ga_door` walks through the open stops in batches by id; a batch is one transaction {verdicts, results, closed
   allocations and dossiers, log lines, progress}. Killed in the middle, the next run goes on and ends the same.
3. One round of a municipality at a time: an advisory lock of the session, gone with the process that held it.

Undoing stands in `actions.ronde_terug`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Count
from psycopg.errors import DeadlockDetected, UniqueViolation

from logboek.actions import leg_vast, regels_allen
from organisaties.models import Gebruiker, Gemeente
from resultaat import ronde_dossier_sql, ronde_sql
from resultaat.models import Ronde, RondeRegel
from resultaat.statussen import RondeStatus
from wmo_portal.lib.bsn import vind_bsns
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import dag_van

PER_KEER: Final = 2_000
"""Stops per batch: locks last some tenths of a second, and a kill costs at most one batch."""
POGINGEN_HOOGSTENS: Final = 3
OPNIEUW: Final = (DeadlockDetected, UniqueViolation)
"""The second: a consultant's result on the same allocation, committed while this batch waited for it."""
SLOT_RONDE: Final = 20_307
"""The first half of the advisory lock's key; the second is the municipality."""


class RondeFout(ValueError):
    """Why a round cannot be run or undone, as a sentence for the user."""


class RondeIsBezig(RondeFout):
    pass


class MaandNogNietBegonnen(RondeFout):
    pass


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What one run did: the round, how many stops it looked at, how many of them it wrote something about."""

    ronde: Ronde
    gezien: int
    gewijzigd: int

    @property
    def zin(self) -> str:
        wat = "Proefdraai" if self.ronde.proef else "Ronde"
        maand = Maand.van(self.ronde.maand).naam
        gewijzigd = "niets veranderd" if self.ronde.proef else f"{self.gewijzigd} gewijzigd"
        return f"{wat} {self.ronde.gemeente} {maand}: {self.gezien} stopberichten bekeken, {gewijzigd}."


def voer_ronde_uit(
    *, gemeente: Gemeente, maand: Maand, proef: bool, door: Gebruiker | None, moment: datetime
) -> Uitslag:
    """The whole round at once. Raises RondeIsBezig or MaandNogNietBegonnen."""
    with alleen(gemeente):
        ronde = begin_ronde(gemeente=gemeente, maand=maand, proef=proef, door=door, moment=moment)
        return _loop_door(ronde, moment)


def begin_ronde(
    *, gemeente: Gemeente, maand: Maand, proef: bool, door: Gebruiker | None, moment: datetime
) -> Ronde:
    """The row of a round, `bezig`: a new one for a dry run, the month's own one for a run.

    Whoever started the month first stays its starter. Raises MaandNogNietBegonnen.
    """
    if maand.eerste > dag_van(moment):
        raise MaandNogNietBegonnen(
            f"De maand {maand.naam} is nog niet begonnen. Kies een maand tot en met {Maand.van(dag_van(moment)).naam}."
        )
    with transaction.atomic():
        ronde = None if proef else _lopende_rij(gemeente, maand)
        if ronde is None:
            ronde = Ronde.objects.create(
                gemeente=gemeente, maand=maand.eerste, proef=proef, begonnen_op=moment, begonnen_door=door
            )
        elif ronde.status != RondeStatus.BEZIG:
            _zet(ronde, status=RondeStatus.BEZIG, klaar_op=None, fout="")
        leg_vast(
            actie="ronde.proefdraaien" if proef else "ronde.starten",
            door=door,
            object_soort="ronde",
            object_kenmerk=ronde.kenmerk,
            gemeente_id=gemeente.pk,
            details={"maand": str(maand)},
        )
    return ronde


def _lopende_rij(gemeente: Gemeente, maand: Maand) -> Ronde | None:
    return (
        Ronde.objects.select_for_update()
        .filter(gemeente=gemeente, maand=maand.eerste, proef=False)
        .exclude(status=RondeStatus.TERUGGEDRAAID)
        .first()
    )


def ga_door(*, ronde: Ronde, moment: datetime) -> Uitslag:
    """Run or resume a round that was begun. Raises RondeIsBezig when somebody is at it."""
    with alleen(ronde.gemeente):
        ronde.refresh_from_db()
        if ronde.status == RondeStatus.TERUGGEDRAAID:
            raise RondeFout("Deze ronde is teruggedraaid. Begin een nieuwe ronde over deze maand.")
        return _loop_door(ronde, moment)


@contextmanager
def alleen(gemeente: Gemeente) -> Iterator[None]:
    """Hold the municipality's lock for as long as this lasts, over many transactions. Raises RondeIsBezig."""
    sleutel = [SLOT_RONDE, gemeente.pk]
    if not _vraag("select pg_try_advisory_lock(%s, %s)", sleutel)[0]:
        raise RondeIsBezig(f"Voor {gemeente} is al een ronde bezig. Wacht tot die klaar is.")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _vraag("select pg_advisory_unlock(%s, %s)", sleutel)


def _loop_door(ronde: Ronde, moment: datetime) -> Uitslag:
    try:
        return _alle_batches(ronde, moment)
    except Exception as fout:
        if not connection.needs_rollback and connection.is_usable():
            _mislukt(ronde, fout)
        raise


def _alle_batches(ronde: Ronde, moment: datetime) -> Uitslag:
    bereik = _bereik(ronde, moment)
    al = _vraag(ronde_sql.AL_GEDAAN, bereik)[0]
    _zet(ronde, status=RondeStatus.BEZIG, gedaan=al, totaal=al + _vraag(ronde_sql.TEL, bereik)[0])
    gezien = gewijzigd = na = 0
    vol = True
    while vol:
        batch = _batch(ronde, {**bereik, "na": na})
        gezien, gewijzigd, na = gezien + batch.gezien, gewijzigd + batch.besluiten, batch.tm
        vol = batch.gezien == bereik["hoogstens"]
    _rond_af(ronde, moment, gewijzigd)
    return Uitslag(ronde, gezien, gewijzigd)


def _bereik(ronde: Ronde, moment: datetime) -> dict[str, Any]:
    return {
        "gemeente": ronde.gemeente_id,
        "ronde": ronde.pk,
        "proefronde": ronde.pk if ronde.proef else None,
        "echt": not ronde.proef,
        "tot": Maand.van(ronde.maand).laatste,
        "moment": moment,
        "hoogstens": PER_KEER,
    }


class _Batch(NamedTuple):
    """What `BESLIS` gave: the stops looked at, the last of them, how much there is to write, and that itself."""

    gezien: int
    tm: int
    besluiten: int
    stops: int
    resultaten: int
    toewijzingen: int
    dossiers: list[int]
    inhoud: str | None


class _Ingehaald(RondeFout):
    """Somebody wrote one of these rows after it was judged."""


def _batch(ronde: Ronde, bereik: dict[str, Any]) -> _Batch:
    """One transaction; decided again when somebody else was just ahead, or when the two waited for each other."""
    for poging in range(POGINGEN_HOOGSTENS):
        try:
            with transaction.atomic():
                return _een_batch(ronde, bereik)
        except (_Ingehaald, OperationalError, IntegrityError) as fout:
            opnieuw = isinstance(fout, _Ingehaald) or isinstance(fout.__cause__, OPNIEUW)
            if not opnieuw or poging == POGINGEN_HOOGSTENS - 1:
                raise
    raise AssertionError("onbereikbaar")  # the loop returns or raises


def _een_batch(ronde: Ronde, bereik: dict[str, Any]) -> _Batch:
    batch = _Batch(*_vraag(ronde_sql.BESLIS, bereik))
    bereik = {**bereik, "dossiers": batch.dossiers, "besluiten": batch.inhoud}
    if batch.stops:
        _schrijf(ronde, batch, bereik)
    with connection.cursor() as cursor:
        if batch.resultaten:
            cursor.execute(ronde_dossier_sql.VERGRENDEL, bereik)
            cursor.execute(
                ronde_dossier_sql.SLUIT, {**bereik, **_gelogd(ronde, "dossier.sluiten", "beschikking")}
            )
        elif batch.besluiten:
            cursor.execute(ronde_sql.REGELS_ALLEEN, bereik)
    if batch.gezien:
        _zet(ronde, gedaan=ronde.gedaan + batch.gezien)
    return batch


def _schrijf(ronde: Ronde, batch: _Batch, bereik: dict[str, Any]) -> None:
    """Exactly what was decided. Raises _Ingehaald."""
    gelogd = _gelogd(ronde, "resultaat.registreren", "resultaat", paragraaf="1A")
    geschreven = _vraag(ronde_sql.SCHRIJF, {**bereik, **gelogd})
    if geschreven != (batch.stops, batch.resultaten, batch.toewijzingen):
        raise _Ingehaald(
            "Iemand wijzigde intussen een stopbericht uit deze groep. De ronde gaat straks verder."
        )


def _gelogd(ronde: Ronde, actie: str, object_soort: str, **details: str) -> dict[str, Any]:
    """What the log lines of one statement say alike; whose they are comes from the rows."""
    return regels_allen(
        actie=actie,
        door=None,
        object_soort=object_soort,
        gemeente_id=ronde.gemeente_id,
        doel="Wmo: maandelijkse ronde",
        details={"ronde": str(ronde.kenmerk), **details},
    )


def _rond_af(ronde: Ronde, moment: datetime, gewijzigd: int) -> None:
    tellingen = {
        rij["verdict"]: rij["aantal"]
        for rij in RondeRegel.objects.filter(ronde=ronde)
        .order_by()
        .values("verdict")
        .annotate(aantal=Count("pk"))
    }
    totaal = sum(tellingen.values())
    with transaction.atomic():
        _zet(
            ronde,
            status=RondeStatus.KLAAR,
            klaar_op=moment,
            gedaan=totaal,
            totaal=totaal,
            tellingen=tellingen,
            fout="",
        )
        leg_vast(
            actie="ronde.proef_afronden" if ronde.proef else "ronde.afronden",
            door=ronde.begonnen_door,
            object_soort="ronde",
            object_kenmerk=ronde.kenmerk,
            gemeente_id=ronde.gemeente_id,
            details={"tellingen": tellingen, "gewijzigd": gewijzigd},
        )


def _mislukt(ronde: Ronde, fout: Exception) -> None:
    """Say that and why; never with a row in it (a database error may quote one)."""
    tekst = str(fout).splitlines()[0] if str(fout) else ""
    zin = type(fout).__name__ if not tekst or vind_bsns(tekst) else f"{type(fout).__name__}: {tekst[:300]}"
    _zet(ronde, status=RondeStatus.MISLUKT, fout=zin, pogingen=ronde.pogingen + 1)


def _zet(ronde: Ronde, **velden: Any) -> None:
    """Write these columns only: a round is watched while it runs."""
    for naam, waarde in velden.items():
        setattr(ronde, naam, waarde)
    ronde.save(update_fields=list(velden))


def _vraag(sql: str, parameters: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rij: tuple[Any, ...] = cursor.fetchone()
    return rij
