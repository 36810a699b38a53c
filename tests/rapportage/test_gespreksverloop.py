"""The quarters in a talk: what was frozen stays as it was frozen, the rest is counted today, and each says which."""

import io
from datetime import date, datetime

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from rapportage.actions.gesprek import begin
from rapportage.actions.vaststellen import stel_vast
from rapportage.excel.gesprek import werkboek
from rapportage.models import VaststellingCijfers, VaststellingRegel
from rapportage.overzicht import Keuze
from rapportage.pdf.gesprek import inhoud_van
from rapportage.queries.gesprek import gesprek_van
from rapportage.queries.gespreksverloop import uitval_met_verloop
from rapportage.queries.vaststelling import cijferzegel
from rapportage.verantwoording import Kop
from tests import fabriek
from tests.rapportage.doorklikken import volg_elk_getal
from tests.rapportage.opgavehulp import K3, contractmanager, regio_met_twee, zorg
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

OP = datetime(2026, 10, 12, 9, 0, tzinfo=AMSTERDAM)
K1, K2 = Kwartaal(2026, 1), Kwartaal(2026, 2)
IN_K2 = date(2026, 5, 12)


@pytest.fixture
def noor():
    regio_met_twee()
    return contractmanager(naam="Noor Visser")


@pytest.fixture
def linde(noor):
    """In the second quarter one of two clients left by herself; De Eik is another provider, a canary."""
    aan = fabriek.aanbieder("De Linde")
    zorg(aan, "De Wit", "21", IN_K2), zorg(aan, "Yilmaz")
    zorg(fabriek.aanbieder("De Eik"), "Canarie", "21", IN_K2)
    return aan


@pytest.fixture
def gesprek(noor, linde):
    return begin(regio=fabriek.regio(), aanbieder=linde, kwartaal=K3, door=noor, op=OP)


def vast(kwartaal, noor, reden=""):
    return stel_vast(regio=fabriek.regio(), kwartaal=kwartaal, door=noor, op=OP, reden=reden)


def verloop(noor, gesprek):
    """Quarter, clients, uitval and where they come from."""
    standen = gesprek_van(noor, gesprek, OP.date()).verloop
    return [(str(s.kwartaal), s.verdeling.totaal, s.verdeling.uitval, s.herkomst) for s in standen]


NIETS = ("2025-K4", 0, 0, "Zoals nu geteld")


def test_wat_niet_is_vastgesteld_is_vandaag_geteld(noor, linde, gesprek):
    """The control: a message that comes in later changes a quarter that nobody froze."""
    assert verloop(noor, gesprek)[2] == ("2026-K2", 2, 1, "Zoals nu geteld")
    zorg(linde, "Later", "21", IN_K2)
    assert verloop(noor, gesprek) == [
        NIETS,
        ("2026-K1", 3, 0, "Zoals nu geteld"),
        ("2026-K2", 3, 2, "Zoals nu geteld"),
        ("2026-K3", 1, 0, "Zoals nu geteld"),
    ]


def test_een_vastgesteld_kwartaal_blijft_zoals_het_is_vastgesteld(noor, linde, gesprek):
    vast(K2, noor)
    zorg(linde, "Later", "21", IN_K2)
    assert verloop(noor, gesprek) == [
        NIETS,
        ("2026-K1", 3, 0, "Zoals nu geteld"),
        ("2026-K2", 2, 1, "Vastgesteld"),
        ("2026-K3", 1, 0, "Zoals nu geteld"),
    ]


def test_de_nieuwste_versie_telt(noor, linde, gesprek):
    vast(K2, noor)
    zorg(linde, "Later", "21", IN_K2)
    vast(K2, noor, reden="Nagekomen bericht.")
    assert verloop(noor, gesprek)[2] == ("2026-K2", 3, 2, "Vastgesteld, versie 2")


def test_het_eigen_kwartaal_en_het_verloop_zeggen_hetzelfde(noor, linde, gesprek):
    vast(K3, noor)
    zorg(linde, "Later", "21", date(2026, 8, 1))
    nu = gesprek_van(noor, gesprek, OP.date())
    assert nu.vast is not None
    assert (nu.uitval.totaal, nu.verloop[-1].herkomst) == (nu.verloop[-1].verdeling, "Vastgesteld")
    assert nu.uitval.totaal.totaal == 1


def test_wie_toen_nog_niemand_had_staat_er_met_nul(noor, linde):
    """A provider without a client in a frozen quarter is not among its numbers."""
    nieuw = fabriek.aanbieder("De Berk")
    vast(K2, noor)
    zorg(nieuw, "Visser")
    rij = begin(regio=fabriek.regio(), aanbieder=nieuw, kwartaal=K3, door=noor, op=OP)
    assert verloop(noor, rij)[2] == ("2026-K2", 0, 0, "Vastgesteld")


