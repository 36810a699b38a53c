"""Level 0: what is refused before or while parsing, and what is only remarked on."""

import threading
from pathlib import Path

import pytest

import iwmo
from iwmo.ontleden import MAX_BYTES
from tests.iwmo.bouw import gemaakt, zet

GOED = gemaakt("307")
WORTEL = GOED.index(b"<w:Bericht")


def oordeel_over(data: bytes) -> str:
    return iwmo.controleer(data).oordeel


def test_vijfentwintig_megabyte_mag_en_een_byte_meer_niet() -> None:
    opmerking = b"<!--" + b"x" * 999_993 + b"-->"
    vol = GOED + opmerking * ((MAX_BYTES - len(GOED)) // 1_000_000)
    vol += b" " * (MAX_BYTES - len(vol))
    assert oordeel_over(vol) == "akkoord"
    oordeel = iwmo.controleer(vol + b" ")
    assert oordeel.oordeel == "geweigerd"
    assert "25 MB" in oordeel.meldingen[0].tekst


@pytest.mark.parametrize(
    "data",
    [
        gemaakt("301", zet("Client/Commentaar", "x" * 11_000_000)),
        GOED + b"<!--" + b"x" * 11_000_000 + b"-->",
        GOED.replace(b"<w:Client>", b" " * 11_000_000 + b"<w:Client>"),
    ],
)
def test_een_lange_tekst_mag_zolang_het_bestand_mag(data: bytes) -> None:
    """The standard has a limit for the file (OP179) and none for a Commentaar; libxml2 stops at 10 MB by itself."""
    assert oordeel_over(data) == "akkoord"


DTD = b'<!DOCTYPE w [<!ENTITY x "y">]>'


@pytest.mark.parametrize(
    "data",
    [
        GOED[:WORTEL] + DTD + GOED[WORTEL:],
        DTD + GOED[WORTEL:],
        b"<!-- hier -->" + DTD + GOED[WORTEL:],
        GOED[:WORTEL] + b"<?pi x?>\r\n<!-- a --> " + DTD + GOED[WORTEL:],
        b"\xef\xbb\xbf" + GOED[:WORTEL] + DTD + GOED[WORTEL:],
        GOED[:WORTEL] + b"<!DOCTYPE w SYSTEM 'http://voorbeeld.example/x.dtd'>" + GOED[WORTEL:],
        GOED[:WORTEL] + b"<!DOCTYPE" + GOED[WORTEL:],
    ],
)
def test_een_documenttype_wordt_geweigerd(data: bytes) -> None:
    oordeel = iwmo.controleer(data)
    assert oordeel.oordeel == "geweigerd"
    assert "DTD" in oordeel.meldingen[0].tekst


@pytest.mark.parametrize("taal", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_een_documenttype_verstopt_zich_niet_in_een_andere_tekenset(taal: str) -> None:
    tekst = (GOED[:WORTEL] + DTD + GOED[WORTEL:]).decode()
    assert oordeel_over(tekst.encode(taal)) == "geweigerd"
    assert oordeel_over(tekst.replace("UTF-8", taal).encode(taal)) == "geweigerd"


def test_doctype_als_gewone_tekst_is_geen_documenttype() -> None:
    """In a comment or as data it is only text, and the standard does not forbid that."""
    assert oordeel_over(GOED[:WORTEL] + b"<!-- <!DOCTYPE x> -->" + GOED[WORTEL:]) == "akkoord"
    assert oordeel_over(gemaakt("301", zet("Client/Commentaar", "<!DOCTYPE x>"))) == "akkoord"


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [
        (b"UTF-8", b"ISO-8859-1"),
        (b"UTF-8", b"UTF-16"),
        (b"UTF-8", b"UTF-7"),
        (b"UTF-8", b"US-ASCII"),
        (b"Bloemendaal", b"Bl\xf6emendaal"),
        (b"Bloemendaal", b"Bl\xc0\x80emendaal"),
        (b"Bloemendaal", b"Bl\xed\xa0\x80emendaal"),
    ],
)
def test_alleen_utf_8(oud: bytes, nieuw: bytes) -> None:
    assert oud in GOED
    assert oordeel_over(GOED.replace(oud, nieuw)) == "geweigerd"


@pytest.mark.parametrize("naam", [b"utf-8", b"Utf-8", b"UTF-8"])
def test_utf_8_in_elke_schrijfwijze(naam: bytes) -> None:
    assert oordeel_over(GOED.replace(b"UTF-8", naam)) == "akkoord"
    assert oordeel_over(GOED.replace(b"Bloemendaal", "Blœmendaal 😀".encode())) == "akkoord"


def test_zonder_declaratie_is_het_ook_utf_8() -> None:
    assert oordeel_over(GOED[WORTEL:]) == "akkoord"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"hallo",
        b"{}",
        GOED[:-20],
        GOED + b"<nog/>",
        GOED.replace(b"</w:Bsn>", b"</w:Bsm>"),
        GOED.replace(b"<w:Bsn>", b"<w:Bsn a=1>"),
        GOED.replace(b"999901102", b"9999&x;01102"),
        GOED.replace(b"999901102", b"9999\x0001102"),
        GOED.replace(b"999901102", b"9999&#0;01102"),
        GOED.replace(b"w:Bsn", b"q:Bsn"),
        b" " + GOED,
    ],
)
def test_niet_welgevormd(data: bytes) -> None:
    oordeel = iwmo.controleer(data)
    assert (oordeel.oordeel, oordeel.niveau, oordeel.soort) == ("niet-welgevormd", 0, None)
    assert oordeel.meldingen[0].tekst


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>" * 3_500_000,
        b"<" + b"a" * 60_000 + b"/>",
        b"PK\x03\x04rest",
    ],
)
def test_wat_de_parser_niet_aankan_wordt_geweigerd(data: bytes) -> None:
    assert oordeel_over(data) == "geweigerd"


