"""The uitval of a quarter that runs, beside the least its page could read. The frozen one: `benchmarks.bevroren`."""

from __future__ import annotations

from typing import Any

from benchmarks.meten import Meting, Variant, meet

KWARTAAL = (2026, 3)


def _scan(connection: Any, tabellen: tuple[str, ...]) -> int:
    """Every row of these tables, one after the other, with nothing done to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "set enable_indexscan = off; set enable_indexonlyscan = off; set enable_bitmapscan = off;"
            "set max_parallel_workers_per_gather = 0"
        )
        aantal = 0
        for tabel_ in tabellen:
            cursor.execute(f"select count(*) from {tabel_}")
            aantal += cursor.fetchone()[0]
        cursor.execute(
            "reset enable_indexscan; reset enable_indexonlyscan; reset enable_bitmapscan;"
            "reset max_parallel_workers_per_gather"
        )
    return aantal


GELEZEN = ("beschikkingen_toewijzing", "stopberichten_levering", "stopberichten_stop")


def open_kwartaal(bron_aantal: int) -> Meting:
    """P4b: the running quarter, counted anew, beside reading the rows it rests on."""
    from django.db import connection

    from organisaties.models import Gemeente
    from rapportage.overzicht import Keuze
    from rapportage.queries.lezers import RegioLezer
    from rapportage.queries.telling import cijfers
    from wmo_portal.lib.perioden import Kwartaal

    lezer = RegioLezer(tuple(Gemeente.objects.order_by("pk").values_list("pk", flat=True)))
    keuze = Keuze(Kwartaal(*KWARTAAL).volgende.periode)
    alles = "sequential scan of the three tables it reads"
    meting = meet(
        f"The open quarter over {bron_aantal} allocations, one category per client",
        [
            Variant("sequential scan of the allocations", lambda: _scan(connection, GELEZEN[:1]), los=True),
            Variant(alles, lambda: _scan(connection, GELEZEN), los=True),
            Variant("portal", lambda: cijfers(lezer, keuze).totaal.totaal, los=True),
        ],
        beurten=7,
        doel="at most 10 × a bare sequential scan",
    )
    scan, ons = meting.rijen[1].mediaan, meting.rijen[2].mediaan
    meting.regels.append(f"Portal: {ons / scan:.1f} × the {alles}.")
    return meting
