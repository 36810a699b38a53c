"""Spreadsheets in: what is good is read, what is wrong gets a sentence, and nothing else ever comes out."""

import contextlib
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from wmo_portal.lib.tabelblad import BestandGeweigerd, Boek, Kolom, VerwachteKolom, lees_blad

VERWACHT = [
    VerwachteKolom("Naam", gevuld=True),
    VerwachteKolom("BSN", "identificatie", lengte=9),
    VerwachteKolom("Einddatum", "datum", aliassen=("Datum einde",)),
    VerwachteKolom("Aantal", "getal", verplicht=False),
]
KOP = ["Naam", "BSN", "Einddatum", "Aantal"]
ANNA = ["Anna de Wit", "999900006", dt.date(2026, 3, 31), 3]


def xlsx(*rijen, voor_het_bewaren=None):
    boek = Workbook()
    for rij in rijen:
        boek.active.append(rij)
    if voor_het_bewaren:
        voor_het_bewaren(boek)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def lees(inhoud, **meer):
    return lees_blad(inhoud, **({"verwachte_kolommen": VERWACHT} | meer))


def waarden(inhoud, **meer):
    gelezen = lees(inhoud, **meer)
    assert [r.fouten for r in gelezen.rijen] == [()] * len(gelezen.rijen)
    return [list(r.waarden.values()) for r in gelezen.rijen]


ANNA_GELEZEN = ["Anna de Wit", "999900006", dt.date(2026, 3, 31), Decimal(3)]


def test_een_gewoon_bestand():
    gelezen = lees(xlsx(KOP, ANNA, ["Bram", 999990019, "1-2-2026", None]))
    assert [r.nummer for r in gelezen.rijen] == [2, 3]
    assert list(gelezen.rijen[0].waarden.values()) == ANNA_GELEZEN
    assert gelezen.rijen[1].waarden == {
        "Naam": "Bram", "BSN": "999990019", "Einddatum": dt.date(2026, 2, 1), "Aantal": None,
    }  # fmt: skip


