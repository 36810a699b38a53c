"""The contract manager's side: who has sent, what was sent, a question, settling. And what was sent, for both sides."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.opgave import Botsing, KanNiet
from rapportage.actions.opgave_indienen import stel_vast, stel_vraag
from rapportage.enums_opgave import OpgaveStatus
from rapportage.forms import kwartalen_tot
from rapportage.forms_opgave import VraagFormulier
from rapportage.models import Kwartaalopgave, OpgaveIndiening
from rapportage.opgave_regels import mag_naar
from rapportage.queries.opgave import verzonden as zoek_verzonden
from rapportage.queries.opgave_lijst import afspraken, van_regio
from rapportage.tellingen import AFRONDING
from rapportage.views.opgave import kruimels as aanbiederkruimels
from rapportage.views.opgave import titel, zoek
from techniek.actions import eenmalig
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag


@vereist(Mag.OPGAVE_BEOORDELEN)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    """Per region and quarter every provider: who has sent, who has not, until when."""
    kwartaal = _kwartaal(request)
    regios = [
        {"afspraak": afspraak, "rijen": rijen, "open": sum(not rij.verstuurd for rij in rijen)}
        for afspraak in afspraken(request.user)
        if (rijen := van_regio(request.user, afspraak, kwartaal, vandaag())) or True
    ]
    inhoud = {
        "kwartaal": kwartaal,
        "kwartalen": [(str(k), k.naam) for k in kwartalen_tot(vandaag()) if k.laatste < vandaag()],
        "regios": regios,
    }
    return render(request, "rapportage/opgaven_beoordelen.html", inhoud)


def _kwartaal(request: Verzoek) -> Kwartaal:
    """Nonsense in the address is the last whole quarter."""
    try:
        return Kwartaal.lees(request.GET.get("kwartaal", ""))
    except ValueError:
        return Kwartaal.van(vandaag()).vorige


@vereist(Mag.OPGAVE_BEOORDELEN)
@require_GET
def een(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    return _pagina(request, zoek(request, kenmerk), VraagFormulier())


def _pagina(
    request: Verzoek, opgave: Kwartaalopgave, form: VraagFormulier, *, status: int = 200
) -> HttpResponse:
    indiening = _laatste(opgave)
    stand = OpgaveStatus(opgave.status)
    inhoud: dict[str, Any] = {
        **_beeld(indiening),
        "opgave": opgave,
        "titel": f"{opgave.aanbieder}, {titel(opgave)}",
        "status": stand,
        "form": form,
        "vragen": opgave.vragen.select_related("gesteld_door", "beantwoord_door"),
        "verzonden": opgave.verzonden.defer("inhoud").select_related("ingediend_door"),
        "mag_vragen": stand is OpgaveStatus.VRAGEN or mag_naar(stand, OpgaveStatus.VRAGEN),
        "mag_vaststellen": mag_naar(stand, OpgaveStatus.VASTGESTELD),
        "eenmalig": uuid.uuid4(),
        "kruimels": [
            ("Kwartaalopgaven", reverse("rapportage:opgaven-beoordelen")),
            (str(opgave.aanbieder), ""),
        ],
    }
    return render(request, "rapportage/opgave_beoordelen.html", inhoud, status=status)


def _laatste(opgave: Kwartaalopgave) -> OpgaveIndiening:
    indiening: OpgaveIndiening | None = opgave.verzonden.select_related("ingediend_door").first()
    if indiening is None:
        raise Http404
    return indiening


def _beeld(indiening: OpgaveIndiening) -> dict[str, Any]:
    return {"indiening": indiening, "beeld": indiening.inhoud, "afronding": AFRONDING}


@vereist(Mag.OPGAVE_BEOORDELEN)
@require_POST
def vraag(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    opgave, form = zoek(request, kenmerk), VraagFormulier(request.POST)
    if not form.is_valid():
        return _pagina(request, opgave, form, status=422)

    def doe() -> HttpResponseRedirect:
        stel_vraag(
            opgave=opgave,
            deel=form.cleaned_data["deel"],
            vraag=form.cleaned_data["vraag"],
            door=request.user,
            op=nu(),
        )
        messages.success(request, "Uw vraag is gesteld. De aanbieder kan de opgave nu aanpassen.")
        return HttpResponseRedirect(reverse("rapportage:opgave-beoordelen", args=[kenmerk]))

    try:
        return eenmalig(request, doe)
    except KanNiet as fout:
        form.add_error(None, str(fout))
        return _pagina(request, opgave, form, status=409)


@vereist(Mag.OPGAVE_BEOORDELEN)
@require_POST
def vaststellen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    opgave = zoek(request, kenmerk)
    versie = request.POST.get("versie", "")
    try:
        stel_vast(
            opgave=opgave,
            versie=int(versie) if versie.isdecimal() and len(versie) < 8 else 0,
            door=request.user,
            op=nu(),
        )
    except KanNiet as fout:
        messages.error(request, str(fout))
    except Botsing:
        messages.error(request, "De opgave is intussen gewijzigd. Kijk opnieuw en stel haar daarna vast.")
    else:
        messages.success(request, "De opgave is vastgesteld.")
    return redirect("rapportage:opgave-beoordelen", kenmerk)


@vereist(Mag.OPGAVE_INDIENEN, Mag.OPGAVE_BEOORDELEN)
@require_GET
def verzonden(request: Verzoek, kenmerk: uuid.UUID, nummer: str) -> HttpResponse:
    """One sending as it was, for provider and contract manager alike."""
    opgave = zoek(request, kenmerk)
    indiening = zoek_verzonden(request.user, str(kenmerk), nummer)
    if indiening is None:
        raise Http404
    hier = f"Ingediend, versie {indiening.volgnummer}"
    terug = (str(opgave.aanbieder), reverse("rapportage:opgave-beoordelen", args=[kenmerk]))
    lijst = ("Kwartaalopgaven", reverse("rapportage:opgaven-beoordelen"))
    inhoud = {
        **_beeld(indiening),
        "opgave": opgave,
        "hier": hier,
        "kruimels": aanbiederkruimels(opgave, (hier, ""))
        if request.user.aanbieder_id
        else [lijst, terug, (hier, "")],
        "eenmalig": uuid.uuid4(),
    }
    return render(request, "rapportage/opgave_verzonden.html", inhoud)
