"""A council wants the figures: once, from a frozen quarter, and nobody to be found in them (M11)."""

import io
import uuid
from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from logboek.models import Gebeurtenis
from rapportage.actions.publiceren import EERDER, PubliceerFout, publiceer
from rapportage.actions.vaststellen import stel_vast
from rapportage.excel.publicatie import werkboek
from rapportage.models import Publicatie
from rapportage.publicatie import tabel, van_oordelen
from rapportage.statussen import Publicatiesoort
from resultaat.enums import Uitkomst
from tests import fabriek
from tests.rapportage.test_resultaat_behaald import oordeel, oordeel_over
from tests.rapportage.test_uitval import zorg
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

K3 = Kwartaal(2026, 3)
OP = datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM)
JA, ZA, CL, NE = Uitkomst
VRAAG = "soort=uitval&regio=h5&kwartaal=2026-K3&drempel=5"


@pytest.fixture
def manager():
    return fabriek.contractmanager(fabriek.westland(), fabriek.delft())


@pytest.fixture
def vastgesteld(manager):
    """Westland: six in care and two who walked away. Delft: seven in care."""
    for n in range(6):
        zorg(f"W{n}")
    zorg("Canarie", code="21"), zorg("Yilmaz", code="21")
    for n in range(7):
        zorg(f"D{n}", gemeente=fabriek.delft())
    return stel_vast(regio=fabriek.regio(), kwartaal=K3, door=manager, op=OP)


def maak(manager, soort=Publicatiesoort.UITVAL, drempel=5):
    return publiceer(soort=soort, regio=fabriek.regio(), kwartaal=K3, drempel=drempel, door=manager, op=OP)


def cel(publicatie, rij, kop):
    koppen = [k["kop"] for k in publicatie.inhoud["koppen"]]
    return dict(tabel(publicatie.inhoud))[rij][koppen.index(kop)]


@pytest.mark.django_db
def test_two_who_walked_away_are_not_to_be_found(manager, vastgesteld):
    publicatie = maak(manager)
    assert cel(publicatie, "Westland", "03 eenzijdig door cliënt") == "x"
    assert cel(publicatie, "Totaal", "03 eenzijdig door cliënt") == "x"
    assert cel(publicatie, "Westland", "Uitval 03 + 04") == "x"
    assert cel(publicatie, "Westland", "Uitval 03 + 04, % van alle cliënten") == "x"
    rij = dict(tabel(publicatie.inhoud))["Westland"]
    assert "2" not in rij
    assert not {cel(publicatie, "Westland", "Totaal"), cel(publicatie, "Westland", "Nog in zorg")} >= {
        "8",
        "6",
    }


@pytest.mark.django_db
def test_what_is_hidden_is_nowhere_in_row_file_or_log(manager, vastgesteld):
    publicatie = maak(manager)
    boek = load_workbook(io.BytesIO(werkboek(publicatie)))
    koppen, *rijen = boek["Cijfers"].iter_rows(values_only=True)
    westland = dict(zip(koppen, next(rij for rij in rijen if rij[0] == "Westland"), strict=True))
    assert westland["03 eenzijdig door cliënt"] == "x"
    assert westland["03 eenzijdig door cliënt, % van alle cliënten"] == "x"
    assert westland["04 eenzijdig door aanbieder"] in (0, "x")
    assert werkboek(publicatie) == werkboek(Publicatie.objects.get())
    (log,) = Gebeurtenis.objects.filter(actie="cijfers.gepubliceerd")
    assert set(log.details) == {"soort", "regio", "kwartaal", "drempel", "afgeschermd", "zegel"}


@pytest.mark.django_db
def test_once_and_never_changed(manager, vastgesteld):
    publicatie = maak(manager)
    with pytest.raises(PubliceerFout, match="tweede publicatie kan niet"):
        maak(manager, drempel=10)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Publicatie.objects.filter(pk=publicatie.pk).update(drempel=10)


@pytest.mark.django_db
def test_later_messages_do_not_reach_it(manager, vastgesteld):
    """It comes from the frozen quarter: what happened since is not in it."""
    zorg("Later")
    publicatie = maak(manager)
    getoond = [int(c) for _, rij in tabel(publicatie.inhoud) for c in rij if c.isdecimal()]
    assert max(getoond, default=0) <= 15


