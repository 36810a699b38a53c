"""The AGB-code of a provider."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.agb import AgbOngeldig, is_geldig, valideer


@pytest.mark.parametrize("tekst", ["01234567", " 01234567 ", "0123 4567", "01-234567"])
def test_acht_cijfers(tekst):
    assert valideer(tekst) == "01234567"


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("", "Vul een AGB-code in"),
        ("1234567", "hier staan er 7. Een 0 vooraan"),
        ("123456789", "hier staan er 9"),
        ("0123456A", "hier staat “0123456A”"),
        ("٠١٢٣٤٥٦٧", "alleen uit cijfers"),
        ("00000000", "alleen nullen"),
    ],
)
def test_iets_anders_krijgt_een_zin(tekst, zin):
    with pytest.raises(AgbOngeldig, match=zin):
        valideer(tekst)


@given(st.text(max_size=20))
def test_elke_tekst_is_een_code_of_krijgt_een_zin(tekst):
    if is_geldig(tekst):
        assert len(valideer(tekst)) == 8
        assert valideer(tekst).isdigit()
