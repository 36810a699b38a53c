"""The notes of a quarterly talk, and an action that was agreed upon."""

from __future__ import annotations

from typing import Any

from django import forms

from rapportage.models import Kwartaalgesprek
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import DatumVeld, TekstVeld

VERSLAG_MAX = 10_000


class Verslagformulier(NldsFormulier, forms.Form):
    knop = "Bewaar verslag"
    gespreksdatum = DatumVeld(label="Datum van het gesprek", required=False)
    verslag = TekstVeld(
        label="Verslag",
        required=False,
        max_tekens=VERSLAG_MAX,
        help_text="Schrijf geen namen van cliënten op. Gebruik het kenmerk uit de lijst.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def van(cls, rij: Kwartaalgesprek) -> Verslagformulier:
        beginwaarden: dict[str, Any] = {
            "gespreksdatum": rij.gespreksdatum,
            "verslag": rij.verslag,
            "versie": rij.versie,
        }
        return cls(initial=beginwaarden)


class Actieformulier(NldsFormulier, forms.Form):
    knop = "Leg vast"
    tekst = TekstVeld(label="Wat is afgesproken?", max_tekens=500)
    wie = forms.CharField(
        label="Wie doet het?",
        max_length=100,
        help_text="Een organisatie of een naam.",
        error_messages={"required": "Vul in wie het doet."},
    )
    uiterlijk_datum = DatumVeld(label="Uiterlijk op", required=False)
