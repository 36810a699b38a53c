"""Files: judged at the door, encrypted, in quarantine until the scanner has looked, handed out with a log line."""

from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from beschikkingen import documenten, tasks
from beschikkingen.documenten import (
    ALLEEN_OPBOUW,
    DocumentGeweigerd,
    DocumentNietVrij,
    bewaar_document,
    geef_document,
    scan_document,
)
from beschikkingen.downloads import als_bijlage
from beschikkingen.enums import DocumentSoort, DocumentStatus
from beschikkingen.models import Document, DocumentInhoud
from logboek.models import Gebeurtenis
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from wmo_portal.lib.sleutelbos import OntsleutelFout
from wmo_portal.lib.virusscan import Uitslag

pytestmark = pytest.mark.django_db
OP = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
SCHOON = Uitslag("schoon", "De virusscanner vond niets.")
BESMET = Uitslag("besmet", "De virusscanner vond “Eicar”. Dit bestand wordt niet bewaard.", "Eicar")
ONBEKEND = Uitslag("onbekend", "De virusscanner is niet bereikbaar. We proberen het later opnieuw.")


def bewaar(door=None, naam="evaluatie Jansen.pdf", toewijzing=None):
    toewijzing = toewijzing or fabriek.toewijzing()
    door = door or fabriek.medewerker(toewijzing.aanbieder)
    return bewaar_document(
        inhoud=maak_pdf(),
        naam=naam,
        soort=DocumentSoort.EVALUATIEFORMULIER,
        door=door,
        op=OP,
        beschikking=toewijzing.beschikking,
    )


def scan(document, uitslag=SCHOON):
    with patch.object(documenten.virusscan, "scan", return_value=uitslag):
        return scan_document(document=document, adres="clam:3310")


def test_een_bestand_wordt_versleuteld_bewaard_en_wacht_op_de_scanner():
    document = bewaar()
    assert (document.status, document.mediatype) == (DocumentStatus.QUARANTAINE, "application/pdf")
    assert b"%PDF" not in bytes(document.inhoud.versleuteld)
    regel = Gebeurtenis.objects.get(actie="document.bewaren")
    assert bytes(regel.client_index) == bytes(document.beschikking.client.bsn_index)
    assert "Jansen" not in str(regel.details)


def test_wat_niet_gescand_is_wordt_niet_gegeven():
    document = bewaar()
    with pytest.raises(DocumentNietVrij, match="nog op virussen gecontroleerd"):
        geef_document(kenmerk=document.kenmerk, door=fabriek.consulent())
    assert not Gebeurtenis.objects.filter(actie="document.gezien").exists()


def test_na_de_scan_krijgt_de_consulent_dezelfde_bytes_en_dat_staat_in_het_logboek():
    document = scan(bewaar())
    anna = fabriek.consulent(naam="Anna")
    download = geef_document(kenmerk=document.kenmerk, door=anna)
    assert download.inhoud.startswith(b"%PDF")
    assert Gebeurtenis.objects.get(actie="document.gezien").actor_naam == "Anna"


def test_een_virus_wordt_vernietigd_en_de_reden_blijft():
    document = scan(bewaar(), BESMET)
    assert document.status == DocumentStatus.GEWEIGERD
    assert not DocumentInhoud.objects.filter(document=document).exists()
    with pytest.raises(DocumentNietVrij, match="Eicar"):
        geef_document(kenmerk=document.kenmerk, door=fabriek.consulent())


def test_zonder_antwoord_van_de_scanner_blijft_het_bestand_in_quarantaine():
    document = scan(bewaar(), ONBEKEND)
    assert document.status == DocumentStatus.QUARANTAINE
    assert Document.objects.get().bevinding == ONBEKEND.zin
    assert scan(document).status == DocumentStatus.VRIJ


def test_de_taak_laat_zonder_scanner_niets_los(settings):
    bewaar()
    settings.CLAMAV = ""
    assert tasks.scan_documenten.run() == "1 bestanden gescand, 0 vrijgegeven."
    assert Document.objects.get().status == DocumentStatus.QUARANTAINE


def test_in_de_demonstratie_telt_alleen_de_opbouw(settings):
    bewaar()
    settings.CLAMAV, settings.DEMO = "", True
    assert tasks.scan_documenten.run() == "1 bestanden gescand, 1 vrijgegeven."
    assert Document.objects.get().bevinding == ALLEEN_OPBOUW


