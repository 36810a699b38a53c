"""What every form of a case carries along: the key that makes a press count once, and the way back."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from wmo_portal.nlds.formulier import NldsFormulier


class ZaakFormulier(NldsFormulier, forms.Form):
    """`eenmalig` is the idempotency key of `techniek.actions.eenmalig`; `terug` a path of this site."""

    eenmalig = forms.UUIDField(required=False, widget=forms.HiddenInput)
    terug = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, terug: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eenmalig"].initial = uuid.uuid4
        self.fields["terug"].initial = terug
