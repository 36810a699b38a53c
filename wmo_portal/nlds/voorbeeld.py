"""Invented content for the page `/componenten/`: every component in every state (see `views`)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms

from wmo_portal.nlds.formulier import NldsFormulier, NldsHelper
from wmo_portal.nlds.velden import BestandVeld, DatumVeld, JaNeeVeld, Keuze, MeerBestandenVeld, TekstVeld

UITKOMSTEN = [
    ("behaald", Keuze("Behaald", "Bijvoorbeeld: de cliënt kan verder met lichtere hulp.")),
    ("deels", Keuze("Deels behaald", "Bijvoorbeeld: een van de twee doelen is gehaald.")),
    ("niet", Keuze("Niet behaald")),
    ("neutraal", Keuze("Neutraal", "Bijvoorbeeld: de cliënt is verhuisd of overleden.")),
]
REDENEN = [("verhuizing", "Verhuizing"), ("zwaarder", "Zwaardere hulp nodig"), ("anders", "Andere reden")]
AANBIEDERS = [("", "Alle aanbieders"), ("zee", "Zorg aan Zee"), ("linde", "De Linde Thuisbegeleiding")]
LANG = "Resultaatgebiedoverstijgende ondersteuningsbehoefteverduidelijking"


class VoorbeeldFormulier(NldsFormulier, forms.Form):
    """Every kind of field there is."""

    bewaar_url = "concept/"
    toon_bij: ClassVar = {"reden_afwijken": "uitkomst=niet|neutraal"}

    naam = forms.CharField(
        label="Uw naam", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Hier sturen we de bevestiging naartoe.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    einddatum = DatumVeld(label="Einddatum", vroegst=date(2024, 1, 1))
    aanbieder = forms.ChoiceField(label="Aanbieder", choices=[("", "Kies een aanbieder"), *AANBIEDERS[1:]])
    uitkomst = forms.ChoiceField(
        label="Is het resultaat behaald?", choices=UITKOMSTEN, widget=forms.RadioSelect
    )
    reden_afwijken = TekstVeld(label="Waarom wijkt u af van het advies?", required=False, regels=3)
    redenen = forms.MultipleChoiceField(
        label="Redenen",
        choices=REDENEN,
        widget=forms.CheckboxSelectMultiple,
        help_text="U kunt er meer dan één kiezen.",
    )
    gesproken = JaNeeVeld(label="Is er met de cliënt gesproken?")
    toelichting = TekstVeld(
        label="Toelichting", max_tekens=300, help_text="Schrijf geen namen van anderen dan de cliënt."
    )
    zorgplan = BestandVeld(label="Zorgplan", soorten=("pdf", "docx"), hoogstens_mb=20, required=False)
    bijlagen = MeerBestandenVeld(label="Andere bijlagen", soorten=("pdf",), required=False)
    akkoord = forms.BooleanField(label="De cliënt weet dat ik dit verstuur")

    @property
    def helper(self) -> NldsHelper:
        helper = super().helper
        helper.layout = Layout(
            Fieldset("Over u", Row(Column("naam"), Column("email"))),
            Fieldset(
                "Over de hulp", "einddatum", "aanbieder", "uitkomst", "reden_afwijken", "redenen", "gesproken"
            ),
            Fieldset("Toelichting en bijlagen", "toelichting", "zorgplan", "bijlagen", "akkoord"),
        )
        helper.inputs = [Submit("verstuur", "Controleer en verstuur")]
        helper.add_input(Submit("later", "Bewaar en ga later verder", css_class="secundair"))
        return helper


class RegelFormulier(NldsFormulier, forms.Form):
    gebied = forms.ChoiceField(
        label="Resultaatgebied", choices=[("", "Kies"), ("huishouden", "Huishouden"), ("dag", "Dagbesteding")]
    )
    toelichting = TekstVeld(label="Toelichting", max_tekens=120, regels=2)


RegelFormulierSet = forms.formset_factory(RegelFormulier, extra=1, max_num=4, validate_max=True)


class FilterFormulier(NldsFormulier, forms.Form):
    aanbieder = forms.ChoiceField(label="Aanbieder", choices=AANBIEDERS, required=False)
    vanaf = DatumVeld(label="Vanaf", required=False, help_text="")
    zoek = forms.CharField(label="Nummer", required=False)
    mijn = forms.BooleanField(label="Alleen van mij", required=False)


def foute_invoer() -> dict[str, Any]:
    return {"einddatum": "31-02-2026", "aanbieder": "zee", "toelichting": "á" * 312, "naam": ""}


def lege_set_invoer() -> dict[str, Any]:
    return {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-gebied": "dag",
        "form-1-gebied": "fout",
    }


_KOLOMMEN = ("naam", "gebied", "dagen", "bedrag", "soort", "staat")
RIJEN = [
    dict(zip(_KOLOMMEN, rij, strict=True))
    for rij in (
        ("J. de Wit", "Huishouden", 3, "1.240", "fout", "te laat"),
        ("F. el Amrani", LANG, 21, "312", "waarschuwing", "aflopend"),
        ("M. van den Boogaard-Zonneveld", "Dagbesteding", 56, "9.875", "ok", "op tijd"),
    )
]
GEBEURTENISSEN = [
    {
        "op": "01-03-2026",
        "titel": "Beschikking gaat in",
        "tekst": "Huishouden, trede 3",
        "door": "Gemeente Delft",
    },
    {
        "op": "12-05-2026 10:14",
        "titel": "Stopbericht ontvangen",
        "tekst": "Code 19: doelen behaald",
        "soort": "ok",
        "label": "307",
        "url": "#tijdlijn",
    },
    {
        "op": "15-05-2026",
        "titel": "Toelichting ontbreekt",
        "tekst": "Gevraagd aan Zorg aan Zee",
        "soort": "waarschuwing",
        "label": "open",
    },
    {"op": "01-06-2026", "titel": "Maandelijkse ronde", "soort": "verwacht"},
]
STAPPEN = [
    {"label": "Cliënt", "staat": "klaar", "url": "#stappen"},
    {"label": "Resultaatgebieden", "staat": "klaar", "url": "#stappen"},
    {"label": "Toelichting", "staat": "huidig"},
    {"label": "Controleren", "staat": "open"},
]
TABS = [
    {"label": "In de telling", "url": "#tabs", "actief": True, "aantal": 128},
    {"label": "Buiten de telling", "url": "#tabs", "actief": False, "aantal": 0},
    {"label": "Definities", "url": "#tabs", "actief": False},
]
GEGEVENS = [
    ("Cliënt", "J. de Wit"),
    ("Geboren", "04-07-1951"),
    ("Resultaatgebied", LANG),
    ("Trede", "trede 3 → waakvlam"),
    ("Dagen over", 0),
    ("Opvolger", None),
]
_EIGEN_TEKST = "De cliënt redt zich.\nDochter helpt."
VERSIES = [
    {"label": "Uitkomst", "uw": "Behaald", "ander": "Neutraal", "anders": True},
    {"label": "Toelichting", "uw": _EIGEN_TEKST, "ander": "Cliënt is verhuisd.", "anders": True},
    {"label": "Einddatum", "uw": "01-06-2026", "ander": "01-06-2026", "anders": False},
]
