"""Passwords that somebody around here would try first, and passwords that leaked (ASVS 6.1.2, 6.2.11, 6.2.12)."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisaties.wachtwoorden import GeenEigenWoorden, NietUitgelekt
from tests import fabriek


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wachtwoord", "mag"),
    [
        ("Westland-Westland-2026", False),
        ("gemeente-wéstland!!", False),
        ("Stichting De Linde 12345", False),
        ("Wmo-portaal-2026-geheim", False),
        ("toewijzing-beschikking-9", False),
        ("westland heeft zeven groene lantaarns", True),
        ("zeven-groene-lantaarns", True),
        ("1234567890123456", True),  # other rules are about that one
    ],
)
def test_een_naam_van_hier_is_geen_wachtwoord(wachtwoord, mag):
    fabriek.westland()
    fabriek.aanbieder("Stichting De Linde")
    if mag:
        GeenEigenWoorden().validate(wachtwoord)
    else:
        with pytest.raises(ValidationError, match="Kies een zin"):
            GeenEigenWoorden().validate(wachtwoord)


def lijst(pad, woorden, einde="\n"):
    merken = sorted(hashlib.sha1(w.encode(), usedforsecurity=False).hexdigest().upper() for w in woorden)
    pad.write_text("".join(f"{merk}:{nr}{einde}" for nr, merk in enumerate(merken)))
    return NietUitgelekt(str(pad))


@pytest.mark.parametrize("einde", ["\n", "\r\n"])
def test_elk_woord_van_de_lijst_wordt_gevonden_en_geen_ander(tmp_path, einde):
    """First, last and all between: a search by halving goes wrong at the ends."""
    woorden = [f"wachtwoord nummer {nr}" for nr in range(200)]
    oordeel = lijst(tmp_path / "gelekt.txt", woorden, einde)
    for woord in woorden:
        with pytest.raises(ValidationError, match="uitgelekte"):
            oordeel.validate(woord)
    for woord in woorden:
        oordeel.validate(f"{woord} en nog iets")


@given(st.sets(st.text(min_size=1), max_size=9), st.text(min_size=1))
def test_bij_elke_lijst_hetzelfde_antwoord_als_opzoeken(tmp_path_factory, woorden, woord):
    oordeel = lijst(
        tmp_path_factory.mktemp("gelekt") / "lijst", {w.encode(errors="replace").decode() for w in woorden}
    )
    woord = woord.encode(errors="replace").decode()
    try:
        oordeel.validate(woord)
    except ValidationError:
        assert woord in {w.encode(errors="replace").decode() for w in woorden}
    else:
        assert woord not in {w.encode(errors="replace").decode() for w in woorden}


@pytest.mark.parametrize("inhoud", ["", "\n"])
def test_een_lege_lijst_en_geen_lijst_weigeren_niemand(tmp_path, inhoud):
    (tmp_path / "leeg").write_text(inhoud)
    NietUitgelekt(str(tmp_path / "leeg")).validate("wat dan ook")
    NietUitgelekt().validate("wat dan ook")
