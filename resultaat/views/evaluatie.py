"""Evaluation: the document comes in, questions go and answers come, the talk, the answer to a change request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beschikkingen.documenten import DocumentGeweigerd
from beschikkingen.models import Beschikking, Monitoringsmoment, Toewijzing
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.evaluatie import (
    Besluit,
    EvaluatieFout,
    Inzending,
    VerzoekGewijzigd,
    beslis_op_verzoek,
    dien_evaluatie_in,
)
from resultaat.actions.gesprek import Deelnemer, GesprekFout, leg_gesprek_vast
from resultaat.actions.vragen import AlBeantwoord, VraagFout, beantwoord_vraag, stel_vraag
from resultaat.forms.basis import ZaakFormulier
from resultaat.forms.evaluatie import AntwoordForm, BesluitForm, EvaluatieForm, GesprekForm, VraagForm
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.queries.termijnen import OpenTermijn, termijnen, venster
from resultaat.queries.zaak import toewijzingen_van
from resultaat.views.hulp import terug_naar
from stopberichten.models import Toelichting
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag

Doe = Callable[[], HttpResponseRedirect]
FOUTEN = (EvaluatieFout, VraagFout, GesprekFout, DocumentGeweigerd)


def _verwerk(request: Verzoek, form: ZaakFormulier, doe: Doe) -> HttpResponse | None:
    """Once, and a refusal of the domain becomes an error of the form. None: show the form again."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return eenmalig(request, doe)
    except (AlBeantwoord, VerzoekGewijzigd):
        raise
    except FOUTEN as fout:
        form.add_error(None, str(fout))
        return None


def _pagina(
    request: Verzoek, sjabloon: str, form: ZaakFormulier, bij: Beschikking, *, kop: str, **extra: Any
) -> HttpResponse:
    kruimels = [(f"Dossier {bij.nummer}", reverse("resultaat:dossier", args=[bij.kenmerk])), (kop, "")]
    inhoud = {
        "form": form,
        "kop": kop,
        "beschikking": bij,
        "client": bij.client,
        "kruimels": kruimels,
        **extra,
    }
    status = 409 if extra.get("conflict") else 200
    return render(request, f"resultaat/{sjabloon}.html", inhoud, status=status)


