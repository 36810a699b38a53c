"""python -m benchmarks.ronde: the monthly round beside its own reading, its naive twin, and kill -9 (P2, P2b, P2c).

P2 walks through municipalities, from the largest to the smallest and evenly spread when not all are asked for; in
each, in this order: the classification alone (the same statement, the same
batches, nothing written), the naive twin on a sample (rolled back), the round, the classification of what is left,
and the round again. So they take turns some tens of times. Time is that of the processor, of this process and of its
database backend together: waiting for neighbours does not count. A line per municipality says how far it is.

The round's verdicts must be those of the twin, and the second round must write nothing.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.gegevens import Recept, gegevens, kopie, opties
from benchmarks.meten import Meting, Ongelijk, Rij, cpu_van, schrijf

MOMENT = datetime(2026, 10, 1, 5, tzinfo=UTC)
TOT = date(2026, 9, 30)
PROEF_NAIEF = 40
"""Stops per municipality for the naive twin, in at most ten municipalities."""
MINSTENS = 500
"""Of a municipality with fewer open stops the fixed cost of a statement would be measured, not that of a stop. A data set
that has none so large still runs: there a twentieth of its allocations is enough."""


def klok() -> float:
    from django.db import connection

    return time.process_time() + cpu_van(connection.connection.info.backend_pid)


class Stapel:
    """The rows of a table, a turn at a time: seconds of the processor, and of the wall for whoever wants both."""

    def __init__(self) -> None:
        self.rijen: dict[str, Rij] = {}
        self.wand: dict[str, float] = {}
        self.aantal: dict[str, int] = {}

    def meet(self, naam: str, doe: Any, aantal: int) -> Any:
        van, wand = klok(), time.perf_counter()
        uit = doe()
        self.rijen.setdefault(naam, Rij(naam)).tijden.append((klok() - van) / max(aantal, 1))
        self.wand[naam] = self.wand.get(naam, 0.0) + time.perf_counter() - wand
        self.aantal[naam] = self.aantal.get(naam, 0) + aantal
        return uit

    def per_stuk(self, naam: str, gewichten: list[int]) -> float:
        """Seconds a stop over all municipalities together."""
        tijden = self.rijen[naam].tijden
        return sum(t * g for t, g in zip(tijden, gewichten, strict=True)) / sum(gewichten)


def classificeer(bereik: dict[str, Any]) -> dict[int, str]:
    """Reading only: per stop the rule, in the round's own batches."""
    from django.db import connection

    from resultaat.actions.ronde import PER_KEER
    from resultaat.ronde_sql import LEES

    uit: dict[int, str] = {}
    na, vol = 0, True
    with connection.cursor() as cursor:
        while vol:
            cursor.execute(LEES, {**bereik, "na": na, "hoogstens": PER_KEER})
            rijen = cursor.fetchall()
            uit.update(rijen)
            na, vol = rijen[-1][0] if rijen else na, len(rijen) == PER_KEER
    return uit


def naief(stops: list[int], gemeente: Any) -> dict[int, str]:
    from django.db import transaction

    from benchmarks.naief_ronde import beoordeel
    from resultaat.models import Ronde

    with transaction.atomic():
        ronde = Ronde.objects.create(gemeente=gemeente, maand=TOT.replace(day=1), begonnen_op=MOMENT)
        uit = {nummer: beoordeel(nummer, ronde, MOMENT, TOT)[2] for nummer in stops}
        transaction.set_rollback(True)
    return uit


def draai(gemeente: Any) -> Any:
    from resultaat.actions.ronde import voer_ronde_uit
    from wmo_portal.lib.perioden import Maand

    return voer_ronde_uit(gemeente=gemeente, maand=Maand(2026, 9), proef=False, door=None, moment=MOMENT)


def leg_neer(bron: Any) -> None:
    """Put the stops down as the portal of today does, with room on each page: the data set may be older than that."""
    with bron.als_beheerder() as beheerder:
        beheerder.execute("vacuum (full, analyze) stopberichten_stop")
        beheerder.execute("checkpoint")


