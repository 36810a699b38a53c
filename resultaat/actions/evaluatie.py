"""The evaluatieformulier or zorgplan comes in (H5 §1B, §1C, §2), and a change request gets its answer (R58)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from beschikkingen.documenten import bewaar_document
from beschikkingen.enums import DocumentSoort, SoortBeschikking
from beschikkingen.models import Monitoringsmoment, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Trede
from resultaat.models import Evaluatie
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting
from wmo_portal.lib.keuzes import Keuze


class EvaluatieFout(Exception):
    """Not accepted; the message is a Dutch sentence."""


class VerzoekGewijzigd(EvaluatieFout):
    """Somebody else decided first. `bestaand` is the form as it is now."""

    def __init__(self, bestaand: Toelichting) -> None:
        super().__init__("Iemand anders heeft dit verzoek intussen gewijzigd. Uw tekst staat er nog.")
        self.bestaand = bestaand


class Besluit(Keuze):
    """What the municipality says to a change request (R58)."""

    TOEGEKEND = "toegekend", "Toegekend"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    ANDERS = "anders", "Anders dan gevraagd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inzending:
    """What the provider says about one resultaatgebied, with the file."""

    inhoud: bytes
    bestandsnaam: str
    behaald: bool
    vervolg_nodig: bool
    reden: str
    ontvangen_datum: date
    gevraagde_trede: Trede | None = None


@transaction.atomic
def dien_evaluatie_in(
    *, toewijzing: Toewijzing, inzending: Inzending, door: Gebruiker, moment: datetime
) -> Evaluatie:
    """Keep document and reason together, or neither (R12, R13). Raises DocumentGeweigerd, EvaluatieFout."""
    if not inzending.reden.strip():
        raise EvaluatieFout("Schrijf op waarom vervolg nodig is, of waarom het resultaat niet behaald is.")
    naam = toewijzing.gemeente.evaluatiedocument
    document = bewaar_document(
        inhoud=inzending.inhoud,
        naam=inzending.bestandsnaam,
        soort=DocumentSoort(naam),
        door=door,
        op=moment,
        beschikking=toewijzing.beschikking,
        aanbieder=toewijzing.aanbieder,
    )
    evaluatie = Evaluatie.objects.create(
        gemeente_id=toewijzing.gemeente_id,
        aanbieder_id=toewijzing.aanbieder_id,
        beschikking=toewijzing.beschikking,
        toewijzing=toewijzing,
        monitoringsmoment=_open_moment(toewijzing),
        document=document,
        documentnaam=naam,
        ontvangen_datum=inzending.ontvangen_datum,
        vervolg_nodig=inzending.vervolg_nodig,
        behaald=inzending.behaald,
        gevraagde_trede=inzending.gevraagde_trede,
        reden=inzending.reden.strip(),
        ingediend_op=moment,
        ingediend_door=door,
    )
    leg_vast(
        actie="evaluatie.indienen",
        door=door,
        object_soort="evaluatie",
        object_kenmerk=evaluatie.kenmerk,
        gemeente_id=evaluatie.gemeente_id,
        aanbieder_id=evaluatie.aanbieder_id,
        client_index=bytes(toewijzing.client.bsn_index),
        doel="Wmo: evaluatie van de ondersteuning",
        details={"document": naam},
    )
    return evaluatie


def _open_moment(toewijzing: Toewijzing) -> Monitoringsmoment | None:
    """The monitoring moment it is for, of a decision that is watched by them (H5 §2)."""
    if toewijzing.beschikking.soort == SoortBeschikking.MET_EINDDATUM:
        return None
    return Monitoringsmoment.objects.open().filter(beschikking_id=toewijzing.beschikking_id).first()


def beslis_op_verzoek(
    *, toelichting: Toelichting, versie: int, besluit: Besluit, tekst: str, door: Gebruiker, moment: datetime
) -> Toelichting:
    """Answer a change request; the provider reads decision and text in the portal (R58).

    Raises EvaluatieFout without a text, VerzoekGewijzigd when the form changed since version `versie`.
    """
    if not tekst.strip():
        raise EvaluatieFout("Schrijf op wat u besluit en waarom. De aanbieder leest deze tekst.")
    with transaction.atomic():
        gelukt = Toelichting.objects.filter(
            pk=toelichting.pk,
            versie=versie,
            status__in=(
                ToelichtingStatus.INGEDIEND,
                ToelichtingStatus.IN_BEHANDELING,
                ToelichtingStatus.INFO_GEVRAAGD,
            ),
        ).update(
            status=ToelichtingStatus.AFGEHANDELD,
            besluit=besluit.value,
            besluit_tekst=tekst.strip(),
            afgehandeld_op=moment,
            afgehandeld_door=door,
            versie=F("versie") + 1,
        )
        if not gelukt:
            raise VerzoekGewijzigd(
                Toelichting.objects.select_related("afgehandeld_door").get(pk=toelichting.pk)
            )
        _meld_besluit(toelichting, besluit, door)
    toelichting.refresh_from_db()
    return toelichting


def _meld_besluit(toelichting: Toelichting, besluit: Besluit, door: Gebruiker) -> None:
    """The log; the mail of the day tells the provider (`dossiermeldingen`)."""
    leg_vast(
        actie="toelichting.beslissen",
        door=door,
        object_soort="toelichting",
        object_kenmerk=toelichting.kenmerk,
        gemeente_id=toelichting.gemeente_id,
        aanbieder_id=toelichting.aanbieder_id,
        client_index=bytes(toelichting.client.bsn_index),
        doel="Wmo: verzoek om wijziging",
        details={"besluit": besluit.value},
    )
