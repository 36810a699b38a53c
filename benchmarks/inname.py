"""python -m benchmarks.inname --aantal 10000: what receiving stop messages costs, from file to answer.

Every running delivery of the data set gets a 307; one in twenty has a fault (an end before its begin, or a start
that never was). Receiving is all of it: levels 0 to 4, the message stored encrypted, its lines, the 308 made and
valid against its schema, a line in the log. Beside it the floor (lxml parses the file and nothing is done with it)
and the way of one message at a time (`berichten_in.ontvang_post`), which is the definition: verdicts are compared
before any time counts. Each turn is rolled back after its constraints were checked, so that all begin alike. Time is
processor time of application and database together; the wall clock, where the two overlap, is said below the table.

With `--stroom` the peak memory of a process that receives so many, beside a tenth of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.gegevens import Recept, gegevens, opties
from benchmarks.meten import Klok, Meting, Rij, Variant, in_kind, meet, schrijf

if TYPE_CHECKING:
    from stopberichten.models import Levering
    from stopberichten.ontvangst import Ontvangst, Post

VANDAAG: Final = date(2026, 10, 1)
FOUT: Final = 20
"""One in so many is wrong."""
NAIEF: Final = 25
"""The way of one message gets one in so many: it would take minutes."""
Oordelen = list[tuple[str, Any, Any]]


def _bericht(levering: Levering, bsn: str, nummer: int) -> bytes:
    import iwmo
    from iwmo import model as m

    begin, eind = levering.begindatum, max(levering.begindatum, VANDAAG - timedelta(3))
    if nummer % FOUT == 0:
        eind = begin - timedelta(1)
    if nummer % FOUT == FOUT // 2:
        begin -= timedelta(1)
    product = m.Product(levering.productcategorie, levering.productcode or None)
    stop = m.StopProduct(begin, "23", eind, "1", levering.toewijzingnummer, product)
    client = m.Client(
        bsn,
        m.Geboortedatum(date(1950, 3, 9)),
        "2",
        m.Naam(m.Achternaam("Lindeboom", "van"), None, "Fenna", "F"),
        (stop,),
    )
    header = m.Header(levering.aanbieder.agb, levering.gemeente.code, f"B{nummer:08d}", VANDAAG)
    return iwmo.schrijf(m.Bericht("307", "3.2", header, client))


def berichten() -> list[bytes]:
    """A 307 for every delivery that runs."""
    from beschikkingen.kluis import bsn_van
    from stopberichten.models import Levering

    lopend = Levering.objects.geldig().filter(stops__isnull=True, toewijzing__isnull=False)
    rijen = lopend.select_related("client", "gemeente", "aanbieder").order_by("pk")
    # A start on the day itself could not have stopped before it.
    return [_bericht(rij, bsn_van(rij.client), n) for n, rij in enumerate(rijen) if rij.begindatum <= VANDAAG]


def _post(inhoud: bytes) -> Post:
    from stopberichten.enums import Kanaal
    from stopberichten.ontvangst import Post, moment

    return Post(inhoud, "stop.xml", Kanaal.COMMANDO, None, VANDAAG, moment(VANDAAG, None))


def _teruggedraaid(ontvang: Callable[[], list[Ontvangst]], aantal: int) -> Oordelen:
    """The first verdicts; everything is undone, after the constraints that wait for a commit were asked."""
    from django.db import connection, transaction

    with transaction.atomic():
        uit = [o.bericht for o in ontvang()]
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)
    return [(b.status, b.header_codes, b.product_codes) for b in uit[:aantal]]


def vergelijk(beurten: int, hoogstens: int) -> Meting:
    from django.db import connection
    from lxml import etree

    from stopberichten.berichten_in import ontvang_post
    from stopberichten.inname import ontvang_vele

    bestanden = berichten()[:hoogstens]
    posten = [_post(inhoud) for inhoud in bestanden]
    deel = max(len(posten) // NAIEF, 1)
    bodem, een, vele = "lxml ontleedt", "een voor een", "vele tegelijk"
    klok, wand, database = Klok(), list[float](), list[float]()

    def tegelijk() -> Oordelen:
        van, bezig = time.perf_counter(), klok.database()
        uit = _teruggedraaid(lambda: list(ontvang_vele(map(_post, bestanden))), deel)
        wand.append(time.perf_counter() - van)
        database.append(klok.database() - bezig)
        return uit

    meting = meet(
        f"P1: {len(posten)} stopberichten innemen",
        [
            Variant(bodem, lambda: [etree.fromstring(inhoud) for inhoud in bestanden], los=True),
            Variant(
                een,
                lambda: _teruggedraaid(lambda: [ontvang_post(post) for post in posten[:deel]], deel),
                deel=deel / len(posten),
            ),
            Variant(vele, tegelijk),
        ],
        beurten=beurten,
        doel="at once <= 8x bare parsing, >= 40x as fast as one by one",
        klok=klok,
    )
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from beschikkingen_toewijzing")
        meting.titel += f" bij {cursor.fetchone()[0]} toewijzingen"
    per_bericht = {rij.naam: rij.mediaan / len(posten) * 1e6 for rij in meting.rijen}
    meting.regels += [
        f"A message: {', '.join(f'{naam} {tijd:.0f} µs' for naam, tijd in per_bericht.items())}.",
        f"At once is {meting.verhouding(een, vele):.1f} times as fast as one by one and costs "
        f"{meting.verhouding(vele, bodem):.1f} times bare parsing.",
        f"Of that the database {median(database) / len(posten) * 1e6:.0f} µs. By the wall clock at once took "
        f"{median(wand) / len(posten) * 1e6:.0f} µs a message.",
    ]
    return meting


# --- Memory ------------------------------------------------------------------------------------------------------
def _stroom(aantal: int) -> Iterator[Post]:
    """Messages from nowhere, one at a time: about people of whom nothing is known, so each is refused and kept."""
    from stopberichten.models import Levering

    een = Levering.objects.geldig().select_related("gemeente", "aanbieder").order_by("pk")[0]
    for nummer in range(aantal):
        een.toewijzingnummer = 900_000_000 + nummer
        yield _post(_bericht(een, "999900006", nummer))


def neem_stroom_in(aantal: int) -> int:
    """In a process of its own."""
    import django

    django.setup()
    from stopberichten.inname import ontvang_vele
    from wmo_portal.lib import rls

    rls.zet(rls.SYSTEEM)
    return sum(1 for _ in ontvang_vele(_stroom(aantal)))


def geheugen(aantal: int) -> Meting:
    pieken = [(n, in_kind(neem_stroom_in, n)[1] / 2**20) for n in (aantal // 10, aantal)]
    regels = [f"Peak memory of the process: {n} messages {piek:.0f} MB." for n, piek in pieken]
    regels.append(f"Ratio {pieken[1][1] / pieken[0][1]:.2f}.")
    return Meting(f"P1: geheugen bij {aantal} berichten", [Rij("process", [1.0])], (0.0, 0.0), regels=regels)


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--beurten", type=int, default=5)
    parser.add_argument("--hoogstens", type=int, default=100_000, help="berichten in een beurt")
    parser.add_argument("--stroom", type=int, default=0, help="berichten voor de geheugenmeting")
    keuzes = parser.parse_args()
    with gegevens(Recept(keuzes.aantal), keuzes.map):
        metingen = [vergelijk(keuzes.beurten, keuzes.hoogstens)]
        if keuzes.stroom:
            metingen.append(geheugen(keuzes.stroom))
    schrijf("P1 inname", metingen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