def test_een_schema_dat_het_bericht_aanwijst_wordt_niet_geopend(tmp_path: Path) -> None:
    """libxml2 opens the file in xsi:schemaLocation while validating; ours never sees it."""
    val = tmp_path / "val.xsd"
    val.write_text("geen schema")
    for kenmerk in ("schemaLocation", "noNamespaceSchemaLocation"):
        xsi = f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:{kenmerk}="urn:x {val}"'
        assert oordeel_over(GOED.replace(b"<w:Bericht ", b"<w:Bericht" + xsi.encode() + b" ")) == "akkoord"
        assert oordeel_over(GOED.replace(b"<w:Bsn", b"<w:Bsn" + xsi.encode())) == "akkoord"


def test_xsi_type_en_nil_veranderen_niets() -> None:
    xsi = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'
    assert oordeel_over(GOED.replace(b"<w:Bsn", b"<w:Bsn" + xsi)) == "afgekeurd-schema"
    xsi = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="i:LDT_Naam"'
    assert oordeel_over(GOED.replace(b"<w:Bsn", b"<w:Bsn" + xsi)) == "afgekeurd-schema"


def test_bom_en_regeleinden_zijn_een_opmerking_en_geen_afkeur() -> None:
    """OP192: read, judged, remarked on."""
    for data, gevonden in (
        (b"\xef\xbb\xbf" + GOED, ["BOM"]),
        (GOED.replace(b"\r\n", b"\n"), ["LF"]),
        (GOED.replace(b"\r\n", b"\n", 1), ["LF"]),
        (b"\xef\xbb\xbf" + GOED.replace(b"\r\n", b"\n"), ["BOM", "LF"]),
        (GOED, []),
    ):
        oordeel = iwmo.controleer(data)
        assert (oordeel.oordeel, oordeel.regels) == ("akkoord", ())
        assert [melding.gevonden for melding in oordeel.meldingen] == gevonden
        assert {melding.regel for melding in oordeel.meldingen} <= {"OP192"}


@pytest.mark.parametrize(
    ("oud", "nieuw", "soort", "release", "gevonden"),
    [
        (b"iwmo/3_2/wmo307", b"iwmo/3_1/wmo307", "307", "3.1", "WMO307 van iwmo 3.1"),
        (b"iwmo/3_2/wmo307", b"iwmo/3_2/wmo317", "317", "3.2", "WMO317 van iwmo 3.2"),
        (b"iwmo/3_2/wmo307", b"ijw/3_2/jw307", None, None, "JW307 van ijw 3.2"),
        (b"iwmo/3_2/wmo307", b"iwmo/3_2/wmo999901102", None, None, "WMO••••••102 van iwmo 3.2"),
        (b"http://www.istandaarden.nl/iwmo/3_2/wmo307/schema", b"urn:zelf", None, None, "urn:zelf"),
    ],
)
def test_een_ander_bericht_hoort_wat_er_wel_kan(
    oud: bytes, nieuw: bytes, soort: str | None, release: str | None, gevonden: str
) -> None:
    oordeel = iwmo.controleer(GOED.replace(oud, nieuw))
    assert (oordeel.oordeel, oordeel.niveau) == ("afgekeurd-schema", 1)
    assert (oordeel.soort, oordeel.release) == (soort, release)
    tekst = oordeel.meldingen[0].tekst
    assert gevonden in tekst
    assert "iWmo 3.2 (301, 302, 305, 306, 307, 308)" in tekst


