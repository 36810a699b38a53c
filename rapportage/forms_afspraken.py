"""Agreements of a region about its quarters, as forms."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from rapportage.enums import Categorie
from rapportage.tabellen import KORTE_NAMEN
from stopberichten.enums import Zekerheid
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import DatumVeld, TekstVeld

HOOGSTENS_DAGEN: Final = 180


class DoelFormulier(NldsFormulier, forms.Form):
    knop = "Leg vast"
    tekst = TekstVeld(label="Tekst van het doel", max_tekens=300, regels=3)
    volgorde = forms.IntegerField(label="Plaats in de lijst", min_value=1, max_value=99)
    vanaf = DatumVeld(label="Geldt vanaf")


class VervalFormulier(NldsFormulier, forms.Form):
    knop = "Laat dit doel vervallen"
    vanaf = DatumVeld(label="Geldt niet meer vanaf")


class CategorieFormulier(NldsFormulier, forms.Form):
    knop = "Leg vast"
    categorie = forms.ChoiceField(
        label="Telt als", choices=[(c.value, KORTE_NAMEN[c]) for c in Categorie], widget=forms.RadioSelect
    )
    zekerheid = forms.ChoiceField(
        label="Hoe zeker is dit?", choices=Zekerheid.choices(), widget=forms.RadioSelect
    )
    uitleg = TekstVeld(label="Waarom telt de code zo?", max_tekens=300, regels=3)
    vanaf = DatumVeld(label="Geldt vanaf")


class DagenFormulier(NldsFormulier, forms.Form):
    knop = "Bewaar"
    dagen = forms.IntegerField(label="Dagen na het kwartaal", min_value=1, max_value=HOOGSTENS_DAGEN)
    herinner_dagen = forms.CharField(
        label="Herinneringen, dagen voor de uiterste dag",
        max_length=60,
        help_text="Getallen met een komma ertussen, bijvoorbeeld 14, 3, 0. 0 is de dag zelf.",
    )

    def clean_herinner_dagen(self) -> list[int]:
        delen = [deel.strip() for deel in str(self.cleaned_data["herinner_dagen"]).split(",") if deel.strip()]
        fout = [d for d in delen if not (d.isascii() and d.isdecimal() and int(d) <= HOOGSTENS_DAGEN)]
        if fout or not delen:
            raise forms.ValidationError(
                f"‘{fout[0] if fout else ''}’ is geen aantal dagen. Vul hele getallen in van 0 tot en met {HOOGSTENS_DAGEN}."
            )
        return sorted({int(deel) for deel in delen}, reverse=True)


class TermijnFormulier(NldsFormulier, forms.Form):
    knop = "Zet deze uiterste dag"
    kwartaal = forms.ChoiceField(label="Kwartaal")
    uiterste_datum = DatumVeld(label="Uiterste dag")

    def __init__(self, *args: Any, kwartalen: list[Kwartaal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["kwartaal"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [(str(k), k.naam) for k in kwartalen]
