"""Every cell is the length of its list, for whatever people and messages chance makes up (M1, U20)."""

import io
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from beschikkingen.enums import Leveringsvorm
from rapportage.bron import Bron, Mens, Toegewezen
from rapportage.categorieen import STANDAARD
from rapportage.enums import Categorie
from rapportage.excel.uitval import werkboek
from rapportage.merk import AFGESCHERMD, merk
from rapportage.overzicht import BEEINDIGD_GROEP, UITVAL_GROEP, Keuze, Los, Naam
from rapportage.tabellen import clientrijen, per_aanbieder, per_gemeente
from rapportage.tellingen import Einde
from rapportage.verantwoording import Kop
from rapportage.verschil import verschillen, zegel_van
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

K3 = Kwartaal(2026, 3)
GEMEENTEN = tuple(Naam(n, f"{n:04d}", f"Gemeente {n}") for n in (1, 2, 3))
AANBIEDERS = tuple(Naam(n, f"{n:08d}", f"Aanbieder {n}") for n in (11, 12))
dagen = st.dates(K3.eerste - timedelta(days=120), K3.laatste + timedelta(days=60))
einden = st.lists(st.builds(Einde, st.sampled_from(list(RedenBeeindiging)), dagen), max_size=3).map(tuple)


@st.composite
def mensen(draw):
    rij = []
    for nummer in range(draw(st.integers(0, 25))):
        aanbieder = draw(st.sampled_from(AANBIEDERS)).pk
        toewijzingen = tuple(
            Toegewezen(
                pk=nummer * 10 + n,
                aanbieder_id=aanbieder,
                client_id=nummer,
                beschikking_id=nummer * 10 + n,
                leveringsvorm=draw(st.sampled_from(list(Leveringsvorm))),
                wachtlijst=draw(st.booleans()),
                leveringen=tuple((draw(dagen), draw(einden)) for _ in range(draw(st.integers(0, 2)))),
            )
            for n in range(draw(st.integers(1, 3)))
        )
        gemeente = draw(st.sampled_from(GEMEENTEN)).pk
        rij.append(
            Mens(aanbieder, gemeente, nummer, f"{nummer * 7919:032x}", draw(st.booleans()), toewijzingen)
        )
    return tuple(rij)


def bron(alle):
    """The last allocation of each client follows on the first."""
    meer = [m.toewijzingen for m in alle if len(m.toewijzingen) > 1]
    return Bron(
        mensen=alle,
        gemeenten=GEMEENTEN,
        aanbieders=AANBIEDERS,
        regio_van=dict.fromkeys((1, 2, 3), 7),
        afspraken={7: STANDAARD},
        opvolgers={t[0].beschikking_id: frozenset({t[-1].beschikking_id}) for t in meer},
        los=Los(),
    )


def tel(alle):
    return bron(alle).uitval(Keuze(K3.periode))


@given(mensen())
def test_every_cell_is_the_length_of_its_list_and_nobody_is_lost(alle):
    gevonden = tel(alle)
    for tabel, wat in ((per_gemeente(gevonden), "gemeente"), (per_aanbieder(gevonden), "aanbieder")):
        namen = {n.code: n.pk for n in (*GEMEENTEN, *AANBIEDERS)}
        for rij in (*tabel.rijen, tabel.totaal):
            waar = {wat: namen[rij.code]} if rij.code else {}
            for cel in (*rij.cellen, rij.uitval, rij.beeindigd, rij.totaal):
                categorie = dict(cel.adres).get("categorie")
                assert cel.aantal == len(gevonden.cel(**waar, categorie=categorie))
    lijsten = [gevonden.cel(gemeente=g.pk, categorie=c) for g in GEMEENTEN for c in Categorie]
    wie = [regel.wie for lijst in (*lijsten, gevonden.buiten) for regel in lijst]
    assert len(wie) == len(set(wie)) == len(alle)
    assert set(wie) == {(m.gemeente_id, m.aanbieder_id, m.sleutel) for m in alle}


