"""Form fields: what people type, what they are told, and that nothing is cut."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.tekst import eenvoudige_regeleinden
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import (
    DatumVeld,
    JaNeeVeld,
    Keuze,
    TekstVeld,
    bestandsuitleg,
    lees_datum,
    toon_datum,
)


@pytest.mark.parametrize("tekst", ["14-3-2026", "14-03-2026", "2026-03-14", " 14-03-2026 "])
def test_een_datum_mag_op_drie_manieren(tekst):
    assert DatumVeld().clean(tekst) == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("31-02-2026", "bestaat niet"),
        ("29-02-2025", "bestaat niet"),
        ("14-03-26", "dd-mm-jjjj"),
        ("maart", "‘maart’ is niet als datum te lezen"),
        ("14-03-2026x", "dd-mm-jjjj"),
        ("00-01-2026", "bestaat niet"),
        ("01-01-0202", "Vul een datum in van 01-01-1900"),
    ],
)
def test_een_foute_datum_krijgt_een_zin_die_zegt_wat_te_doen(tekst, zin):
    with pytest.raises(ValidationError, match=zin):
        DatumVeld().clean(tekst)


def test_de_schrikkeldag_bestaat_wel():
    assert DatumVeld().clean("29-02-2024") == date(2024, 2, 29)


@given(st.dates())
def test_wat_getoond_wordt_is_weer_te_lezen(dag):
    assert lees_datum(toon_datum(dag)) == dag


@given(st.text(max_size=40))
def test_elke_tekst_is_een_datum_of_krijgt_een_zin(tekst):
    try:
        gelezen = lees_datum(tekst)
    except ValueError as fout:
        zin = str(fout)
    else:
        zin = f"{toon_datum(gelezen)}."
    assert zin.endswith(".")
    assert len(zin) > 10


def test_vroegst_en_laatst_horen_erbij():
    veld = DatumVeld(vroegst=date(2026, 1, 1), laatst=date(2026, 12, 31))
    assert veld.clean("01-01-2026") == date(2026, 1, 1)
    assert veld.clean("31-12-2026") == date(2026, 12, 31)
    for buiten in ("31-12-2025", "01-01-2027"):
        with pytest.raises(ValidationError, match="kan hier niet"):
            veld.clean(buiten)


def test_driehonderd_tekens_passen_en_een_meer_niet():
    veld = TekstVeld(max_tekens=300)
    assert veld.clean("á" * 300) == "á" * 300
    with pytest.raises(ValidationError, match=r"301 tekens lang\. Er passen er 300\. Dat is 1 teken te veel"):
        veld.clean("á" * 301)


def test_een_regeleinde_van_de_browser_telt_als_een_teken():
    assert TekstVeld(max_tekens=3).clean("a\r\nb") == "a\nb"
    with pytest.raises(ValidationError):
        TekstVeld(max_tekens=3).clean("a\r\nbc")


def test_alleen_spaties_is_leeg():
    with pytest.raises(ValidationError):
        TekstVeld(max_tekens=300).clean("  \r\n ")
    assert TekstVeld(required=False).clean("  \r\n ") == ""


def test_de_browser_krijgt_geen_maxlength_want_die_knipt_stil():
    class Formulier(forms.Form):
        reden = TekstVeld(max_tekens=300)

    html = str(Formulier()["reden"])
    assert "maxlength" not in html
    assert 'data-max-tekens="300"' in html


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=50))
def test_niets_wat_past_wordt_veranderd_behalve_de_randen(tekst):
    assert TekstVeld(required=False).clean(tekst) == eenvoudige_regeleinden(tekst).strip()


@pytest.mark.parametrize(("antwoord", "waarde"), [("ja", True), ("nee", False)])
def test_ja_en_nee(antwoord, waarde):
    assert JaNeeVeld().clean(antwoord) is waarde


def test_geen_antwoord_is_geen_nee():
    assert JaNeeVeld(required=False).clean("") is None
    with pytest.raises(ValidationError):
        JaNeeVeld().clean("")


class Voorbeeld(NldsFormulier, forms.Form):
    labels = {"naam": "Uw naam"}
    naam = forms.CharField()
    gebied = forms.ChoiceField(label="Gebied", choices=[("a", Keuze("Huishouden", "schoon & heel"))])
    soort = forms.ChoiceField(label="Soort", choices=[("x", "X")], widget=forms.RadioSelect, required=False)
    plan = forms.FileField(label="Zorgplan")
    akkoord = forms.BooleanField(label="Akkoord")
    eigen = forms.CharField(error_messages={"required": "Dat moet echt."})


def test_elk_leeg_veld_zegt_in_een_zin_wat_te_doen():
    fouten = {naam: lijst[0] for naam, lijst in Voorbeeld({}, {}).errors.items()}
    assert fouten == {
        "naam": "Vul ‘Uw naam’ in.",
        "gebied": "Kies een antwoord bij ‘Gebied’.",
        "plan": "Kies een bestand bij ‘Zorgplan’.",
        "akkoord": "Zet een vinkje bij ‘Akkoord’ om verder te gaan.",
        "eigen": "Dat moet echt.",
    }


def test_een_verzonnen_keuze_krijgt_een_zin():
    assert Voorbeeld({"gebied": "zzz"}).errors["gebied"] == ["Kies bij ‘Gebied’ een antwoord uit de lijst."]


def test_de_zinnen_van_het_ene_formulier_komen_niet_in_het_andere():
    Voorbeeld({})
    assert Voorbeeld.base_fields["naam"].error_messages["required"] != "Vul ‘Uw naam’ in."


def toon(form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_formulier_altijd_novalidate_en_met_woorden_voor_niet_verplicht():
    html = toon(Voorbeeld())
    assert " novalidate" in html
    assert 'enctype="multipart/form-data"' in html
    assert html.count("(niet verplicht)") == 1
    assert "data-foutoverzicht" not in html


def test_groep_met_fout_onder_de_legenda():
    class Groep(NldsFormulier, forms.Form):
        soort = forms.ChoiceField(label="Soort", choices=[("x", "X"), ("y", "Y")], widget=forms.RadioSelect)

    html = toon(Groep({}))
    assert html.index("<legend") < html.index('id="id_soort_error"') < html.index('type="radio"')
    assert 'href="#id_soort_0"' in html
    assert 'role="radiogroup"' in html


def test_tekst_van_mensen_wordt_ontsnapt_in_veld_fout_en_overzicht():
    class Datum(NldsFormulier, forms.Form):
        dag = DatumVeld(label="Dag")

    html = toon(Datum({"dag": "<script>alert(1)</script>"}))
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3


@pytest.mark.parametrize(
    ("soorten", "mb", "zin"),
    [
        (("pdf",), 20, "PDF, hoogstens 20 MB"),
        (("pdf", "docx", "odt"), None, "PDF, DOCX of ODT"),
        ((), None, ""),
    ],
)
def test_een_upload_zegt_vooraf_wat_mag(soorten, mb, zin):
    assert bestandsuitleg(soorten, mb) == zin
