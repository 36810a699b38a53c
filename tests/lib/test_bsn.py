"""The burgerservicenummer: the 11-proef, the mask, the sniffer and the log filter."""

import io
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.bsn import (
    BsnFilter,
    BsnOngeldig,
    is_geldig,
    is_test_bsn,
    maskeer,
    maskeer_tekst,
    valideer,
    vind_bsns,
)

ANNA = "999900006"
BRAM = "999990019"


def elfproef(nummer: int) -> bool:
    """The rule itself, written a second time: 9a+8b+…+2h-i is a multiple of eleven."""
    cijfers = [int(c) for c in f"{nummer:09d}"]
    som = sum(gewicht * c for gewicht, c in zip([9, 8, 7, 6, 5, 4, 3, 2, -1], cijfers, strict=True))
    return nummer > 0 and som % 11 == 0


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_elfproef_zegt_hetzelfde_als_de_regel(nummer):
    assert is_geldig(f"{nummer:09d}") == elfproef(nummer)


@pytest.mark.parametrize(
    "tekst", [ANNA, "9999.00.006", "9999 00 006", " 999-900-006 ", "9999\u00a000\u00a0006"]
)
def test_elke_schrijfwijze_van_anna_is_hetzelfde_nummer(tekst):
    assert valideer(tekst) == ANNA


def test_een_weggevallen_voorloopnul_komt_terug():
    assert elfproef(10_000_008)
    assert valideer("10000008") == "010000008"


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("", "Vul een BSN in"),
        ("   ", "Vul een BSN in"),
        ("99990000", "elfproef"),
        ("9999000", "hier staan er 7"),
        ("9999000061", "hier staan er 10"),
        ("99990000A", "alleen uit cijfers"),
        ("٩٩٩٩٠٠٠٠٦", "alleen uit cijfers"),
        ("999900007", "elfproef"),
        ("000000000", "elfproef"),
    ],
)
def test_wat_geen_bsn_is_krijgt_een_zin_zonder_het_nummer(tekst, zin):
    with pytest.raises(BsnOngeldig, match=zin) as fout:
        valideer(tekst)
    assert not tekst.strip() or tekst.strip() not in str(fout.value)


@given(st.text())
def test_geen_tekst_geeft_een_andere_fout(tekst):
    if is_geldig(tekst):
        assert len(valideer(tekst)) == 9


def test_testnummers_zijn_alleen_de_reeks_die_van_niemand_is():
    assert is_test_bsn("999900006")
    assert is_test_bsn("999999990")
    onder = next(n for n in range(999_900_005, 0, -1) if elfproef(n))
    assert is_geldig(str(onder))
    assert not is_test_bsn(str(onder))
    assert not is_test_bsn("999900007")


def test_masker_toont_de_laatste_drie():
    assert maskeer("999990782") == "•••••782"
    assert maskeer("9999.00.006") == "•••••006"


def test_masker_verraadt_niets_van_iets_korts():
    assert maskeer("12") == "•••••"
    assert maskeer("12345") == "•••••"


@pytest.mark.parametrize(
    "tekst",
    [
        f"cliënt {ANNA}",
        f"BSN{ANNA}",
        f"bsn_{ANNA}.pdf",
        f"/client/{ANNA}/",
        f"?q=%20{ANNA}",
        "nummer 9999.00.006 gebeld",
        "nummer 9999 00 006 gebeld",
        "nummer 999 900 006 gebeld",
        "nummer 999-900-006.",
        f'{{"bsn":"{ANNA}"}}',
        f"<Bsn>{ANNA}</Bsn>",
        f"Failing row contains (1, {ANNA}).",
    ],
)
def test_de_snuffelaar_vindt_anna(tekst):
    assert vind_bsns(tekst) == [ANNA]
    assert vind_bsns(maskeer_tekst(tekst)) == []
    assert "•••••006" in maskeer_tekst(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "999900007",  # fails the 11-proef
        f"1{ANNA}",  # ten digits
        f"{ANNA}1",
        "9999.00 006",  # mixed separators
        f"0b3c1f2e-1a2b-4c3d-8e9f-a{ANNA}bc",  # part of an identifier
        f"sha256 {'ab' * 20}{ANNA}{'c' * 15}",  # part of a digest
        "2026-03-31 22:30:00",
        "",
    ],
)
def test_wat_geen_bsn_is_blijft_staan(tekst):
    assert vind_bsns(tekst) == []
    assert maskeer_tekst(tekst) == tekst


def test_meer_nummers_komen_in_volgorde():
    assert vind_bsns(f"{BRAM} en {ANNA} en {BRAM}") == [BRAM, ANNA, BRAM]


@pytest.fixture
def journaal():
    """A logger with a child, and everything that the handler wrote."""
    uit = io.StringIO()
    handler = logging.StreamHandler(uit)
    handler.setFormatter(logging.Formatter("%(message)s %(extra)s", defaults={"extra": ""}))
    handler.addFilter(BsnFilter())
    ouder = logging.getLogger("proef")
    ouder.propagate = False
    ouder.addHandler(handler)
    yield logging.getLogger("proef.kind"), uit
    ouder.removeHandler(handler)


def test_het_filter_maskeert_bericht_en_argumenten(journaal):
    log, uit = journaal
    log.warning("zoek %s en %d", ANNA, int(BRAM))
    assert uit.getvalue().strip() == "zoek •••••006 en •••••019"


def test_het_filter_maskeert_de_foutmelding(journaal):
    log, uit = journaal
    try:
        raise ValueError(f"Failing row contains (1, {ANNA})")
    except ValueError:
        log.exception("mislukt")
    assert "ValueError: Failing row contains (1, •••••006)" in uit.getvalue()
    assert vind_bsns(uit.getvalue()) == []


def test_het_filter_maskeert_wat_er_extra_bij_staat(journaal):
    log, uit = journaal
    log.warning("zie", extra={"extra": {"bsn": int(ANNA), "lijst": [BRAM, (ANNA,)]}})
    assert vind_bsns(uit.getvalue()) == []
    assert "•••••006" in uit.getvalue()
    assert "•••••019" in uit.getvalue()


def test_een_verkeerd_aangeroepen_log_lekt_niet_via_stderr(journaal, capsys):
    log, uit = journaal
    log.warning("zoek %s %s", ANNA)
    assert "•••••006" in uit.getvalue()
    assert vind_bsns(uit.getvalue() + capsys.readouterr().err) == []


def test_zonder_filter_staat_het_er_wel(journaal):
    """Negative control: the test above fails when the filter is taken away."""
    log, uit = journaal
    handler = logging.getLogger("proef").handlers[0]
    handler.removeFilter(handler.filters[0])
    log.warning("zoek %s", ANNA)
    assert vind_bsns(uit.getvalue()) == [ANNA]
