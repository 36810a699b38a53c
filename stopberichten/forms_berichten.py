"""Forms of the message screens: hand in, filter, couple, judge again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from organisaties.models import Gebruiker, Gemeente
from organisaties.rollen import Mag
from stopberichten.enums import Berichtsoort, Berichtstatus
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import MeerBestandenVeld

MEGABYTE = 1_000_000


class InsturenForm(NldsFormulier, forms.Form):
    """One or more files. Their contents are judged by the reader, never by their names."""

    knop = "Insturen"
    bestanden = MeerBestandenVeld(
        label="Berichten",
        help_text=(
            "XML-berichten, een zip met berichten of een envelop van het GGk. "
            f"Hoogstens {settings.UPLOAD_HOOGSTENS // MEGABYTE} MB per bestand."
        ),
        error_messages={
            "empty": "Dit bestand is leeg. Kies het bestand met het bericht.",
            "required": "Kies minstens één bestand met een bericht.",
        },
    )

    def clean_bestanden(self) -> list[UploadedFile]:
        bestanden: list[UploadedFile] = self.cleaned_data["bestanden"]
        for bestand in bestanden:
            grootte = bestand.size or 0
            if grootte > settings.UPLOAD_HOOGSTENS:
                raise ValidationError(_te_groot(str(bestand.name), grootte))
        return bestanden


def _te_groot(naam: str, grootte: int) -> str:
    megabytes = f"{grootte / MEGABYTE:.1f}".replace(".", ",")
    return (
        f"{naam} is {megabytes} MB. Een bestand mag hoogstens {settings.UPLOAD_HOOGSTENS // MEGABYTE} MB "
        "zijn. Verdeel de berichten over meer bestanden."
    )


class BerichtenFilter(forms.Form):
    """The filters of the list; they live in the address."""

    soort = forms.ChoiceField(required=False, label="Soort")
    status = forms.ChoiceField(required=False, label="Oordeel")
    gemeente = forms.ModelChoiceField(
        required=False,
        label="Gemeente",
        queryset=Gemeente.objects.none(),
        to_field_name="code",
        empty_label="Alle",
    )
    identificatie = forms.CharField(required=False, label="Identificatie", max_length=12)
    onleesbaar = forms.BooleanField(required=False, label="Mijn bestanden zonder leesbare afzender")

    def __init__(self, data: Any, *, gebruiker: Gebruiker) -> None:
        super().__init__(data, label_suffix="")
        alle = [("", "Alle")]
        self._keuzes("soort", alle + [(code, label) for code, label in Berichtsoort.choices() if code])
        self._keuzes("status", alle + Berichtstatus.choices())
        veld = self.fields["gemeente"]
        assert isinstance(veld, forms.ModelChoiceField)
        if gebruiker.aanbieder_id:
            veld.queryset = Gemeente.objects.filter(ingericht=True)
        else:
            veld.queryset = gebruiker.gemeenten.all()
            if len(gebruiker.gemeente_ids) == 1:
                del self.fields["gemeente"]
        if not gebruiker.mag(Mag.BERICHTEN_INSTUREN):
            del self.fields["onleesbaar"]

    def _keuzes(self, naam: str, keuzes: list[tuple[str, str]]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = keuzes

    def waarden(self) -> dict[str, Any]:
        """What was chosen; a value that does not exist filters nothing."""
        self.is_valid()
        return self.cleaned_data


class KoppelForm(forms.Form):
    """Which allocation. The choices are checked again by the action."""

    toewijzing = forms.UUIDField(
        error_messages={
            "required": "Kies een toewijzing om te koppelen.",
            "invalid": "Kies een toewijzing uit de lijst.",
        }
    )


class OpnieuwForm(NldsFormulier, forms.Form):
    """Judge a refused message again."""

    knop = "Opnieuw beoordelen"
    opnieuw_aangeleverd = forms.BooleanField(
        required=False, label="De afzender levert dit bericht opnieuw aan, met dezelfde inhoud"
    )