@vereist(Mag.EVALUATIE_INDIENEN, Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def evaluatie_indienen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """The provider sends its document; the municipality enters one that came to it by another way."""
    toewijzing = get_object_or_404(
        toewijzingen_van(request.user).select_related(
            "gemeente__regio", "aanbieder", "beschikking__client", "client", "resultaatgebied", "trede"
        ),
        kenmerk=kenmerk,
    )
    voor_gemeente = request.user.aanbieder_id is None
    form = EvaluatieForm(
        request.POST or None,
        request.FILES or None,
        toewijzing=toewijzing,
        vandaag=vandaag(),
        voor_gemeente=voor_gemeente,
        terug=request.GET.get("terug", ""),
    )
    antwoord = _verwerk(request, form, lambda: _dien_in(request, form, toewijzing))
    return antwoord or _pagina(
        request,
        "evaluatie_indienen",
        form,
        toewijzing.beschikking,
        kop=form.knop,
        toewijzing=toewijzing,
        voor_gemeente=voor_gemeente,
        documentnaam=toewijzing.gemeente.get_evaluatiedocument_display(),
        termijn=_termijn(request, toewijzing, vandaag()),
    )


def _termijn(request: Verzoek, toewijzing: Toewijzing, dag: date) -> OpenTermijn | None:
    van, tot = venster(dag, vooruit_weken=520)
    eigen = Toewijzing.objects.visible_to(request.user).filter(pk=toewijzing.pk)
    alle = termijnen(eigen, doel_van=van, doel_tot=tot)
    return alle[0] if alle else None


def _dien_in(request: Verzoek, form: EvaluatieForm, toewijzing: Toewijzing) -> HttpResponseRedirect:
    gegevens = form.cleaned_data
    naam, inhoud = gegevens["document"]
    inzending = Inzending(
        inhoud=inhoud,
        bestandsnaam=naam,
        behaald=gegevens["behaald"],
        vervolg_nodig=gegevens["vervolg_nodig"],
        reden=gegevens["reden"],
        ontvangen_datum=gegevens.get("ontvangen_datum") or vandaag(),
        gevraagde_trede=form.trede,
    )
    evaluatie = dien_evaluatie_in(toewijzing=toewijzing, inzending=inzending, door=request.user, moment=nu())
    messages.success(request, f"Het {evaluatie.documentnaam} is ontvangen. De consulent beoordeelt het.")
    return HttpResponseRedirect(terug_naar(request, toewijzing.beschikking))


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def vraag_stellen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    zichtbaar = Evaluatie.objects.visible_to(request.user).select_related(
        "beschikking__client",
        "gemeente",
        "aanbieder",
        "toewijzing__resultaatgebied",
        "document",
        "gevraagde_trede",
    )
    evaluatie = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    form = VraagForm(request.POST or None, terug=request.GET.get("terug", ""))

    def doe() -> HttpResponseRedirect:
        stel_vraag(evaluatie=evaluatie, vraag=form.cleaned_data["vraag"], door=request.user, moment=nu())
        messages.success(
            request, f"De vraag is gesteld aan {evaluatie.aanbieder}. Die krijgt een bericht per mail."
        )
        return HttpResponseRedirect(terug_naar(request, evaluatie.beschikking))

    antwoord = _verwerk(request, form, doe)
    return antwoord or _pagina(
        request, "evaluatie_vraag", form, evaluatie.beschikking, kop="Vraag stellen", evaluatie=evaluatie
    )


@vereist(Mag.EVALUATIE_INDIENEN)
@require_http_methods(["GET", "POST"])
def vraag_beantwoorden(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    zichtbaar = InformatieVraag.objects.visible_to(request.user).select_related(
        "beschikking__client",
        "gemeente",
        "aanbieder",
        "evaluatie__toewijzing__resultaatgebied",
        "gesteld_door",
    )
    vraag = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    form = AntwoordForm(request.POST or None, terug=request.GET.get("terug", ""))

    def doe() -> HttpResponseRedirect:
        beantwoord_vraag(vraag=vraag, antwoord=form.cleaned_data["antwoord"], door=request.user, moment=nu())
        messages.success(
            request, f"Uw antwoord staat in het dossier. De gemeente {vraag.gemeente} kan het lezen."
        )
        return HttpResponseRedirect(terug_naar(request, vraag.beschikking))

    conflict: list[dict[str, object]] = []
    try:
        antwoord = _verwerk(request, form, doe)
    except AlBeantwoord as eerder:
        antwoord, vraag = None, eerder.bestaand
        conflict = [_verschil("Antwoord", form.cleaned_data["antwoord"], vraag.antwoord)]
    return antwoord or _pagina(
        request,
        "evaluatie_antwoord",
        form,
        vraag.beschikking,
        kop="Vraag beantwoorden",
        vraag=vraag,
        conflict=conflict,
    )


def _verschil(label: str, uw: str, ander: str) -> dict[str, object]:
    return {"label": label, "uw": uw, "ander": ander, "anders": uw != ander}


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def gesprek(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    zichtbaar = Beschikking.objects.visible_to(request.user).select_related("client", "gemeente")
    beschikking = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    begin = {"datum": vandaag(), "deelnemers": Deelnemer.codes()}
    form = GesprekForm(
        request.POST or None, vandaag=vandaag(), initial=begin, terug=request.GET.get("terug", "")
    )

    def doe() -> HttpResponseRedirect:
        gegevens = form.cleaned_data
        leg_gesprek_vast(
            beschikking=beschikking,
            datum=gegevens["datum"],
            deelnemers=[Deelnemer(code) for code in gegevens["deelnemers"]],
            verslag=gegevens["verslag"],
            volgend_moment_datum=gegevens["volgend_moment"],
            door=request.user,
            moment=nu(),
        )
        messages.success(request, "Het gesprek staat in het dossier.")
        return HttpResponseRedirect(terug_naar(request, beschikking))

    antwoord = _verwerk(request, form, doe)
    moment = Monitoringsmoment.objects.visible_to(request.user).open().filter(beschikking=beschikking).first()
    return antwoord or _pagina(
        request, "evaluatie_gesprek", form, beschikking, kop="Gesprek vastleggen", moment=moment
    )


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def toelichting_beoordelen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """A change request: toegekend, afgewezen or anders, with a text for the provider (R58)."""
    zichtbaar = Toelichting.objects.visible_to(request.user).select_related(
        "beschikking__client", "gemeente", "aanbieder", "client", "zorgplan"
    )
    toelichting = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    begin = {"versie": toelichting.versie}
    form = BesluitForm(request.POST or None, initial=begin, terug=request.GET.get("terug", ""))
    conflict: list[dict[str, object]] = []
    try:
        antwoord = _verwerk(request, form, lambda: _beslis(request, form, toelichting))
    except VerzoekGewijzigd as eerder:
        antwoord, conflict = None, _besluiten(form, eerder.bestaand)
        toelichting = eerder.bestaand
    regels = toelichting.regels.select_related(
        "toewijzing__resultaatgebied", "toewijzing__trede", "gevraagde_trede"
    )
    return antwoord or _pagina(
        request,
        "evaluatie_besluit",
        form,
        toelichting.beschikking,
        kop=f"Verzoek {toelichting.nummer}",
        toelichting=toelichting,
        regels=regels,
        conflict=conflict,
    )


def _beslis(request: Verzoek, form: BesluitForm, toelichting: Toelichting) -> HttpResponseRedirect:
    gegevens = form.cleaned_data
    beslis_op_verzoek(
        toelichting=toelichting,
        versie=gegevens["versie"],
        besluit=Besluit(gegevens["besluit"]),
        tekst=gegevens["tekst"],
        door=request.user,
        moment=nu(),
    )
    messages.success(
        request, f"Het besluit op {toelichting.nummer} staat in het dossier. De aanbieder krijgt bericht."
    )
    return HttpResponseRedirect(terug_naar(request, toelichting.beschikking))


def _besluiten(form: BesluitForm, bestaand: Toelichting) -> list[dict[str, object]]:
    return [
        _verschil("Stand", "Afgehandeld", bestaand.get_status_display()),
        _verschil("Besluit", Besluit(form.cleaned_data["besluit"]).label, bestaand.besluit or "–"),
        _verschil("Uitleg", form.cleaned_data["tekst"], bestaand.besluit_tekst or "–"),
    ]
