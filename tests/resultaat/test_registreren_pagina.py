"""The form of bijlage 3 as a consulent meets it: advice, suggestion, warning, once; and what is not there to register."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from beschikkingen.enums import Perspectief, SoortBeschikking
from resultaat.models import Evaluatie, Resultaat
from resultaat.referentie import laad_redenopties
from tests import fabriek
from tests.resultaat.bladzijde import tekst
from tests.resultaat.registreerhulp import aflopend, post, url
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def evaluatie(toewijzing, *, zwaarte=2, behaald=True, vervolg=True):
    return Evaluatie.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        beschikking=toewijzing.beschikking,
        toewijzing=toewijzing,
        documentnaam=toewijzing.gemeente.evaluatiedocument,
        ontvangen_datum=vandaag(),
        vervolg_nodig=vervolg,
        behaald=behaald,
        gevraagde_trede=fabriek.trede(zwaarte) if vervolg else None,
        reden="Er is nog lichte hulp nodig.",
        ingediend_op=nu(),
        ingediend_door=fabriek.medewerker(toewijzing.aanbieder),
    )


# --- The advice -------------------------------------------------------------------------------------------------------
def test_het_advies_staat_ernaast_met_de_zin_van_de_werkwijze(http, anna):
    toewijzing = aflopend(trede=fabriek.trede(3))
    evaluatie(toewijzing, zwaarte=2)
    pagina = tekst(http.get(url(toewijzing)))
    assert "Advies: behaald" in pagina
    assert "want een lichtere trede (Trede 2 → Trede 1) bij perspectief verbetering" in pagina
    assert "als een lichtere trede, waakvlam of uitstroom mogelijk is" in pagina
    assert "§1B" in pagina
    assert "§1C" in pagina  # which of the two is known when the outcome is chosen


def test_de_definities_van_bijlage_3_staan_bij_de_vier_uitkomsten(http, anna):
    pagina = tekst(http.get(url(aflopend())))
    assert pagina.count('name="uitkomst"') == 4
    assert "er kan niet afgeschaald worden" in pagina
    assert "Cliënt wilde niet (zorgmijder)" in pagina


def test_het_advies_volgt_de_keuze_in_het_formulier(http, anna):
    toewijzing = aflopend(trede=fabriek.trede(3), perspectief=Perspectief.VERBETERING)
    adres = reverse("resultaat:registreren-advies", args=[toewijzing.kenmerk])
    zwaarder = tekst(
        http.get(adres, {"trede_nu": fabriek.trede(4).pk, "uitkomst": "ja", "vervolg": "sluiten"})
    )
    assert "Advies: niet behaald" in zwaarder
    assert "§1A" in zwaarder
    assert "§1B" not in zwaarder


def test_een_uitgeschakelde_reden_van_de_regio_staat_er_niet(http, anna):
    from resultaat.models import RedenOptie

    toewijzing = aflopend()
    RedenOptie.objects.filter(code="zorgmijder").update(actief=False)
    assert "zorgmijder" not in tekst(http.get(url(toewijzing)))


# --- Registering ------------------------------------------------------------------------------------------------------
def test_het_gewone_geval_paragraaf_1b(http, anna):
    toewijzing = aflopend(trede=fabriek.trede(3))
    document = evaluatie(toewijzing)
    antwoord = post(http, toewijzing)
    assert antwoord.status_code == 302
    assert antwoord["Location"] == reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk])
    resultaat = Resultaat.objects.get()
    assert (resultaat.uitkomst, resultaat.paragraaf, resultaat.vervolg) == ("ja", "1B", "nieuwe_beschikking")
    assert (resultaat.evaluatie, resultaat.advies, resultaat.trede_naar) == (document, "ja", fabriek.trede(2))
    document.refresh_from_db()
    assert document.status == "beoordeeld"


def test_terug_naar_de_lijst_waar_zij_vandaan_kwam_en_nooit_naar_buiten(http, anna):
    lijst = reverse("resultaat:werkvoorraad") + "?soort=aflopend"
    assert post(http, aflopend(), terug=lijst)["Location"] == lijst
    assert post(http, aflopend(), terug="//example.nl/")["Location"].startswith("/dossiers/")
    assert post(http, aflopend(), terug="https://example.nl/")["Location"].startswith("/dossiers/")


def test_twee_keer_drukken_registreert_een_keer(http, anna):
    toewijzing, sleutel = aflopend(), str(uuid.uuid4())
    eerste = post(http, toewijzing, eenmalig=sleutel)
    tweede = post(http, toewijzing, eenmalig=sleutel)
    assert (eerste.status_code, tweede.status_code, tweede["Location"]) == (302, 302, eerste["Location"])
    assert Resultaat.objects.count() == 1


def test_nee_zonder_reden_en_zonder_toelichting_houdt_alles_vast(http, anna):
    toewijzing = aflopend()
    antwoord = post(http, toewijzing, uitkomst="nee_client", afwijking_reden="Eigen afweging.")
    assert antwoord.status_code == 200
    assert "Kies minstens één reden" in tekst(antwoord)
    assert "Eigen afweging." in tekst(antwoord)
    assert not Resultaat.objects.exists()


def test_vinkjes_onder_een_andere_uitkomst_tellen_niet_mee(http, anna):
    toewijzing = aflopend()
    post(
        http,
        toewijzing,
        uitkomst="nee_client",
        redenen_nee_client=["meer_tijd_nodig"],
        redenen_nee_zorgaanbieder=["geen_personeel"],
        trede_nu="",
    )
    resultaat = Resultaat.objects.get()
    assert (resultaat.redenen, resultaat.paragraaf) == (["meer_tijd_nodig"], "1C")


def test_afwijken_vraagt_een_reden_bij_het_veld(http, anna):
    toewijzing = aflopend(trede=fabriek.trede(3))
    velden = {"uitkomst": "nee_client", "redenen_nee_client": ["meer_tijd_nodig"]}
    antwoord = post(http, toewijzing, **velden)
    assert "wijkt af van het advies" in tekst(antwoord)
    assert post(http, toewijzing, **velden, afwijking_reden="Er is een terugval.").status_code == 302
    assert Resultaat.objects.get().afwijking_reden == "Er is een terugval."


@pytest.mark.parametrize(
    ("code", "reden"), [("02", "overlijden"), ("31", "verhuizing"), ("39", "overgang_wlz")]
)
def test_bij_02_31_en_39_is_neutraal_voorgesteld_en_niets_gebeurt_zonder_bevestiging(http, anna, code, reden):
    toewijzing = aflopend(-5)
    fabriek.stop(toewijzing, code)
    pagina = tekst(http.get(url(toewijzing)))
    assert re.search(
        r'<input type="radio"[^>]*value="nee_neutraal"[^>]*checked|checked[^>]*value="nee_neutraal"', pagina
    )
    assert "Bevestig met Registreer" in pagina
    assert not Resultaat.objects.exists()
    post(
        http,
        toewijzing,
        uitkomst="nee_neutraal",
        redenen_nee_neutraal=[reden],
        vervolg="sluiten",
        trede_nu="uitstroom",
    )
    assert Resultaat.objects.get().paragraaf == "4"


def test_neutraal_met_een_vervolgbeschikking_waarschuwt_en_kan_bevestigd(http, anna):
    toewijzing = aflopend(-5)
    fabriek.stop(toewijzing, "31")
    fabriek.toewijzing(
        fabriek.beschikking(toewijzing.client, begin=vandaag(), eind=None, voorganger=toewijzing.beschikking)
    )
    velden = {"uitkomst": "nee_neutraal", "redenen_nee_neutraal": ["verhuizing"], "vervolg": "sluiten"}
    antwoord = post(http, toewijzing, **velden)
    assert "is er geen opvolging, maar er is een vervolg" in tekst(antwoord)
    assert not Resultaat.objects.exists()
    assert post(http, toewijzing, **velden, bevestig_neutraal="on").status_code == 302


def test_neutraal_zonder_vervolg_waarschuwt_niet(http, anna):
    toewijzing = aflopend(-5)
    fabriek.stop(toewijzing, "31")
    velden = {"uitkomst": "nee_neutraal", "redenen_nee_neutraal": ["verhuizing"], "vervolg": "sluiten"}
    assert post(http, toewijzing, **velden).status_code == 302


@pytest.mark.parametrize(("dagen", "zin"), [(59, "binnen 2 maanden"), (62, "na 2 maanden")])
def test_de_grens_van_geen_match_wordt_uitgerekend_en_getoond(http, anna, dagen, zin):
    toewijzing = aflopend(-5)
    fabriek.start(toewijzing, vandaag() - timedelta(days=dagen))
    fabriek.stop(toewijzing, "22", begindatum=vandaag() - timedelta(days=dagen))
    assert f"Aangegeven {dagen} dagen na de start van de zorg, {zin}" in tekst(http.get(url(toewijzing)))


# --- What is not there to register ------------------------------------------------------------------------------------
def test_een_tijdelijke_stop_biedt_niets_aan(http, anna):
    toewijzing = aflopend()
    fabriek.start(toewijzing)
    fabriek.stop(toewijzing, "20", vandaag() - timedelta(days=3))
    pagina = tekst(http.get(url(toewijzing)))
    assert "tijdelijk gestopt" in pagina
    assert 'name="uitkomst"' not in pagina
    post(http, toewijzing)
    assert not Resultaat.objects.exists()


def getrapt():
    fabriek.westland()
    laad_redenopties()
    dag = vandaag()
    b = fabriek.beschikking(
        begin=dag - timedelta(days=200), eind=dag + timedelta(days=200), soort=SoortBeschikking.GETRAPT
    )
    toewijzing = fabriek.toewijzing(b, trede=fabriek.trede(4))
    fabriek.stap(toewijzing, 1, 4, b.ingangsdatum, dag - timedelta(days=1))
    fabriek.stap(toewijzing, 2, 3, dag, b.einddatum)
    return toewijzing


def test_een_gelukte_tussenstap_is_niet_te_kiezen(http, anna):
    toewijzing = getrapt()
    assert "Stap 1" not in tekst(http.get(url(toewijzing)))
    assert http.get(url(toewijzing, "stap-1")).status_code == 404


def test_een_mislukte_tussenstap_vraagt_een_nee_met_reden(http, anna):
    toewijzing = getrapt()
    fabriek.formulier(toewijzing, soort="wijziging", behaald=False, op=nu() - timedelta(days=2))
    pagina = tekst(http.get(url(toewijzing)))
    assert "Stap 1" in pagina
    assert pagina.count('name="uitkomst"') == 3
    assert "Advies: niet behaald" in pagina
    post(http, toewijzing, uitkomst="ja", vervolg="doorlopen")
    assert not Resultaat.objects.exists()
    post(
        http,
        toewijzing,
        uitkomst="nee_client",
        redenen_nee_client=["meer_tijd_nodig"],
        vervolg="doorlopen",
        trede_nu=str(fabriek.trede(4).pk),
    )
    resultaat = Resultaat.objects.get()
    assert (resultaat.paragraaf, resultaat.stap.volgnummer, resultaat.vervolg) == ("3", 1, "doorlopen")


# --- What becomes of the dossier (R34) --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dagen", "vervolg", "zin"),
    [
        (-10, "sluiten", "is geregistreerd. Het dossier is gesloten."),
        (
            30,
            "sluiten",
            "is geregistreerd. Het dossier sluit zodra elk resultaatgebied is geëindigd en beoordeeld.",
        ),
        (30, "nieuwe_beschikking", "is geregistreerd.<"),
    ],
)
def test_wie_registreert_leest_of_het_dossier_dicht_is(http, anna, dagen, vervolg, zin):
    toewijzing = aflopend(dagen)
    post(http, toewijzing, vervolg=vervolg)
    assert zin in tekst(http.get(reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk])))
