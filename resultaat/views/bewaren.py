"""Another keeping date for one dossier: a page with one form (U15)."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.bewaren import BewaarFout, InmiddelsAnders, pas_bewaartermijn_aan
from resultaat.actions.dossier import noteer_inzage
from resultaat.forms.bewaren import BewaarForm
from resultaat.models import Bewaarwijziging
from resultaat.queries.bewaren import gemeente_tot, termijn_van
from resultaat.vernietigregels import Bewaargrond, uiterste_dag
from resultaat.views.hulp import verschil
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag


@vereist(Mag.BEWAARTERMIJN)
@require_http_methods(["GET", "POST"])
def bewaartermijn(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    dossier = get_object_or_404(
        Beschikking.objects.visible_to(request.user).select_related("client", "gemeente", "gesloten_door"),
        kenmerk=kenmerk,
    )
    form = _form(request, dossier)
    if request.method == "POST" and form.is_valid():
        return _probeer(request, form, dossier)
    noteer_inzage(beschikking=dossier, door=request.user, scherm="bewaartermijn")
    return _pagina(request, form, dossier)


def _form(request: Verzoek, dossier: Beschikking) -> BewaarForm:
    laatst = uiterste_dag(gemeente_tot=gemeente_tot(dossier, vandaag()), vandaag=vandaag())
    return BewaarForm(
        request.POST or None, vandaag=vandaag(), laatst=laatst, initial={"versie": dossier.versie}
    )


def _probeer(request: Verzoek, form: BewaarForm, dossier: Beschikking) -> HttpResponse:
    try:
        return eenmalig(request, lambda: _pas_aan(request, form, dossier))
    except InmiddelsAnders as botsing:
        return _botsing(request, form, botsing.beschikking)
    except BewaarFout as fout:
        form.add_error("naar_datum", str(fout))
        return _pagina(request, form, dossier)


def _pas_aan(request: Verzoek, form: BewaarForm, dossier: Beschikking) -> HttpResponseRedirect:
    gegevens = form.cleaned_data
    pas_bewaartermijn_aan(
        beschikking=dossier,
        naar_datum=gegevens["naar_datum"],
        grond=Bewaargrond(gegevens["grond"]),
        reden=gegevens["reden"],
        versie=gegevens["versie"],
        door=request.user,
        moment=nu(),
    )
    messages.success(request, f"Dit dossier blijft bewaard tot en met {gegevens['naar_datum']:%d-%m-%Y}.")
    return HttpResponseRedirect(reverse("resultaat:dossier", args=[dossier.kenmerk]))


def _botsing(request: Verzoek, form: BewaarForm, nu_: Beschikking) -> HttpResponse:
    """Both versions, and the form with what was typed; sending it now changes what stands there."""
    gegevens = request.POST.copy()
    gegevens["versie"], gegevens["eenmalig"] = str(nu_.versie), str(uuid.uuid4())
    request.POST = gegevens  # type: ignore[assignment]  # a QueryDict of our own
    opnieuw = _form(request, nu_)
    laatste = Bewaarwijziging.objects.visible_to(request.user).geldend().filter(beschikking=nu_).first()
    regels = [
        verschil(
            "Bewaren tot en met",
            f"{form.cleaned_data['naar_datum']:%d-%m-%Y}",
            f"{termijn_van(nu_):%d-%m-%Y}",
        ),
        verschil("Waarom", form.cleaned_data["reden"], laatste.reden if laatste else ""),
    ]
    return _pagina(request, opnieuw, nu_, status=409, conflict=regels, laatste=laatste)


def _pagina(
    request: Verzoek, form: BewaarForm, dossier: Beschikking, *, status: int = 200, **extra: object
) -> HttpResponse:
    adres = reverse("resultaat:dossier", args=[dossier.kenmerk])
    inhoud = {
        "form": form,
        "form_met_fouten": form if form.is_bound else None,
        "beschikking": dossier,
        "client": dossier.client,
        "kan": dossier.status != BeschikkingStatus.LOPEND,
        "nu_tot": termijn_van(dossier),
        "gemeente_tot": gemeente_tot(dossier, vandaag()),
        "dossier_url": adres,
        "kruimels": [(f"Dossier {dossier.nummer}", adres), ("Bewaartermijn", "")],
        **extra,
    }
    return render(request, "resultaat/bewaartermijn.html", inhoud, status=status)
