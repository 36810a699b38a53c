"""The form of another keeping date for one dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from resultaat.forms.basis import ZaakFormulier
from resultaat.vernietigregels import Bewaargrond
from wmo_portal.nlds.velden import DatumVeld, TekstVeld


class BewaarForm(ZaakFormulier):
    """`versie` is that of the dossier that was shown: what somebody else did meanwhile is not overwritten unseen."""

    knop = "Pas de bewaartermijn aan"
    versie = forms.IntegerField(widget=forms.HiddenInput)
    grond = forms.ChoiceField(label="Wat wilt u?", choices=Bewaargrond.choices(), widget=forms.RadioSelect)
    naar_datum = DatumVeld(label="Bewaren tot en met")
    reden = TekstVeld(
        label="Waarom?",
        max_tekens=1000,
        help_text="Bijvoorbeeld: er loopt een bezwaar. Uw collega’s lezen dit, ook wie over vernietigen beslist.",
    )

    def __init__(self, *args: Any, vandaag: date, laatst: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naar_datum"].vroegst = vandaag  # type: ignore[attr-defined]  # a DatumVeld
        self.fields["naar_datum"].laatst = laatst  # type: ignore[attr-defined]  # a DatumVeld
