"""The pages of bijlage 2 as forms. They read and show; whether it is complete is for `toelichtingregels` to say.

Fields are shown as required where sending requires them, and nothing here refuses: a draft keeps everything. The
form is shown from the stored draft, with the objections of the rules beside the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import QueryDict

from organisaties.models import Trede
from stopberichten.actions_toelichting import Invoer, RegelInvoer
from stopberichten.enums import ToelichtingSoort
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import sleutel_van
from stopberichten.toelichtingregels import LANGSTE_TEKST, TEKSTEN, VERGEET_307, VERZOEKER, Bezwaar
from wmo_portal.lib.bsn import BsnOngeldig, valideer
from wmo_portal.nlds.formulier import NldsFormulier
from wmo_portal.nlds.velden import BestandVeld, DatumVeld, JaNeeVeld, Keuze, TekstVeld

SOORTEN_BESTAND = ("pdf", "docx", "odt", "xlsx", "jpg", "png")
HOOGSTENS_MB = settings.UPLOAD_HOOGSTENS // 1_000_000
GEEN = "geen"


class BeoordeeldFormulier(NldsFormulier, forms.Form):
    """A form whose errors are the objections it is given: nothing is judged here."""

    def __init__(self, *args: Any, bezwaren: Iterable[Bezwaar] = (), **kwargs: Any) -> None:
        self.bezwaren = list(bezwaren)
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for bezwaar in self.bezwaren:
            self.add_error(bezwaar.veld if bezwaar.veld in self.fields else None, bezwaar.zin)


def _vak(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.TextInput(attrs={"autocomplete": autocomplete}))


class HoofdFormulier(BeoordeeldFormulier):
    """Who asks (R47), what else there is to say (R53), and the zorgplan (R45)."""

    verzoeker_naam = _vak("Naam", "name")
    verzoeker_functie = _vak("Functie", "organization-title")
    verzoeker_organisatie = _vak("Organisatie", "organization")
    verzoeker_telefoon = _vak("Telefoonnummer", "tel")
    verzoeker_email = forms.CharField(
        label="E-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    overige_zaken = TekstVeld(
        label="Zijn er nog andere relevante zaken te benoemen?", max_tekens=LANGSTE_TEKST, required=False
    )
    zorgplan = BestandVeld(
        label="Nieuw zorgplan", soorten=SOORTEN_BESTAND, hoogstens_mb=HOOGSTENS_MB, required=False
    )
    zorgplan_later = forms.BooleanField(label="Ik stuur het zorgplan later", required=False)
    zorgplan_weg = forms.BooleanField(label="Verwijder dit bestand", required=False)

    def __init__(self, *args: Any, toelichting: Toelichting, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{veld: getattr(toelichting, veld) for veld in (*VERZOEKER, "overige_zaken")},
            "zorgplan_later": toelichting.zorgplan_later,
        }
        super().__init__(*args, **kwargs)
        self.fields[
            "zorgplan_later"
        ].help_text = "Het blijft dan als taak op uw startpagina staan tot u het hebt gestuurd."


class RegelFormulier(BeoordeeldFormulier):
    """One resultaatgebied (R48-R52)."""

    soort = forms.ChoiceField(label="Wat vraagt u?", widget=forms.RadioSelect)
    gevraagde_trede = forms.ChoiceField(label="Gevraagde trede")
    huidige_situatie = TekstVeld(label=TEKSTEN["huidige_situatie"], max_tekens=LANGSTE_TEKST)
    reden = TekstVeld(label=TEKSTEN["reden"], max_tekens=LANGSTE_TEKST)
    behaald = JaNeeVeld(
        label="Is het resultaat behaald?",
        help_text="Dit is uw mening. De consulent van de gemeente bepaalt het resultaat.",
    )
    behaald_toelichting = TekstVeld(label=TEKSTEN["behaald_toelichting"], max_tekens=LANGSTE_TEKST, regels=4)

    SOORTEN: ClassVar = [
        (ToelichtingSoort.BEEINDIGING.value, Keuze(ToelichtingSoort.BEEINDIGING.label, VERGEET_307)),
        (ToelichtingSoort.WIJZIGING.value, Keuze(ToelichtingSoort.WIJZIGING.label)),
    ]
    GEEN_VERZOEK: ClassVar = (
        GEEN,
        Keuze("Geen verzoek voor dit resultaatgebied", "Hierover stuurt u nu niets."),
    )

    def __init__(
        self,
        *args: Any,
        regel: ToelichtingRegel,
        treden: Sequence[Trede],
        niet_te_vragen: int | None,
        meerdere: bool,
        naam: str,
        **kwargs: Any,
    ) -> None:
        self.naam, self.toewijzing = naam, regel.toewijzing
        kwargs["initial"] = {
            "soort": GEEN if regel.overslaan else regel.soort,
            "gevraagde_trede": str(regel.gevraagde_trede.zwaarte) if regel.gevraagde_trede else "",
            "behaald": regel.behaald,
            **{veld: getattr(regel, veld) for veld in TEKSTEN},
        }
        kwargs["prefix"] = sleutel_van(regel)
        super().__init__(*args, **kwargs)
        self._keuzes(treden, niet_te_vragen, meerdere)
        self._tonen(meerdere)

    def _keuzes(self, treden: Sequence[Trede], niet_te_vragen: int | None, meerdere: bool) -> None:  # noqa: FBT001 - one caller, above
        soort, trede = self.fields["soort"], self.fields["gevraagde_trede"]
        assert isinstance(soort, forms.ChoiceField)
        assert isinstance(trede, forms.ChoiceField)
        soort.choices = [*self.SOORTEN, *([self.GEEN_VERZOEK] if meerdere else [])]
        trede.choices = [
            ("", "Kies een trede"),
            *((str(t.zwaarte), t.naam) for t in treden if t.zwaarte != niet_te_vragen),
        ]

    def _tonen(self, meerdere: bool) -> None:  # noqa: FBT001 - one caller, above
        """Fields that belong to an answer show with it; without JavaScript they always do."""
        soort = self.add_prefix("soort")
        asked = f"{soort}={ToelichtingSoort.BEEINDIGING}|{ToelichtingSoort.WIJZIGING}" if meerdere else ""
        for naam in (*TEKSTEN, "behaald"):
            self.fields[naam].toon_bij = asked  # type: ignore[attr-defined]  # read by templates/nlds/
        trede = self.fields["gevraagde_trede"]
        trede.toon_bij = f"{soort}={ToelichtingSoort.WIJZIGING}"  # type: ignore[attr-defined]  # read by templates/nlds/
        trede.help_text = "Alleen bij een wijziging. De trede van nu staat er niet bij."


# --- What was posted ---------------------------------------------------------------------------------------------------
def lees_invoer(data: QueryDict, regels: Sequence[ToelichtingRegel]) -> Invoer:
    """What the page holds, field by field by name: whatever else was posted is not looked at."""
    hoofd = {veld: str(data[veld]) for veld in (*VERZOEKER, "overige_zaken") if veld in data}
    blokken = {sleutel_van(regel): regel for regel in regels}
    return Invoer(
        teksten=hoofd,
        # A box that is not ticked is not posted: it counts as answered when the rest of its page is there.
        zorgplan_later="zorgplan_later" in data if hoofd else None,
        regels={sleutel: _lees_regel(data, sleutel) for sleutel in blokken if f"{sleutel}-reden" in data},
    )


def _lees_regel(data: QueryDict, sleutel: str) -> RegelInvoer:
    soort, trede = data.get(f"{sleutel}-soort", ""), data.get(f"{sleutel}-gevraagde_trede", "")
    return RegelInvoer(
        overslaan=soort == GEEN,
        soort=soort,
        gevraagde_trede=int(trede) if trede.isascii() and trede.isdigit() and len(trede) < 5 else None,
        behaald={"ja": True, "nee": False}.get(data.get(f"{sleutel}-behaald", "")),
        teksten={veld: str(data[f"{sleutel}-{veld}"]) for veld in TEKSTEN if f"{sleutel}-{veld}" in data},
    )


def lees_versie(data: QueryDict) -> int:
    """The version a screen was loaded with; 0, which no draft has, when it is not a number."""
    tekst = data.get("versie", "")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 0


def lees_scherm(data: QueryDict) -> UUID | None:
    """The number of the screen that saves."""
    try:
        return UUID(data.get("scherm", ""))
    except ValueError:
        return None


# --- The small forms ---------------------------------------------------------------------------------------------------
class ZoekFormulier(NldsFormulier, forms.Form):
    """Who is it about (R46)? Two facts that only who treats somebody knows together."""

    knop = "Zoek de cliënt"
    bsn = forms.CharField(
        label="BSN van de cliënt",
        help_text="9 cijfers",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )
    geboortedatum = DatumVeld(label="Geboortedatum van de cliënt", laatst=date(2199, 12, 31))

    def clean_bsn(self) -> str:
        try:
            return valideer(self.cleaned_data["bsn"])
        except BsnOngeldig as fout:
            raise forms.ValidationError(str(fout)) from fout


class ZorgplanFormulier(NldsFormulier, forms.Form):
    """The promised zorgplan."""

    knop = "Verstuur het zorgplan"
    zorgplan = BestandVeld(label="Zorgplan", soorten=SOORTEN_BESTAND, hoogstens_mb=HOOGSTENS_MB)
