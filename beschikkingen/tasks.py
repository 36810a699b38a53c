"""Releasing uploaded files: the virus scanner judges what waits in quarantine."""

from django.conf import settings

from beschikkingen.documenten import scan_document
from beschikkingen.enums import DocumentStatus
from beschikkingen.models import Document
from techniek.taak import taak

PER_KEER = 50


@taak(name="beschikkingen.tasks.scan_documenten")
def scan_documenten() -> str:
    """Oldest first. What the scanner could not judge stays and is asked again next time."""
    wachtend = Document.objects.filter(status=DocumentStatus.QUARANTAINE).order_by("geupload_op", "pk")
    vrij = 0
    rijen = list(wachtend.select_related("beschikking__client")[:PER_KEER])
    for document in rijen:
        scan_document(document=document, adres=settings.CLAMAV, zonder_scanner=settings.DEMO)
        vrij += document.status == DocumentStatus.VRIJ
    return f"{len(rijen)} bestanden gescand, {vrij} vrijgegeven."
