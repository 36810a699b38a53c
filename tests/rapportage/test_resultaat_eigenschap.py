"""Resultaat behaald on judgements that chance makes up: each cell is its list, lists are disjoint, nobody is lost (M1)."""

import io
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rapportage.excel.resultaat import werkboek
from rapportage.kpi import Dimensie, Oordeel, Waarde
from rapportage.overzicht import Keuze
from rapportage.queries.resultaat_behaald import MOMENTEN, ResultaatBehaald
from rapportage.verantwoording import Kop
from resultaat.enums import Uitkomst
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

K3 = Kwartaal(2026, 3)
KOP = Kop("Resultaat behaald", "R. Schreurs", datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM))
REDENEN = ("zorgmijder", "life_event", "overlijden")


def waarde(naam, hoeveel):
    return st.integers(1, hoeveel).map(lambda n: Waarde(f"{naam}{n}", f"{naam.capitalize()} {n}"))


@st.composite
def oordelen(draw):
    rij = []
    for nummer in range(draw(st.integers(0, 20))):
        plaats = {d: draw(waarde(d.value, 3)) for d in Dimensie} | {
            Dimensie.MOMENT: draw(st.sampled_from(MOMENTEN))
        }
        rij.append(
            Oordeel(
                sleutel=f"{draw(st.integers(0, 5)) * 7919:032x}",
                afgeschermd=draw(st.booleans()),
                toewijzing=draw(st.integers(0, 8)),
                dag=K3.eerste + timedelta(days=draw(st.integers(-40, 91))),
                uitkomst=draw(st.sampled_from(list(Uitkomst))),
                redenen=tuple(draw(st.sets(st.sampled_from(REDENEN)))),
                plaats=plaats,
                volgorde=nummer,
            )
        )
    return tuple(rij)


def rapport(alle):
    return ResultaatBehaald(Keuze(K3.periode), alle, {code: code.upper() for code in REDENEN})


@given(oordelen())
def test_every_cell_is_its_list_and_together_they_are_all(alle):
    gevonden = rapport(alle)
    assert list(gevonden.oordelen) == [o for o in alle if o.dag >= K3.eerste]
    for dimensie in Dimensie:
        lijsten = []
        for plek, deel in gevonden.verdeling(dimensie):
            assert deel.totaal == len(gevonden.cel(dimensie, plek.code))
            for uitkomst, aantal in deel.aantallen.items():
                lijst = gevonden.cel(dimensie, plek.code, uitkomst=uitkomst)
                assert aantal == len(lijst)
                lijsten.append(lijst)
        allen = [id(o) for lijst in lijsten for o in lijst]
        assert len(allen) == len(set(allen)) == len(gevonden.oordelen)
    for uitkomst, code, _, aantal in gevonden.redenen:
        assert aantal == len(gevonden.cel(uitkomst=uitkomst, reden=code))
    assert gevonden.totaal.totaal == len(gevonden.cel())


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(oordelen())
def test_the_workbook_and_the_print_hold_the_same_numbers(alle):
    from django.template.loader import render_to_string

    from rapportage.pdf.resultaat import _rij, _verdeling

    gevonden = rapport(alle)
    boek = load_workbook(
        io.BytesIO(werkboek(gevonden, KOP, verloop=gevonden.verloop([K3]), met_clienten=True))
    )
    for dimensie in Dimensie:
        rijen = [
            [plek.label, *(a.aantallen[u] for u in Uitkomst), a.totaal]
            for plek, a in gevonden.verdeling(dimensie)
        ]
        totaal = ["Totaal", *(gevonden.totaal.aantallen[u] for u in Uitkomst), gevonden.totaal.totaal]
        blad = boek[f"Per {dimensie.value}"]
        assert [list(rij[:6]) for rij in blad.iter_rows(min_row=2, values_only=True)] == [*rijen, totaal]
        gedrukt = [
            [r["label"], *r["aantallen"], r["aandeel"].totaal]
            for r in _verdeling(gevonden, dimensie)["rijen"]
        ]
        assert gedrukt == rijen
    assert boek["Oordelen"].max_row == len(gevonden.oordelen) + 1
    html = render_to_string(
        "rapportage/druk/resultaat.html",
        {"rapport": gevonden, "kop": KOP, "verdelingen": [], "totaal": _rij("Totaal", gevonden.totaal)},
    )
    for _, _, tekst, aantal in gevonden.redenen:
        assert f">{tekst}</th>" in html
        assert f'class="getal">{aantal}</td>' in html