def test_een_demonstratie_met_scanner_luistert_naar_de_scanner():
    with patch.object(documenten.virusscan, "scan", return_value=BESMET):
        document = scan_document(document=bewaar(), adres="clam:3310", zonder_scanner=True)
    assert document.status == DocumentStatus.GEWEIGERD


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("plan.exe", b"MZ", "Toegestaan zijn pdf, docx, odt, xlsx, jpg en png"),
        ("plan.pdf", b"geen pdf", "is geen pdf"),
        ("plan.pdf", b"", "leeg"),
    ],
)
def test_een_verkeerd_bestand_wordt_geweigerd_met_een_zin(naam, inhoud, zin):
    toewijzing = fabriek.toewijzing()
    with pytest.raises(DocumentGeweigerd, match=zin):
        bewaar_document(
            inhoud=inhoud,
            naam=naam,
            soort=DocumentSoort.ZORGPLAN,
            door=fabriek.medewerker(toewijzing.aanbieder),
            op=OP,
            beschikking=toewijzing.beschikking,
        )
    assert not Document.objects.exists()


def test_een_andere_aanbieder_en_een_andere_gemeente_vinden_het_bestand_niet():
    document = scan(bewaar())
    for vreemde in (fabriek.medewerker(fabriek.aanbieder("De Eik")), fabriek.consulent(fabriek.delft())):
        with pytest.raises(Document.DoesNotExist):
            geef_document(kenmerk=document.kenmerk, door=vreemde)


def test_een_versleuteld_bestand_is_niet_te_verwisselen():
    een, twee = bewaar(), bewaar(naam="ander.pdf")
    with connection.cursor() as cursor:
        cursor.execute(
            "update beschikkingen_documentinhoud set versleuteld = (select versleuteld from"
            " beschikkingen_documentinhoud where document_id = %s) where document_id = %s",
            [een.pk, twee.pk],
        )
    Document.objects.update(status=DocumentStatus.VRIJ)
    with pytest.raises(OntsleutelFout):
        geef_document(kenmerk=twee.kenmerk, door=fabriek.consulent())


def test_een_download_is_altijd_een_bijlage_in_een_zandbak():
    document = scan(bewaar(naam="../verslag “é”.pdf"))
    antwoord = als_bijlage(geef_document(kenmerk=document.kenmerk, door=fabriek.consulent()))
    assert antwoord["Content-Disposition"].startswith("attachment; filename*=utf-8''verslag")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


# --- So many megabytes a day --------------------------------------------------------------------------------------
def op_dag(toewijzing, door=None, op=OP):
    wie = door or fabriek.medewerker(toewijzing.aanbieder)
    soort = DocumentSoort.EVALUATIEFORMULIER
    return bewaar_document(
        inhoud=maak_pdf(), naam="e.pdf", soort=soort, door=wie, op=op, beschikking=toewijzing.beschikking
    )


@pytest.fixture
def ruimte_voor_twee(settings):
    settings.UPLOAD_PER_DAG = 2 * len(maak_pdf()) + 10


def test_wat_op_een_dag_past_mag_en_daarna_een_zin(ruimte_voor_twee):
    toewijzing = fabriek.toewijzing()
    op_dag(toewijzing)
    op_dag(toewijzing)
    with pytest.raises(DocumentGeweigerd, match="Voeg het morgen toe"):
        op_dag(toewijzing)
    assert Document.objects.count() == DocumentInhoud.objects.count() == 2
    op_dag(toewijzing, op=OP + timedelta(days=1))


def test_het_quotum_is_van_de_organisatie_en_niet_van_een_mens_of_een_ander(ruimte_voor_twee):
    linde = fabriek.toewijzing(aan=fabriek.aanbieder("De Linde"))
    eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik"))
    op_dag(linde)
    op_dag(linde)
    with pytest.raises(DocumentGeweigerd):
        op_dag(linde, door=fabriek.medewerker(linde.aanbieder))
    op_dag(eik)


def test_een_gemeente_heeft_haar_eigen_quotum(ruimte_voor_twee):
    westland = fabriek.toewijzing()
    delft = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft())))
    consulent = fabriek.consulent()
    op_dag(westland, door=consulent)
    op_dag(westland, door=consulent)
    with pytest.raises(DocumentGeweigerd):
        op_dag(westland, door=consulent)
    op_dag(delft, door=fabriek.consulent(fabriek.delft()))
    op_dag(westland)  # the provider's own
