"""Workbooks out: numbers count, text stays text, the same input gives the same bytes."""

import datetime as dt
import io
import itertools
import re
import tracemalloc
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from wmo_portal.lib.tabelblad import Boek, Controle, Kolom, schrijf_lijst
from wmo_portal.lib.tabelblad.cellen import MAX_TEKENS

OP = dt.datetime(2026, 4, 1, 8, 30, 15, tzinfo=dt.UTC)
KOLOMMEN = (
    Kolom("Naam", "tekst", 30),
    Kolom("BSN", "identificatie"),
    Kolom("Aantal", "getal"),
    Kolom("Aandeel", "percentage"),
    Kolom("Einddatum", "datum"),
    Kolom("Ontvangen op", "tijdstip"),
)
RIJ = (
    "Anna de Wit", "010000008", 12, Decimal("0.125"), dt.date(2026, 3, 31),
    dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC),
)  # fmt: skip
KWAAD = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    " =1",
    "#N/B",
    "%0A=1",
    "|x",
    "1",
    "'x",
]


def boek(**meer):
    return Boek(**{"titel": "Uitval 1e kwartaal 2026", "gemaakt_op": OP} | meer)


def via_boek(kolommen, rijen):
    b = boek()
    b.blad("Lijst", kolommen, rijen)
    return b.bytes()


def via_stroom(kolommen, rijen):
    uit = io.BytesIO()
    schrijf_lijst(uit, kolommen, rijen, titel="Uitval", gemaakt_op=OP)
    return uit.getvalue()


def lees(inhoud, blad="Lijst"):
    return load_workbook(io.BytesIO(inhoud))[blad]


twee_wegen = pytest.mark.parametrize("schrijf", [via_boek, via_stroom])


@twee_wegen
def test_getallen_en_datums_zijn_echt_en_nummers_tekst(schrijf):
    cellen = lees(schrijf(KOLOMMEN, [RIJ]))[2]
    assert [c.value for c in cellen] == [
        "Anna de Wit", "010000008", 12, 0.125, dt.datetime(2026, 3, 31), dt.datetime(2026, 4, 1, 0, 30),
    ]  # fmt: skip
    assert [c.data_type for c in cellen] == ["s", "s", "n", "n", "d", "d"]
    assert [c.number_format for c in cellen] == [
        "General", "@", "General_)_)", "0.0%_)_)", "dd-mm-yyyy", "dd-mm-yyyy hh:mm",
    ]  # fmt: skip


@twee_wegen
def test_een_getal_raakt_de_tekst_ernaast_niet(schrijf):
    """By its format, in every row: an indent is forgotten from the second printed page on (LibreOffice)."""
    ws = lees(schrijf([Kolom("Aantal", "getal", 8), Kolom("Reden", "tekst", 20)], [(3, "ziek"), (12, "")]))
    kop, *rijen = list(ws.iter_rows())
    assert [(c.alignment.horizontal, c.alignment.indent) for c in kop] == [("right", 1), ("left", 0)]
    assert [rij[0].number_format for rij in rijen] == ["General_)_)"] * 2
    assert [rij[0].value for rij in rijen] == [3, 12]


@twee_wegen
@pytest.mark.parametrize("soort", ["tekst", "identificatie", "getal", "percentage", "datum", "tijdstip"])
def test_vijandige_tekst_wordt_nergens_een_formule(schrijf, soort):
    inhoud = schrijf([Kolom("X", soort)], [(k,) for k in KWAAD])
    ws = lees(inhoud)
    for k, (cel,) in zip(KWAAD, ws.iter_rows(min_row=2), strict=True):
        assert (cel.value, cel.data_type) == (k, "s")
        assert bool(cel.quotePrefix) == (k not in ("1", "#N/B", "'x"))
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        assert not [n for n in zip_.namelist() if re.search(rb"<f[ >/]", zip_.read(n)) and "sheet" in n]


def test_ook_een_kop_en_een_titel_blijven_tekst():
    b = boek(titel="=1+1", maker="=2")
    b.blad("=3", [Kolom("=4")], [("a",)])
    b.toelichting([("=5", "=6")])
    inhoud = b.bytes()
    assert lees(inhoud, "=3")["A1"].data_type == "s"
    assert lees(inhoud, "Toelichting")["B2"].value == "=6"
    assert lees(inhoud, "Toelichting")["B2"].data_type == "s"


