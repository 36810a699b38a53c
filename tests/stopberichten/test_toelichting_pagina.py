"""The pages of the Toelichting: filling in, checking, sending and taking back; saving while typing; what a page costs."""

import pytest
from django.urls import reverse

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Toewijzing
from logboek.models import Gebeurtenis
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import regels_van, sleutel_van
from tests.stopberichten.toelichtinghulp import (
    REDEN,
    adres,
    getypt,
    velden,
    verstuur,
    verstuurd,
    vul,
    zaak,
)

pytestmark = pytest.mark.django_db


# --- The whole way ----------------------------------------------------------------------------------------------------
def test_van_begin_tot_ontvangst(http):
    bij = zaak()
    http.force_login(bij.fatma)
    begin = reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk])
    assert "Begin het formulier" in http.get(begin).content.decode()
    naar = http.post(begin)
    concept = Toelichting.objects.get()
    assert naar.url == adres("toelichting-invullen", concept)
    pagina = http.get(naar.url).content.decode()
    assert "Onderstaande cliënt heeft zorg vanuit de Wmo" in pagina
    assert "Vergeet niet een 307-bericht te versturen." in pagina
    assert bsn_van(concept.client) not in pagina
    assert f"•••••{bsn_van(concept.client)[-3:]}" in pagina
    naar = http.post(naar.url, getypt(concept))
    assert naar.url == adres("toelichting-controle", concept)
    assert REDEN in http.get(naar.url).content.decode()
    concept.refresh_from_db()
    ontvangst = http.get(verstuur(http, concept).url).content.decode()
    concept.refresh_from_db()
    assert concept.nummer is not None
    assert concept.nummer in ontvangst


def test_wat_er_mist_staat_bij_het_veld_en_in_het_overzicht(http, bij):
    (regel,) = regels_van(bij.concept)
    s = sleutel_van(regel)
    naar = http.post(
        adres("toelichting-invullen", bij.concept),
        getypt(bij.concept, **{f"{s}-reden": "", "verzoeker_email": "fatma"}),
        follow=True,
    )
    pagina = naar.content.decode()
    assert naar.redirect_chain[-1][0].endswith("/invullen/?controle=1")
    assert "<title>Fout: " in pagina
    assert f'href="#id_{s}-reden"' in pagina
    assert 'href="#id_verzoeker_email"' in pagina
    assert "Er zijn 2 fouten" in pagina
    assert 'value="fatma"' in pagina


def test_bewaar_en_ga_later_verder(http, bij):
    naar = http.post(adres("toelichting-invullen", bij.concept), getypt(bij.concept, doe="bewaar"))
    assert naar.url == reverse("stopberichten:toelichtingen")
    assert "nog niet verstuurd" in http.get(naar.url).content.decode()
    assert regels_van(bij.concept)[0].reden == REDEN


def test_een_tweede_klik_komt_op_dezelfde_ontvangst(http, bij):
    vul(bij.concept, bij.fatma)
    controle = adres("toelichting-controle", bij.concept)
    klik = velden(http.get(controle).content.decode())
    eerste, tweede = http.post(controle, klik), http.post(controle, klik)
    assert eerste.url == tweede.url == adres("toelichting", bij.concept)
    acties = Gebeurtenis.objects.filter(actie="toelichting.ingediend")
    assert acties.count() == 1


def test_een_tweede_tabblad_verstuurt_niet_nog_eens(http, bij):
    vul(bij.concept, bij.fatma)
    controle = adres("toelichting-controle", bij.concept)
    links, rechts = (velden(http.get(controle).content.decode()) for _ in range(2))
    http.post(controle, links)
    antwoord = http.post(controle, rechts, follow=True).content.decode()
    assert "al verstuurd, met nummer" in antwoord
    assert Toelichting.objects.count() == 1


# --- Saving while typing ----------------------------------------------------------------------------------------------
def test_typen_bewaart_en_zegt_hoe_laat(http, bij):
    antwoord = http.post(adres("toelichting-bewaar", bij.concept), getypt(bij.concept))
    assert antwoord.status_code == 200
    assert set(antwoord.json()) == {"versie", "bewaard_om"}
    assert regels_van(bij.concept)[0].reden == REDEN


