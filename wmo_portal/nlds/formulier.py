"""What every form of the portal has in common: Dutch sentences, no browser bubbles, buttons below.

class Reden(NldsFormulier, forms.Form):
    knop = "Vastleggen"
    reden = TekstVeld(label="Reden", max_tekens=300)

{% load crispy_forms_tags %}{% crispy form %}
"""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

_KIEZEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


def leeg_melding(label: str, widget: forms.Widget) -> str:
    """The sentence for a required field that was left open, by kind of control."""
    if isinstance(widget, forms.CheckboxInput):
        return f"Zet een vinkje bij ‘{label}’ om verder te gaan."
    if isinstance(widget, forms.FileInput):
        return f"Kies een bestand bij ‘{label}’."
    if isinstance(widget, _KIEZEN):
        return f"Kies een antwoord bij ‘{label}’."
    return f"Vul ‘{label}’ in."


class NldsHelper(FormHelper):  # type: ignore[misc]  # crispy ships no types
    """A crispy helper without media: nothing is loaded from a form.

    Legends, button texts and HTML() of a crispy layout are rendered as templates: never put text of users there.
    """

    include_media = False
    form_class = "wmo-formulier"

    def __init__(self, form: forms.BaseForm | None = None, *, knop: str = "", bewaar_url: str = "") -> None:
        super().__init__(form)
        self.nlds_bewaar_url = bewaar_url
        if bewaar_url:
            self.attrs["data-bewaar-url"] = bewaar_url
        if knop:
            self.add_input(Submit("verstuur", knop))


class NldsFormulier(forms.BaseForm):
    """Mixin for Form and ModelForm.

    `knop`: text of the main button. `bewaar_url`: drafts are saved there while typing.
    `labels`: field -> label, over the one of the field.
    `toon_bij`: field -> "otherfield=value|value"; it shows while that answer is chosen (without JavaScript:
    always), so the form itself decides in clean() whether it must be filled.
    """

    knop = "Opslaan"
    bewaar_url = ""
    toon_bij: ClassVar[dict[str, str]] = {}
    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for naam, veld in self.fields.items():
            veld.label = self.labels.get(naam, veld.label)
            _zeg_het_in_een_zin(naam, veld)
            veld.toon_bij = self.toon_bij.get(naam, "")  # type: ignore[attr-defined]  # read by templates/nlds/

    @property
    def helper(self) -> NldsHelper:
        return NldsHelper(self, knop=self.knop, bewaar_url=self.bewaar_url)


def _zeg_het_in_een_zin(naam: str, veld: forms.Field) -> None:
    label = str(veld.label or naam.replace("_", " ").capitalize())
    if veld.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        veld.error_messages["required"] = leeg_melding(label, veld.widget)
    if isinstance(veld, forms.ChoiceField):
        veld.error_messages["invalid_choice"] = f"Kies bij ‘{label}’ een antwoord uit de lijst."