@twee_wegen
def test_wat_een_blad_niet_kan_bevatten_wordt_tekst(schrijf):
    rijen = [
        (float("nan"), "a\x00b\x07c\r\nd"),
        (10**16, "x" * 40_000),
        (True, None),
        ("–", dt.date(1850, 1, 2)),
        (None, "\ud800"),
    ]
    ws = lees(schrijf([Kolom("G", "getal"), Kolom("T", "tekst")], rijen))
    gelezen = [[c.value for c in rij] for rij in ws.iter_rows(min_row=2, max_row=6)]
    assert gelezen[0] == ["nan", "abc\nd"]
    assert gelezen[1][0] == "10000000000000000"
    assert len(gelezen[1][1]) == MAX_TEKENS
    assert gelezen[1][1].endswith("passen 32.767 tekens)")
    assert gelezen[2:] == [["Ja", None], ["–", "02-01-1850"], [None, None]]


def test_een_gecodeerd_teken_wordt_niet_uitgepakt():
    """Excel reads _x0041_ as the letter A; what a client was called must stay what it was."""
    inhoud = via_stroom([Kolom("T")], [("_x0041_",)])
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        assert b"_x005F_x0041_" in zip_.read("xl/worksheets/sheet1.xml")


def test_dezelfde_invoer_geeft_dezelfde_bytes():
    def maak():
        b = boek()
        rapport = b.blad("Rapport", [Kolom("Wat"), Kolom("Aantal", "getal")], [("a", 1)])
        lijst = b.lijst("Lijst", KOLOMMEN, iter([RIJ] * 3))
        b.gestapelde_grafiek(rapport, titel="G", labels="Wat", reeksen=["Aantal"], rijen=1)
        b.controle([Controle("a", rapport, 1, "Aantal", lijst, {"Naam": "a"})])
        b.toelichting([("Periode", OP)])
        return b.bytes()

    assert maak() == maak()
    boek_ = load_workbook(io.BytesIO(maak()))
    assert boek_.properties.modified == boek_.properties.created == dt.datetime(2026, 4, 1, 10, 30, 15)
    assert (boek_.properties.title, boek_.properties.language) == ("Uitval 1e kwartaal 2026", "nl-NL")


@twee_wegen
@pytest.mark.parametrize("aantal", [0, 1, 3, 501, 1000])
def test_elk_aantal_rijen_met_vaste_kop_en_filter(schrijf, aantal):
    ws = lees(schrijf(KOLOMMEN, [RIJ] * aantal))
    assert ws.max_row == aantal + 1
    assert ws.freeze_panes == "A2"
    assert ws.print_title_rows == "$1:$1"
    assert not ws.merged_cells.ranges
    assert [c.font.b for c in ws[1]] == [True] * 6
    assert ws.column_dimensions["A"].width == 30
    bereik = next((t.ref for t in ws.tables.values()), ws.auto_filter.ref)
    assert bereik == f"A1:F{aantal + 1}"


waarden = st.none() | st.text(max_size=30) | st.integers(-(10**14), 10**14) | st.dates(dt.date(1900, 3, 1))


@settings(max_examples=40)
@given(st.lists(st.tuples(waarden, waarden), max_size=6))
def test_de_snelle_weg_schrijft_hetzelfde_als_openpyxl(rijen):
    kolommen = [Kolom("A", "getal"), Kolom("B", "datum")]
    langzaam, snel = (lees(w(kolommen, rijen)) for w in (via_boek, via_stroom))
    for r, k in itertools.product(range(1, len(rijen) + 2), (1, 2)):
        links, rechts = langzaam.cell(r, k), snel.cell(r, k)
        assert (links.value, links.data_type) == (rechts.value, rechts.data_type)
        assert links.value is None or links.number_format == rechts.number_format
        assert links.value is None or links.quotePrefix == rechts.quotePrefix


def test_vijfduizend_rijen_komen_een_voor_een_terug(tmp_path):
    pad = tmp_path / "lijst.xlsx"
    rijen = (
        (f"Cliënt {i} <&>", f"{i:09d}", i, Decimal(i) / 10_000, dt.date(2026, 1, 1), OP) for i in range(5000)
    )
    assert (
        schrijf_lijst(pad, KOLOMMEN, rijen, titel="T", gemaakt_op=OP, toelichting=[("Wie", "Anna")]) == 5000
    )
    ws = load_workbook(io.BytesIO(pad.read_bytes()), read_only=True)["Lijst"]
    for i, rij in enumerate(ws.iter_rows(min_row=2, values_only=True)):
        assert rij == (
            f"Cliënt {i} <&>", f"{i:09d}", i, pytest.approx(i / 10_000), dt.datetime(2026, 1, 1),
            dt.datetime(2026, 4, 1, 10, 30, 15),
        )  # fmt: skip
    assert i == 4999


def piek(aantal):
    """Peak of Python memory while writing so many rows to nowhere near memory."""
    tracemalloc.start()
    with open("/dev/null", "r+b") as niets:
        schrijf_lijst(niets, KOLOMMEN, (RIJ for _ in range(aantal)), titel="T", gemaakt_op=OP)
    _, hoogste = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return hoogste


def test_het_geheugen_groeit_niet_mee():
    piek(10)
    assert piek(20_000) < piek(2_000) * 1.5