def test_wie_uitgelogd_is_krijgt_geen_bewaard(http, bij):
    http.logout()
    antwoord = http.post(adres("toelichting-bewaar", bij.concept), getypt(bij.concept))
    assert antwoord.status_code == 302
    assert "/account/login/" in antwoord.url
    assert regels_van(bij.concept)[0].reden == ""


def test_een_tweede_scherm_ziet_beide_versies_en_houdt_zijn_tekst(http, bij):
    invullen = adres("toelichting-invullen", bij.concept)
    s = sleutel_van(regels_van(bij.concept)[0])
    links, rechts = (velden(http.get(invullen).content.decode()) for _ in range(2))
    van_links = getypt(bij.concept) | {"scherm": links["scherm"]}
    van_rechts = getypt(bij.concept, **{f"{s}-reden": "Mevrouw verhuist."}) | {"scherm": rechts["scherm"]}
    assert http.post(adres("toelichting-bewaar", bij.concept), van_links).status_code == 200
    assert http.post(adres("toelichting-bewaar", bij.concept), van_rechts).status_code == 409
    botsing = http.post(invullen, van_rechts)
    pagina = botsing.content.decode()
    assert botsing.status_code == 409
    assert "Mevrouw verhuist." in pagina
    assert REDEN in pagina
    # Going on with his own version keeps it.
    bij.concept.refresh_from_db()
    verder = http.post(invullen, van_rechts | {"versie": bij.concept.versie})
    assert verder.url == adres("toelichting-controle", bij.concept)
    assert regels_van(bij.concept)[0].reden == "Mevrouw verhuist."


def test_typen_in_wat_een_collega_net_verstuurde_verliest_niets(http, bij):
    verstuurd(bij)
    antwoord = http.post(
        adres("toelichting-invullen", bij.concept), getypt(bij.concept, overige_zaken="Ik was nog bezig")
    )
    assert antwoord.status_code == 409
    assert "Ik was nog bezig" in antwoord.content.decode()


# --- Costs ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("gebieden", [("Financiën",), ("Financiën", "Wonen", "Dag")])
def test_het_formulier_kost_evenveel_vragen_met_een_en_met_drie_gebieden(
    http, gebieden, django_assert_num_queries
):
    bij = zaak(gebieden)
    http.force_login(bij.fatma)
    concept = bij.begin()
    http.get(adres("toelichting-invullen", concept))
    with django_assert_num_queries(FORMULIER):
        http.get(adres("toelichting-invullen", concept))
    with django_assert_num_queries(BEWAREN):
        http.post(adres("toelichting-bewaar", concept), getypt(concept))


FORMULIER = 10
BEWAREN = 16


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_met_een_en_met_drie_formulieren(
    http, aantal, django_assert_num_queries
):
    zaken = [zaak(("Financiën", "Wonen")) for _ in range(aantal)]
    for z in zaken:
        z.begin()
    http.force_login(zaken[0].fatma)
    http.get(reverse("stopberichten:toelichtingen"))
    with django_assert_num_queries(LIJST):
        pagina = http.get(reverse("stopberichten:toelichtingen"))
    assert pagina.content.decode().count("Bakker") == aantal


LIJST = 9


# --- Sent -------------------------------------------------------------------------------------------------------------
def test_een_verstuurd_formulier_is_niet_meer_in_te_vullen(http, bij):
    vorm = verstuurd(bij)
    assert http.get(adres("toelichting-invullen", vorm)).url == adres("toelichting", vorm)
    assert vorm.status == ToelichtingStatus.INGEDIEND
    assert Toewijzing.objects.get().status == ToewijzingStatus.LOPEND


def test_intrekken_vraagt_het_een_keer(http, bij):
    vorm = verstuurd(bij)
    vraag = http.get(adres("toelichting-intrekken", vorm)).content.decode()
    assert "Trek in" in vraag
    http.post(adres("toelichting-intrekken", vorm), velden(vraag))
    vorm.refresh_from_db()
    assert vorm.status == ToelichtingStatus.INGETROKKEN
    assert "ingetrokken" in http.get(adres("toelichting", vorm)).content.decode()
