"""The reasons under the four outcomes, per region: the beheerder keeps the list (R41)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.models import Regio
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.redenen import bewaar_reden
from resultaat.enums import Uitkomst
from resultaat.forms.redenen import RedenForm
from resultaat.models import RedenOptie


@vereist(Mag.INRICHTEN)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    """Two queries: regions, and all their reasons."""
    regios = Regio.objects.prefetch_related("redenopties").order_by("naam")
    inhoud = [
        (
            regio,
            [(u, [r for r in regio.redenopties.all() if r.uitkomst == u]) for u in Uitkomst if not u.behaald],
        )
        for regio in regios
    ]
    return render(request, "resultaat/redenen.html", {"regios": inhoud})


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def nieuw(request: Verzoek, code: str) -> HttpResponse:
    return _bewaar(request, RedenOptie(regio=get_object_or_404(Regio, code=code)), "Reden toevoegen")


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def een(request: Verzoek, code: str, nummer: int) -> HttpResponse:
    reden = get_object_or_404(RedenOptie.objects.select_related("regio"), pk=nummer, regio__code=code)
    return _bewaar(request, reden, "Reden aanpassen")


def _bewaar(request: Verzoek, reden: RedenOptie, kop: str) -> HttpResponse:
    form = RedenForm(request.POST or None, instance=reden)
    if request.method == "POST" and form.is_valid():
        bewaar_reden(reden=form.save(commit=False), door=request.user)
        messages.success(request, f"Bewaard voor {reden.regio}.")
        return redirect("resultaat:redenen")
    return render(
        request,
        "resultaat/reden.html",
        {
            "form": form,
            "kop": kop,
            "regio": reden.regio,
            "kruimels": [("Redenen bij nee", reverse("resultaat:redenen")), (kop, "")],
        },
    )