def test_wat_wij_schrijven_lezen_wij_terug():
    boek = Boek(titel="T", gemaakt_op=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    soorten = ["tekst", "identificatie", "datum", "getal"]
    boek.lijst("Lijst", [Kolom(k, s) for k, s in zip(KOP, soorten, strict=True)], [["_x0041_ =1", *ANNA[1:]]])
    assert waarden(boek.bytes()) == [["_x0041_ =1", *ANNA_GELEZEN[1:]]]


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
def test_csv_in_elke_codering_en_met_elke_scheiding(codering, scheiding):
    tekst = "\r\n".join(
        scheiding.join(r) for r in (KOP, ["Zoë Vriès", "999900006", "31-03-2026", "3"], ["", "", "", ""])
    )
    gelezen = lees(tekst.encode(codering))
    assert [list(r.waarden.values()) for r in gelezen.rijen] == [
        ["Zoë Vriès", "999900006", dt.date(2026, 3, 31), Decimal(3)]
    ]


def test_csv_met_regeleinden_in_een_cel_telt_rijen_zoals_excel():
    gelezen = lees(b'Naam;BSN;Einddatum\n"Anna\nde Wit";1;\nBram;2;fout\n')
    assert gelezen.rijen[0].waarden["Naam"] == "Anna\nde Wit"
    assert gelezen.rijen[1].fouten == (
        "Rij 3, kolom C (Einddatum): “fout” is geen datum; schrijf dd-mm-jjjj.",
    )


def test_csv_met_een_scheiding_te_veel_zegt_dat():
    gelezen = lees(b"Naam;BSN;Einddatum\nWit; Anna;999900006;31-03-2026\n")
    assert "4 velden en de kopregel 3" in gelezen.fout[0].fouten[0]


def test_koppen_mogen_anders_geschreven_zijn_en_lager_staan():
    inhoud = xlsx(
        ["Overzicht van de aanbieder"], [], ["Opgemaakt op", dt.date(2026, 4, 1)],
        ["EXTRA", "  naam ", "bsn", "Datum Einde"], ["x", *ANNA[:3]],
    )  # fmt: skip
    gelezen = lees(inhoud)
    assert gelezen.rijen[0].nummer == 5
    assert gelezen.rijen[0].waarden["Einddatum"] == dt.date(2026, 3, 31)
    assert gelezen.overige_koppen == ("EXTRA",)
    assert "Aantal" not in gelezen.rijen[0].waarden


def test_het_blad_met_de_kolommen_wordt_gevonden_en_een_verborgen_blad_gaat_niet_voor():
    def draai(boek):
        boek.active.title = "Oud"
        boek.active.sheet_state = "hidden"
        boek.create_sheet("Uitleg").append(["Lees mij"])
        ws = boek.create_sheet("Lijst")
        ws.append(KOP)
        ws.append(["Bram", *ANNA[1:]])

    gelezen = lees(xlsx(KOP, ANNA, voor_het_bewaren=draai))
    assert gelezen.blad == "Lijst"
    assert gelezen.rijen[0].waarden["Naam"] == "Bram"


def test_samengevoegde_cellen_en_lege_rijen_storen_niet():
    def draai(boek):
        boek.active.merge_cells("A3:A4")
        boek.active["A1048576"].number_format = "@"

    gelezen = lees(xlsx(KOP, ANNA, ["Bram", 1], [None, 2], [], ANNA, voor_het_bewaren=draai))
    assert [r.nummer for r in gelezen.rijen] == [2, 3, 4, 6]
    assert gelezen.rijen[2].waarden["BSN"] == "000000002"
    assert gelezen.rijen[2].fouten == ("Rij 4, kolom A (Naam): deze cel is leeg en moet gevuld zijn.",)


def test_datums_van_een_oude_mac():
    def draai(boek):
        boek.epoch = CALENDAR_MAC_1904

    assert waarden(xlsx(KOP, ANNA, voor_het_bewaren=draai)) == [ANNA_GELEZEN]


@pytest.mark.parametrize(
    "ruw", ["31-03-2026", "31-3-2026", "31/03/2026", "31.3.2026", "2026-03-31", "2026-03-31T00:00:00"]
)
def test_datums_als_tekst(ruw):
    assert waarden(xlsx(KOP, [*ANNA[:2], ruw, 3])) == [ANNA_GELEZEN]


@pytest.mark.parametrize(
    ("kolom", "ruw", "zin"),
    [
        (2, "31-02-2026", "Rij 2, kolom C (Einddatum): “31-02-2026” is geen dag die bestaat."),
        (2, "volgende week", "“volgende week” is geen datum; schrijf dd-mm-jjjj"),
        (2, 46112, "“46112” is geen datum"),
        (3, "veel", "“veel” is geen getal"),
        (3, "1.2.3", "“1.2.3” is geen getal"),
        (3, True, "“True” is geen getal"),
        (3, "#N/B", "“#N/B” is geen getal"),
        (3, "٣", "is geen getal"),
        (1, 1.5, "“1.5” is door Excel afgerond"),
        (1, 10**17, "is door Excel afgerond"),
        (1, dt.date(2026, 1, 1), "“01-01-2026” is geen nummer"),
        (0, None, "deze cel is leeg"),
        (0, "  ", "deze cel is leeg"),
    ],
)
def test_wat_niet_te_lezen_is_krijgt_een_zin_en_raakt_niet_weg(kolom, ruw, zin):
    rij = list(ANNA)
    rij[kolom] = ruw
    (gelezen,) = lees(xlsx(KOP, rij)).rijen
    assert zin in gelezen.fouten[0]
    assert gelezen.waarden[KOP[kolom]] is None
    assert bool(gelezen.ruw[KOP[kolom]]) == (ruw not in (None, "  "))
    assert gelezen.waarden[KOP[1 if kolom != 1 else 3]] is not None


@pytest.mark.parametrize(
    ("ruw", "getal"),
    [
        ("1.234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1.234", "1234"),
        ("-3", "-3"),
        ("−3", "-3"),
        (2.5, "2.5"),
    ],
)
def test_getallen_zoals_nederlanders_ze_schrijven(ruw, getal):
    assert waarden(xlsx(KOP, [*ANNA[:3], ruw]))[0][3] == Decimal(getal)


@pytest.mark.parametrize(("ruw", "deel"), [("12,5%", "0.125"), ("12,5 %", "0.125"), (0.125, "0.125")])
def test_percentages_zijn_een_deel(ruw, deel):
    gelezen = lees(xlsx(["P"], [ruw]), verwachte_kolommen=[VerwachteKolom("P", "percentage")])
    assert gelezen.rijen[0].waarden["P"] == Decimal(deel)


def test_een_percentage_zonder_teken_is_niet_te_raden():
    gelezen = lees(xlsx(["P"], ["12,5"]), verwachte_kolommen=[VerwachteKolom("P", "percentage")])
    assert "schrijf het met het teken %" in gelezen.rijen[0].fouten[0]


def test_een_nummer_krijgt_zijn_voorloopnul_terug():
    assert waarden(xlsx(KOP, ["Anna", 10000008, ANNA[2], 1]))[0][1] == "010000008"


def test_een_foutmelding_van_excel_wordt_genoemd():
    def draai(boek):
        boek.active["D2"].value = "#REF!"

    assert "foutmelding #REF! van Excel" in lees(xlsx(KOP, ANNA, voor_het_bewaren=draai)).rijen[0].fouten[0]


def test_formules_worden_geweigerd_met_hun_plek():
    with pytest.raises(
        BestandGeweigerd, match=r"formules in het bestand: rij 3, kolom D \(Aantal\)\. Kopieer"
    ):
        lees(xlsx(KOP, ANNA, [*ANNA[:3], "=SUM(D2)"]))


def met_formules(cellen, **vervang):
    """A workbook as a spreadsheet program saves it: openpyxl writes formulas without their outcome, so it is put in."""
    inhoud, uit = xlsx(KOP, ANNA, cellen), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for deel in bron.infolist():
            tekst = bron.read(deel)
            for oud, nieuw in vervang.items() if deel.filename.endswith("sheet1.xml") else ():
                cel = re.compile(rf'<c r="{oud}"[^>]*>(<f>.*?</f>)<v ?/?>(</v>)?</c>'.encode())
                assert cel.search(tekst), tekst
                tekst = cel.sub(
                    lambda m, n=nieuw, o=oud: f'<c r="{o}"{n[0]}>'.encode() + m[1] + f"{n[1]}</c>".encode(),
                    tekst,
                )
            doel.writestr(deel, tekst)
    return uit.getvalue()


SOM = [*ANNA[:3], "=SUM(D2)"]


@pytest.mark.parametrize(
    ("cel", "waarde"),
    [(("", "<v>3</v>"), Decimal(3)), ((' t="str"', "<v>7</v>"), Decimal(7)), ((' t="str"', "<v></v>"), None)],
)
def test_wie_de_uitkomst_wil_krijgt_wat_er_stond_toen_het_bestand_werd_bewaard(cel, waarde):
    rij = lees(met_formules(SOM, D3=cel), formules=True).rijen[1]
    assert (rij.waarden["Aantal"], rij.fouten, rij.berekend) == (waarde, (), ("Aantal",))


def test_een_formule_zonder_uitkomst_is_een_fout_van_die_rij_alleen():
    """Nothing is worked out here: a program that saved no outcome leaves us with nothing to read."""
    anna, som = lees(xlsx(KOP, ANNA, SOM), formules=True).rijen
    assert (anna.fouten, anna.berekend) == ((), ())
    assert "Rij 3, kolom D (Aantal): hier staat een formule en geen uitkomst." in som.fouten[0]
    assert som.waarden["Aantal"] is None


def test_een_formule_met_een_foutmelding_is_een_foutmelding():
    rij = lees(met_formules(SOM, D3=(' t="e"', "<v>#DIV/0!</v>")), formules=True).rijen[1]
    assert "foutmelding #DIV/0! van Excel" in rij.fouten[0]


def test_een_formule_naast_de_tabel_doet_er_niet_toe():
    assert waarden(xlsx([*KOP, "Som"], [*ANNA, "=SUM(D2)"])) == [ANNA_GELEZEN]


def test_ontbrekende_kolommen_worden_genoemd_met_wat_er_wel_stond():
    with pytest.raises(BestandGeweigerd) as fout:
        lees(xlsx(["Naam", "Geboren"], ["Anna", "x"]))
    assert str(fout.value) == (
        "Deze kolommen ontbreken: “BSN”, “Einddatum”. Gevonden op blad “Sheet”: “Naam”, “Geboren”. "
        "Verwacht: “Naam”, “BSN”, “Einddatum”."
    )


@pytest.mark.parametrize(("aantal", "mag"), [(4, True), (5, True), (6, False)])
def test_het_maximum_aantal_rijen(aantal, mag):
    inhoud = xlsx(KOP, *[ANNA] * aantal)
    if mag:
        assert len(lees(inhoud, max_rijen=5).rijen) == aantal
        return
    with pytest.raises(BestandGeweigerd, match="meer dan 5 rijen"):
        lees(inhoud, max_rijen=5)


BLAD = "xl/worksheets/sheet1.xml"


def met(inhoud, **delen):
    """The same xlsx with parts replaced or added."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            if naam not in delen:
                nieuw.writestr(naam, oud.read(naam))
        for naam, deel in delen.items():
            nieuw.writestr(naam, deel)
    return uit.getvalue()


def afgebroken(inhoud):
    """The sheet's XML, cut off in its second row."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        blad = zip_.read(BLAD)
    return blad[: blad.index(b'r="C2"')]


GOED = xlsx(KOP, ANNA)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (b"  \n", "leeg"),
        (xlsx(), "leeg"),
        (b"\n\n;;;\n", "leeg"),
        (b"\xfe\xff", "leeg"),
        (GOED[: len(GOED) // 2], "beschadigd"),
        (b"PK\x03\x04" + b"x" * 100, "beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wachtwoord, of een oud .xls"),
        (met(GOED, **{"xl/bom.bin": b"\0" * 70_000_000}), "toegestaan is 60,0 MB"),
        (met(GOED, **{"xl/bom.bin": b"\0" * 20_000_000}), "keer zo groot"),
        (met(GOED, **{BLAD: DOCTYPE}), "DOCTYPE"),
        (met(GOED, **{BLAD: DOCTYPE.decode().encode("utf-16")}), "DOCTYPE"),
        (met(GOED, **{"xl/../../x.xml": b"<a/>"}), "pad dat niet mag"),
        (met(GOED, **{f"x{i}": b"" for i in range(2100)}), "toegestaan zijn er 2000"),
        (met(GOED, **{"xl/workbook.xml": b"<geen xml"}), "niet als Excel-bestand te lezen"),
        (met(GOED, **{BLAD: b"<worksheet><sheetD"}), "niet als Excel-bestand te lezen"),
        (met(GOED, **{BLAD: afgebroken(GOED)}), "Blad “Sheet” is na rij 1 niet verder te lezen"),
        (b"%PDF-1.7\n%\xe2\xe3\n", "ontbreken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "geen Excel- of csv"),
        (b'Naam;BSN;Einddatum\n"' + b"x" * 200_000 + b'";1;', "Na rij 1 is het bestand niet te lezen"),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_wat_niet_deugt_wordt_geweigerd_met_een_zin(inhoud, zin):
    with pytest.raises(BestandGeweigerd, match=zin):
        lees(inhoud)


def test_te_veel_onderdelen(monkeypatch):
    monkeypatch.setattr("wmo_portal.lib.tabelblad.openen.MAX_ELEMENTEN", 2_000)
    lees(GOED)
    with pytest.raises(BestandGeweigerd, match="meer dan 2000 onderdelen"):
        lees(met(GOED, **{BLAD: b"<worksheet>" + b"<c/>" * 2_001}))


def test_een_blad_dat_liegt_over_zijn_maat_wordt_toch_gelezen():
    with zipfile.ZipFile(io.BytesIO(GOED)) as zip_:
        blad = zip_.read(BLAD).replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in blad
    assert waarden(met(GOED, **{BLAD: blad})) == [ANNA_GELEZEN]


def test_een_koppeling_naar_buiten_wordt_niet_gevolgd():
    def draai(boek):
        boek.active["F9"].value = "='[1]Blad1'!A1"

    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    inhoud = met(
        xlsx(KOP, ANNA, voor_het_bewaren=draai),
        **{
            "xl/externalLinks/externalLink1.xml": b"<x/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels,
        },
    )
    assert list(lees(inhoud).rijen[0].waarden.values()) == ANNA_GELEZEN


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_geen_bytes_geven_een_andere_fout(inhoud):
    for kop in (b"", b"PK\x03\x04", b"Naam;BSN;Einddatum\n"):
        with contextlib.suppress(BestandGeweigerd):
            lees(kop + inhoud)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOED) - 1), st.integers(1, 255))
def test_een_beschadigd_bestand_geeft_geen_andere_fout(plaats, bits):
    kapot = bytearray(GOED)
    kapot[plaats] ^= bits
    with contextlib.suppress(BestandGeweigerd):
        lees(bytes(kapot))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_beschadigde_xml_geeft_geen_andere_fout(data):
    with zipfile.ZipFile(io.BytesIO(GOED)) as zip_:
        naam = data.draw(st.sampled_from(zip_.namelist()))
        deel = bytearray(zip_.read(naam))
    for plaats in data.draw(st.lists(st.integers(0, len(deel) - 1), max_size=4)):
        deel[plaats] = data.draw(st.integers(32, 126))
    with contextlib.suppress(BestandGeweigerd):
        lees(met(GOED, **{naam: bytes(deel)}))
