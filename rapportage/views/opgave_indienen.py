"""Check page and sending of a kwartaalopgave (U29)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.opgave import Botsing, NietCompleet
from rapportage.actions.opgave_indienen import AlIngediend, dien_in
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.opgave_beeld import zegel
from rapportage.opgave_regels import bewerkbaar
from rapportage.queries.opgave import Concept, concept
from rapportage.tellingen import AFRONDING
from rapportage.views.opgave import geteld, kruimels, stappen, zoek
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu


@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def controle(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Everything as the contract manager will read it, and what is still missing (U29)."""
    opgave = zoek(request, kenmerk)
    stand = geteld(opgave, request) if bewerkbaar(OpgaveStatus(opgave.status)) else None
    if stand is None:
        return redirect("rapportage:opgave", kenmerk)
    return _controlepagina(request, stand)


def _controlepagina(
    request: Verzoek, stand: Concept, *, status: int = 200, gewijzigd: bool = False
) -> HttpResponse:
    opgave = stand.opgave
    inhoud = {
        "opgave": opgave,
        "stand": stand,
        "beeld": stand.beeld,
        "zegel": zegel(stand.beeld),
        "bezwaren": [(deel, stand.bezwaren[deel]) for deel in Deel if stand.bezwaren[deel]],
        "gewijzigd": gewijzigd,
        "afronding": AFRONDING,
        "stappen": stappen(stand, opgave, controle=True),
        "eenmalig": uuid.uuid4(),
        "kruimels": kruimels(opgave, ("Controleren", "")),
    }
    return render(request, "rapportage/opgave_controle.html", inhoud, status=status)


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def indienen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Send what the check page showed; twice is once."""
    opgave = zoek(request, kenmerk)

    def doe() -> HttpResponseRedirect:
        dien_in(opgave=opgave, gezien=request.POST.get("zegel", ""), door=request.user, op=nu())
        messages.success(request, "Uw kwartaalopgave is ingediend.")
        return HttpResponseRedirect(reverse("rapportage:opgave", args=[kenmerk]))

    try:
        return eenmalig(request, doe)
    except AlIngediend:
        return redirect("rapportage:opgave", kenmerk)
    except Botsing:
        return _controlepagina(request, concept(opgave, request.user), status=409, gewijzigd=True)
    except NietCompleet:
        return _controlepagina(request, concept(opgave, request.user), status=422)
