"""The worklist of missing forms, and going on without one (R10)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.actions.ronde_terug import KanNietZonderFormulier, ga_door_zonder_formulier, waarom_niet_zonder
from resultaat.queries.ronde import PER_PAGINA, formulierstand, ontbrekende_formulieren, stand_van
from resultaat.views.hulp import reden_form
from resultaat.views.ronde import DOEL
from stopberichten.codes import stopcode
from stopberichten.models import Stop
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag


@vereist(Mag.RONDE)
@require_GET
def ontbrekende(request: Verzoek) -> HttpResponse:
    """Stops that ask for a Toelichting and have none, longest waiting first, with what can be done now."""
    vanaf = _vanaf(request)
    stops = list(ontbrekende_formulieren(request.user)[vanaf : vanaf + PER_PAGINA + 1])
    meer = len(stops) > PER_PAGINA
    stops = stops[:PER_PAGINA]
    leg_lijst_vast(gezien=map(_gezien, stops), scherm="ontbrekende formulieren", doel=DOEL, door=request.user)
    dag = vandaag()
    rijen = [(stop, stand_van(stop, ingediend=False, vandaag=dag), stopcode(stop.reden)) for stop in stops]
    return render(
        request,
        "resultaat/ronde_formulieren.html",
        {
            "rijen": rijen,
            "vorige_url": f"?vanaf={max(0, vanaf - PER_PAGINA)}" if vanaf else "",
            "volgende_url": f"?vanaf={vanaf + PER_PAGINA}" if meer else "",
            "kruimels": [
                ("Maandelijkse ronde", reverse("resultaat:rondes")),
                ("Ontbrekende formulieren", ""),
            ],
        },
    )


def _vanaf(request: Verzoek) -> int:
    tekst = request.GET.get("vanaf", "0")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 7 else 0


def _gezien(stop: Stop) -> Gezien:
    return Gezien(bytes(stop.bsn_index), stop.gemeente_id, stop.aanbieder_id, "stop", str(stop.kenmerk))


@vereist(Mag.RONDE)
@require_http_methods(["GET", "POST"])
def zonder_formulier(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Why the administration goes on without the form of this stop."""
    stop = get_object_or_404(
        Stop.objects.visible_to(request.user).select_related(
            "gemeente", "aanbieder", "toewijzing__client", "toewijzing__resultaatgebied"
        ),
        kenmerk=kenmerk,
    )
    form = reden_form(
        request, knop="Doorgaan zonder formulier", uitleg="Bijvoorbeeld: de aanbieder bestaat niet meer."
    )
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        return eenmalig(request, lambda: _ga_door(request, stop, reden))
    leg_lijst_vast(gezien=[_gezien(stop)], scherm="doorgaan zonder formulier", doel=DOEL, door=request.user)
    lijst = reverse("resultaat:ontbrekende-formulieren")
    return render(
        request,
        "resultaat/ronde_zonder_formulier.html",
        {
            "stop": stop,
            "code": stopcode(stop.reden),
            "form": form,
            "form_met_fouten": form if form.is_bound else None,
            "bezwaar": waarom_niet_zonder(stop, formulierstand(stop, vandaag=vandaag())),
            "lijst_url": lijst,
            "kruimels": [("Ontbrekende formulieren", lijst), ("Doorgaan zonder formulier", "")],
        },
    )


def _ga_door(request: Verzoek, stop: Stop, reden: str) -> HttpResponseRedirect:
    try:
        ga_door_zonder_formulier(stop=stop, reden=reden, door=request.user, moment=nu())
    except KanNietZonderFormulier as fout:
        messages.error(request, str(fout))
    else:
        messages.success(
            request, "Vastgelegd. De volgende ronde gaat zonder formulier verder met dit stopbericht."
        )
    return redirect("resultaat:ontbrekende-formulieren")
