"""A list to choose from, beside Django's own: the same to a browser, whatever the words are."""

import lxml.html
import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.nlds.weergave import Weergave

WOORD = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
WAARDE = st.one_of(WOORD, st.integers(-5, 5), st.none())


def _als_boom(html):
    """Every element with its attributes and its text, white space between elements left out."""
    return [
        (e.tag, dict(e.attrib), (e.text or "").strip()) for e in lxml.html.fragment_fromstring(html).iter()
    ]


def _beide(widget, naam, gekozen, attrs):
    return [
        _als_boom(widget.render(naam, gekozen, attrs, renderer=r)) for r in (Weergave(), TemplatesSetting())
    ]


@given(
    st.lists(st.tuples(WAARDE, WOORD), max_size=6),
    WAARDE,
    st.dictionaries(
        st.sampled_from(["class", "required", "aria-describedby"]), st.sampled_from(["x", True, False])
    ),
)
def test_een_keuzelijst_is_die_van_django(keuzes, gekozen, attrs):
    onze, van_django = _beide(forms.Select(choices=keuzes), "aanbieder", gekozen, attrs)
    assert onze == van_django


def test_groepen_en_meer_dan_een_keuze():
    groepen = [("Noord", [("1", "Een"), ("2", "Twee")]), ("3", "Drie")]
    for widget in (
        forms.Select(choices=groepen),
        forms.SelectMultiple(choices=[("1", "Een"), ("2", "Twee")]),
    ):
        onze, van_django = _beide(widget, "keuze", ["1", "2"], {"id": "id_keuze"})
        assert onze == van_django


@pytest.mark.parametrize("naam", ["<script>alert(1)</script>", '" onclick="x', "Zorg & Co"])
def test_een_naam_blijft_tekst(naam):
    html = forms.Select(choices=[(naam, naam)]).render("aanbieder", None, renderer=Weergave())
    optie = lxml.html.fragment_fromstring(html)[0]
    assert (optie.tag, optie.get("value"), optie.text) == ("option", naam, naam)
    assert dict(optie.attrib) == {"value": naam}
