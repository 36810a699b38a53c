"""The three parts of the kwartaalopgave as forms. They show; whether something is complete is for `opgave_regels`.

A part is shown from what is stored, with the objections of the rules beside the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import QueryDict

from beschikkingen.documenten import SOORTEN
from beschikkingen.enums import DocumentSoort
from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, Deel
from rapportage.models import Clientervaring
from rapportage.opgave_ervaring import GEVRAAGD, UPLOADS, VRAGEN
from rapportage.opgave_regels import (
    ASSEN,
    OPMERKING,
    REDEN_MAX,
    SCHAAL,
    TEKST_MAX,
    TOELICHTING_MAX,
    VRAAG_BIJ,
    Bezwaar,
)
from rapportage.opgave_uitval import A, Afstemregel, Cel, Uitvaldeel, naam_van
from rapportage.queries.opgave import Doel
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import BestandVeld, JaNeeVeld, TekstVeld

HOOGSTENS_MB = settings.UPLOAD_HOOGSTENS // 1_000_000
DOCUMENTSOORTEN = (DocumentSoort.CLIENTERVARING, DocumentSoort.CLIENTENRAAD, DocumentSoort.BIJLAGE)


class DeelFormulier(NldsFormulier, forms.Form):
    """A form whose errors are the objections it is given: nothing is judged here."""

    deel: ClassVar[Deel]

    def __init__(self, *args: Any, bezwaren: Iterable[Bezwaar] = (), **kwargs: Any) -> None:
        self.bezwaren = list(bezwaren)
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for bezwaar in self.bezwaren:
            self.add_error(bezwaar.veld if bezwaar.veld in self.fields else None, bezwaar.zin)


class UitvalFormulier(DeelFormulier):
    """Part 1, without the clients: numbers of the algemene voorziening, ticks, explanations, typed numbers."""

    deel = Deel.UITVAL

    def __init__(self, *args: Any, uitval: Uitvaldeel, **kwargs: Any) -> None:
        self.uitval = uitval
        kwargs["initial"] = _waarden(uitval)
        super().__init__(*args, **kwargs)
        for cel in uitval.cellen:
            if cel.soort is A or cel.getypt.strip() or cel.reden.strip():
                self._voeg_cel_toe(cel)
        for naam in uitval.gemeenten:
            self.fields[f"geen-{naam.code}"] = forms.BooleanField(
                label=f"Geen cliënten in {naam.naam}", required=False
            )
        for categorie, vraag in VRAAG_BIJ.items():
            if uitval.aantallen[categorie] or uitval.teksten.get(categorie, "").strip():
                self._voeg_tekst_toe(
                    categorie, categorie.label, vraag, nodig=bool(uitval.aantallen[categorie])
                )
            for naam in uitval.toe_te_lichten(categorie):
                self._voeg_tekst_toe(
                    f"{categorie}-{naam.code}", f"{categorie.label}, alleen voor {naam.naam}", "", nodig=False
                )
        self._voeg_tekst_toe("algemeen", "Nadere toelichting", OPMERKING, nodig=False)

    def _voeg_cel_toe(self, cel: Cel) -> None:
        self.fields[cel.veld] = forms.CharField(
            label=cel.naam,
            required=False,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "wmo-getal", "size": 4}
            ),
        )
        if cel.soort is not A:
            self.fields[f"{cel.veld}-reden"] = TekstVeld(
                label=f"Waardoor komt het verschil? {cel.naam}",
                max_tekens=REDEN_MAX,
                regels=2,
                required=False,
            )

    def _voeg_tekst_toe(self, soort: str, label: str, vraag: str, *, nodig: bool) -> None:
        self.fields[f"toelichting-{soort}"] = TekstVeld(
            label=label, help_text=vraag, max_tekens=TEKST_MAX, regels=5 if vraag else 2, required=nodig
        )

    def rijen(self) -> list[dict[str, Any]]:
        """Per municipality: the tick and the six fields of the algemene voorziening."""
        return [
            {
                "naam": naam,
                "geen": self[f"geen-{naam.code}"],
                "algemeen": [self[cel.veld] for cel in self.uitval.rij(naam.pk, A)],
            }
            for naam in self.uitval.gemeenten
        ]

    def algemeen_open(self) -> bool:
        """Most providers have none, and six boxes per municipality are many to step over with the keyboard."""
        velden = [cel.veld for cel in self.uitval.cellen if cel.soort is A]
        return any(self.initial.get(veld) or veld in self.errors for veld in velden)

    def getypte_cellen(self) -> list[dict[str, Any]]:
        """Numbers that stand over those of the clients."""
        return [
            {"cel": cel, "aantal": self[cel.veld], "reden": self[f"{cel.veld}-reden"]}
            for cel in self.uitval.cellen
            if cel.soort is not A and cel.veld in self.fields
        ]

    def teksten(self) -> list[Any]:
        return [self[naam] for naam in self.fields if naam.startswith("toelichting-")]


def _waarden(uitval: Uitvaldeel) -> dict[str, Any]:
    return {
        **{cel.veld: cel.getypt for cel in uitval.cellen},
        **{f"{cel.veld}-reden": cel.reden for cel in uitval.cellen},
        **{f"geen-{naam.code}": naam.pk in uitval.geen_clienten for naam in uitval.gemeenten},
        **{f"toelichting-{soort}": tekst for soort, tekst in uitval.teksten.items()},
    }


class ErvaringFormulier(DeelFormulier):
    """Part 2: all questions; those that go with the other answer to question 1 hide."""

    deel = Deel.ERVARING

    def __init__(self, *args: Any, ervaring: Clientervaring, **kwargs: Any) -> None:
        over = set(ervaring.overgenomen)
        kwargs["initial"] = {"gevraagd": ervaring.gevraagd} | {
            vraag.veld: getattr(ervaring, vraag.veld) for vraag in VRAGEN
        }
        super().__init__(*args, **kwargs)
        merk = f"Overgenomen uit {ervaring.overgenomen_uit}. Klopt het nog?"
        self.fields["gevraagd"] = JaNeeVeld(
            label=f"1. {GEVRAAGD}", help_text=merk if "gevraagd" in over else ""
        )
        for vraag in VRAGEN:
            veld = TekstVeld(
                label=f"{vraag.nummer}. {vraag.tekst}" if vraag.nummer else vraag.tekst,
                max_tekens=TEKST_MAX,
                help_text=merk if vraag.veld in over else "",
            )
            bij = {True: "gevraagd=ja", False: "gevraagd=nee", None: ""}[vraag.bij]
            veld.toon_bij = bij  # type: ignore[attr-defined]  # read by templates/nlds/
            self.fields[vraag.veld] = veld


class DoelenFormulier(DeelFormulier):
    """Part 3: per goal three scores as radio groups, and 300 characters (R101, R102)."""

    deel = Deel.DOELEN

    def __init__(self, *args: Any, doelen: Sequence[Doel], **kwargs: Any) -> None:
        self.doelen = doelen
        kwargs["initial"] = {
            f"{doel.doel.code}-{veld}": waarde
            for doel in doelen
            for veld, waarde in {**doel.feit.scores, "toelichting": doel.feit.toelichting}.items()
        }
        super().__init__(*args, **kwargs)
        for doel in doelen:
            for as_, vraag in ASSEN.items():
                self.fields[f"{doel.doel.code}-{as_}"] = forms.ChoiceField(
                    label=vraag, choices=[(s, str(s)) for s in SCHAAL], widget=forms.RadioSelect
                )
            self.fields[f"{doel.doel.code}-toelichting"] = TekstVeld(
                label="Toelichting", max_tekens=TOELICHTING_MAX, regels=3, required=False
            )

    def blokken(self) -> list[dict[str, Any]]:
        return [
            {
                "doel": doel,
                "overgenomen": bool(doel.score and doel.score.overgenomen),
                "scores": [self[f"{doel.doel.code}-{as_}"] for as_ in ASSEN],
                "toelichting": self[f"{doel.doel.code}-toelichting"],
            }
            for doel in self.doelen
        ]


class ClientFormulier(NldsFormulier, forms.Form):
    """One client: in which category, and why otherwise than the messages say."""

    knop = "Bewaar"
    wordt = forms.ChoiceField(label="Hoe telt u deze cliënt?", widget=forms.RadioSelect)
    reden = TekstVeld(
        label="Reden",
        help_text="Alleen nodig als u anders telt dan het berichtenverkeer. Schrijf geen namen op: de contractmanager "
        "leest dit.",
        max_tekens=REDEN_MAX,
        regels=3,
        required=False,
    )

    def __init__(self, *args: Any, regel: Afstemregel, **kwargs: Any) -> None:
        kwargs["initial"] = {"wordt": regel.opgave, "reden": regel.reden}
        super().__init__(*args, **kwargs)
        self.regel = regel
        veld = self.fields["wordt"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [
            (code, f"{naam_van(code)}{' (zoals het berichtenverkeer)' if code == regel.berichten else ''}")
            for code in (*Categorie.codes(), NIET_MEE)
        ]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        anders = schoon.get("wordt") not in (None, self.regel.berichten)
        if anders and not schoon.get("reden") and "reden" not in self.errors:
            self.add_error("reden", "Schrijf op waarom u deze cliënt anders telt dan het berichtenverkeer.")
        return schoon


class DocumentFormulier(NldsFormulier, forms.Form):
    """Question 7: one file at a time, as many as you like."""

    knop = "Voeg toe"
    soort = forms.ChoiceField(label="Wat is het?", choices=[(s.value, s.label) for s in DOCUMENTSOORTEN])
    bestand = BestandVeld(label="7. Bestand", soorten=SOORTEN, hoogstens_mb=HOOGSTENS_MB)
    uitleg = UPLOADS


class InleesFormulier(NldsFormulier, forms.Form):
    knop = "Lees in"
    bestand = BestandVeld(label="Ingevuld bestand", soorten=("xlsx",), hoogstens_mb=HOOGSTENS_MB)


class VraagFormulier(NldsFormulier, forms.Form):
    """A question of the contract manager."""

    knop = "Stel de vraag"
    deel = forms.ChoiceField(
        label="Waar gaat de vraag over?", choices=[("", "De hele opgave"), *Deel.choices()], required=False
    )
    vraag = TekstVeld(label="Uw vraag", max_tekens=2000)


class AntwoordFormulier(NldsFormulier, forms.Form):
    knop = "Bewaar antwoord"
    antwoord = TekstVeld(label="Uw antwoord", max_tekens=4000)


# --- What was posted ---------------------------------------------------------------------------------------------------
VAST = frozenset({"csrfmiddlewaretoken", "versie", "scherm", "doe", "eenmalig"})


def lees_invoer(data: QueryDict) -> dict[str, str]:
    """Every field by its last value; which of them count is for the action to say."""
    return {naam: str(waarden[-1]) for naam, waarden in data.lists() if naam not in VAST and waarden}


def lees_versie(data: QueryDict) -> int:
    """0 for nonsense: a version that no part ever has."""
    tekst = data.get("versie", "")
    return int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) < 10 else 0


def lees_scherm(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("scherm", ""))
    except ValueError:
        return None


__all__ = [
    "AntwoordFormulier",
    "ClientFormulier",
    "DeelFormulier",
    "DocumentFormulier",
    "DoelenFormulier",
    "ErvaringFormulier",
    "InleesFormulier",
    "UitvalFormulier",
    "VraagFormulier",
]
