"""The reasons of bijlage 3 that a region offers (R41)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from resultaat.enums import Uitkomst
from resultaat.models import RedenOptie
from wmo_portal.nlds.formulier import NldsFormulier


class RedenForm(NldsFormulier, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The outcome is chosen once: judgements that name the reason rest on it."""

    knop = "Bewaar"

    class Meta:
        model = RedenOptie
        fields: ClassVar[tuple[str, ...]] = ("uitkomst", "tekst", "volgorde", "actief")
        labels: ClassVar[dict[str, str]] = {
            "uitkomst": "Hoort bij",
            "tekst": "Reden",
            "actief": "Staat op het formulier",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "tekst": "Zoals de consulent haar leest. Eerdere oordelen tonen ook de nieuwe woorden.",
            "actief": "Uit: nieuwe oordelen kunnen haar niet kiezen. Bij eerdere oordelen blijft zij staan.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uitkomst"]
            return
        del self.fields["actief"]
        nee = [(u.value, u.label) for u in Uitkomst if not u.behaald]
        self.fields["uitkomst"].choices = [("", "Kies een uitkomst"), *nee]  # type: ignore[attr-defined]  # a ChoiceField
