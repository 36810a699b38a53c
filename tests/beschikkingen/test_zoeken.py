"""Finding a client by name, number or BSN, and showing a BSN."""

import uuid

import pytest
from django.urls import reverse

from beschikkingen import actions
from beschikkingen.queries import zoek as zoek_dossiers
from logboek.models import Gebeurtenis
from tests import fabriek
from wmo_portal.lib.bsn import vind_bsns

pytestmark = pytest.mark.django_db
ZOEKEN = "/zoeken/"


@pytest.fixture
def marijke(http):
    wie = fabriek.consulent(naam="Marijke")
    http.force_login(wie)
    return wie


def dossier(naam="Wit", **velden):
    client = fabriek.client(velden.pop("gemeente", None), achternaam=naam, **velden)
    return fabriek.toewijzing(fabriek.beschikking(client), toewijzingnummer=300_777).beschikking


def zoek(http, tekst):
    return http.post(ZOEKEN, {"zoek": tekst}).content.decode()


def test_op_naam_nummer_en_bsn(http, marijke):
    gezocht = dossier(bsn=fabriek.test_bsns()[20])
    for tekst in ("wit", "WÍT", gezocht.nummer, "300777", fabriek.test_bsns()[20]):
        assert gezocht.nummer in zoek(http, tekst), tekst


def test_een_bsn_komt_nooit_op_de_pagina_terug(http, marijke):
    dossier(bsn=fabriek.test_bsns()[20])
    pagina = zoek(http, "Wit")
    assert not vind_bsns(pagina)


def test_niets_gevonden_zegt_niet_of_iemand_elders_bekend_is(http, marijke):
    van_delft = dossier(gemeente=fabriek.delft(), bsn=fabriek.test_bsns()[21])
    bekend, onbekend = zoek(http, fabriek.test_bsns()[21]), zoek(http, fabriek.test_bsns()[22])
    assert van_delft.nummer not in bekend
    assert bekend.count("Niets gevonden") == onbekend.count("Niets gevonden") == 1
    assert abs(len(bekend) - len(onbekend)) < 10  # the BSN typed and the token are as long


def test_een_afgeschermde_client_alleen_op_nummer_of_bsn(http, marijke):
    geheim = dossier("Geheim", afgeschermd=True, bsn=fabriek.test_bsns()[23])
    assert geheim.nummer not in zoek(http, "Geheim")
    assert geheim.nummer in zoek(http, geheim.nummer)
    assert geheim.nummer in zoek(http, fabriek.test_bsns()[23])


def test_elke_zoekvraag_laat_een_regel_na(http, marijke):
    zoek(http, "Wit")
    zoek(http, fabriek.test_bsns()[24])
    regels = list(Gebeurtenis.objects.order_by("pk").values_list("actie", "actor_naam", "details"))
    assert regels == [("zoeken", "Marijke", {"gevonden": 0}), ("zoeken.bsn", "Marijke", {"gevonden": 0})]
    assert Gebeurtenis.objects.last().client_index is not None


def test_na_te_veel_zoekvragen_op_bsn_houdt_het_op(http, marijke, monkeypatch):
    monkeypatch.setattr(actions, "BSN_ZOEKEN_PER_UUR", 2)
    for nr in (30, 31):
        assert "Niets gevonden" in zoek(http, fabriek.test_bsns()[nr])
    assert "keer op BSN gezocht" in zoek(http, fabriek.test_bsns()[32])
    assert "Niets gevonden" in zoek(http, "Jansen")


def test_zoeken_kan_alleen_met_post(http, marijke):
    assert "Niets gevonden" not in http.get(ZOEKEN, {"zoek": "Wit"}).content.decode()


def test_zonder_woorden_een_zin(http, marijke):
    antwoord = http.post(ZOEKEN, {"zoek": ""})
    assert antwoord.status_code == 422
    assert "Vul een naam, nummer of BSN in." in antwoord.content.decode()


def test_een_aanbieder_vindt_alleen_zijn_eigen_clienten(http):
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    van_eik = fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Wit")), aan=eik).beschikking
    van_linde = fabriek.toewijzing(
        fabriek.beschikking(fabriek.client(achternaam="Witteveen")), aan=linde
    ).beschikking
    http.force_login(fabriek.medewerker(linde))
    pagina = zoek(http, "Wit")
    assert van_linde.nummer in pagina
    assert van_eik.nummer not in pagina


