"""The sealer: every minute the new lines of the log get a seal that hangs on the former one (veiligheid D3).

Not a chain per line within the deed: that made every deed wait for the one before it. Lines commit out of order, so
the sealer takes what has no seal yet, and never "everything after the last number".
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from logboek.actions import leg_vast
from logboek.canon import BEGIN, regelhash, zegelhash
from logboek.models import Gebeurtenis, Jaaranker, Zegel, ZegelRegel

PER_ZEGEL: Final = 20_000
VENSTER: Final = 200_000
"""How far below the highest sealed number the minute's run looks back for late commits; the nightly run looks at all."""
_SLOT: Final = 7_305_301
DOEL: Final = "bewaartermijn van het logboek"
KOLOMMEN: Final = tuple(veld.attname for veld in Gebeurtenis._meta.concrete_fields)


def onverzegeld(*, alles: bool = False) -> QuerySet[Gebeurtenis]:
    """The lines without a seal; without `alles` only the newest numbers."""
    rijen = Gebeurtenis.objects.filter(~Exists(ZegelRegel.objects.filter(pk=OuterRef("pk"))))
    hoogste = None if alles else ZegelRegel.objects.aggregate(hoogste=Max("pk"))["hoogste"]
    return rijen.filter(pk__gt=hoogste - VENSTER) if hoogste else rijen


def vernietig_oude_regels(*, jaren: int, per_keer: int = PER_ZEGEL) -> int:
    """Lines whose term is over go, sealed ones only; answers how many. The database keeps the term by its own clock."""
    totaal = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select wmo_sec.vernietig_logregels(%s, %s)", [jaren, per_keer])
            aantal = int(cursor.fetchone()[0])
        totaal += aantal
        if aantal < per_keer:
            return totaal


def vernietig_oude_jaren(*, jaren: int) -> list[int]:
    """Whole years whose term is over go at once, oldest first; each leaves its anchor and a line in the log."""
    weg: list[int] = []
    while jaar := _vernietig_jaar(jaren):
        weg.append(jaar)
    return weg


@transaction.atomic
def _vernietig_jaar(jaren: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("select wmo_sec.vernietig_logjaar(%s)", [jaren])
        jaar: int | None = cursor.fetchone()[0]
    if jaar:
        anker = Jaaranker.objects.filter(pk=jaar).first()
        leg_vast(
            actie="logboek.jaar_vernietigd",
            door=None,
            object_soort="logboek",
            object_kenmerk=jaar,
            doel=DOEL,
            details={
                "termijn_jaren": jaren,
                "regels": anker.regels if anker else 0,
                "zegels": anker.zegels if anker else 0,
                "laatste_zegel": bytes(anker.hash).hex() if anker else "",
            },
        )
    return jaar


@transaction.atomic
def verzegel(*, op: datetime, alles: bool = False) -> int:
    """Seal what has no seal yet; answers how many lines. Two sealers at once: the second waits, then finds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SLOT])
    totaal = 0
    while regels := list(onverzegeld(alles=alles).order_by("pk").values(*KOLOMMEN)[:PER_ZEGEL]):
        hashes = [(int(regel["id"]), regelhash(regel)) for regel in regels]
        vorige = bytes(Zegel.objects.order_by("-pk").values_list("hash", flat=True).first() or BEGIN)
        zegel = Zegel.objects.create(
            gezet_op=op, aantal=len(hashes), vorige=vorige, hash=zegelhash(vorige, op, hashes)
        )
        ZegelRegel.objects.bulk_create(
            ZegelRegel(gebeurtenis_id=nummer, zegel=zegel, hash=som, gezet_op=op) for nummer, som in hashes
        )
        totaal += len(hashes)
    return totaal