@given(mensen())
def test_groups_are_the_sums_of_their_categories(alle):
    gevonden = tel(alle)
    assert len(gevonden.cel(categorie=UITVAL_GROEP)) == sum(
        len(gevonden.cel(categorie=c)) for c in ("03", "04")
    )
    assert (
        len(gevonden.cel(categorie=BEEINDIGD_GROEP)) + len(gevonden.cel(categorie="nog_in_zorg"))
        == gevonden.totaal.totaal
    )


@given(mensen(), st.randoms())
def test_the_order_in_which_people_are_read_changes_nothing(alle, kans):
    geschud = list(alle)
    kans.shuffle(geschud)
    zegels = {
        zegel_van(tel(m), regio="mh", kwartaal="2026-K3", definities="uitval-1")
        for m in (alle, tuple(geschud))
    }
    assert len(zegels) == 1


@given(mensen())
def test_nothing_differs_from_itself(alle):
    assert verschillen(tel(alle), tel(alle)) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(mensen())
def test_the_workbook_holds_the_same_numbers_and_its_checks_add_up(alle):
    gevonden = tel(alle)
    kop = Kop("Uitval", "R. Schreurs", K3_OP)
    boek = load_workbook(io.BytesIO(werkboek(gevonden, kop, met_clienten=True)))
    rijen = list(boek["Uitval"].iter_rows(values_only=True))
    tabel = per_gemeente(gevonden)
    for rij, cellen in zip((*tabel.rijen, tabel.totaal), rijen[1:], strict=True):
        assert cellen[0] == rij.label
        assert list(cellen[1:7]) == [cel.aantal for cel in rij.cellen]
        for cel, waarde in zip(rij.cellen, cellen[8:14], strict=True):
            assert waarde == (None if cel.aandeel is None else pytest.approx(float(cel.aandeel) / 100))
    lijst = list(boek["Cliënten"].iter_rows(min_row=2, values_only=True))
    for omschrijving, wijst_naar, telling, verschil in boek["Controle"].iter_rows(
        min_row=2, values_only=True
    ):
        assert waarde_van(boek, wijst_naar) == countifs(boek, telling, lijst), omschrijving
        assert verschil.startswith("=B")


def waarde_van(boek, formule):
    blad, cel = formule.removeprefix("=").split("!")
    return boek[blad.strip("'")][cel.replace("$", "")].value


def countifs(boek, formule, lijst):
    """What a spreadsheet does with the two formulas that the sheet Controle uses."""
    inhoud = formule[formule.index("(") + 1 : -1]
    if formule.startswith("=COUNTA"):
        return len(lijst)
    delen = inhoud.split(',"=')
    paren = []
    bereik = delen[0]
    for deel in delen[1:]:
        waarde, _, volgend = deel.partition('"')
        kolom = ord(bereik.split("$")[1]) - ord("A")
        paren.append((kolom, waarde))
        bereik = volgend.lstrip(",")
    return sum(all(rij[kolom] == waarde for kolom, waarde in paren) for rij in lijst)


def test_a_shielded_client_stands_in_the_list_without_anything():
    mens = Mens(
        11,
        1,
        5,
        "ab" * 16,
        True,
        (Toegewezen(1, 11, 5, 1, Leveringsvorm.ZIN, False, ((date(2026, 1, 1), ()),)),),
    )
    (rij,) = clientrijen(tel((mens,)), tel((mens,)).regels)
    assert (rij.merk, rij.aanbieder) == (AFGESCHERMD, "–")
    assert "01-01-2026" not in rij.zin


@given(st.binary(min_size=16, max_size=16))
def test_a_mark_is_stable_short_and_readable(sleutel):
    assert merk(sleutel.hex()) == merk(sleutel.hex())
    assert len(merk(sleutel.hex())) == 9
    assert not set(merk(sleutel.hex())) & set("01ILO")


K3_OP = datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM)
