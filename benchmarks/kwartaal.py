"""The uitval of a quarter that runs, and of one that is frozen, each beside the least its page could read."""

from __future__ import annotations

from typing import Any

from benchmarks.meten import Meting, Variant, meet
from benchmarks.tabel import OP

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


def gesloten(bron_aantal: int) -> Meting:
    """P4: a frozen quarter as its page shows it, beside the same figures grouped by PostgreSQL from the frozen rows."""
    from django.db import connection

    from organisaties.enums import Rol
    from organisaties.models import Gebruiker, Regio
    from rapportage.actions.vaststellen import stel_vast
    from rapportage.queries.vaststelling import als_uitval, zegel_klopt
    from wmo_portal.lib.perioden import Kwartaal

    regio = Regio.objects.get(code="r01")
    door = Gebruiker.objects.get(
        email=f"{Rol.CONTRACTMANAGER.value}.{regio.code}@example.nl"
    )  # sees all of it
    vast = stel_vast(regio=regio, kwartaal=Kwartaal(*KWARTAAL), door=door, op=OP)

    def gegroepeerd() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "select gemeente_id, aanbieder_id, categorie, afgeleid, nakijken, count(*)"
                " from rapportage_vaststellingregel where vaststelling_id = %s group by 1, 2, 3, 4, 5",
                [vast.pk],
            )
            return sum(rij[-1] for rij in cursor.fetchall() if rij[2])

    def ons() -> int:
        return int(als_uitval(door, vast).totaal.totaal)

    def met_zegel() -> int:
        gevonden = als_uitval(door, vast)
        assert zegel_klopt(vast, gevonden)
        return int(gevonden.totaal.totaal)

    meting = meet(
        f"A frozen quarter of one region out of {bron_aantal} allocations",
        [
            Variant("grouped by PostgreSQL from the frozen rows", gegroepeerd),
            Variant("portal: every frozen client read", ons),
            Variant("portal: the same, and the seal over all of them checked", met_zegel),
        ],
        beurten=7,
        doel="at most 0.1 × a columnar engine that has the data; not reached: every client is read, for the seal",
    )
    meting.regels.append(f"Clients in it: {vast.regels.count()}.")
    return meting
