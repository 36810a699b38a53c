"""The document of the evaluation comes in: what is missing is asked, and who opens it is logged."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beschikkingen.enums import DocumentStatus
from beschikkingen.models import Document
from logboek.models import Gebeurtenis
from resultaat.actions.evaluatie import (
    EvaluatieFout,
)
from resultaat.models import Evaluatie
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from tests.resultaat.evaluatiehulp import dien_in, lopend
from wmo_portal.lib.tijd import vandaag

pytestmark = pytest.mark.django_db


def bestand(naam="verslag.pdf", inhoud=None):
    return SimpleUploadedFile(naam, maak_pdf() if inhoud is None else inhoud)


def verstuur(http, toewijzing, **velden):
    velden = {
        "behaald": "ja",
        "vervolg_nodig": "ja",
        "gevraagde_trede": str(fabriek.trede(2).pk),
        "reden": "Nog lichte hulp nodig.",
        "document": bestand(),
        **velden,
    }
    adres = reverse("resultaat:evaluatie-indienen", args=[toewijzing.kenmerk])
    return http.post(adres, {naam: waarde for naam, waarde in velden.items() if waarde is not None})


@pytest.mark.parametrize(("gemeente", "naam"), [("westland", "evaluatieformulier"), ("delft", "zorgplan")])
def test_elke_gemeente_krijgt_haar_eigen_document_onder_haar_eigen_naam(http, gemeente, naam):
    eind = vandaag() + timedelta(days=70)
    client = fabriek.client(getattr(fabriek, gemeente)())
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind))
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    pagina = http.get(reverse("resultaat:evaluatie-indienen", args=[toewijzing.kenmerk])).content.decode()
    assert f"{naam.capitalize()} insturen" in pagina
    assert f"{eind - timedelta(days=56):%d-%m-%Y}".lstrip("0") in pagina.replace("<strong>0", "<strong>")
    assert verstuur(http, toewijzing).status_code == 302
    evaluatie = Evaluatie.objects.get()
    assert (evaluatie.documentnaam, evaluatie.document.soort, evaluatie.status) == (naam, naam, "ingediend")
    assert (evaluatie.ontvangen_datum, evaluatie.gevraagde_trede) == (vandaag(), fabriek.trede(2))
    assert evaluatie.document.status == DocumentStatus.QUARANTAINE
    assert Gebeurtenis.objects.filter(actie="evaluatie.indienen").count() == 1


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"reden": "  "}, "Vul ‘Reden’ in."),
        ({"document": None}, "Kies een bestand"),
        ({"gevraagde_trede": ""}, "Kies welke trede daarna nodig is."),
        ({"behaald": None}, "Kies een antwoord"),
    ],
)
def test_wat_ontbreekt_wordt_gevraagd_en_niets_is_weg(http, velden, zin):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    antwoord = verstuur(http, toewijzing, **{"reden": "Mijn verhaal.", **velden})
    assert zin in antwoord.content.decode()
    assert ("Mijn verhaal." in antwoord.content.decode()) is ("reden" not in velden)
    assert not Evaluatie.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("naam", "inhoud"), [("virus.exe", b"MZ"), ("nep.pdf", b"<html>"), ("leeg.pdf", b"")]
)
def test_een_verkeerd_bestand_wordt_geweigerd_bij_zijn_veld(http, naam, inhoud):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    antwoord = verstuur(http, toewijzing, document=bestand(naam, inhoud))
    assert antwoord.status_code == 200
    assert "id_document_error" in antwoord.content.decode()
    assert not Document.objects.exists()


def test_zonder_vervolg_is_geen_trede_nodig(http):
    toewijzing = lopend()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    assert verstuur(http, toewijzing, vervolg_nodig="nee", gevraagde_trede="").status_code == 302
    assert Evaluatie.objects.get().gevraagde_trede is None


def test_twee_keer_drukken_is_een_document(http):
    toewijzing, sleutel = lopend(), str(uuid.uuid4())
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    for _ in range(2):
        assert verstuur(http, toewijzing, eenmalig=sleutel, document=bestand()).status_code == 302
    assert (Evaluatie.objects.count(), Document.objects.count()) == (1, 1)


def test_de_gemeente_voert_in_wat_langs_een_andere_weg_kwam(http):
    toewijzing = lopend()
    http.force_login(fabriek.consulent())
    gisteren = vandaag() - timedelta(days=1)
    assert verstuur(http, toewijzing, ontvangen_datum=f"{gisteren:%d-%m-%Y}").status_code == 302
    evaluatie = Evaluatie.objects.get()
    assert (evaluatie.ontvangen_datum, evaluatie.document.aanbieder) == (gisteren, toewijzing.aanbieder)
    morgen = vandaag() + timedelta(days=1)
    assert (
        "kan hier niet" in verstuur(http, toewijzing, ontvangen_datum=f"{morgen:%d-%m-%Y}").content.decode()
    )


def test_bij_een_beschikking_zonder_einddatum_hoort_zij_bij_het_monitoringsmoment():
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    moment = fabriek.monitoringsmoment(b, vandaag() + timedelta(days=60))
    assert dien_in(fabriek.toewijzing(b)).monitoringsmoment == moment


def test_reden_is_verplicht_ook_zonder_scherm():
    with pytest.raises(EvaluatieFout, match="Schrijf op waarom"):
        dien_in(lopend(), reden=" ")


def test_een_document_open_je_na_de_scan_en_dat_staat_in_het_logboek(http):
    evaluatie = dien_in(lopend())
    adres = reverse("resultaat:document", args=[evaluatie.document.kenmerk])
    http.force_login(fabriek.consulent(naam="Anna"))
    wacht = http.get(adres)
    assert (wacht.status_code, "nog op virussen gecontroleerd" in wacht.content.decode()) == (409, True)
    Document.objects.update(status=DocumentStatus.VRIJ)
    antwoord = http.get(adres)
    assert antwoord.status_code == 200
    assert antwoord.content.startswith(b"%PDF")
    assert antwoord["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Security-Policy"].startswith("sandbox")
    assert Gebeurtenis.objects.get(actie="document.gezien").actor_naam == "Anna"
    http.force_login(fabriek.medewerker(fabriek.aanbieder("De Eik")))
    assert http.get(adres).status_code == 404
