"""One Toelichting with everything its pages need, and what may be filled in by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from beschikkingen.enums import BeschikkingStatus, ToewijzingStatus
from beschikkingen.kluis import bos
from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker, Trede
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel
from stopberichten.toelichtingregels import VERZOEKER, Formulier, Gebied, niet_te_vragen
from wmo_portal.lib.tijd import dag_van

GEBIED_ONBEKEND: Final = "Resultaatgebied niet bekend"
ONDERWEG: Final = (
    ToelichtingStatus.INGEDIEND,
    ToelichtingStatus.IN_BEHANDELING,
    ToelichtingStatus.INFO_GEVRAAGD,
)
"""Sent, and the municipality is not done with it."""


def formulier_van(gebruiker: Gebruiker, kenmerk: UUID) -> Toelichting | None:
    """One form that this person may see; a draft only within its own provider. One query."""
    return (
        Toelichting.objects.visible_to(gebruiker)
        .select_related(
            "gemeente__regio",
            "aanbieder",
            "client",
            "beschikking",
            "zorgplan",
            "ingediend_door",
            "aangemaakt_door",
        )
        .filter(kenmerk=kenmerk)
        .first()
    )


def regels_van(toelichting: Toelichting) -> list[ToelichtingRegel]:
    """The resultaatgebieden of a form in the order of the region. Two queries, whatever their number."""
    return list(
        toelichting.regels.select_related(
            "toewijzing__resultaatgebied", "toewijzing__trede", "gevraagde_trede"
        )
        .prefetch_related("toewijzing__stappen__trede")
        .order_by("toewijzing__resultaatgebied__volgorde", "toewijzing__toewijzingnummer")
    )


def blokken_van(toelichting: Toelichting) -> list[ToelichtingRegel]:
    """The same rows, with no more than reading a posted form needs. One query."""
    return list(toelichting.regels.select_related("toewijzing"))


def treden_van(toelichting: Toelichting) -> list[Trede]:
    """What may be asked for: the treden of the region of the municipality, lightest first."""
    return list(Trede.objects.filter(regio=toelichting.gemeente.regio).order_by("zwaarte"))


def open_toewijzingen(gebruiker: Gebruiker) -> QuerySet[Toewijzing]:
    """Allocations about which a form may be begun: of the own provider, running, on a running decision (R46)."""
    return (
        Toewijzing.objects.visible_to(gebruiker)
        .filter(
            aanbieder_id=gebruiker.aanbieder_id or 0,
            status=ToewijzingStatus.LOPEND,
            beschikking__status=BeschikkingStatus.LOPEND,
        )
        .select_related("client", "beschikking", "gemeente", "aanbieder", "resultaatgebied", "trede")
    )


def gevonden_toewijzingen(gebruiker: Gebruiker, bsn: str, geboortedatum: date) -> list[Toewijzing]:
    """Look-up by BSN and birth date, within the own open allocations only. One query, whoever it is about."""
    return list(
        open_toewijzingen(gebruiker)
        .filter(client__bsn_index=bos().index(bsn), client__geboortedatum=geboortedatum)
        .order_by("beschikking__ingangsdatum", "beschikking_id", "toewijzingnummer")
    )


def concept_van(gebruiker: Gebruiker, beschikking_id: int) -> Toelichting | None:
    """The open draft about this decision, whoever of the provider began it."""
    return (
        Toelichting.objects.visible_to(gebruiker)
        .filter(beschikking_id=beschikking_id, status=ToelichtingStatus.CONCEPT)
        .select_related("aangemaakt_door")
        .first()
    )


def naam_van(toewijzing: Toewijzing) -> str:
    """What the area is called on screen and paper."""
    gebied = toewijzing.resultaatgebied
    return gebied.naam if gebied else f"{GEBIED_ONBEKEND} (toewijzing {toewijzing.toewijzingnummer})"


def zwaarte_niet_te_vragen(toewijzing: Toewijzing, vandaag: date) -> int | None:
    """The present trede, which nobody asks for (R49); `stappen` must be loaded."""
    stappen = [(s.begindatum, s.einddatum, s.trede.zwaarte) for s in toewijzing.stappen.all()]
    return niet_te_vragen(toewijzing.trede.zwaarte if toewijzing.trede else None, stappen, vandaag)


def feiten(
    toelichting: Toelichting, regels: Sequence[ToelichtingRegel], treden: Sequence[Trede], vandaag: date
) -> Formulier:
    """The form as the rules know it."""
    zwaartes = frozenset(trede.zwaarte for trede in treden)
    return Formulier(
        verzoeker={veld: getattr(toelichting, veld) for veld in VERZOEKER},
        gebieden=tuple(_gebied(regel, zwaartes, vandaag) for regel in regels),
        overige_zaken=toelichting.overige_zaken,
        heeft_zorgplan=toelichting.zorgplan_id is not None,
        zorgplan_later=toelichting.zorgplan_later,
    )


def _gebied(regel: ToelichtingRegel, zwaartes: frozenset[int], vandaag: date) -> Gebied:
    toewijzing = regel.toewijzing
    return Gebied(
        sleutel=sleutel_van(regel),
        naam=naam_van(toewijzing),
        overslaan=regel.overslaan,
        soort=regel.soort,
        treden=zwaartes,
        trede_nu=zwaarte_niet_te_vragen(toewijzing, vandaag),
        gevraagde_trede=regel.gevraagde_trede.zwaarte if regel.gevraagde_trede else None,
        huidige_situatie=regel.huidige_situatie,
        reden=regel.reden,
        behaald=regel.behaald,
        behaald_toelichting=regel.behaald_toelichting,
        vervallen=toewijzing.status == ToewijzingStatus.VERWIJDERD,
    )


def sleutel_van(regel: ToelichtingRegel) -> str:
    """How a block of the form is known in the page: by its allocation, so two tabs mean the same one."""
    return f"g{regel.toewijzing.kenmerk.hex}"


def stops_bij(toelichting: Toelichting, regels: Sequence[ToelichtingRegel]) -> dict[int, Stop]:
    """The valid stop message per allocation of this form, the last one. One query."""
    stops = Stop.objects.geldig().filter(
        gemeente_id=toelichting.gemeente_id,
        aanbieder_id=toelichting.aanbieder_id,
        toewijzing_id__in=[regel.toewijzing_id for regel in regels],
    )
    return {stop.toewijzing_id or 0: stop for stop in stops.order_by("einddatum", "pk")}


def wacht_op_zorgplan(toelichting: Toelichting) -> bool:
    """The provider promised a zorgplan that is not there yet (R45)."""
    return toelichting.zorgplan_later and toelichting.zorgplan_id is None and toelichting.status in ONDERWEG


def in_te_trekken(toelichting: Toelichting) -> str:
    """Why this form cannot be taken back; empty when it can."""
    if toelichting.status == ToelichtingStatus.INGETROKKEN:
        return "Dit formulier is al ingetrokken."
    if toelichting.status == ToelichtingStatus.AFGEHANDELD:
        return "De gemeente heeft dit formulier al afgehandeld. Bel de gemeente als er iets niet klopt."
    if toelichting.ingediend_op and toelichting.beschikking.status == BeschikkingStatus.GESLOTEN:
        dag = toelichting.beschikking.gesloten_op
        sinds = f" op {dag_van(dag):%d-%m-%Y}" if dag else ""
        return f"Het dossier is{sinds} gesloten. Bel de gemeente als er iets niet klopt."
    return ""
