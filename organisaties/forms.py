"""Forms of the beheerder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio, Resultaatgebied, Trede
from organisaties.queries import gemeenten_ingericht
from wmo_portal.lib import agb
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import DatumVeld

_GEEN_GEMEENTE = {Rol.AANBIEDER, Rol.BEHEERDER}


class GebruikerForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    knop = "Opslaan"
    soms_verplicht: ClassVar = {"gemeenten", "aanbieder"}
    gemeenten = forms.ModelMultipleChoiceField(
        queryset=Gemeente.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Voor wie deze persoon werkt. Leeg bij een aanbieder of beheerder.",
    )

    class Meta:
        model = Gebruiker
        fields: ClassVar[Sequence[str]] = [
            "naam",
            "email",
            "functie",
            "telefoon",
            "rol",
            "gemeenten",
            "aanbieder",
        ]
        labels: ClassVar[dict[str, str]] = {"email": "E-mailadres", "telefoon": "Telefoonnummer"}
        # Somebody else's address: the browser must not offer the beheerder's own.
        widgets: ClassVar[dict[str, Any]] = {
            "rol": forms.RadioSelect,
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        help_texts: ClassVar[dict[str, str]] = {"aanbieder": "Alleen bij de rol aanbieder."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeenten"].queryset = gemeenten_ingericht()  # type: ignore[attr-defined]  # a choice field
        self.fields["aanbieder"].queryset = Aanbieder.objects.filter(ingericht=True)  # type: ignore[attr-defined]
        self.fields["aanbieder"].empty_label = "Geen"  # type: ignore[attr-defined]
        self.fields["rol"].choices = Rol.choices()  # type: ignore[attr-defined]  # without the empty option

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        ander = Gebruiker.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if ander.exists():
            raise ValidationError(f"Er is al een account met {email}. Pas dat account aan.")
        return email

    def clean(self) -> dict[str, Any]:
        super().clean()
        gegevens = self.cleaned_data
        if not (rol := gegevens.get("rol")):
            return gegevens
        if rol == Rol.AANBIEDER and not gegevens.get("aanbieder"):
            self.add_error("aanbieder", "Kies de aanbieder waar deze persoon werkt.")
        if rol != Rol.AANBIEDER and gegevens.get("aanbieder"):
            self.add_error(
                "aanbieder", "Een aanbieder hoort alleen bij de rol aanbieder. Maak dit veld leeg."
            )
        if rol not in _GEEN_GEMEENTE and not gegevens.get("gemeenten"):
            self.add_error("gemeenten", "Kies ten minste één gemeente.")
        if rol in _GEEN_GEMEENTE and gegevens.get("gemeenten"):
            self.add_error("gemeenten", "Bij deze rol horen geen gemeenten. Haal de vinkjes weg.")
        return gegevens

    @property
    def velden(self) -> dict[str, Any]:
        return {naam: w for naam, w in self.cleaned_data.items() if naam != "gemeenten"}


class WekenVeld(forms.CharField):
    """`12, 10, 8`: weeks before the end, or empty for the default."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        delen = [deel for deel in str(value or "").replace(";", ",").replace(" ", ",").split(",") if deel]
        if not all(deel.isascii() and deel.isdecimal() and 1 <= int(deel) <= 52 for deel in delen):
            raise ValidationError("Vul weken in als getallen van 1 tot en met 52, bijvoorbeeld: 12, 10, 8.")
        return sorted({int(deel) for deel in delen}, reverse=True)


class GemeenteForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    herinner_weken = WekenVeld(
        required=False, label="Herinneringen, weken voor het einde", help_text="Leeg: 12, 10 en 8 weken."
    )

    class Meta:
        model = Gemeente
        fields: ClassVar[Sequence[str]] = [
            "naam",
            "regio",
            "ingericht",
            "evaluatiedocument",
            "ronde_dag",
            "ronde_automatisch",
            "formulier_wachtdagen",
            "einddatum_tolerantie_dagen",
            "verkort_dagen",
            "herinner_weken",
            "retourweg",
            "productlijst_geldt",
            "nummer_verplicht",
            "bewaartermijn_jaren",
            "bewaartermijn_bron",
            "bedenktijd_dagen",
            "opmerking",
        ]
        labels: ClassVar[dict[str, str]] = {
            "ingericht": "Deze gemeente werkt met het portaal",
            "evaluatiedocument": "Document dat de aanbieder 8 weken vooraf stuurt",
            "ronde_dag": "Dag van de maandelijkse ronde",
            "ronde_automatisch": "De ronde begint vanzelf op die dag",
            "formulier_wachtdagen": "Dagen wachten op een Toelichting",
            "einddatum_tolerantie_dagen": "Dagen die de einddatum mag afwijken",
            "verkort_dagen": "Termijn bij een korte beschikking, in dagen",
            "retourweg": "Retourberichten (306 en 308) versturen",
            "productlijst_geldt": "Productcodes toetsen aan de productafspraken",
            "nummer_verplicht": "Starts en stops moeten een toewijzingnummer hebben",
            "bewaartermijn_jaren": "Bewaartermijn in jaren",
            "bewaartermijn_bron": "Bron van de bewaartermijn",
            "bedenktijd_dagen": "Bedenktijd voor vernietigen, in dagen",
        }


class AanbiederForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    agb = forms.CharField(label="AGB-code", max_length=20, help_text="8 cijfers; een 0 vooraan hoort erbij.")

    class Meta:
        model = Aanbieder
        fields: ClassVar[Sequence[str]] = ["agb", "naam", "email", "ingericht"]
        widgets: ClassVar[dict[str, Any]] = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}
        labels: ClassVar[dict[str, str]] = {
            "email": "E-mailadres voor herinneringen",
            "ingericht": "Deze aanbieder werkt met het portaal",
        }

    def clean_agb(self) -> str:
        try:
            code = agb.valideer(str(self.cleaned_data["agb"]))
        except agb.AgbOngeldig as fout:
            raise ValidationError(str(fout)) from fout
        if not self.instance.pk and Aanbieder.objects.filter(agb=code).exists():
            raise ValidationError("Er is al een aanbieder met deze AGB-code. Pas die aan.")
        if self.instance.pk and code != self.instance.agb:
            raise ValidationError(
                f"De AGB-code van een aanbieder verandert niet; die blijft {self.instance.agb}. Maak een nieuwe aanbieder."
            )
        return code


class GebiedForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    class Meta:
        model = Resultaatgebied
        fields: ClassVar[Sequence[str]] = ["naam", "code", "volgorde"]
        help_texts: ClassVar[dict[str, str]] = {"code": "Kleine letters, cijfers en streepjes."}


class TredeForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    class Meta:
        model = Trede
        fields: ClassVar[Sequence[str]] = ["naam", "zwaarte", "is_waakvlam"]
        labels: ClassVar[dict[str, str]] = {"is_waakvlam": "Dit is de waakvlam"}
        help_texts: ClassVar[dict[str, str]] = {"zwaarte": "1 is het lichtst. Hoger is zwaarder."}


class ProductForm(NldsFormulier, forms.Form):
    knop = "Leg de afspraak vast"
    categorie = forms.CharField(
        label="Productcategorie", max_length=2, help_text="2 cijfers, bijvoorbeeld 02."
    )
    code = forms.CharField(label="Productcode", max_length=5, help_text="5 tekens, bijvoorbeeld 02A03.")
    omschrijving = forms.CharField(max_length=200)
    gebied = forms.ModelChoiceField(
        queryset=Resultaatgebied.objects.none(), required=False, label="Resultaatgebied"
    )
    trede = forms.ModelChoiceField(queryset=Trede.objects.none(), required=False)
    vanaf = DatumVeld(label="Geldt vanaf")

    def __init__(self, *args: Any, regio: Regio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gebied"].queryset = regio.resultaatgebieden.all()  # type: ignore[attr-defined]  # a choice field
        self.fields["trede"].queryset = regio.treden.all()  # type: ignore[attr-defined]  # a choice field

    def clean_categorie(self) -> str:
        tekst = str(self.cleaned_data["categorie"])
        if not (len(tekst) == 2 and tekst.isascii() and tekst.isdecimal()):
            raise ValidationError(f"“{tekst}” is geen productcategorie. Vul 2 cijfers in.")
        return tekst

    def clean_code(self) -> str:
        tekst = str(self.cleaned_data["code"]).upper()
        if not (len(tekst) == 5 and tekst.isascii() and tekst.isalnum()):
            raise ValidationError(f"“{tekst}” is geen productcode. Vul 5 letters of cijfers in.")
        return tekst


class LogForm(NldsFormulier, forms.Form):
    wie = forms.CharField(required=False, label="Wie")
    wat = forms.CharField(required=False, label="Wat", help_text="Het begin, bijvoorbeeld: gebruiker.")
    van = DatumVeld(required=False, label="Vanaf")
    tot = DatumVeld(required=False, label="Tot en met")


class GebruikersfilterForm(NldsFormulier, forms.Form):
    zoek = forms.CharField(required=False, label="Naam, e-mail of aanbieder")
    rol = forms.ChoiceField(required=False, choices=[("", "Alle rollen"), *Rol.choices()])
    zonder_tweede_stap = forms.BooleanField(required=False, label="Alleen zonder tweede stap")
