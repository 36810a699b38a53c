"""Gerda reads decisions in on the pages, and the operator with the command."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from beschikkingen.inlezen import KOLOMMEN, keur_bestand, keuzelijsten
from beschikkingen.inlezen import kolommen as k
from beschikkingen.models import Inlezing, Toewijzing
from logboek.models import Gebeurtenis
from tests import fabriek
from tests.beschikkingen.inleeshulp import rij, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def gerda(westland, http):
    wie = fabriek.administratie(westland, naam="Gerda")
    http.force_login(wie)
    return wie


def stuur(http, gemeente, inhoud, naam="suite.xlsx"):
    bestand = SimpleUploadedFile(naam, inhoud)
    return http.post(reverse("beschikkingen:inlezen"), {"gemeente": gemeente.pk, "bestand": bestand})


def test_gerda_uploadt_kijkt_en_leest_in(http, gerda, westland):
    antwoord = stuur(http, westland, xlsx(rij(), rij(**{k.BESCHIKKING: "B-2", k.TREDE: "Zwaar"})))
    pagina = http.get(antwoord.url).content.decode()
    assert "Lees 1 rij in" in pagina
    assert "“Zwaar” is geen trede van H5." in pagina
    inlezing = Inlezing.objects.get()
    http.post(reverse("beschikkingen:inlezing-uitvoeren", args=[inlezing.kenmerk]))
    assert Toewijzing.objects.count() == 1
    assert "Dit bestand is ingelezen" in http.get(antwoord.url).content.decode()
    acties = list(Gebeurtenis.objects.order_by("pk").values_list("actie", "actor_naam"))
    assert acties == [("inlezing.proef", "Gerda"), ("inlezing.ingelezen", "Gerda")]


def test_dubbel_klikken_leest_een_keer_in(http, gerda, westland):
    stuur(http, westland, xlsx(rij()))
    adres = reverse("beschikkingen:inlezing-uitvoeren", args=[Inlezing.objects.get().kenmerk])
    sleutel = {"eenmalig": "6f2d9d76-2a2a-4a43-8d5a-0f4f0a3c9f10"}
    assert http.post(adres, sleutel).url == http.post(adres, sleutel).url
    assert Gebeurtenis.objects.filter(actie="inlezing.ingelezen").count() == 1


def test_de_foute_rijen_komen_terug_zoals_ze_waren(http, gerda, westland):
    stuur(http, westland, xlsx(rij(), rij(**{k.BESCHIKKING: "B-2", k.TREDE: "Zwaar"})))
    adres = reverse("beschikkingen:inlezing-fouten", args=[Inlezing.objects.get().kenmerk])
    blad = load_workbook(io.BytesIO(http.post(adres).content)).worksheets[0]
    koppen, gegevens = [[cel.value for cel in r] for r in blad.iter_rows(min_row=1, max_row=2)]
    terug = dict(zip(koppen, gegevens, strict=True))
    assert (terug[k.BESCHIKKING], terug[k.TREDE], terug[k.BSN]) == ("B-2", "Zwaar", fabriek.test_bsns()[0])
    assert terug["Wat er mis is"].startswith("“Zwaar” is geen trede")
    assert blad.max_row == 2


def test_verbeterde_foute_rijen_kunnen_weer_worden_ingelezen(http, gerda, westland):
    stuur(http, westland, xlsx(rij(**{k.TREDE: "Zwaar"})))
    adres = reverse("beschikkingen:inlezing-fouten", args=[Inlezing.objects.get().kenmerk])
    boek = load_workbook(io.BytesIO(http.post(adres).content))
    kolom = [kolom.kop for kolom in KOLOMMEN].index(k.TREDE) + 1
    boek.worksheets[0].cell(2, kolom).value = "Trede 1"
    uit = io.BytesIO()
    boek.save(uit)
    stuur(http, westland, uit.getvalue())
    assert Inlezing.objects.first().tellingen["nieuw"] == 1


def test_het_sjabloon_heeft_alle_kolommen_en_is_zelf_in_te_lezen(http, gerda, westland):
    inhoud = http.get(reverse("beschikkingen:inlees-sjabloon")).content
    boek = load_workbook(io.BytesIO(inhoud))
    assert [cel.value for cel in boek.worksheets[0][1]] == [kolom.kop for kolom in KOLOMMEN]
    assert "Toegestaan: Waakvlam, Trede 1, Trede 2." in str([c.value for r in boek["Toelichting"] for c in r])
    assert keur_bestand(inhoud, keuzelijsten(westland)) == ([], [])


def test_een_onleesbaar_bestand_geeft_een_zin_bij_het_veld(http, gerda, westland):
    antwoord = stuur(http, westland, b"PK\x03\x04 kapot")
    assert antwoord.status_code == 422
    assert "beschadigd" in antwoord.content.decode()
    assert "<title>Fout:" in antwoord.content.decode()


def test_gerda_kan_niet_voor_delft_inlezen(http, gerda, westland):
    assert stuur(http, fabriek.delft(), xlsx(rij())).status_code == 422
    assert Inlezing.objects.count() == 0


def test_delft_ziet_het_bestand_van_westland_niet(http, gerda, westland):
    stuur(http, westland, xlsx(rij()))
    kenmerk = Inlezing.objects.get().kenmerk
    http.force_login(fabriek.administratie(fabriek.delft()))
    assert http.get(reverse("beschikkingen:inlezing", args=[kenmerk])).status_code == 404
    assert http.post(reverse("beschikkingen:inlezing-uitvoeren", args=[kenmerk])).status_code == 404
    assert http.post(reverse("beschikkingen:inlezing-fouten", args=[kenmerk])).status_code == 404
    assert "suite.xlsx" not in http.get(reverse("beschikkingen:inlezen")).content.decode()


@pytest.mark.parametrize(
    "maak", [fabriek.consulent, fabriek.contractmanager, fabriek.beheerder, fabriek.medewerker]
)
def test_wie_niet_mag_inlezen_ziet_geen_pagina(http, maak):
    http.force_login(maak())
    assert http.get(reverse("beschikkingen:inlezen")).status_code == 404
    assert http.get(reverse("beschikkingen:inlees-sjabloon")).status_code == 404


# --- The command ------------------------------------------------------------------------------------------------
def test_het_commando_doet_hetzelfde(westland, tmp_path, capsys):
    pad = tmp_path / "suite.xlsx"
    pad.write_bytes(xlsx(rij(), rij(**{k.BESCHIKKING: "B-2", k.TREDE: "Zwaar"})))
    call_command("lees_beschikkingen", pad, gemeente="1783", proef=True)
    assert Toewijzing.objects.count() == 0
    call_command("lees_beschikkingen", pad, gemeente="1783")
    uit, fout = capsys.readouterr()
    assert uit.splitlines() == [
        "Proef, er is niets ingelezen: 1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 fout.",
        "Ingelezen: 1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 fout.",
    ]
    assert fout.splitlines()[0].startswith("rij 3: “Zwaar” is geen trede")
    assert Toewijzing.objects.count() == 1


def test_het_commando_noemt_de_gemeenten(westland, tmp_path):
    with pytest.raises(CommandError, match=r"Kies uit: 1783 \(Westland\)"):
        call_command("lees_beschikkingen", tmp_path / "x.xlsx", gemeente="9999")
