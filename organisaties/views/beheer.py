"""The log, and the state of jobs and mail."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from organisaties import actions, queries
from organisaties.forms import LogForm
from organisaties.queries import PER_PAGINA, Logfilter
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from techniek.models import Mail
from wmo_portal.lib.tijd import nu


@vereist(Mag.LOGBOEK)
@require_GET
def logboek(request: Verzoek) -> HttpResponse:
    form = LogForm(request.GET or None)
    gekozen = form.cleaned_data if form.is_valid() else {}
    voor = request.GET.get("voor", "")
    grens = int(voor) if voor.isascii() and voor.isdecimal() and len(voor) < 18 else None
    rijen = queries.logregels(request.user, Logfilter(voor=grens, **gekozen))
    meer = len(rijen) > PER_PAGINA
    inhoud = {
        "rijen": rijen[:PER_PAGINA],
        "form": form,
        "volgende_url": _verder(request, rijen[PER_PAGINA - 1].pk) if meer else "",
    }
    return render(request, "organisaties/logboek.html", inhoud)


def _verder(request: Verzoek, laatste: int) -> str:
    overig = {naam: waarde for naam, waarde in request.GET.items() if naam != "voor"}
    return "?" + urlencode({**overig, "voor": laatste})


@vereist(Mag.TAKEN)
@require_GET
def taken(request: Verzoek) -> HttpResponse:
    bus = queries.postbus()
    inhoud = {"hartslagen": queries.hartslagen(), "bus": bus, "staat_stil": bus.staat_stil(nu())}
    return render(request, "organisaties/taken.html", inhoud)


@vereist(Mag.TAKEN)
@require_POST
def mail_opnieuw(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    mail = get_object_or_404(Mail, pk=kenmerk)
    if actions.verstuur_opnieuw(mail=mail, op=nu(), door=request.user):
        messages.success(request, "De mail wordt opnieuw verstuurd.")
    else:
        messages.info(request, "Deze mail wacht al of is al verstuurd.")
    return redirect("organisaties:taken")
