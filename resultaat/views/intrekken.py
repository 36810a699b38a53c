"""Taking back a question, or a document that came in the wrong dossier: one form with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beschikkingen.models import Beschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.intrekken import IntrekFout, trek_evaluatie_in, trek_vraag_in
from resultaat.forms_ronde import Reden
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.queries.werktakken import OPEN_EVALUATIE
from resultaat.views.hulp import reden_form
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def vraag_intrekken(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    vraag = get_object_or_404(
        InformatieVraag.objects.visible_to(request.user).select_related(
            "beschikking__client", "aanbieder", "gesteld_door"
        ),
        kenmerk=kenmerk,
    )
    uitleg = "De aanbieder leest deze reden en hoeft niet meer te antwoorden."
    form = reden_form(request, knop="Trek de vraag in", uitleg=uitleg)

    def doe(reden: str) -> str:
        trek_vraag_in(vraag=vraag, reden=reden, door=request.user, moment=nu())
        return "De vraag is ingetrokken. Zij blijft in het dossier staan."

    return _verwerk(request, form, vraag.beschikking, doe) or _pagina(
        request,
        form,
        vraag.beschikking,
        kop="Vraag intrekken",
        vraag=vraag,
        kan=vraag.beantwoord_op is None and vraag.ingetrokken_op is None,
    )


@vereist(Mag.EVALUATIE_BEOORDELEN, Mag.EVALUATIE_INDIENEN)
@require_http_methods(["GET", "POST"])
def evaluatie_intrekken(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """The provider takes back what it sent, the municipality what came in the wrong dossier."""
    evaluatie = get_object_or_404(
        Evaluatie.objects.visible_to(request.user).select_related(
            "beschikking__client", "aanbieder", "ingediend_door", "toewijzing__resultaatgebied"
        ),
        kenmerk=kenmerk,
    )
    uitleg = "Bijvoorbeeld: ingestuurd bij het verkeerde dossier. Gemeente en aanbieder lezen dit."
    form = reden_form(request, knop=f"Trek {evaluatie.documentnaam} in", uitleg=uitleg)

    def doe(reden: str) -> str:
        trek_evaluatie_in(evaluatie=evaluatie, reden=reden, door=request.user, moment=nu())
        return "Het document is ingetrokken. Het telt niet meer mee en blijft in het dossier staan."

    return _verwerk(request, form, evaluatie.beschikking, doe) or _pagina(
        request,
        form,
        evaluatie.beschikking,
        kop=f"{evaluatie.documentnaam.capitalize()} intrekken",
        evaluatie=evaluatie,
        kan=evaluatie.status in OPEN_EVALUATIE,
    )


def _verwerk(
    request: Verzoek, form: Reden, bij: Beschikking, doe: Callable[[str], str]
) -> HttpResponse | None:
    """None: show the form, with the refusal in it if there was one. What was typed stays."""
    if request.method != "POST" or not form.is_valid():
        return None

    def een_keer() -> HttpResponseRedirect:
        messages.success(request, doe(form.cleaned_data["reden"]))
        return HttpResponseRedirect(reverse("resultaat:dossier", args=[bij.kenmerk]))

    try:
        return eenmalig(request, een_keer)
    except IntrekFout as fout:
        form.add_error(None, str(fout))
        return None


def _pagina(request: Verzoek, form: Reden, bij: Beschikking, *, kop: str, **extra: Any) -> HttpResponse:
    dossier = reverse("resultaat:dossier", args=[bij.kenmerk])
    return render(
        request,
        "resultaat/intrekken.html",
        {
            "form": form,
            "kop": kop,
            "client": bij.client,
            "dossier_url": dossier,
            "kruimels": [(f"Dossier {bij.nummer}", dossier), (kop, "")],
            **extra,
        },
    )
