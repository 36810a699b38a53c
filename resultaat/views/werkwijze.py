"""The page "De werkwijze": the table itself, and what applies in one case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beschikkingen.enums import SoortBeschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.advies import UITGANGSPUNTEN
from resultaat.enums import Aanleiding
from resultaat.opties import OPTIES
from resultaat.werkwijze import WERKWIJZE, Feiten, Werkwijzeregel, mogelijke_paragrafen, toegestane_uitkomsten
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging
from wmo_portal.nlds.formulier import NldsFormulier

JA_NEE_ONBEKEND = (("", "Weet ik nog niet"), ("ja", "Ja"), ("nee", "Nee"))


class GevalForm(NldsFormulier, forms.Form):
    """The facts of one case; what is not known yet may stay open."""

    toon_bij: ClassVar = {"stopcode": "aanleiding=stop", "op_einddatum": "aanleiding=stop"}

    soort = forms.ChoiceField(label="Soort beschikking", choices=SoortBeschikking.choices())
    aanleiding = forms.ChoiceField(label="Aanleiding", choices=Aanleiding.choices())
    stopcode = forms.ChoiceField(
        label="Code van het stopbericht",
        choices=[(c.value, f"{c.value} {c.label}") for c in RedenBeeindiging],
    )
    op_einddatum = forms.ChoiceField(label="Stopt de zorg op de einddatum?", choices=JA_NEE_ONBEKEND[1:])
    behaald = forms.ChoiceField(label="Is het resultaat behaald?", choices=JA_NEE_ONBEKEND, required=False)
    vervolg_nodig = forms.ChoiceField(label="Is er vervolg nodig?", choices=JA_NEE_ONBEKEND, required=False)
    einddatum = forms.ChoiceField(
        label="Heeft een getrapte indicatie een einddatum?", choices=JA_NEE_ONBEKEND[1:]
    )

    BEGIN: ClassVar = {
        "soort": SoortBeschikking.MET_EINDDATUM.value,
        "aanleiding": Aanleiding.EINDE.value,
        "stopcode": RedenBeeindiging.VOLGENS_PLAN.value,
        "op_einddatum": "ja",
        "behaald": "",
        "vervolg_nodig": "",
        "einddatum": "ja",
    }

    def regels(self) -> tuple[Werkwijzeregel, ...]:
        feiten = self.feiten()
        open_ = [naam for naam in ("behaald", "vervolg_nodig") if not self.cleaned_data[naam]]
        return mogelijke_paragrafen(feiten, onbekend=open_)  # type: ignore[arg-type]  # the two literal names above

    def feiten(self) -> Feiten:
        g = self.cleaned_data
        stop = g["aanleiding"] == Aanleiding.STOP
        return Feiten(
            soort=SoortBeschikking(g["soort"]),
            aanleiding=Aanleiding(g["aanleiding"]),
            behaald=g["behaald"] == "ja",
            vervolg_nodig=g["vervolg_nodig"] == "ja",
            einddatum=g["einddatum"] == "ja",
            stopcode=RedenBeeindiging(g["stopcode"]) if stop else None,
            op_einddatum=g["op_einddatum"] == "ja",
        )

    @property
    def niets(self) -> bool:
        """Nothing may be entered: a step that succeeded, a temporary stop."""
        return bool(self.cleaned_data["behaald"]) and not toegestane_uitkomsten(self.feiten())


@vereist(Mag.DOSSIER_ZIEN)
@require_GET
def werkwijze(request: Verzoek) -> HttpResponse:
    """Addresses of this page hold facts of no person, so a case may be shared as a link."""
    form = GevalForm({**GevalForm.BEGIN, **request.GET.dict()})
    geldig = form.is_valid()
    inhoud: dict[str, Any] = {
        "geval": form,
        "regels": form.regels() if geldig else (),
        "niets": geldig and form.niets,
        "werkwijze": WERKWIJZE.values(),
        "uitgangspunten": [(p.label, zin) for p, zin in UITGANGSPUNTEN.items()],
        "opties": OPTIES.values(),
        "codes": STOPCODES.values(),
    }
    deel = request.headers.get("HX-Request")
    return render(request, "resultaat/werkwijze_geval.html" if deel else "resultaat/werkwijze.html", inhoud)
