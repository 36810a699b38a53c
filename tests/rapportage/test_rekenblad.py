"""The workbooks as LibreOffice sees them: it counts every figure again and finds no difference (M10)."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from rapportage.excel.resultaat import werkboek as resultaatboek
from rapportage.excel.uitval import werkboek as uitvalboek
from rapportage.overzicht import Keuze
from rapportage.queries.resultaat_behaald import resultaat_behaald
from rapportage.verantwoording import Kop
from resultaat.enums import Uitkomst
from tests import fabriek
from tests.rapportage.test_resultaat_behaald import oordeel_over
from tests.rapportage.test_uitval import tel, zorg
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

K3 = Kwartaal(2026, 3)
KOP = Kop("Rapport", "R. Schreurs", datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM))
JA, ZA, CL, NE = Uitkomst


@pytest.fixture
def boeken():
    """Two municipalities, every outcome, and a provider whose name looks like a formula."""
    raar = fabriek.aanbieder('=1+1 "De *Linde*"')
    for code in ("", "19", "21", "22", "23", "31"):
        zorg(f"W{code}", code=code, aan=raar)
        zorg(f"D{code}", code=code, gemeente=fabriek.delft())
    zorg("Los", code="21", op=date(2026, 9, 30))
    for uitkomst in (JA, JA, ZA, CL, NE):
        oordeel_over(uitkomst)
    manager = fabriek.contractmanager(fabriek.westland(), fabriek.delft())
    rapport = resultaat_behaald(manager, Keuze(K3.periode))
    return {
        "Cliënten": uitvalboek(tel(manager), KOP, met_clienten=True),
        "Oordelen": resultaatboek(rapport, KOP, verloop=rapport.verloop([K3]), met_clienten=True),
    }


def controles(inhoud):
    """What LibreOffice worked out: description, in the report, counted, difference."""
    blad = load_workbook(io.BytesIO(inhoud), data_only=True)["Controle"]
    return [rij[:4] for rij in blad.iter_rows(min_row=2, values_only=True)]


def test_every_control_cell_shows_no_difference(boeken, libreoffice):
    for inhoud in libreoffice.zet_alle_om(list(boeken.values())):
        rijen = controles(inhoud)
        assert len(rijen) >= 10
        assert any(rij[1] for rij in rijen)
        for omschrijving, in_rapport, geteld, verschil in rijen:
            assert (in_rapport, verschil) == (geteld, 0), omschrijving


def test_one_changed_cell_and_the_sheet_says_so(boeken, libreoffice):
    """The control: a figure in the report, and a client in the list."""
    veranderd = []
    for naam, inhoud in boeken.items():
        boek = load_workbook(io.BytesIO(inhoud))
        eerste, lijst = boek.worksheets[0], boek[naam]
        eerste["B2"].value += 1
        kop = [c.value for c in lijst[1]]
        lijst.cell(2, kop.index("Gemeente") + 1).value = "Elders"
        uit = io.BytesIO()
        boek.save(uit)
        veranderd.append(uit.getvalue())
    for inhoud in libreoffice.zet_alle_om(veranderd):
        assert sum(1 for *_, verschil in controles(inhoud) if verschil) >= 2
