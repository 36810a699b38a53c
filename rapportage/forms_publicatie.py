"""What to publish: which report, of which region and quarter, and from which number on figures are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from organisaties.models import Regio
from rapportage.afscherming import MINSTE_DREMPEL
from rapportage.forms import kwartalen_tot
from rapportage.queries.lezers import Lezer
from rapportage.queries.uitval import regios
from rapportage.statussen import Publicatiesoort
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.nlds.formulier import NldsFormulier

HOOGSTE_DREMPEL = 100


class Publicatiekeuze(NldsFormulier, forms.Form):
    """A whole quarter of a whole region: tables that overlap could be subtracted."""

    knop = "Bekijk"
    soort = forms.ChoiceField(label="Cijfer", choices=Publicatiesoort.choices())

    def __init__(self, data: Mapping[str, Any] | None, *, lezer: Lezer, vandaag: date) -> None:
        super().__init__(data, initial={"drempel": MINSTE_DREMPEL})
        self._regios = {regio.code: regio for regio in regios(lezer)}
        self.fields["regio"] = forms.ChoiceField(
            label="Regio", choices=[(code, regio.naam) for code, regio in self._regios.items()]
        )
        afgelopen = [k for k in kwartalen_tot(vandaag) if k.laatste < vandaag]
        self.fields["kwartaal"] = forms.ChoiceField(
            label="Kwartaal", choices=[(str(k), k.naam) for k in afgelopen]
        )
        self.fields["drempel"] = forms.IntegerField(
            label="Scherm af onder",
            min_value=MINSTE_DREMPEL,
            max_value=HOOGSTE_DREMPEL,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": f"Vul een getal in van {MINSTE_DREMPEL} tot en met {HOOGSTE_DREMPEL}.",
                "required": f"Vul een getal in van {MINSTE_DREMPEL} tot en met {HOOGSTE_DREMPEL}.",
                "min_value": f"Vul een getal in van {MINSTE_DREMPEL} tot en met {HOOGSTE_DREMPEL}.",
                "max_value": f"Vul een getal in van {MINSTE_DREMPEL} tot en met {HOOGSTE_DREMPEL}.",
            },
        )

    @property
    def cijfer(self) -> Publicatiesoort:
        return Publicatiesoort(self.cleaned_data["soort"])

    @property
    def regio(self) -> Regio:
        return self._regios[self.cleaned_data["regio"]]

    @property
    def kwartaal(self) -> Kwartaal:
        return Kwartaal.lees(self.cleaned_data["kwartaal"])

    @property
    def drempel(self) -> int:
        return int(self.cleaned_data["drempel"])


class PubliceerForm(NldsFormulier, forms.Form):
    """Nothing to fill in: what is published stands above it."""

    knop = "Publiceer"
    eenmalig = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, eenmalig: str) -> None:
        super().__init__(initial={"eenmalig": eenmalig})
