"""Who may be destroyed: the clients of whom the term of a dossier has passed, and why some cannot go yet (R110)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking, Client
from organisaties.models import Gebruiker
from resultaat.models import Evaluatie, InformatieVraag, Vernietigingslijst
from resultaat.queries.bewaren import einde_termijn, geldende_wijzigingen, in_woorden, termijn_van
from resultaat.queries.tegenspraken import verdacht
from resultaat.queries.werktakken import OPEN_EVALUATIE, OPEN_VERZOEK
from resultaat.queries.zaak import zaken
from resultaat.queries.zaakregels import geef_tegenspraken
from resultaat.statussen import VernietigStatus
from resultaat.vernietigregels import Bewaring, Blokkade, bewaring
from stopberichten.models import Stop, Toelichting

HOOGSTENS: Final = 200
"""On one list: more is too much to look through for the second person."""
OPEN_STATUS: Final = (VernietigStatus.VOORGESTELD, VernietigStatus.GOEDGEKEURD)


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """One client, with all dossiers."""

    client: Client
    dossiers: int
    laatste_einde: date | None
    termijn_tot: date
    blokkades: tuple[Blokkade, ...]
    aangepast: tuple[str, ...] = ()
    """Who moved the day of one of them, and why (U15)."""

    @property
    def kan(self) -> bool:
        return not self.blokkades

    @property
    def naam(self) -> str:
        return "Afgeschermde cliënt" if self.client.afgeschermd else self.client.weergavenaam


def kandidaten(gebruiker: Gebruiker, vandaag: date, *, gemeente: str = "") -> tuple[list[Kandidaat], bool]:
    """Clients with a dossier of which the term has passed, the longest ago first, and whether there are more.

    Seven queries for any number of clients, and those of the contradictions when somebody might have one.
    """
    rijen = Client.objects.visible_to(gebruiker).filter(
        pk__in=_voorbij(gebruiker, vandaag).values("client_id")
    )
    if gemeente:
        rijen = rijen.filter(gemeente__code=gemeente)
    clienten = list(_met_feiten(rijen, gebruiker, vandaag).order_by("termijn", "pk")[: HOOGSTENS + 1])
    return _als_kandidaten(clienten[:HOOGSTENS], gebruiker, vandaag), len(clienten) > HOOGSTENS


def kandidaten_van(
    gebruiker: Gebruiker, client_ids: Iterable[int], vandaag: date, *, behalve: Vernietigingslijst | None
) -> list[Kandidaat]:
    """These clients, with what stands in the way now; `behalve` is the list they are on themselves."""
    rijen = Client.objects.visible_to(gebruiker).filter(pk__in=list(client_ids))
    clienten = list(_met_feiten(rijen, gebruiker, vandaag, behalve).order_by("termijn", "pk"))
    return _als_kandidaten(clienten, gebruiker, vandaag)


def bewaring_van(gebruiker: Gebruiker, beschikking: Beschikking, vandaag: date) -> Bewaring:
    """What this dossier says about its own end.

    No query while it runs and two while its term does; about ten, those of the list, once it may go.
    """
    if beschikking.status == BeschikkingStatus.LOPEND:
        return bewaring(tot=None, blokkades=(), vandaag=vandaag)
    tot = termijn_van(beschikking)
    wijziging = geldende_wijzigingen(gebruiker, beschikking=beschikking).get(beschikking.client_id, [])
    aangepast = " ".join(map(in_woorden, wijziging))
    if tot >= vandaag:
        andere = _langer_dan(beschikking, tot, gebruiker)
        return bewaring(tot=tot, blokkades=andere, vandaag=vandaag, aangepast=aangepast)
    wie = kandidaten_van(gebruiker, [beschikking.client_id], vandaag, behalve=None)
    redenen = [b for k in wie for b in k.blokkades]
    return bewaring(tot=tot, blokkades=redenen, vandaag=vandaag, aangepast=aangepast)


def _langer_dan(beschikking: Beschikking, tot: date, gebruiker: Gebruiker) -> list[Blokkade]:
    """Which other dossiers of the client keep this one after its own term, because all goes together."""
    andere = Beschikking.objects.visible_to(gebruiker).filter(client=beschikking.client_id)
    rijen = (
        andere.exclude(pk=beschikking.pk).annotate(termijn=einde_termijn()).values_list("status", "termijn")
    )
    redenen = {
        Blokkade.LOPEND if status == BeschikkingStatus.LOPEND else Blokkade.LATER
        for status, termijn in rijen
        if status == BeschikkingStatus.LOPEND or termijn > tot
    }
    return sorted(redenen)


def _voorbij(gebruiker: Gebruiker, vandaag: date) -> QuerySet[Beschikking]:
    dicht = Beschikking.objects.visible_to(gebruiker).exclude(status=BeschikkingStatus.LOPEND)
    return dicht.annotate(termijn=einde_termijn()).filter(termijn__lt=vandaag)


def _met_feiten(
    rijen: QuerySet[Client],
    gebruiker: Gebruiker,
    vandaag: date,
    behalve: Vernietigingslijst | None = None,
) -> QuerySet[Any]:
    eigen = Beschikking.objects.filter(client=OuterRef("pk"))
    dicht = eigen.exclude(status=BeschikkingStatus.LOPEND).annotate(termijn=einde_termijn())
    lijsten = Vernietigingslijst.objects.filter(
        status__in=OPEN_STATUS, gemeente=OuterRef("gemeente"), client_ids__contains=_als_lijst("pk")
    )
    if behalve is not None:
        lijsten = lijsten.exclude(pk=behalve.pk)
    return rijen.select_related("gemeente").annotate(
        dossiers=Count("beschikkingen", distinct=True),
        laatste_einde=Max("beschikkingen__einddatum"),
        termijn=Subquery(_samen(dicht, Max("termijn"))),
        b_lopend=Exists(eigen.filter(status=BeschikkingStatus.LOPEND)),
        b_later=Exists(dicht.filter(termijn__gte=vandaag)),
        b_vraag=Exists(InformatieVraag.objects.open().filter(beschikking__client=OuterRef("pk"))),
        b_evaluatie=Exists(
            Evaluatie.objects.filter(beschikking__client=OuterRef("pk"), status__in=OPEN_EVALUATIE)
        ),
        b_verzoek=Exists(Toelichting.objects.filter(client=OuterRef("pk"), status__in=OPEN_VERZOEK)),
        b_stop=Exists(Stop.objects.open().filter(_van_client())),
        b_voorgesteld=Exists(lijsten),
    )


def _als_lijst(veld: str) -> Func:
    return Func(OuterRef(veld), template="array[%(expressions)s]", output_field=ArrayField(BigIntegerField()))


def _van_client() -> Q:
    return Q(client=OuterRef("pk")) | Q(bsn_index=OuterRef("bsn_index"), gemeente=OuterRef("gemeente"))


def _samen(rijen: QuerySet[Any], wat: Any) -> QuerySet[Any]:
    samen: QuerySet[Any] = rijen.order_by().values("client_id").annotate(uit=wat).values("uit")
    return samen


def _als_kandidaten(clienten: list[Any], gebruiker: Gebruiker, vandaag: date) -> list[Kandidaat]:
    wie = [c.pk for c in clienten]
    met_tegenspraak = _tegenspraken(gebruiker, wie, vandaag)
    aangepast = geldende_wijzigingen(gebruiker, clienten=wie)
    return [
        Kandidaat(
            c,
            c.dossiers,
            c.laatste_einde,
            c.termijn or vandaag,
            _blokkades(c, met_tegenspraak),
            tuple(map(in_woorden, aangepast.get(c.pk, []))),
        )
        for c in clienten
    ]


def _blokkades(client: Any, met_tegenspraak: set[int]) -> tuple[Blokkade, ...]:
    return tuple(
        b
        for b in Blokkade
        if (client.pk in met_tegenspraak if b is Blokkade.TEGENSPRAAK else getattr(client, f"b_{b.value}"))
    )


def _tegenspraken(gebruiker: Gebruiker, clienten: list[int], vandaag: date) -> set[int]:
    """Whose allocations contradict themselves now, as the worklist would say it."""
    rijen = zaken(verdacht(gebruiker, vandaag).filter(client__in=clienten))
    return {z.client.pk for z in rijen if geef_tegenspraken(z, vandaag)}


def lijsten(gebruiker: Gebruiker) -> QuerySet[Vernietigingslijst]:
    return Vernietigingslijst.objects.visible_to(gebruiker).select_related(
        "gemeente", "voorgesteld_door", "goedgekeurd_door", "ingetrokken_door"
    )


def lijst(gebruiker: Gebruiker, kenmerk: UUID) -> Vernietigingslijst | None:
    return lijsten(gebruiker).filter(kenmerk=kenmerk).first()