def gespreid(rij: list[Any], hoogstens: int) -> list[Any]:
    """At most so many of them, at even distances and with the first: a data set begins with its largest."""
    aantal = min(hoogstens, len(rij))
    return [rij[plaats * len(rij) // aantal] for plaats in range(aantal)]


def p2(keuzes: Any) -> Meting:
    from organisaties.models import Gemeente

    stapel, begin, gewicht, rest = Stapel(), os.getloadavg()[0], [], []
    dobbel, minstens = random.Random(1), min(MINSTENS, keuzes.aantal // 20)
    gemeenten = gespreid(list(Gemeente.objects.order_by("pk")), keuzes.gemeenten)
    for beurt, gemeente in enumerate(gemeenten):
        bereik = {"gemeente": gemeente.pk, "proefronde": None, "tot": TOT}
        volgens = classificeer(bereik)
        if len(volgens) < minstens:
            continue
        stapel.meet("classification", lambda: classificeer(bereik), len(volgens))  # noqa: B023
        if beurt < 10:
            proef = sorted(dobbel.sample(sorted(volgens), PROEF_NAIEF))
            zegt = stapel.meet("naive twin", lambda: naief(proef, gemeente), PROEF_NAIEF)  # noqa: B023
            _gelijk(zegt, {nummer: volgens[nummer] for nummer in proef}, gemeente)
        eerste = stapel.meet("round", lambda: draai(gemeente), len(volgens))  # noqa: B023
        _klopt(eerste.gezien == len(volgens), f"{gemeente}: {eerste.gezien} stops, verwacht {len(volgens)}")
        over = classificeer(bereik)
        stapel.meet("classification of the rest", lambda: classificeer(bereik), len(over))  # noqa: B023
        tweede = stapel.meet("round again", lambda: draai(gemeente), len(over))  # noqa: B023
        _klopt(tweede.gewijzigd == 0, f"{gemeente}: de tweede ronde schreef {tweede.gewijzigd} rijen")
        gewicht.append(len(volgens))
        rest.append(len(over))
        print(f"{beurt + 1} of {len(gemeenten)}: {len(volgens):,} stops", file=sys.stderr, flush=True)
    return _verslag(stapel, begin, gewicht, rest, keuzes)


def _gelijk(een: dict[int, str], twee: dict[int, str], gemeente: Any) -> None:
    if een != twee:
        anders = {n: (een[n], twee[n]) for n in een if een[n] != twee[n]}
        raise Ongelijk(f"{gemeente}: (tweeling, ronde) {dict(list(anders.items())[:10])}")


def _klopt(waar: bool, zin: str) -> None:  # noqa: FBT001
    if not waar:
        raise Ongelijk(zin)


def _verslag(stapel: Stapel, begin: float, gewicht: list[int], rest: list[int], keuzes: Any) -> Meting:
    naam = f"P2, P2b: the round over {sum(gewicht):,} open stops in {len(gewicht)} municipalities, per stop"
    meting = Meting(naam, list(stapel.rijen.values()), (begin, os.getloadavg()[0]))
    meting.doel = (
        "round <= 3x classification at 100k (4.5x at 1M), >= 100x faster than naive; again <= 1.2x, 0 rows"
    )
    lees, schrijf_ = stapel.per_stuk("classification", gewicht), stapel.per_stuk("round", gewicht)
    nogmaals = stapel.per_stuk("round again", rest) / stapel.per_stuk("classification of the rest", rest)
    tweeling = stapel.per_stuk("naive twin", [PROEF_NAIEF] * len(stapel.rijen["naive twin"].tijden))
    meting.regels = [
        f"Over all stops together: round {schrijf_ / lees:.2f}x its classification;"
        f" naive twin {tweeling / schrijf_:.0f}x slower than the round; round again {nogmaals:.2f}x, 0 rows written.",
        f"By the wall clock: round {stapel.wand['round'] / stapel.wand['classification']:.2f}x,"
        f" {stapel.aantal['round'] / stapel.wand['round']:,.0f} stops a second.",
        "The naive twin does not commit (it is rolled back), which favours it.",
    ]
    return meting


# --- P2c: killed at random moments, two at once --------------------------------------------------------------------
EINDSTAND = {
    "stops": "select kenmerk, oordeel, oordeel_regel, verwerkt_op from stopberichten_stop order by 1",
    "resultaten": "select s.kenmerk, r.uitkomst, r.resultaatdatum, r.geregistreerd_op, r.trede_van_id, r.actueel"
    " from resultaat_resultaat r join stopberichten_stop s on s.id = r.stop_id order by 1",
    "dossiers": "select kenmerk, status, gesloten_op, vernietigen_na_datum, versie"
    " from beschikkingen_beschikking order by 1",
    "toewijzingen": "select kenmerk, status, versie from beschikkingen_toewijzing order by 1",
    "regels": "select s.kenmerk, r.verdict, r.regel, r.handelde_af, r.sloot_toewijzing, r.sloot_dossier"
    " from resultaat_ronderegel r join stopberichten_stop s on s.id = r.stop_id order by 1",
    "rondes": "select gemeente_id, status, gedaan, totaal, tellingen::text from resultaat_ronde order by 1",
    "logboek": "select actie, gemeente_id, encode(client_index, 'hex'), count(*) from logboek_gebeurtenis"
    " where object_soort in ('resultaat', 'beschikking') group by 1, 2, 3 order by 1, 2, 3",
}


def kind() -> None:
    """All rounds in small batches; says when it begins, and goes round a municipality that another is at.

    Before that it looks whether every invariant holds of what the last kill left behind."""
    import django

    django.setup()
    from organisaties.models import Gemeente
    from resultaat.actions import ronde
    from resultaat.invarianten import overtredingen
    from wmo_portal.lib import rls

    vars(ronde)["PER_KEER"] = 100
    with rls.binnen(rls.SYSTEEM):
        if fout := overtredingen():
            raise SystemExit(f"na een kill: {fout}")
        print("begonnen", flush=True)
        for gemeente in Gemeente.objects.order_by("pk"):
            try:
                draai(gemeente)
            except ronde.RondeIsBezig:
                continue


def p2c(keuzes: Any) -> str:
    """The sentence of what was seen. Raises Ongelijk when the end differs."""
    recept = Recept(keuzes.aantal_doden, alles_open=True)
    with kopie(recept, keuzes.map) as bron:
        _wacht_op(_start(bron), _start(bron))
        heel = _eindstand(bron)
    dobbel, gedood, midden = random.Random(20261001), 0, 0
    with kopie(recept, keuzes.map) as bron:
        for _ in range(keuzes.doden):
            kinderen = [_start(bron), _start(bron)]
            for een in kinderen:
                if een.stdout.readline() != "begonnen\n":
                    raise Ongelijk("een kind begon niet; zie wat het zei")
            time.sleep(dobbel.uniform(0.0, 0.5))
            for een in kinderen:
                gedood += een.poll() is None
                os.kill(een.pid, signal.SIGKILL) if een.poll() is None else None
            _wacht_op(*kinderen)
            time.sleep(0.3)  # the server notices that they are gone
            midden += _is_halverwege(bron)
        _wacht_op(_start(bron))
        _wacht_op(_start(bron))
        gebroken = _eindstand(bron)
    anders = [naam for naam in EINDSTAND if heel[naam] != gebroken[naam]]
    if anders:
        raise Ongelijk(f"na {keuzes.doden} keer afbreken anders: {anders}")
    return (
        f"P2c: {keuzes.doden} times two rounds at once over {keuzes.aantal_doden:,} stops, both killed (SIGKILL) at a random"
        f" moment ({gedood} of {2 * keuzes.doden} while at work; after {midden} kills stops were left to do), then"
        " finished: stops, results, dossiers, allocations, lines, rounds and log lines are identical to those of rounds"
        " that were left alone. After every kill all invariants of resultaat.invarianten held."
    )


def _is_halverwege(bron: Any) -> bool:
    with bron.als_beheerder() as beheerder:
        rij = beheerder.execute(
            "select exists (select from stopberichten_stop where oordeel = '')"
        ).fetchone()
    return bool(rij and rij[0])


def _start(bron: Any) -> Any:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.ronde", "--kind"],
        env={**os.environ, **bron.omgeving},
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )


def _wacht_op(*kinderen: Any) -> None:
    for een in kinderen:
        een.communicate()


def _eindstand(bron: Any) -> dict[str, str]:
    uit = {}
    with bron.als_beheerder() as beheerder:
        for naam, sql in EINDSTAND.items():
            uit[naam] = hashlib.sha256(repr(beheerder.execute(sql).fetchall()).encode()).hexdigest()
    return uit


def main() -> None:
    parser = opties(__doc__)
    parser.add_argument(
        "--doden", type=int, default=25, help="hoe vaak twee rondes worden afgebroken; 0: sla over"
    )
    parser.add_argument("--aantal-doden", type=int, default=10_000, help="stops in de gegevensset daarvan")
    parser.add_argument("--gemeenten", type=int, default=40, help="van hoogstens zoveel gemeenten (P2)")
    parser.add_argument("--kind", action="store_true", help=argparse_stil())
    keuzes = parser.parse_args()
    if keuzes.kind:
        return kind()
    if keuzes.doden:
        schrijf("P2c round, killed", [], tekst=p2c(keuzes))
    if keuzes.aantal:
        with gegevens(Recept(keuzes.aantal, alles_open=True), keuzes.map) as bron:
            leg_neer(bron)
            schrijf(f"P2 round, {keuzes.aantal:,}", [p2(keuzes)])
    return None


def argparse_stil() -> str:
    import argparse

    return argparse.SUPPRESS


if __name__ == "__main__":
    main()
