"""The form by which a beheerder sets up the log-in service of an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from organisaties.models import Aanbieder, Gemeente, Inlogdienst
from organisaties.oidc import veilig_adres
from organisaties.queries import gemeenten_ingericht
from wmo_portal.nlds.formulier import NldsFormulier

_VOOR_WIE = "Kies gemeenten of één aanbieder, niet allebei."


class InlogdienstForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    geheim = forms.CharField(
        required=False,
        label="Geheim (client secret)",
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Wordt versleuteld bewaard en nooit getoond. Leeg: het geheim van nu blijft.",
        error_messages={"required": "Vul het geheim in dat de dienst u gaf."},
    )

    class Meta:
        model = Inlogdienst
        fields: ClassVar[Sequence[str]] = [
            "naam",
            "code",
            "gemeenten",
            "aanbieder",
            "uitgever",
            "client_id",
            "geheim",
            "tweede_stap",
            "eis_naam",
            "eis_waarde",
            "verplicht",
            "actief",
        ]
        widgets: ClassVar[dict[str, Any]] = {"gemeenten": forms.CheckboxSelectMultiple}
        labels: ClassVar[dict[str, str]] = {
            "naam": "Naam op de inlogpagina",
            "uitgever": "Uitgever (issuer)",
            "client_id": "Client-id",
            "tweede_stap": "Waarden van acr of amr voor een tweede stap",
            "eis_naam": "Gegeven dat de organisatie noemt",
            "eis_waarde": "Waarde van dat gegeven",
            "verplicht": "Deze mensen loggen alleen zo in, niet met een wachtwoord",
            "actief": "Deze inlogdienst staat aan",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "naam": "Bijvoorbeeld: Gemeente Westland.",
            "code": "Kleine letters, cijfers en streepjes. Komt in het adres en verandert niet meer.",
            "gemeenten": "Wie voor nog een gemeente werkt die hier niet staat, kan zo niet inloggen.",
            "aanbieder": "Geldt de dienst voor een aanbieder, kies die dan en laat de gemeenten leeg.",
            "uitgever": "Precies zoals de dienst zichzelf noemt, bijvoorbeeld: https://inloggen.example.nl.",
            "tweede_stap": "Met spaties ertussen. Leeg: het portaal vraagt altijd zelf een tweede stap.",
            "eis_naam": "Bij een aanbieder verplicht, want een makelaar voor eHerkenning bedient iedereen. "
            "Bijvoorbeeld het KvK-nummer of de tenant.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeenten"].queryset = gemeenten_ingericht()  # type: ignore[attr-defined]  # a choice field
        self.fields["aanbieder"].queryset = Aanbieder.objects.filter(ingericht=True)  # type: ignore[attr-defined]
        self.fields["aanbieder"].empty_label = "Geen"  # type: ignore[attr-defined]  # a choice field
        if not self.instance.pk:
            self.fields["geheim"].required = True
            self.fields["geheim"].help_text = "Wordt versleuteld bewaard en nooit getoond."

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if self.instance.pk and code != Inlogdienst.objects.get(pk=self.instance.pk).code:
            raise ValidationError("De code staat in het adres dat de dienst kent en verandert niet meer.")
        return code

    def clean_uitgever(self) -> str:
        adres = str(self.cleaned_data["uitgever"])
        if not veilig_adres(adres) or "?" in adres or "#" in adres:
            raise ValidationError(f"“{adres}” is geen adres dat met https:// begint. Vul het hele adres in.")
        return adres

    def clean(self) -> dict[str, Any]:
        super().clean()
        gegevens = self.cleaned_data
        if bool(gegevens.get("gemeenten")) == bool(gegevens.get("aanbieder")):
            self.add_error("aanbieder", _VOOR_WIE)
        if bool(gegevens.get("eis_naam")) != bool(gegevens.get("eis_waarde")):
            self.add_error("eis_waarde", "Vul de naam en de waarde allebei in, of geen van beide.")
        elif gegevens.get("aanbieder") and not gegevens.get("eis_naam"):
            self.add_error(
                "eis_naam", "Vul in aan welk gegeven te zien is dat iemand bij deze aanbieder werkt."
            )
        return gegevens

    @property
    def velden(self) -> dict[str, Any]:
        return {naam: w for naam, w in self.cleaned_data.items() if naam != "gemeenten"}

    @property
    def gemeenten(self) -> list[Gemeente]:
        return list(self.cleaned_data["gemeenten"])