@pytest.mark.parametrize("maak", [fabriek.contractmanager, fabriek.beheerder])
def test_wie_geen_dossiers_ziet_zoekt_niet(http, maak):
    http.force_login(maak())
    assert http.get(ZOEKEN).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_het_aantal_vragen_hangt_niet_af_van_wat_er_gevonden_wordt(
    http, marijke, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Wit")))
    zoek(http, "opwarmen")
    with django_assert_num_queries(10):
        zoek(http, "Wit")


# --- The BSN itself ---------------------------------------------------------------------------------------------
def bsn_adres(client):
    return reverse("beschikkingen:bsn-tonen", args=[client.kenmerk])


def test_het_bsn_wordt_getoond_en_dat_staat_in_het_logboek(http, marijke):
    client = dossier(bsn=fabriek.test_bsns()[40]).client
    antwoord = http.post(bsn_adres(client), headers={"HX-Request": "true"})
    assert fabriek.test_bsns()[40] in antwoord.content.decode()
    assert antwoord["Cache-Control"] == "no-store"
    (regel,) = Gebeurtenis.objects.all()
    assert (regel.actie, regel.actor_naam, regel.doel) == (
        "bsn.getoond",
        "Marijke",
        "Wmo: dossier behandelen",
    )
    assert bytes(regel.client_index) == bytes(client.bsn_index)


def test_zonder_javascript_komt_er_een_pagina(http, marijke):
    client = dossier(bsn=fabriek.test_bsns()[41]).client
    pagina = http.post(bsn_adres(client)).content.decode()
    assert fabriek.test_bsns()[41] in pagina
    assert "staat in het logboek" in pagina


def test_kijken_met_get_kan_niet(http, marijke):
    assert http.get(bsn_adres(dossier().client)).status_code == 405
    assert Gebeurtenis.objects.count() == 0


def test_een_ander_zijn_client_bestaat_niet(http):
    client = dossier().client
    http.force_login(fabriek.consulent(fabriek.delft()))
    assert http.post(bsn_adres(client)).status_code == 404
    http.force_login(fabriek.medewerker(fabriek.aanbieder("De Eik")))
    assert http.post(bsn_adres(client)).status_code == 404
    assert http.post(reverse("beschikkingen:bsn-tonen", args=[uuid.uuid4()])).status_code == 404
    assert Gebeurtenis.objects.filter(actie="bsn.getoond").count() == 0


def test_na_te_veel_keer_wordt_het_geweigerd_en_ook_dat_staat_in_het_logboek(http, marijke, monkeypatch):
    monkeypatch.setattr(actions, "BSN_PER_UUR", 1)
    client = dossier(bsn=fabriek.test_bsns()[42]).client
    http.post(bsn_adres(client))
    pagina = http.post(bsn_adres(client)).content.decode()
    assert fabriek.test_bsns()[42] not in pagina
    assert "in het afgelopen uur 1 keer" in pagina
    assert list(Gebeurtenis.objects.order_by("pk").values_list("resultaat", flat=True)) == [
        "gelukt",
        "geweigerd",
    ]


@pytest.mark.parametrize("maak", [fabriek.contractmanager, fabriek.beheerder])
def test_wie_geen_bsn_mag_zien(http, maak):
    client = dossier().client
    http.force_login(maak())
    assert http.post(bsn_adres(client)).status_code == 404


def test_een_naam_zoals_de_schermen_hem_schrijven_wordt_gevonden(marijke):
    """`E. de Graaf` stands on every list, so that is what people type; another De Graaf is not meant."""
    ellen = fabriek.client(achternaam="Graaf", voorvoegsel="de", voorletters="EP")
    ellen.zoeknaam = "graaf de ep"
    ellen.save()
    piet = fabriek.client(achternaam="Graaf", voorvoegsel="de", voorletters="P")
    piet.zoeknaam = "graaf de p"
    piet.save()
    bedoeld, ander = fabriek.beschikking(ellen), fabriek.beschikking(piet)
    for getypt in ("E. de Graaf", "de graaf, e", "E.P. de Graaf"):
        assert zoek_dossiers(marijke, getypt).beschikkingen == (bedoeld,), getypt
    assert set(zoek_dossiers(marijke, "graaf").beschikkingen) == {bedoeld, ander}
    assert zoek_dossiers(marijke, "X. de Graaf").beschikkingen == ()
