"""Filters above the lists: GET forms, so that a choice lives in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from beschikkingen.enums import BeschikkingStatus, SoortBeschikking
from organisaties.models import Aanbieder, Gemeente
from resultaat.queries.werkvoorraad import Behandeling, Binnen
from resultaat.werksoorten import Werksoort
from wmo_portal.nlds.formulier import NldsFormulier


class _Wie(NldsFormulier, forms.Form):
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    aanbieder = forms.ChoiceField(label="Aanbieder", required=False)

    def __init__(
        self, *args: Any, gemeenten: Iterable[Gemeente], aanbieders: Iterable[Aanbieder], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [(g.code, g.naam) for g in gemeenten]
        self.fields["gemeente"].choices = [("", "Alle gemeenten"), *keuzes]  # type: ignore[attr-defined]  # a ChoiceField
        bekend = {"", *(code for code, _ in keuzes)}
        # Nothing to choose; an address that names his own still counts, and one that names another is told so.
        if len(keuzes) < 2 and self.data.get("gemeente", "") in bekend:
            self.fields["gemeente"].widget = forms.HiddenInput()
        self.fields["aanbieder"].choices = [("", "Alle aanbieders"), *((a.agb, a.naam) for a in aanbieders)]  # type: ignore[attr-defined]  # a ChoiceField


class WerkFilter(_Wie):
    binnen = forms.ChoiceField(
        label="Termijn", choices=[("", "Alle termijnen"), *Binnen.choices()], required=False
    )
    van = forms.ChoiceField(
        label="Behandelaar", choices=[("", "Alle dossiers"), *Behandeling.choices()], required=False
    )
    soort = forms.ChoiceField(
        choices=[("", "Alles"), *Werksoort.choices()], required=False, widget=forms.HiddenInput
    )


class DossierFilter(_Wie):
    status = forms.ChoiceField(
        label="Stand", choices=[("", "Alle"), *BeschikkingStatus.choices()], required=False
    )
    soort = forms.ChoiceField(
        label="Soort", choices=[("", "Alle soorten"), *SoortBeschikking.choices()], required=False
    )
