"""Forms of this app: which file for which municipality, and what to look for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from organisaties.models import Gebruiker, Gemeente
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import BestandVeld

HOOGSTENS_MB = 10


class InleesForm(NldsFormulier, forms.Form):
    knop = "Draai proef"
    gemeente = forms.ModelChoiceField(queryset=Gemeente.objects.none(), empty_label=None)
    bestand = BestandVeld(label="Bestand", soorten=("xlsx", "csv"), hoogstens_mb=HOOGSTENS_MB)

    def __init__(self, *args: Any, gebruiker: Gebruiker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["gemeente"]
        veld.queryset = gebruiker.gemeenten.filter(ingericht=True)  # type: ignore[attr-defined]  # a choice field

    def clean_bestand(self) -> UploadedFile:
        bestand: UploadedFile = self.cleaned_data["bestand"]
        if (bestand.size or 0) > HOOGSTENS_MB * 1024 * 1024:
            mb = f"{(bestand.size or 0) / 1024 / 1024:.1f}".replace(".", ",")
            raise ValidationError(
                f"Dit bestand is {mb} MB; toegestaan is {HOOGSTENS_MB} MB. Splits het bestand in delen."
            )
        return bestand


class ZoekForm(NldsFormulier, forms.Form):
    knop = "Zoek"
    zoek = forms.CharField(
        label="Naam, nummer of BSN",
        max_length=100,
        help_text="Een achternaam, het nummer van een beschikking of toewijzing, of een heel BSN.",
        error_messages={"required": "Vul een naam, nummer of BSN in."},
    )
