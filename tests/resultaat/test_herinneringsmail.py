"""The mail of a reminder and its copy: who gets it, what it says, and that it names no client."""

from datetime import date

import pytest

from meldingen import actions as dagmail
from resultaat.models import Herinnering
from techniek.models import Mail
from tests import fabriek
from tests.resultaat.herinneringhulp import draai, op

pytestmark = pytest.mark.django_db


# --- Who --------------------------------------------------------------------------------------------------------------
def test_elke_actieve_medewerker_krijgt_er_een_en_wie_weg_is_niet(jansen):
    fabriek.medewerker(jansen.aanbieder, email="omar@example.nl")
    fabriek.medewerker(jansen.aanbieder, email="weg@example.nl", is_active=False)
    draai(date(2026, 10, 8))
    assert set(Mail.objects.values_list("aan", flat=True)) == {"sanne@example.nl", "omar@example.nl"}


def test_zonder_medewerkers_gaat_de_mail_naar_de_aanbieder():
    t = fabriek.toewijzing()
    draai(date(2026, 10, 8))
    assert Mail.objects.get().aan == t.aanbieder.email


def test_zonder_enig_adres_zegt_de_taak_dat():
    t = fabriek.toewijzing()
    t.aanbieder.email = ""
    t.aanbieder.save()
    uitslag = draai(date(2026, 10, 8))
    assert (uitslag.mails, uitslag.zonder_ontvanger) == (0, 1)
    zin = dagmail.verstuur(vandaag=date(2026, 10, 8), moment=op(date(2026, 10, 8))).zin
    assert "Bij 1 × termijn is er geen e-mailadres." in zin
    assert not Herinnering.objects.exists()


def test_een_andere_aanbieder_hoort_er_niets_van(jansen):
    fabriek.medewerker(fabriek.aanbieder("De Eik"), email="eik@example.nl")
    draai(date(2026, 10, 8))
    assert not Mail.objects.filter(aan="eik@example.nl").exists()


# --- What -------------------------------------------------------------------------------------------------------------
def test_de_mail_telt_noemt_het_juiste_document_en_geen_client(jansen):
    """Sanne has two clients in Westland and one in Delft: each municipality its own word (R17)."""
    for achternaam, gemeente in (("Bakker", fabriek.westland()), ("Visser", fabriek.delft())):
        fabriek.toewijzing(
            fabriek.beschikking(fabriek.client(gemeente, achternaam=achternaam)), aan=jansen.aanbieder
        )
    draai(date(2026, 10, 8))
    mail = Mail.objects.get()
    assert mail.onderwerp == "Wmo-portaal: document nodig voor 3 cliënten"
    assert "- Westland: evaluatieformulier voor 2 cliënten" in mail.tekst
    assert "- Delft: zorgplan voor 1 cliënt" in mail.tekst
    assert "http://localhost:8000/termijnen/" in mail.tekst
    for woord in (
        "Jansen",
        "Bakker",
        "Visser",
        "1960",
        str(jansen.toewijzingnummer),
        jansen.beschikking.nummer,
    ):
        assert woord not in mail.onderwerp + mail.tekst
    draai(date(2026, 11, 12))
    assert (
        "evaluatieformulier voor 2 cliënten, waarvan 2 te laat" in Mail.objects.latest("aangemaakt_op").tekst
    )


def test_een_client_met_twee_gebieden_is_een_client(jansen):
    fabriek.toewijzing(jansen.beschikking, aan=jansen.aanbieder, gebied_naam="Huisvesting")
    draai(date(2026, 10, 8))
    assert Mail.objects.get().onderwerp == "Wmo-portaal: document nodig voor 1 cliënt"
    assert Herinnering.objects.count() == 2


# --- The copy to the consulenten --------------------------------------------------------------------------------------
def test_de_consulent_krijgt_een_keer_per_dag_een_kopie_zonder_clienten(jansen):
    fabriek.consulent(email="karin@example.nl")
    fabriek.consulent(fabriek.delft(), email="dirk@example.nl")
    assert draai(date(2026, 10, 8)).kopieen == 1
    assert draai(date(2026, 10, 8), 12).kopieen == 0
    kopie = Mail.objects.get(aan="karin@example.nl")
    assert kopie.onderwerp == "Wmo-portaal: herinneringen verstuurd voor 1 cliënt"
    assert "- Westland: 1 cliënt, 1 aanbieder" in kopie.tekst
    assert "Jansen" not in kopie.tekst
    assert draai(date(2026, 10, 9)).kopieen == 0


def test_wat_na_de_kopie_uitging_staat_in_die_van_morgen(jansen):
    """Karin's copy went out at 7; at 8 another provider was told."""
    fabriek.consulent(email="karin@example.nl")
    draai(date(2026, 10, 8))
    ander = fabriek.toewijzing(
        fabriek.beschikking(fabriek.client(achternaam="Bakker")), aan=fabriek.aanbieder("De Eik")
    )
    fabriek.medewerker(ander.aanbieder)
    assert (draai(date(2026, 10, 8), 8).mails, draai(date(2026, 10, 8), 9).kopieen) == (1, 0)
    assert draai(date(2026, 10, 9)).kopieen == 1
    assert (
        "- Westland: 1 cliënt, 1 aanbieder"
        in Mail.objects.filter(aan="karin@example.nl").latest("aangemaakt_op").tekst
    )
