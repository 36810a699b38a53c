"""The quarterly reports that nobody has to ask for: due and not there, so an outage is caught up (issue 7 point 8).

Of every finished quarter, from the tenth day after it, everybody who sees all of a region gets its two reports once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from organisaties.enums import Rol
from organisaties.models import Gebruiker, Gemeente, Regio
from rapportage.actions.rapporten import vraag_aan
from rapportage.bestandsnamen import bestandsnaam
from rapportage.models import Rapport
from rapportage.statussen import Rapportsoort
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import dag_van

WACHT: Final = timedelta(days=10)
"""Stop messages may come in until five working days after the end of care."""
HOOGSTENS: Final = 4
"""So many quarters are caught up after a long outage."""
SOORTEN: Final = (Rapportsoort.UITVAL, Rapportsoort.RESULTAAT)


def te_maken_kwartalen(vandaag: date, sinds: date) -> list[Kwartaal]:
    """The finished quarters that are due, oldest first; none that was over before this person was there. Pure."""
    kwartaal = Kwartaal.van(vandaag).vorige
    uit: list[Kwartaal] = []
    while len(uit) < HOOGSTENS and kwartaal.laatste >= sinds:
        if kwartaal.laatste + WACHT <= vandaag:
            uit.append(kwartaal)
        kwartaal = kwartaal.vorige
    return uit[::-1]


def plan_kwartaalrapporten(*, op: datetime) -> int:
    """Ask for what is due and not there; how many. May run as often as you like, also several at once."""
    return sum(_vraag(*een, op) for een in _ontbrekend(dag_van(op)))


Plan = tuple[Gebruiker, Regio, Kwartaal, Rapportsoort]


def _ontbrekend(vandaag: date) -> Iterator[Plan]:
    regios = list(Regio.objects.filter(gemeenten__isnull=False).distinct().order_by("pk"))
    van_regio: dict[int, set[int]] = {}
    for pk, regio_id in Gemeente.objects.filter(regio__isnull=False).values_list("pk", "regio_id"):
        van_regio.setdefault(regio_id or 0, set()).add(pk)
    er = set(Rapport.objects.exclude(automatisch="").values_list("aanvrager_id", "automatisch"))
    mensen = Gebruiker.objects.filter(rol=Rol.CONTRACTMANAGER, is_active=True).order_by("pk")
    for wie in mensen:
        for regio in regios:
            if not van_regio[regio.pk] <= set(wie.gemeente_ids):
                continue
            for kwartaal in te_maken_kwartalen(vandaag, dag_van(wie.aangemaakt_op)):
                for soort in SOORTEN:
                    if (wie.pk, sleutel(soort, regio, kwartaal)) not in er:
                        yield wie, regio, kwartaal, soort


def sleutel(soort: Rapportsoort, regio: Regio, kwartaal: Kwartaal) -> str:
    return f"{soort}|{regio.code}|{kwartaal}"


def _vraag(wie: Gebruiker, regio: Regio, kwartaal: Kwartaal, soort: Rapportsoort, op: datetime) -> bool:
    titel = f"{soort.label} {regio.naam}, {kwartaal.naam}"
    try:
        with transaction.atomic():
            vraag_aan(
                soort=soort,
                titel=titel,
                filters={"regio": regio.code, "kwartaal": str(kwartaal)},
                bestandsnaam=bestandsnaam(titel, soort="pdf"),
                door=wie,
                op=op,
                automatisch=sleutel(soort, regio, kwartaal),
            )
    except IntegrityError as fout:
        if "rapport_automatisch_eenmaal" in str(fout):
            return False  # another worker asked for it at the same moment
        raise
    return True