def test_een_zelfbedacht_formaat() -> None:
    assert "Gevonden: stopbericht." in iwmo.controleer(b"<stopbericht/>").meldingen[0].tekst


def test_een_jaartal_dat_geen_kalender_kent() -> None:
    """xs:date allows any year; a date outside 1..9999 is refused in words, not with an accident."""
    for datum in ("10000-01-01", "-0044-03-15"):
        oordeel = iwmo.controleer(gemaakt("307", zet("Client/Geboortedatum/Datum", datum)))
        assert oordeel.oordeel == "afgekeurd-schema"
        assert "9999" in oordeel.meldingen[0].tekst


def test_lees_geeft_het_oordeel_mee_in_de_fout() -> None:
    with pytest.raises(iwmo.BerichtAfgekeurd, match="DTD") as fout:
        iwmo.lees(DTD + GOED[WORTEL:])
    assert fout.value.oordeel.oordeel == "geweigerd"


def test_lees_laat_een_fout_van_niveau_2_door() -> None:
    """Such a message must be read to be answered with 0001."""
    assert iwmo.lees(gemaakt("307", zet("Client/Bsn", "999901103"))).client.bsn == "999901103"


def test_geen_bsn_in_een_melding() -> None:
    for data in (
        gemaakt("307", zet("Client/Bsn", "999901103")),
        gemaakt("307", zet("Client/Bsn", "9999 01103")),
        gemaakt("307", zet("Client/Geslacht", "999901103")),
        gemaakt("307", zet("Client/Naam/Voorletters", "bsn 9999 01 103!")),
        gemaakt("307", zet("Header/BerichtIdentificatie/Identificatie", "31999901103000")),
        GOED.replace(b"w:Geslacht", b"w:x999901103"),
    ):
        meldingen = iwmo.controleer(data).meldingen
        assert meldingen
        for melding in meldingen:
            cijfers = "".join(str(melding.als_json()).replace(" ", ""))
            assert "999901103" not in cijfers
            assert "99990110" not in cijfers


def test_de_plaats_van_een_fout_staat_erbij() -> None:
    oordeel = iwmo.controleer(
        gemaakt("307", zet("Client/StopProducten/StopProduct[2]/RedenBeeindiging", "32"))
    )
    melding = oordeel.meldingen[0]
    assert melding.plaats == "Bericht/Client/StopProducten/StopProduct[2]/RedenBeeindiging"
    assert (melding.regel, melding.gevonden) == ("XSD", "32")
    assert melding.verwacht == "een van 02, 19, 20, 21, 22, 23, 31, 36, 37, 38, 39"


def test_een_groot_bericht_vol_fouten_is_snel_klaar() -> None:
    """Over 100 faults in more than 1 MB: named by element, for naming the places of all took a minute."""
    begin, einde = GOED.index(b"<w:StopProduct>"), GOED.index(b"</w:StopProducten>")
    stop = GOED[begin:einde].replace(b">19<", b">99<").replace(b">20<", b">99<")
    oordeel = iwmo.controleer(GOED[:begin] + stop * 2000 + GOED[einde:])
    assert oordeel.oordeel == "afgekeurd-schema"
    assert [melding.gevonden for melding in oordeel.meldingen] == ["RedenBeeindiging"]


def test_een_groot_bericht_met_een_fout_noemt_de_plaats() -> None:
    begin, einde = GOED.index(b"<w:StopProduct>"), GOED.index(b"</w:StopProducten>")
    stop = GOED[begin:einde]
    data = GOED[:begin] + stop * 1500 + stop.replace(b">20<", b">99<") + GOED[einde:]
    meldingen = iwmo.controleer(data).meldingen
    assert [melding.plaats for melding in meldingen] == [
        "Bericht/Client/StopProducten/StopProduct[3001]/RedenBeeindiging"
    ]


def test_meer_draden_tegelijk_storen_elkaar_niet() -> None:
    """Parser and schema are kept per thread: findings of one file never show up at another."""
    fout = gemaakt("307", zet("Client/Geslacht", "7"))
    gezien: list[tuple[str, int]] = []

    def werk(data: bytes) -> None:
        for _ in range(200):
            oordeel = iwmo.controleer(data)
            gezien.append((oordeel.oordeel, len(oordeel.meldingen)))

    draden = [threading.Thread(target=werk, args=(data,)) for data in (GOED, fout, GOED, fout)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(set(gezien)) == [("afgekeurd-schema", 1), ("akkoord", 0)]
    assert len(gezien) == 800