# --- Page, workbook and PDF --------------------------------------------------------------------------------------------
@pytest.fixture
def scherm(http, noor, monkeypatch):
    monkeypatch.setattr("rapportage.views.gesprekken.vandaag", OP.date)
    http.force_login(noor)
    return http


def test_elk_getal_van_het_verloop_opent_de_clienten_van_toen(scherm, noor, linde, gesprek):
    eerder = vast(K2, noor)
    zorg(linde, "Later", "21", IN_K2)
    pagina = scherm.get(reverse("rapportage:gesprek", args=[gesprek.kenmerk]))
    toen = reverse("rapportage:vaststelling-clienten", args=[eerder.kenmerk])
    assert volg_elk_getal(scherm, pagina, toen) == 2
    assert volg_elk_getal(scherm, pagina, reverse("rapportage:uitval-clienten")) >= 3


def test_werkboek_zegt_waar_elk_getal_vandaan_komt(noor, gesprek):
    vast(K2, noor)
    gevonden = gesprek_van(noor, gesprek, OP.date())
    boek = load_workbook(
        io.BytesIO(werkboek(gevonden, Kop("Gesprek", "Noor Visser", OP), met_clienten=False))
    )
    rijen = list(boek["Uitval per kwartaal"].iter_rows(min_row=2, values_only=True))
    assert [(rij[0], rij[1], rij[4]) for rij in rijen[1:3]] == [
        ("2026-K1", 2, "Zoals nu geteld"),
        ("2026-K2", 2, "Vastgesteld"),
    ]


# --- A seal that does not hold -----------------------------------------------------------------------------------------
def vervals_getallen(van, *, met_zegel):
    """As somebody with every right on the server could: who left by herself, left as planned."""
    rij = VaststellingCijfers.objects.get(vaststelling=van)
    for eigenaar in (*rij.inhoud["gemeenten"], *rij.inhoud["aanbieders"]):
        eigenaar[1], eigenaar[3] = eigenaar[1] + eigenaar[3], 0
    if met_zegel:
        rij.sha256 = cijferzegel(van, rij.inhoud)
    with pgtrigger.ignore("rapportage.VaststellingCijfers:vaststellingcijfers_blijft"):
        rij.save()


def fout(noor, gesprek):
    return inhoud_van(gesprek_van(noor, gesprek, OP.date()))["zegelfout"]


def test_vervalste_getallen_worden_niet_getoond_en_genoemd(scherm, noor, gesprek):
    vast(K1, noor)
    van = vast(K2, noor)
    assert fout(noor, gesprek) == "", "the control"
    vervals_getallen(van, met_zegel=False)
    assert verloop(noor, gesprek)[2] == ("2026-K2", 2, 1, "Het zegel klopt niet")
    assert fout(noor, gesprek).startswith("De bewaarde gegevens van 2026-K2 passen niet")
    pagina = scherm.get(reverse("rapportage:gesprek", args=[gesprek.kenmerk])).content.decode()
    assert "De bewaarde gegevens van 2026-K2 passen niet" in pagina


@pytest.mark.parametrize("kwartaal", [K2, K3])
def test_rijen_en_getallen_van_het_eigen_kwartaal_horen_bij_elkaar(noor, linde, gesprek, kwartaal):
    """With a new seal over the false numbers only the rows tell; those are read of the talk's own quarter alone."""
    zorg(linde, "Bakker", "21")
    vervals_getallen(vast(kwartaal, noor), met_zegel=True)
    assert bool(fout(noor, gesprek)) is (kwartaal == K3)


def test_een_vervalste_client_van_het_eigen_kwartaal_valt_op(noor, linde, gesprek):
    vast(K3, noor)
    with pgtrigger.ignore("rapportage.VaststellingRegel:vaststellingregel_blijft"):
        VaststellingRegel.objects.filter(aanbieder=linde, categorie="nog_in_zorg").update(categorie="03")
    assert "2026-K3" in fout(noor, gesprek)


# --- What it costs -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("clienten", [1, 3])
@pytest.mark.parametrize(("kwartalen", "vragen"), [([], 8), ([K2], 9), ([K1, K2, K3], 12)])
def test_per_vastgesteld_kwartaal_een_vraag(noor, linde, gesprek, clienten, kwartalen, vragen):
    for n in range(clienten - 1):
        zorg(linde, f"Client {n}", "19", IN_K2)
    for kwartaal in kwartalen:
        vast(kwartaal, noor)
    keuze = Keuze(K3.periode, regio_id=fabriek.regio().pk, aanbieder_ids=(linde.pk,))
    with CaptureQueriesContext(connection) as gezien:
        uitval_met_verloop(noor, gesprek, keuze)
    assert len(gezien.captured_queries) == vragen
