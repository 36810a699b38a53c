"""A sent Toelichting: the receipt of the provider, what the municipality reads, its PDF, and what came after."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods

from beschikkingen.documenten import DocumentGeweigerd, DocumentNietVrij, geef_document
from beschikkingen.downloads import als_bijlage
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from stopberichten import tonen_toelichting as tonen
from stopberichten.actions_toelichting import KanNiet, leg
from stopberichten.actions_toelichting_indienen import stuur_zorgplan_na, trek_in
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.forms_toelichting import ZorgplanFormulier
from stopberichten.models import Toelichting
from stopberichten.pdf_toelichting import maak_pdf
from stopberichten.queries_toelichting import in_te_trekken, regels_van, stops_bij, wacht_op_zorgplan
from stopberichten.views.toelichting import kruimels, stappen, zoek
from techniek.actions import eenmalig
from wmo_portal.lib.bijlage import als_bestand
from wmo_portal.lib.drukwerk import DrukwerkFout
from wmo_portal.lib.tijd import nu


@vereist(Mag.TOELICHTING_INDIENEN, Mag.DOSSIER_ZIEN)
@require_GET
def toelichting(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The form as it was sent, with where it stands and what can still be done."""
    vorm = zoek(request, kenmerk)
    if vorm.status == ToelichtingStatus.CONCEPT:
        return redirect("stopberichten:toelichting-invullen", kenmerk)
    regels = regels_van(vorm)
    stops = stops_bij(vorm, regels)
    leg(vorm, "gezien", request.user)
    eigen = bool(request.user.aanbieder_id)
    zonder_307 = [
        r.toewijzing
        for r in regels
        if r.soort == ToelichtingSoort.BEEINDIGING and r.toewijzing_id not in stops
    ]
    inhoud = {
        "toelichting": vorm,
        "kleur": tonen.KLEUR[ToelichtingStatus(vorm.status)],
        "client": tonen.client(vorm),
        "verzoeker": tonen.verzoeker(vorm),
        "blokken": tonen.blokken(regels, stops),
        "zorgplan": tonen.zorgplan(vorm, wijziging=tonen.vraagt_wijziging(regels)),
        "eigen": eigen,
        "zonder_307": zonder_307 if eigen and vorm.ingediend_op and not _ingetrokken(vorm) else [],
        "zorgplan_sturen": eigen and wacht_op_zorgplan(vorm),
        "niet_intrekken": in_te_trekken(vorm),
        "dossier_url": _dossier(vorm),
        "stappen": stappen("Verstuurd") if eigen and vorm.status == ToelichtingStatus.INGEDIEND else [],
        "kruimels": kruimels(vorm.nummer or "Ingetrokken concept"),
    }
    return render(request, "stopberichten/toelichting.html", inhoud)


def _ingetrokken(vorm: Toelichting) -> bool:
    return vorm.status == ToelichtingStatus.INGETROKKEN


def _dossier(vorm: Toelichting) -> str:
    """The page of the dossier stands in an app above this one; without it there is no link."""
    try:
        return reverse("resultaat:dossier", args=[vorm.beschikking.kenmerk])
    except NoReverseMatch:
        return ""


@vereist(Mag.TOELICHTING_INDIENEN, Mag.DOSSIER_ZIEN)
@require_GET
def pdf(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """R57. Made in another process; where it cannot be made, the page says why and can be printed."""
    vorm = zoek(request, kenmerk)
    if vorm.ingediend_op is None:
        raise Http404
    try:
        inhoud = maak_pdf(vorm, regels_van(vorm), gebruiker_id=request.user.pk, op=vorm.ingediend_op)
    except DrukwerkFout as fout:
        messages.warning(request, str(fout))
        return redirect("stopberichten:toelichting", kenmerk)
    leg(vorm, "gedownload", request.user)
    return als_bestand(inhoud, f"toelichting-{vorm.nummer}.pdf", "application/pdf")


@vereist(Mag.TOELICHTING_INDIENEN, Mag.DOSSIER_ZIEN)
@require_GET
def zorgplan_bestand(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    vorm = zoek(request, kenmerk)
    if vorm.zorgplan is None:
        raise Http404
    try:
        return als_bijlage(geef_document(kenmerk=vorm.zorgplan.kenmerk, door=request.user))
    except DocumentNietVrij as fout:
        messages.warning(request, str(fout))
        return redirect("stopberichten:toelichting", kenmerk)


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def intrekken(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Ask once, then take back."""
    vorm = zoek(request, kenmerk)
    if request.method == "POST":
        return eenmalig(request, lambda: _trek_in(request, vorm))
    inhoud = {
        "toelichting": vorm,
        "bezwaar": in_te_trekken(vorm),
        "is_concept": vorm.status == ToelichtingStatus.CONCEPT,
        "eenmalig": uuid.uuid4(),
        "kruimels": kruimels("Intrekken"),
    }
    return render(request, "stopberichten/toelichting_intrekken.html", inhoud)


def _trek_in(request: Verzoek, vorm: Toelichting) -> HttpResponseRedirect:
    try:
        trek_in(toelichting=vorm, door=request.user)
    except KanNiet as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Het formulier is ingetrokken. U vindt het terug onder ‘Ingetrokken’.")
    return redirect("stopberichten:toelichtingen")


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def zorgplan_sturen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The zorgplan that was promised."""
    vorm = zoek(request, kenmerk)
    if not wacht_op_zorgplan(vorm):
        return redirect("stopberichten:toelichting", kenmerk)
    form = ZorgplanFormulier(request.POST, request.FILES) if request.method == "POST" else ZorgplanFormulier()
    if request.method == "POST" and form.is_valid():
        bestand = form.cleaned_data["zorgplan"]
        try:
            stuur_zorgplan_na(
                toelichting=vorm, inhoud=bestand.read(), naam=bestand.name, door=request.user, op=nu()
            )
        except (DocumentGeweigerd, KanNiet) as fout:
            form.add_error("zorgplan", str(fout))
        else:
            messages.success(request, "Het zorgplan is verstuurd.")
            return redirect("stopberichten:toelichting", kenmerk)
    inhoud = {
        "toelichting": vorm,
        "form": form,
        "form_met_fouten": form if form.errors else None,
        "kruimels": kruimels("Zorgplan sturen"),
    }
    return render(
        request, "stopberichten/toelichting_zorgplan.html", inhoud, status=422 if form.errors else 200
    )