@pytest.mark.traag
def test_honderdduizend_rijen(tmp_path):
    pad = tmp_path / "groot.xlsx"
    assert schrijf_lijst(pad, KOLOMMEN, (RIJ for _ in range(100_000)), titel="T", gemaakt_op=OP) == 100_000
    ws = load_workbook(io.BytesIO(pad.read_bytes()), read_only=True)["Lijst"]
    assert sum(1 for _ in ws.iter_rows(min_row=2, values_only=True)) == 100_000


def test_een_lijst_die_halverwege_breekt_laat_niets_achter(tmp_path):
    def rijen():
        yield RIJ
        raise RuntimeError("databank weg")

    with pytest.raises(RuntimeError, match="databank weg"):
        schrijf_lijst(tmp_path / "lijst.xlsx", KOLOMMEN, rijen(), titel="T", gemaakt_op=OP)
    assert list(tmp_path.iterdir()) == []


def test_een_rij_van_een_andere_lengte_wordt_geweigerd():
    with pytest.raises(ValueError):
        via_boek(KOLOMMEN, [RIJ[:-1]])
    with pytest.raises(ValueError):
        via_stroom(KOLOMMEN, [(*RIJ, 1)])


def test_meer_rijen_dan_een_blad_heeft_wordt_geweigerd(monkeypatch):
    monkeypatch.setattr("wmo_portal.lib.tabelblad.stroom.MAX_RIJEN", 3)
    via_stroom([Kolom("A")], [("a",)] * 3)
    with pytest.raises(ValueError, match="plaats voor 3 rijen"):
        via_stroom([Kolom("A")], [("a",)] * 4)


def test_twee_keer_dezelfde_kop_wordt_geweigerd():
    with pytest.raises(ValueError, match="eigen kop"):
        via_boek([Kolom("Naam"), Kolom("naam")], [])


def test_bladnamen_passen_in_excel():
    b = boek()
    namen = [b.blad(n, [Kolom("A")]).naam for n in ("a/b:c", "A-B-C", "x" * 40, "x" * 40, "''", "Vaals")]
    assert namen == ["a-b-c", "A-B-C (2)", "x" * 31, "x" * 27 + " (2)", "Blad", "Vaals"]
    assert load_workbook(io.BytesIO(b.bytes())).sheetnames == namen


def test_controles_zijn_formules_van_ons_met_de_tekst_als_tekst():
    b = boek()
    rapport = b.blad("Uitval 'kort' Q1", [Kolom("Gemeente"), Kolom("01", "getal")], [("Vaals", 2)])
    lijst = b.lijst("Lijst", [Kolom("Gemeente"), Kolom("Categorie")], [("Vaals", "01"), ('V"a*', "01")])
    b.controle(
        [
            Controle("Vaals, 01", rapport, 1, "01", lijst, {"Gemeente": 'V"a*~?', "Categorie": "01"}),
            Controle("allen", rapport, 1, "01", lijst, {}),
        ]
    )
    ws = lees(b.bytes(), "Controle")
    assert ws["B2"].value == "='Uitval ''kort'' Q1'!$B$2"
    assert ws["C2"].value == (
        """=COUNTIFS('Lijst'!$A$2:$A$1048576,"=V""a~*~~~?",'Lijst'!$B$2:$B$1048576,"=01")"""
    )
    assert ws["D2"].value == "=B2-C2"
    assert ws["C3"].value == "=COUNTA('Lijst'!$A$2:$A$1048576)"
    assert [ws[c].data_type for c in ("A2", "B2", "C2", "D2")] == ["s", "f", "f", "f"]


def test_een_controle_op_een_kolom_die_er_niet_is_noemt_de_kolommen():
    blad = boek().blad("Uitval", [Kolom("Gemeente"), Kolom("01")])
    with pytest.raises(ValueError, match="geen kolom “02”; wel: Gemeente, 01"):
        blad.cel(1, "02")


def test_de_grafiek_wijst_naar_de_tabel():
    b = boek()
    blad = b.blad(
        "Uitval", [Kolom("Gemeente"), Kolom("01", "getal"), Kolom("02", "getal")], [("Vaals", 1, 2)] * 6
    )
    b.gestapelde_grafiek(blad, titel="Uitval", labels="Gemeente", reeksen=["01", "02"], rijen=6)
    (grafiek,) = lees(b.bytes(), "Grafiek")._charts
    assert (grafiek.type, grafiek.grouping, grafiek.overlap) == ("bar", "stacked", 100)
    assert [s.val.numRef.f for s in grafiek.series] == ["'Uitval'!$B$2:$B$7", "'Uitval'!$C$2:$C$7"]
    assert {s.cat.numRef.f for s in grafiek.series} == {"'Uitval'!$A$2:$A$7"}
    assert not grafiek.x_axis.delete
