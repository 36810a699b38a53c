"""Charts: valid SVG for any text and any numbers, nothing inline, every number printed."""

import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from wmo_portal.lib.grafiek import Rij, balken, gestapelde_balken, kolommen, paren, verloop
from wmo_portal.lib.grafiek.balken import verschil
from wmo_portal.lib.grafiek.tekenen import GEEN_GEGEVENS, PALET, getal, regels, spreid, streepjes

SVG = "{http://www.w3.org/2000/svg}"
GEMEENTEN = ["Maastricht", "Meerssen", "Vaals"]
CATEGORIEEN = ["volgens plan", "in overeenstemming", "nog in zorg"]
waarden = st.none() | st.integers(0, 10**6) | st.decimals(0, 10**6, places=2)
teksten = st.text(max_size=60)


def lees(svg):
    """The parsed chart, after checking what must hold for every chart."""
    boom = etree.fromstring(svg)
    assert boom.tag == SVG + "svg"
    assert boom.get("role") == "img"
    genoemd = boom.get("aria-labelledby").split()
    assert [boom.find(f".//*[@id='{i}']").tag for i in genoemd] == [SVG + "title", SVG + "desc"]
    assert boom[0].tag == SVG + "title"  # what the PDF takes as alternative text
    for element in boom.iter():
        assert etree.QName(element).localname in TOEGESTAAN
        assert not [k for k in element.attrib if k == "style" or k.startswith("on") or "href" in k]
    return boom


TOEGESTAAN = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "text", "g"}


def gedrukt(boom):
    return ["".join(t.itertext()) for t in boom.iter(SVG + "text")]


def teken_alles(titel, namen, getallen):
    """Each kind of chart over the same names and numbers."""
    losse = list(zip(namen, getallen, strict=False))
    yield gestapelde_balken(titel, [Rij(n, [g]) for n, g in losse], ["een"])
    yield gestapelde_balken(titel, [Rij(n, [g, g]) for n, g in losse], ["een", titel], als_aandeel=True)
    yield balken(titel, losse, eenheid="%")
    yield kolommen(titel, losse)
    yield paren(titel, [(n, g, getallen[0]) for n, g in losse])
    yield verloop(titel, [n for n, _ in losse], [(titel, [g for _, g in losse])])


@given(teksten, st.lists(st.tuples(teksten, waarden), max_size=12))
def test_elke_tekst_en_elk_getal_geeft_geldige_svg(titel, paar):
    for svg in teken_alles(titel, [n for n, _ in paar], [g for _, g in paar] or [0]):
        lees(svg)


def test_vijandige_tekst_blijft_tekst():
    kwaad = "<script>alert(1)</script>\"'&]]>"
    for svg in teken_alles(kwaad, [kwaad], [3]):
        boom = lees(svg)
        assert boom.findtext(SVG + "title") == kwaad
        assert "<script" not in svg


def test_gestapeld_drukt_elk_getal_met_zijn_code_en_het_totaal():
    rijen = [Rij("Maastricht", [12, 3, 0]), Rij("Vaals", [1, 1, 1200])]
    boom = lees(gestapelde_balken("Uitval", rijen, CATEGORIEEN, codes=["01", "02", "NZ"]))
    tekst = gedrukt(boom)
    assert {"01: 12", "02: 3", "15", "01: 1", "02: 1", "NZ: 1.200", "1.202"} <= set(tekst)
    assert "NZ: 0" not in tekst
    assert {"01 volgens plan", "02 in overeenstemming", "NZ nog in zorg"} <= set(tekst)


def test_gestapeld_is_zo_lang_als_het_getal():
    boom = lees(gestapelde_balken("Uitval", [Rij("A", [10, 30]), Rij("B", [20, 0])], ["x", "y"]))
    vlakken = {r.findtext(SVG + "title"): float(r.get("width")) for r in boom.iter(SVG + "rect") if len(r)}
    assert vlakken["A – B y: 30"] == pytest.approx(3 * vlakken["A – A x: 10"], abs=0.2)
    assert vlakken["B – A x: 20"] == pytest.approx(2 * vlakken["A – A x: 10"], abs=0.2)


def test_als_aandeel_is_elke_balk_even_lang_en_staat_het_getal_er_nog():
    boom = lees(gestapelde_balken("x", [Rij("A", [1, 1]), Rij("B", [30, 10])], ["x", "y"], als_aandeel=True))
    breed = {r.findtext(SVG + "title"): float(r.get("width")) for r in boom.iter(SVG + "rect") if len(r)}
    assert breed["A – A x: 1"] + breed["A – B y: 1"] == pytest.approx(
        breed["B – A x: 30"] + breed["B – B y: 10"], abs=0.3
    )
    assert {"A: 30", "B: 10", "100%"} <= set(gedrukt(boom))


def test_de_beschrijving_vertelt_alle_getallen():
    boom = lees(gestapelde_balken("Uitval", [Rij("Vaals", [2, None, 5])], CATEGORIEEN))
    assert boom.findtext(SVG + "desc") == "Vaals: volgens plan 2, in overeenstemming –, nog in zorg 5."


@pytest.mark.parametrize("svg", list(teken_alles("Leeg", [], [0])))
def test_nul_rijen_zegt_dat_er_niets_is(svg):
    assert GEEN_GEGEVENS in gedrukt(lees(svg))


def test_alleen_nullen_is_een_grafiek_met_nullen():
    for svg in teken_alles("Nul", GEMEENTEN, [0, 0, 0]):
        assert "0" in " ".join(gedrukt(lees(svg)))


def test_onbekend_is_geen_nul():
    tekst = gedrukt(lees(balken("x", [("Vaals", None), ("Meerssen", 0)], eenheid="%")))
    assert "–" in tekst
    assert "0%" in tekst


