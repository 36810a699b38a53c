"""What a dossier says about its own end: until when it is kept, by whose word, and why it cannot go yet (R110, U15)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from resultaat.queries.vernietigen import bewaring_van, kandidaten
from resultaat.vernietigregels import Bewaring, Blokkade, bewaring
from tests import fabriek
from tests.resultaat.archiefhulp import oud_dossier
from wmo_portal.lib.tijd import nu, vandaag

DAG = date(2026, 11, 23)


# --- The rule: pure ---------------------------------------------------------------------------------------------------
def test_een_dossier_dat_loopt_heeft_nog_geen_termijn():
    assert bewaring(tot=None, blokkades=(), vandaag=DAG) == Bewaring(
        "De termijn begint als het dossier sluit."
    )


def test_de_laatste_dag_van_de_termijn_hoort_er_nog_bij():
    op_de_dag = bewaring(tot=DAG, blokkades=(), vandaag=DAG)
    erna = bewaring(tot=DAG, blokkades=(), vandaag=DAG + timedelta(days=1))
    assert op_de_dag == Bewaring("Bewaren tot en met 23-11-2026.")
    assert erna == Bewaring("De termijn was voorbij op 23-11-2026.", kan=True)


@pytest.mark.parametrize("blokkade", list(Blokkade))
def test_na_de_termijn_houdt_elke_reden_het_tegen_en_staat_erbij(blokkade):
    uit = bewaring(tot=DAG - timedelta(days=1), blokkades=[blokkade], vandaag=DAG)
    assert (uit.kan, uit.redenen) == (False, (blokkade.label,))


def test_binnen_de_termijn_staat_er_alleen_bij_wat_hem_langer_houdt():
    uit = bewaring(tot=DAG, blokkades=list(Blokkade), vandaag=DAG)
    assert uit.redenen == (Blokkade.LOPEND.label, Blokkade.LATER.label)
    assert not uit.kan


# --- Of a dossier -----------------------------------------------------------------------------------------------------
def gesloten(client, tot: date | None, **velden) -> Beschikking:
    b = fabriek.beschikking(client, begin=date(2020, 1, 1), eind=date(2021, 2, 28))
    # What the column says when it is closed; a dossier that was withdrawn has none.
    wat = {"status": BeschikkingStatus.GESLOTEN, "gesloten_op": nu(), "vernietigen_na_datum": tot, **velden}
    Beschikking.objects.filter(pk=b.pk).update(**wat)
    return Beschikking.objects.select_related("gemeente").get(pk=b.pk)


def zin_van(wie, dossier) -> Bewaring:
    return bewaring_van(wie, dossier, vandaag())


def test_een_ander_dossier_van_dezelfde_client_houdt_het_langer(carla):
    client, straks = fabriek.client(), vandaag() + timedelta(days=10)
    dossier = gesloten(client, straks)
    assert zin_van(carla, dossier).redenen == ()
    gesloten(client, straks)  # ends on the same day: keeps nothing longer
    assert zin_van(carla, dossier).redenen == ()
    gesloten(client, straks + timedelta(days=1))
    assert zin_van(carla, dossier).redenen == (Blokkade.LATER.label,)
    fabriek.beschikking(client)
    assert zin_van(carla, dossier).redenen == (Blokkade.LOPEND.label, Blokkade.LATER.label)


def test_wie_op_de_lijst_kan_staat_er_met_dezelfde_reden_als_op_de_lijst(carla):
    dossier = gesloten(fabriek.client(), vandaag() - timedelta(days=1))
    assert zin_van(carla, dossier).kan
    fabriek.beschikking(dossier.client)
    assert zin_van(carla, dossier).redenen == (Blokkade.LOPEND.label,)
    (op_de_lijst,), _ = kandidaten(carla, vandaag())
    assert op_de_lijst.blokkades == (Blokkade.LOPEND,)


def test_een_ingetrokken_dossier_telt_vanaf_zijn_einde_met_de_termijn_van_de_gemeente(carla):
    dossier = gesloten(fabriek.client(), None, status=BeschikkingStatus.INGETROKKEN, gesloten_op=None)
    dossier.gemeente.bewaartermijn_jaren = 16
    assert zin_van(carla, dossier).zin == "Bewaren tot en met 28-02-2037."


@pytest.mark.parametrize(("staat", "aantal"), [("lopend", 0), ("binnen", 2)])
def test_een_gewoon_dossier_kost_hoogstens_twee_vragen(carla, django_assert_num_queries, staat, aantal):
    straks = vandaag() + timedelta(days=10)
    dossier = gesloten(fabriek.client(), straks) if staat == "binnen" else fabriek.beschikking()
    assert carla.gemeente_ids
    with django_assert_num_queries(aantal):
        zin_van(carla, dossier)


# --- The page ---------------------------------------------------------------------------------------------------------
def test_het_dossier_noemt_de_dag_de_termijn_en_de_bron(http, carla):
    oud = oud_dossier(wie=carla)
    adres = reverse("resultaat:dossier", args=[oud.client.beschikkingen.get().kenmerk])
    http.force_login(carla)
    pagina = http.get(adres).content.decode()
    assert "De termijn was voorbij op 30-11-2023." in pagina
    assert "Dit dossier kan op de vernietigingslijst" in pagina
    assert "Westland bewaart 15 jaar na het einde van de laatste beschikking. Bron: Selectielijst" in pagina


@pytest.mark.django_db
def test_de_aanbieder_ziet_niet_hoe_lang_de_gemeente_bewaart(http):
    t = fabriek.toewijzing()
    adres = reverse("resultaat:dossier", args=[t.beschikking.kenmerk])
    http.force_login(fabriek.medewerker(t.aanbieder))
    assert "bewaart" not in http.get(adres).content.decode()
    http.force_login(fabriek.consulent())
    assert "De termijn begint als het dossier sluit." in http.get(adres).content.decode()
