"""A start or stop by hand, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from beschikkingen.models import Toewijzing
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Levering
from stopberichten.queries_met_de_hand import CODES
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import DatumVeld, Keuze, toon_datum

WAT = [
    ("stop", "De zorg is gestopt (307)"),
    ("start", "De zorg is gestart (305)"),
    (
        "niet-gestart",
        Keuze(
            "De hulp zelf is nog niet gestart, of nu wel",
            "Na een kennismaking, bijvoorbeeld door een wachtlijst. Dit is geen bericht. Het telt voor de uitval.",
        ),
    ),
]
"""The first two become a message; the third is for the figures alone (R80)."""


class KiesFormulier(NldsFormulier, forms.Form):
    knop = "Verder"
    wat = forms.ChoiceField(label="Wat wilt u melden?", choices=WAT, widget=forms.RadioSelect)
    toewijzingnummer = forms.IntegerField(
        label="Toewijzingnummer",
        min_value=1,
        max_value=999_999_999,
        help_text="Het nummer staat op de toewijzing (301) van de gemeente.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Een toewijzingnummer bestaat uit hoogstens 9 cijfers.",
            "min_value": "Een toewijzingnummer bestaat uit hoogstens 9 cijfers.",
            "max_value": "Een toewijzingnummer bestaat uit hoogstens 9 cijfers.",
        },
    )


class StartFormulier(NldsFormulier, forms.Form):
    knop = "Verstuur de start"
    eenmalig = forms.UUIDField(widget=forms.HiddenInput)
    begindatum = DatumVeld(label="Eerste dag van de zorg")

    def __init__(self, *args: Any, toewijzing: Toewijzing, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["begindatum"]
        assert isinstance(veld, DatumVeld)
        veld.vroegst, veld.laatst = toewijzing.ingangsdatum, _niet_later(toewijzing, vandaag)


class StopFormulier(NldsFormulier, forms.Form):
    knop = "Verstuur de stop"
    eenmalig = forms.UUIDField(widget=forms.HiddenInput)
    levering = forms.ChoiceField(label="Welke zorg is gestopt?", widget=forms.RadioSelect)
    einddatum = DatumVeld(label="Laatste dag van de zorg")
    reden = forms.ChoiceField(
        label="Reden van het stoppen",
        widget=forms.RadioSelect,
        choices=[(c.code.value, Keuze(f"{c.code} {c.alias}", c.gebruik)) for c in CODES],
    )

    def __init__(self, *args: Any, leveringen: Sequence[Levering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leveringen = {str(levering.kenmerk): levering for levering in leveringen}
        veld = self.fields["levering"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [(k, f"Zorg sinds {toon_datum(v.begindatum)}") for k, v in self.leveringen.items()]
        if len(self.leveringen) == 1:
            veld.initial = next(iter(self.leveringen))

    def clean_levering(self) -> Levering:
        return self.leveringen[self.cleaned_data["levering"]]

    def clean_reden(self) -> RedenBeeindiging:
        return RedenBeeindiging(self.cleaned_data["reden"])

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        levering, einddatum = gegevens.get("levering"), gegevens.get("einddatum")
        if levering and einddatum and einddatum < levering.begindatum:
            self.add_error(
                "einddatum",
                f"De zorg begon op {toon_datum(levering.begindatum)}. Vul een laatste dag in op of na die dag.",
            )
        return gegevens


class IntrekFormulier(NldsFormulier, forms.Form):
    knop = "Trek de melding in"
    eenmalig = forms.UUIDField(widget=forms.HiddenInput)


def _niet_later(toewijzing: Toewijzing, vandaag: date) -> date:
    """Care that still has to begin is no start; and nothing begins after the allocation has ended."""
    laatst = min(vandaag, toewijzing.einddatum or vandaag)
    return max(laatst, toewijzing.ingangsdatum)
