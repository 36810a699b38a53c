"""What one wants to be told, and when."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from meldingen.models import ALLE_DAGEN, Meldingkeuze
from meldingen.register import Bron
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import Keuze

DAGNAMEN: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
UREN: Final = ((0, "Zo vroeg mogelijk"), (7, "Vanaf 7 uur"), (12, "Vanaf 12 uur"), (16, "Vanaf 16 uur"))


class MeldingFormulier(NldsFormulier, forms.Form):
    knop = "Bewaar mijn keuze"
    soorten = forms.MultipleChoiceField(
        label="Waarover wilt u mail?", required=False, widget=forms.CheckboxSelectMultiple
    )
    dagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen?",
        coerce=int,
        choices=list(zip(ALLE_DAGEN, DAGNAMEN, strict=True)),
        widget=forms.CheckboxSelectMultiple,
        help_text="Wat op een andere dag opkomt, staat in de eerstvolgende mail.",
        error_messages={
            "required": "Kies minstens één dag. Wilt u geen mail, zet dan de soorten hierboven uit."
        },
    )
    vanaf_uur = forms.TypedChoiceField(label="Hoe laat?", coerce=int, choices=UREN, widget=forms.RadioSelect)

    def __init__(self, *args: Any, keuze: Meldingkeuze, bronnen: list[Bron], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "soorten": [bron.code for bron in bronnen if bron.code not in keuze.uit],
            "dagen": keuze.dagen,
            "vanaf_uur": keuze.vanaf_uur,
        }
        super().__init__(*args, **kwargs)
        self.bronnen, self.keuze = bronnen, keuze
        veld = self.fields["soorten"]
        assert isinstance(veld, forms.MultipleChoiceField)
        veld.choices = [(bron.code, Keuze(bron.label, bron.uitleg)) for bron in bronnen]
        if not bronnen:
            del self.fields["soorten"]

    @property
    def uit(self) -> list[str]:
        """Kinds turned off here, and those of another role that were turned off before."""
        aan = set(self.cleaned_data.get("soorten", ()))
        eigen = {bron.code for bron in self.bronnen}
        return [*(eigen - aan), *(code for code in self.keuze.uit if code not in eigen)]
