"""Text as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.tekst import in_het_kort, te_lang, tekens, zoeksleutel, zonder_stuurtekens


@pytest.mark.parametrize(
    ("naam", "sleutel"),
    [
        ("Ĳsbrand de Vriès", "ijsbrand de vries"),
        ("IJsbrand  de\tVries ", "ijsbrand de vries"),
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("Søren Łukasz Œdipe", "soren lukasz oedipe"),
        ("Ömer Yıldız İnce", "omer yildiz ince"),
        ("Groß", "gross"),
        ("van ’t Hof", "van 't hof"),
        ("Jansen–Pietersen", "jansen-pietersen"),
        ("ＡＢＣ", "abc"),
        ("Jan\u200bsen", "jansen"),
        ("", ""),
    ],
)
def test_een_naam_is_te_vinden_zonder_accenten(naam, sleutel):
    assert zoeksleutel(naam) == sleutel


@given(st.text())
def test_twee_keer_vouwen_is_een_keer_vouwen(tekst):
    sleutel = zoeksleutel(tekst)
    assert zoeksleutel(sleutel) == sleutel
    assert "  " not in sleutel
    sleutel.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="latin-1", categories=["L", "Zs"])))
def test_hoofdletters_maken_niet_uit(tekst):
    assert zoeksleutel(tekst.upper()) == zoeksleutel(tekst)


def test_een_regeleinde_telt_als_een_teken():
    assert tekens("a\r\nb") == 3
    assert tekens("a\rb") == tekens("a\nb") == 3
    assert tekens("👍") == 1


@pytest.mark.parametrize(
    ("lengte", "zin"), [(299, None), (300, None), (301, "1 teken te veel"), (312, "12 tekens te veel")]
)
def test_te_lang_zegt_hoeveel_te_veel(lengte, zin):
    assert te_lang("a" * lengte, 300) == zin


def test_driehonderd_tekens_met_regeleinden_van_de_browser_passen():
    assert te_lang("a\r\n" * 150, 300) is None


def test_stuurtekens_gaan_eruit_en_de_rest_blijft():
    assert zonder_stuurtekens("a\x00b\x07\x1bc\td\r\ne\ud800\ufffef\x85") == "abc\td\nef"
    assert zonder_stuurtekens("Zoë 👩‍👩‍👧 – ’t") == "Zoë 👩‍👩‍👧 – ’t"


@given(st.text())
def test_wat_overblijft_past_in_elke_databank(tekst):
    schoon = zonder_stuurtekens(tekst)
    schoon.encode("utf-8")
    assert "\x00" not in schoon
    assert zonder_stuurtekens(schoon) == schoon


@pytest.mark.parametrize(
    ("tekst", "kort"),
    [
        ("Ondersteuning", "Ondersteuning"),
        ("Ondersteuning thuis", "Ondersteunin…"),
        ("a\n b", "a b"),
        ("", ""),
    ],
)
def test_een_lang_label_eindigt_op_een_beletselteken(tekst, kort):
    assert in_het_kort(tekst, 13) == kort