def test_een_lang_label_past_en_staat_voluit_in_de_uitleg():
    lang = "Ondersteuning bij het voeren van een huishouden in een zeer gestructureerde omgeving"
    boom = lees(balken("x", [(lang, 3)]))
    namen = [t for t in gedrukt(boom) if t.startswith("Ondersteuning") or t.endswith("…")]
    assert max(map(len, namen)) <= 24
    assert f"{lang}: 3" in [t.text for t in boom.iter(SVG + "title")]


def test_een_gat_in_het_verloop_breekt_de_lijn():
    boom = lees(verloop("x", ["Q1", "Q2", "Q3", "Q4"], [("Vaals", [1, 2, None, 4])]))
    lijn = next(p.get("d") for p in boom.iter(SVG + "path") if p.get("fill") == "none")
    assert re.sub(r"[^ML]", "", lijn) == "MLM"
    assert "–" in gedrukt(boom)


def test_lijnen_verschillen_zonder_kleur():
    boom = lees(verloop("x", ["Q1", "Q2"], [(g, [1, 2]) for g in GEMEENTEN]))
    paden = [p for p in boom.iter(SVG + "path") if p.get("fill") == "none"]
    assert len({p.get("stroke-dasharray") for p in paden}) == 3
    assert {p.get("stroke") for p in paden} == {"currentColor"}


def test_paren_zegt_het_verschil_in_woorden():
    tekst = gedrukt(lees(paren("Doelen", [("Zelfredzaamheid", 2, 3), ("Netwerk", None, 1)])))
    assert "3 (+1)" in tekst
    assert "1 (niet te vergelijken)" in tekst


@pytest.mark.parametrize(
    ("toen", "nu", "woord"),
    [
        (2, 3, "+1"),
        (3, 3, "gelijk"),
        (4, 1, "−3"),
        (None, 1, "niet te vergelijken"),
        (Decimal("1.5"), 2, "+0,5"),
    ],
)
def test_verschil(toen, nu, woord):
    assert verschil(toen, nu) == woord


@pytest.mark.parametrize("fout", [-1, float("nan"), float("inf"), Decimal("-0.1")])
def test_wat_geen_balk_kan_zijn_wordt_geweigerd(fout):
    for maak in (balken, kolommen):
        with pytest.raises(ValueError, match="getallen vanaf 0"):
            maak("x", [("Vaals", fout)])


def test_meer_reeksen_dan_te_onderscheiden_zijn_wordt_geweigerd():
    acht = [str(i) for i in range(len(PALET))]
    lees(gestapelde_balken("x", [Rij("a", [1] * len(acht))], acht))
    with pytest.raises(ValueError, match="hooguit 8 reeksen; hier zijn het er 9"):
        gestapelde_balken("x", [Rij("a", [1] * 9)], [*acht, "negen"])
    with pytest.raises(ValueError, match="hooguit 6 lijnen"):
        verloop("x", ["Q1"], [(n, [1]) for n in acht[:7]])


def test_een_rij_van_een_andere_lengte_of_codes_te_kort_wordt_geweigerd():
    with pytest.raises(ValueError):
        gestapelde_balken("x", [Rij("a", [1, 2, 3])], ["x", "y"])
    with pytest.raises(ValueError, match="2 reeksen en 1 codes"):
        gestapelde_balken("x", [], ["x", "y"], codes=["01"])


def test_twee_grafieken_op_een_pagina_delen_geen_id():
    een = gestapelde_balken("Uitval", [Rij("a", [1, 2])], ["x", "y"])
    twee = gestapelde_balken("Uitval", [Rij("a", [1, 3])], ["x", "y"])
    assert not set(re.findall(r'id="([^"]+)"', een)) & set(re.findall(r'id="([^"]+)"', twee))
    assert een == gestapelde_balken("Uitval", [Rij("a", [1, 2])], ["x", "y"])


def test_buren_in_het_palet_verschillen_in_lichtheid_of_arcering():
    def licht(vulling):
        r, g, b = (int(vulling.kleur[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for links, rechts in itertools.pairwise(PALET):
        assert links.patroon != rechts.patroon
        assert abs(licht(links) - licht(rechts)) > 20
    assert len({(v.kleur, v.patroon) for v in PALET}) == len(PALET)


@given(st.lists(st.floats(0, 400), max_size=8), st.integers(5, 40))
def test_labels_staan_los_van_elkaar_als_er_ruimte_is(wens, maat):
    wens = sorted(wens)
    plaats = spreid(wens, [float(maat)] * len(wens), 0, 400, 2)
    for links, rechts in itertools.pairwise(plaats):
        assert rechts - links >= maat + 2 - 1e-6
    if plaats:
        assert plaats[0] >= maat / 2 - 1e-6
        assert plaats[-1] <= 400 - maat / 2 + 1e-6


@given(st.floats(0.01, 1e9))
def test_de_as_loopt_van_nul_tot_voorbij_de_hoogste(hoogste):
    merken = streepjes(hoogste)
    assert merken[0] == 0
    assert merken[-1] >= hoogste * 0.999
    assert 2 <= len(merken) <= 8


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        (None, "–"),
        (0, "0"),
        (1234567, "1.234.567"),
        (Decimal("1234.50"), "1.234,5"),
        (0.333, "0,33"),
        (2.0, "2"),
    ],
)
def test_getallen_staan_er_op_zijn_nederlands(waarde, tekst):
    assert getal(waarde) == tekst


@given(st.text(max_size=200), st.floats(40, 400))
def test_een_label_past_op_twee_regels(tekst, ruimte):
    delen = regels(tekst, ruimte)
    assert len(delen) <= 2
    assert all(len(deel) <= max(ruimte / 7.5, 4) for deel in delen)
