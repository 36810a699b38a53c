"""Keeping and handing out files: evaluatieformulier, zorgplan, bijlage (veiligheid D6).

A file is judged on structure at the door, stored encrypted in quarantine, and released by the virus scanner in a
task. It fails closed: what was not scanned is not handed out, and what holds a virus is destroyed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from beschikkingen.enums import DocumentSoort, DocumentStatus
from beschikkingen.kluis import bos, context
from beschikkingen.models import Beschikking, Document, DocumentInhoud
from logboek.actions import leg_vast
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from wmo_portal.lib import virusscan
from wmo_portal.lib.tabelblad.openen import mb
from wmo_portal.lib.uploads import controleer, veilige_naam

MEDIATYPEN: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
SOORTEN: Final = tuple(MEDIATYPEN)
ALLEEN_OPBOUW: Final = "Demonstratie: alleen de opbouw is gecontroleerd, er is geen virusscanner."


class DocumentGeweigerd(Exception):
    """The file is not accepted; the message is a Dutch sentence for whoever chose it. Nothing was stored."""


class DocumentNietVrij(Exception):
    """The file cannot be handed out (yet); the message says why."""


@dataclass(frozen=True, slots=True)
class Download:
    """A released file, ready to hand out."""

    document: Document
    inhoud: bytes


def keur_document(*, inhoud: bytes, naam: str) -> str:
    """The media type of an acceptable file; for a form that wants to say no before anything is written.

    Raises DocumentGeweigerd.
    """
    bevinding = controleer(inhoud, naam, max_bytes=settings.UPLOAD_HOOGSTENS)
    if not bevinding.ok or not bevinding.soort:
        raise DocumentGeweigerd(bevinding.zin)
    return MEDIATYPEN[bevinding.soort]


@transaction.atomic
def bewaar_document(
    *,
    inhoud: bytes,
    naam: str,
    soort: DocumentSoort,
    door: Gebruiker | None,
    op: datetime,
    beschikking: Beschikking | None = None,
    gemeente: Gemeente | None = None,
    aanbieder: Aanbieder | None = None,
) -> Document:
    """Keep a file, encrypted and in quarantine. The owners follow from `beschikking` and from who sends it.

    Raises DocumentGeweigerd with a sentence when its structure is not in order. About 5 ms, and 1 ms per MB.
    """
    mediatype = keur_document(inhoud=inhoud, naam=naam)
    document = Document(
        gemeente_id=beschikking.gemeente_id if beschikking else getattr(gemeente, "pk", None),
        aanbieder_id=aanbieder.pk if aanbieder else getattr(door, "aanbieder_id", None),
        beschikking=beschikking,
        soort=soort,
        naam=veilige_naam(naam),
        mediatype=mediatype,
        grootte=len(inhoud),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        geupload_op=op,
        geupload_door=door,
    )
    _bewaak_dagquotum(document)
    document.save()
    DocumentInhoud.objects.create(
        document=document, versleuteld=bos().versleutel_bytes(inhoud, _context(document))
    )
    _log("document.bewaren", document, door)
    return document


def _bewaak_dagquotum(document: Document) -> None:
    """No organisation fills the disk of all: so many MB of files a day (veiligheid threat 21). Raises DocumentGeweigerd.

    Files of one organisation wait for each other here, so that two at a time do not both see room for one.
    """
    van: dict[str, int | None] = {"aanbieder_id": document.aanbieder_id}
    if not document.aanbieder_id:
        van["gemeente_id"] = document.gemeente_id
    dag = timezone.localdate(document.geupload_op)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dagquotum {sorted(van.items())}"]
        )
    vandaag = Document.objects.filter(**van, geupload_op__date=dag).aggregate(som=Sum("grootte"))["som"] or 0
    if vandaag + document.grootte > settings.UPLOAD_PER_DAG:
        raise DocumentGeweigerd(
            f"Uw organisatie heeft vandaag {mb(vandaag)} aan bestanden toegevoegd en dit bestand is {mb(document.grootte)}. "
            f"Per dag kan er {mb(settings.UPLOAD_PER_DAG)} bij. Voeg het morgen toe, of vraag de beheerder om meer ruimte."
        )


def scan_document(*, document: Document, adres: str, zonder_scanner: bool = False) -> Document:
    """Let the virus scanner judge a file in quarantine: released, refused (content destroyed), or again later.

    Blocks for at most 30 seconds, so it belongs in a task. `zonder_scanner` is for the demonstration alone.
    """
    if zonder_scanner and not adres:
        return _verwerk(document, virusscan.Uitslag("schoon", ALLEEN_OPBOUW))
    return _verwerk(document, virusscan.scan(_inhoud(document), adres))


@transaction.atomic
def _verwerk(document: Document, uitslag: virusscan.Uitslag) -> Document:
    status = {
        "schoon": DocumentStatus.VRIJ,
        "besmet": DocumentStatus.GEWEIGERD,
        "onbekend": DocumentStatus.QUARANTAINE,
    }[uitslag.staat]
    gewijzigd = (
        Document.objects.filter(pk=document.pk, status=DocumentStatus.QUARANTAINE)
        .exclude(status=status, bevinding=uitslag.zin)
        .update(status=status, bevinding=uitslag.zin)
    )
    document.status, document.bevinding = status, uitslag.zin
    if gewijzigd and status == DocumentStatus.GEWEIGERD:
        DocumentInhoud.objects.filter(document=document).delete()
    if gewijzigd and status != DocumentStatus.QUARANTAINE:
        _log(f"document.{status.value}", document, None)
    return document


def geef_document(*, kenmerk: UUID, door: Gebruiker) -> Download:
    """The bytes of a file, with a line in the log of who took it.

    Raises Document.DoesNotExist when it is not there or not his, DocumentNietVrij when it may not go out.
    """
    document = Document.objects.visible_to(door).select_related("beschikking__client").get(kenmerk=kenmerk)
    if document.status != DocumentStatus.VRIJ:
        raise DocumentNietVrij(_waarom_niet(document))
    inhoud = _inhoud(document)
    _log("document.gezien", document, door)
    return Download(document, inhoud)


def _waarom_niet(document: Document) -> str:
    if document.status == DocumentStatus.GEWEIGERD:
        return f"‘{document.naam}’ is geweigerd. {document.bevinding} Vraag de afzender om een ander bestand."
    return (
        f"‘{document.naam}’ wordt nog op virussen gecontroleerd. Probeer het over een paar minuten opnieuw."
    )


def _inhoud(document: Document) -> bytes:
    versleuteld = DocumentInhoud.objects.get(document=document).versleuteld
    return bos().ontsleutel_bytes(versleuteld, _context(document))


def _context(document: Document) -> str:
    return context("beschikkingen_document", document.kenmerk)


def _log(actie: str, document: Document, door: Gebruiker | None) -> None:
    beschikking = document.beschikking
    leg_vast(
        actie=actie,
        door=door,
        object_soort="document",
        object_kenmerk=document.kenmerk,
        gemeente_id=document.gemeente_id,
        aanbieder_id=document.aanbieder_id,
        client_index=bytes(beschikking.client.bsn_index) if beschikking else None,
        doel="Wmo: stukken bij een beschikking" if beschikking else "Wmo: kwartaalopgave",
        details={"soort": document.soort, "grootte": document.grootte},
    )