@pytest.mark.django_db
def test_not_before_the_quarter_is_frozen_and_not_by_half_a_region(manager):
    with pytest.raises(PubliceerFout, match="nog niet vastgesteld"):
        maak(manager)
    with pytest.raises(PubliceerFout, match="Delft"):
        maak(fabriek.contractmanager(fabriek.westland()))
    with pytest.raises(PubliceerFout, match="ten minste 5"):
        maak(manager, drempel=4)


@pytest.mark.django_db
def test_who_came_second_hears_so(manager, vastgesteld, monkeypatch):
    """Both looked before either wrote: the constraint decides."""
    maak(manager)
    monkeypatch.setattr("rapportage.actions.publiceren.bezwaar_tegen_publicatie", lambda *a: "")
    with pytest.raises(PubliceerFout, match=EERDER[:30]):
        maak(manager)
    assert Publicatie.objects.count() == 1


@pytest.mark.django_db
def test_the_kpi_too(manager, vastgesteld):
    for n in range(6):
        oordeel_over(achternaam=f"W{n}")
    oordeel_over(CL, achternaam="Canarie")
    for n in range(5):
        oordeel_over(achternaam=f"D{n}", gemeente=fabriek.delft())
    publicatie = maak(manager, Publicatiesoort.RESULTAAT)
    assert cel(publicatie, "Westland", CL.label) == "x"
    assert cel(publicatie, "Delft", f"{JA.label}, % met neutraal") in ("100,0%", "x")


def test_six_judgements_about_two_people_are_few():
    ja = [oordeel(JA, toewijzing=n, wie=f"{n:032x}") for n in range(9)]
    cl = [oordeel(CL, toewijzing=n, wie=f"{n % 2:032x}") for n in range(6)]
    gevonden = dict(tabel(van_oordelen([*ja, *cl], [("x", "X"), ("y", "Y")], 5)))
    assert gevonden["X"][3:6].count("x") >= 1
    assert "6" not in gevonden["X"]


@pytest.mark.django_db
def test_the_walls_around_a_publication(manager, vastgesteld):
    maak(manager)
    ander = fabriek.contractmanager(fabriek.westland())
    assert Publicatie.objects.visible_to(ander).count() == 0
    assert Publicatie.objects.visible_to(fabriek.medewerker()).count() == 0
    rls.zet(ander.bereik)
    assert Publicatie.objects.count() == 0
    rls.zet(manager.bereik)
    assert Publicatie.objects.count() == 1


# --- Screens -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def scherm(http, manager, monkeypatch):
    monkeypatch.setattr("rapportage.views.publicaties.vandaag", lambda: date(2026, 10, 5))
    http.force_login(manager)
    return http


@pytest.mark.django_db
def test_look_publish_and_download(scherm, manager, vastgesteld):
    adres = f"{reverse('rapportage:publicatie-nieuw')}?{VRAAG}"
    voorstel = scherm.get(adres).content.decode()
    assert "Zo gaat de tabel naar buiten" in voorstel
    klik = {"eenmalig": str(uuid.uuid4())}
    eerste, tweede = scherm.post(adres, klik), scherm.post(adres, klik)
    assert eerste.url == tweede.url
    assert "(afgeschermd)" in scherm.get(eerste.url).content.decode()
    bestand = scherm.get(f"{eerste.url}excel/")
    assert bestand["Content-Disposition"].startswith('attachment; filename="publicatie-uitval-h5')
    assert Gebeurtenis.objects.filter(actie="publicatie.geexporteerd").count() == 1
    assert "tweede publicatie kan niet" in scherm.get(adres).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("drempel", ["4", "", "x", "101"])
def test_a_wrong_threshold_says_what_to_do(scherm, drempel):
    antwoord = scherm.get(f"{reverse('rapportage:publicatie-nieuw')}?{VRAAG[:-1]}{drempel}")
    assert antwoord.status_code == 422
    assert "van 5 tot en met 100" in antwoord.content.decode()


@pytest.mark.django_db
def test_an_unfrozen_quarter_says_why_it_cannot_be_published(scherm):
    tekst = scherm.get(f"{reverse('rapportage:publicatie-nieuw')}?{VRAAG}").content.decode()
    assert "nog niet vastgesteld" in tekst
