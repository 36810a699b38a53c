"""Forms around an evaluation: sending it in, asking and answering, the talk, the answer to a change request."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from beschikkingen.documenten import SOORTEN, DocumentGeweigerd, keur_document
from beschikkingen.models import Toewijzing
from organisaties.models import Trede
from resultaat.actions.evaluatie import Besluit
from resultaat.actions.gesprek import Deelnemer
from resultaat.forms.basis import ZaakFormulier
from wmo_portal.nlds.formulier import leeg_melding
from wmo_portal.nlds.velden import BestandVeld, DatumVeld, JaNeeVeld, TekstVeld


class EvaluatieForm(ZaakFormulier):
    """`ontvangen_datum` is asked of the municipality only: what a provider sends is received today."""

    toon_bij: ClassVar = {"gevraagde_trede": "vervolg_nodig=ja"}
    soms_verplicht: ClassVar = {"gevraagde_trede"}

    behaald = JaNeeVeld(
        label="Is het resultaat behaald?", help_text="Uw oordeel als aanbieder. De consulent beslist."
    )
    vervolg_nodig = JaNeeVeld(label="Is er daarna nog ondersteuning nodig?")
    gevraagde_trede = forms.ChoiceField(label="Welke trede is daarna nodig?", required=False)
    reden = TekstVeld(
        label="Reden",
        max_tekens=4000,
        help_text="Waarom is vervolg nodig, of waarom is het resultaat niet behaald?",
    )
    ontvangen_datum = DatumVeld(label="Ontvangen op")
    document = BestandVeld(
        label="Document", soorten=SOORTEN, hoogstens_mb=settings.UPLOAD_HOOGSTENS // 1_000_000
    )

    def __init__(
        self, *args: Any, toewijzing: Toewijzing, vandaag: date, voor_gemeente: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        naam = toewijzing.gemeente.get_evaluatiedocument_display()
        self.knop = (
            f"{'Leg het' if voor_gemeente else 'Verstuur het'} {naam}{' vast' if voor_gemeente else ''}"
        )
        document = self.fields["document"]
        document.label = naam.capitalize()
        document.error_messages["required"] = leeg_melding(document.label, document.widget)
        treden = Trede.objects.filter(regio=toewijzing.gemeente.regio).order_by("zwaarte")
        self.treden = {str(trede.pk): trede for trede in treden}
        keuzes = [("", "Kies een trede"), *((pk, trede.naam) for pk, trede in self.treden.items())]
        self.fields["gevraagde_trede"].choices = keuzes  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["ontvangen_datum"].laatst = vandaag  # type: ignore[attr-defined]  # a DatumVeld
        if voor_gemeente:
            self.fields[
                "behaald"
            ].help_text = "Het oordeel van de aanbieder. Uw eigen oordeel registreert u daarna."
        else:
            del self.fields["ontvangen_datum"]

    @property
    def trede(self) -> Trede | None:
        nodig = self.cleaned_data.get("vervolg_nodig")
        return self.treden.get(self.cleaned_data.get("gevraagde_trede") or "") if nodig else None

    def clean_document(self) -> tuple[str, bytes]:
        """Name and bytes; a file that cannot be kept is refused beside its own field."""
        bestand = self.cleaned_data["document"]
        if bestand.size > settings.UPLOAD_HOOGSTENS:
            raise forms.ValidationError(
                f"Dit bestand is {bestand.size / 1_000_000:.1f} MB; "
                f"toegestaan is {settings.UPLOAD_HOOGSTENS // 1_000_000} MB."
            )
        inhoud = bestand.read()
        try:
            keur_document(inhoud=inhoud, naam=bestand.name)
        except DocumentGeweigerd as fout:
            raise forms.ValidationError(str(fout)) from fout
        return str(bestand.name), inhoud

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if (
            gegevens.get("vervolg_nodig")
            and "gevraagde_trede" in gegevens
            and not gegevens["gevraagde_trede"]
        ):
            self.add_error("gevraagde_trede", "Kies welke trede daarna nodig is.")
        return gegevens


class VraagForm(ZaakFormulier):
    knop = "Stel de vraag"
    vraag = TekstVeld(label="Wat wilt u weten?", max_tekens=2000, help_text="De aanbieder leest deze vraag.")


class AntwoordForm(ZaakFormulier):
    knop = "Verstuur het antwoord"
    antwoord = TekstVeld(label="Uw antwoord", max_tekens=4000)


class GesprekForm(ZaakFormulier):
    knop = "Leg het gesprek vast"
    datum = DatumVeld(label="Datum van het gesprek")
    deelnemers = forms.MultipleChoiceField(
        label="Wie waren erbij?", choices=Deelnemer.choices(), widget=forms.CheckboxSelectMultiple
    )
    verslag = TekstVeld(label="Wat is er afgesproken?", max_tekens=8000, regels=8)
    volgend_moment = DatumVeld(label="Volgend monitoringsmoment", required=False)

    def __init__(self, *args: Any, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datum"].laatst = vandaag  # type: ignore[attr-defined]  # a DatumVeld


class BesluitForm(ZaakFormulier):
    knop = "Leg het besluit vast"
    besluit = forms.ChoiceField(label="Wat besluit u?", choices=Besluit.choices(), widget=forms.RadioSelect)
    tekst = TekstVeld(label="Uitleg aan de aanbieder", max_tekens=4000)
    versie = forms.IntegerField(widget=forms.HiddenInput)
