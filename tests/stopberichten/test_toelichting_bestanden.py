"""The files of the Toelichting: the zorgplan that goes with it, and the PDF that comes out."""

import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beschikkingen.models import Document
from logboek.models import Gebeurtenis
from stopberichten import pdf_toelichting
from stopberichten.queries_toelichting import regels_van, sleutel_van
from tests.lib.bestanden import maak_pdf
from tests.stopberichten.toelichtinghulp import (
    REDEN,
    adres,
    getypt,
    velden,
    verstuur,
    verstuurd,
)
from wmo_portal.lib import drukwerk

pytestmark = pytest.mark.django_db


# --- Files ------------------------------------------------------------------------------------------------------------
def test_het_zorgplan_blijft_bij_het_concept_ook_als_er_iets_mist(http, bij):
    s = sleutel_van(regels_van(bij.concept)[0])
    wijziging = getypt(bij.concept, **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": ""})
    bestand = SimpleUploadedFile("plan.pdf", maak_pdf())
    pagina = http.post(
        adres("toelichting-invullen", bij.concept), {**wijziging, "zorgplan": bestand}, follow=True
    ).content.decode()
    assert "Toegevoegd: <strong>plan.pdf</strong>" in pagina
    assert "Kies de trede die u vraagt." in pagina
    weg = http.post(
        adres("toelichting-invullen", bij.concept),
        {**wijziging, "versie": velden(pagina)["versie"], "zorgplan_weg": "on"},
        follow=True,
    ).content.decode()
    assert "Voeg bij een wijziging het nieuwe zorgplan toe" in weg
    assert not Document.objects.exists()


def test_een_geweigerd_bestand_kost_geen_tekst(http, bij):
    bestand = SimpleUploadedFile("plan.exe", b"MZ")
    antwoord = http.post(
        adres("toelichting-invullen", bij.concept), {**getypt(bij.concept), "zorgplan": bestand}
    )
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Toegestaan zijn pdf, docx, odt, xlsx, jpg en png" in pagina
    assert REDEN in pagina


def test_het_beloofde_zorgplan_komt_later(http, bij):
    s = sleutel_van(regels_van(bij.concept)[0])
    http.post(
        adres("toelichting-invullen", bij.concept),
        getypt(
            bij.concept,
            zorgplan_later="on",
            **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": "2"},
        ),
    )
    bij.concept.refresh_from_db()
    verstuur(http, bij.concept)
    taken = reverse("stopberichten:toelichtingen") + "?staat=zorgplan"
    assert "Bakker" in http.get(taken).content.decode()
    sturen = adres("toelichting-zorgplan", bij.concept)
    assert http.post(sturen, {}).status_code == 422
    assert http.post(sturen, {"zorgplan": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422
    assert http.post(sturen, {"zorgplan": SimpleUploadedFile("plan.pdf", maak_pdf())}).status_code == 302
    assert "Bakker" not in http.get(taken).content.decode()
    # In quarantine until it is scanned: then the page says so, and hands nothing out.
    bestand = http.get(adres("toelichting-zorgplan-bestand", bij.concept), follow=True).content.decode()
    assert "wordt nog op virussen gecontroleerd" in bestand


# --- PDF --------------------------------------------------------------------------------------------------------------
def test_de_pdf_komt_uit_een_ander_proces(http, bij):
    if not drukwerk.beschikbaar():
        pytest.skip("no Pango on this machine: the page says so, see the next test")
    vorm = verstuurd(bij)
    antwoord = http.get(adres("toelichting-pdf", vorm))
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord.content.startswith(b"%PDF-")
    assert Gebeurtenis.objects.filter(actie="toelichting.gedownload").count() == 1
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(antwoord.content)) as boek:
        assert str(boek.Root.Lang) == "nl"
        assert bool(boek.Root.MarkInfo.Marked)
        assert str(vorm.nummer) in str(boek.docinfo.get("/Title", "")) or "pdfuaid" in str(
            boek.Root.Metadata.read_bytes()
        )


def test_zonder_pango_zegt_de_pagina_waarom(http, bij, monkeypatch):
    monkeypatch.setattr(pdf_toelichting, "beschikbaar", lambda: False)
    vorm = verstuurd(bij)
    pagina = http.get(adres("toelichting-pdf", vorm), follow=True).content.decode()
    assert "Pango ontbreekt" in pagina


def test_een_pdf_die_te_lang_duurt_houdt_niemand_vast(http, bij, monkeypatch):
    if not drukwerk.beschikbaar():
        monkeypatch.setattr(pdf_toelichting, "beschikbaar", lambda: True)
    monkeypatch.setattr(pdf_toelichting, "HOOGSTENS_SECONDEN", 0.01)
    pagina = http.get(adres("toelichting-pdf", verstuurd(bij)), follow=True).content.decode()
    assert "duurde te lang" in pagina


def test_het_webproces_laadt_weasyprint_niet():
    """In a fresh process: everything the web process imports, and then a look."""
    script = (
        "import os, sys, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'wmo_portal.settings');"
        "django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "import stopberichten.views.toelichting_lezen; print('weasyprint' in sys.modules)"
    )
    uit = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "False"
