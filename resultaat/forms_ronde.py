"""The forms of the monthly round."""

from __future__ import annotations

from typing import Any

from django import forms

from organisaties.models import Gebruiker, Gemeente
from resultaat.queries.ronde import gemeenten_van
from wmo_portal.lib.perioden import Maand
from wmo_portal.nlds.formulier import NldsFormulier, NldsHelper
from wmo_portal.nlds.velden import TekstVeld

MAANDEN_TERUG = 18


class KiesRonde(NldsFormulier, forms.Form):
    """Which municipality, which month. The run itself is asked for on the page of the dry run."""

    knop = "Proefdraai"
    eenmalig = forms.UUIDField(widget=forms.HiddenInput, required=False)
    gemeente = forms.ModelChoiceField(
        queryset=Gemeente.objects.none(),
        label="Gemeente",
        to_field_name="code",
        empty_label="Kies een gemeente",
    )
    maand = forms.ChoiceField(
        label="Maand",
        help_text="De ronde kijkt naar alle open stopberichten tot en met de laatste dag van deze maand.",
    )

    def __init__(self, *args: Any, gebruiker: Gebruiker, deze_maand: Maand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gemeenten = gemeenten_van(gebruiker)
        self.fields["gemeente"].queryset = gemeenten  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(gemeenten) == 1:
            self.fields["gemeente"].initial = gemeenten[0].code
        maanden = [deze_maand.plus(-n) for n in range(MAANDEN_TERUG)]
        self.fields["maand"].choices = [(str(m), m.naam) for m in maanden]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["maand"].initial = str(deze_maand.vorige)

    def clean_maand(self) -> Maand:
        return Maand.lees(self.cleaned_data["maand"])


class Reden(NldsFormulier, forms.Form):
    """One reason, required, for what cannot be derived from the papers."""

    eenmalig = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reden = TekstVeld(label="Reden", max_tekens=1000)

    def __init__(self, *args: Any, knop: str, uitleg: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.knop = knop
        self.fields["reden"].help_text = uitleg

    @property
    def helper(self) -> NldsHelper:
        return NldsHelper(self, knop=self.knop)
