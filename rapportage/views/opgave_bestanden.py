"""Files of a kwartaalopgave: documents of question 7, the Excel templates down and up, the PDF."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beschikkingen.documenten import DocumentGeweigerd, DocumentNietVrij, geef_document
from beschikkingen.enums import DocumentSoort
from beschikkingen.models import Document
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.actions.opgave import KanNiet, verwijder_document, voeg_document_toe
from rapportage.actions.opgave_inlezen import INLEESBAAR, lees_in
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.excel.clientenlijst import clientensjabloon
from rapportage.excel.opgave import doelensjabloon, uitvalsjabloon, verslagboek
from rapportage.forms_opgave import DocumentFormulier, InleesFormulier
from rapportage.models import Kwartaalopgave, OpgaveDocument, OpgaveInlezing
from rapportage.opgave_regels import bewerkbaar
from rapportage.queries.opgave import doelen_van, namen_van, uitvaldeel
from rapportage.queries.opgave import verzonden as zoek_verzonden
from rapportage.statussen import Rapportsoort
from rapportage.views.bel import WORDT_GEMAAKT, bestel
from rapportage.views.hulp import XLSX, als_bestand, bestandsnaam
from rapportage.views.opgave import als_deel, kruimels, titel, zoek
from techniek.actions import eenmalig
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.tabelblad import BestandGeweigerd
from wmo_portal.lib.tijd import nu


# --- Question 7 --------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def document_toevoegen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    opgave = zoek(request, kenmerk)
    form = DocumentFormulier(request.POST, request.FILES, prefix="d")
    if form.is_valid():
        bestand = form.cleaned_data["bestand"]
        try:
            voeg_document_toe(
                opgave=opgave,
                inhoud=bestand.read(),
                naam=str(bestand.name),
                soort=DocumentSoort(form.cleaned_data["soort"]),
                door=request.user,
                op=nu(),
            )
        except (DocumentGeweigerd, KanNiet) as fout:
            form.add_error("bestand", str(fout))
        else:
            messages.success(request, f"‘{bestand.name}’ is toegevoegd.")
            return redirect("rapportage:opgave-deel", kenmerk, Deel.ERVARING)
    inhoud = {"opgave": opgave, "form": form, "kruimels": kruimels(opgave, ("Bestand toevoegen", ""))}
    return render(request, "rapportage/opgave_document.html", inhoud, status=422)


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def document_weg(request: Verzoek, kenmerk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    opgave = zoek(request, kenmerk)
    try:
        verwijder_document(opgave=opgave, kenmerk=document, door=request.user)
    except OpgaveDocument.DoesNotExist as fout:
        raise Http404 from fout
    except KanNiet as fout:
        messages.error(request, str(fout))
    return redirect("rapportage:opgave-deel", kenmerk, Deel.ERVARING)


@vereist(Mag.OPGAVE_INDIENEN, Mag.OPGAVE_BEOORDELEN)
@require_GET
def document(request: Verzoek, kenmerk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """A released file, for whoever may see the opgave it belongs to."""
    opgave = zoek(request, kenmerk)
    get_object_or_404(
        OpgaveDocument.objects.visible_to(request.user), opgave=opgave, document__kenmerk=document
    )
    try:
        download = geef_document(kenmerk=document, door=request.user)
    except DocumentNietVrij as fout:
        messages.warning(request, str(fout))
        return redirect(terug_naar(request, kenmerk))
    except Document.DoesNotExist as fout:
        raise Http404 from fout
    return als_bestand(download.inhoud, download.document.naam, download.document.mediatype)


def terug_naar(request: Verzoek, kenmerk: uuid.UUID) -> str:
    """The page of the opgave for this reader."""
    naam = "rapportage:opgave" if request.user.aanbieder_id else "rapportage:opgave-beoordelen"
    return reverse(naam, args=[kenmerk])


# --- Excel -------------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def sjabloon(request: Verzoek, kenmerk: uuid.UUID, deel: str) -> HttpResponse:
    """The template, filled in as far as we know (R76, R103)."""
    opgave, welk = zoek(request, kenmerk), als_deel(deel)
    kop: dict[str, Any] = {
        "titel": f"{welk.label}, {titel(opgave)}",
        "gemaakt_op": nu(),
        "maker": request.user.naam,
    }
    if welk is Deel.UITVAL and "clienten" in request.GET:
        return _clientenlijst(request, opgave, kop)
    if welk is Deel.UITVAL:
        inhoud = uitvalsjabloon(uitvaldeel(opgave, request.user), **kop)
    elif welk is Deel.DOELEN:
        inhoud = doelensjabloon([doel.feit for doel in doelen_van(opgave)], **kop)
    else:
        raise Http404
    naam = bestandsnaam(welk.label, str(opgave.regio), opgave.kwartaal, soort="xlsx")
    return als_bestand(inhoud, naam, XLSX)


def _clientenlijst(request: Verzoek, opgave: Kwartaalopgave, kop: dict[str, Any]) -> HttpResponse:
    """A row per client, by name for their own provider; that leaves a line."""
    stand = uitvaldeel(opgave, request.user)
    namen = namen_van((regel.client_id for regel in stand.regels), request.user)
    leg_inzage_vast(
        door=request.user,
        soort="kwartaalopgave",
        cel={"opgave": str(opgave.kenmerk), "wat": "sjabloon met cliënten"},
        merken=[regel.merk for regel in stand.regels],
    )
    inhoud = clientensjabloon(stand, namen, **kop)
    return als_bestand(
        inhoud, bestandsnaam("clienten", str(opgave.regio), opgave.kwartaal, soort="xlsx"), XLSX
    )


@vereist(Mag.OPGAVE_INDIENEN)
@require_http_methods(["GET", "POST"])
def inlezen(request: Verzoek, kenmerk: uuid.UUID, deel: str) -> HttpResponse:
    opgave, welk = zoek(request, kenmerk), als_deel(deel)
    if welk not in INLEESBAAR:
        raise Http404
    if not bewerkbaar(OpgaveStatus(opgave.status)):
        return redirect("rapportage:opgave", kenmerk)
    form = InleesFormulier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        bestand = form.cleaned_data["bestand"]
        try:
            inlezing = lees_in(
                opgave=opgave,
                deel=welk,
                inhoud=bestand.read(),
                naam=str(bestand.name),
                door=request.user,
                op=nu(),
            )
        except (BestandGeweigerd, KanNiet) as fout:
            form.add_error("bestand", str(fout))
        else:
            return redirect("rapportage:opgave-inlezing", kenmerk, inlezing.kenmerk)
    inhoud = {
        "opgave": opgave,
        "welk": welk,
        "form": form,
        "kruimels": kruimels(opgave, _naar(opgave, welk), ("Inlezen", "")),
    }
    return render(request, "rapportage/opgave_inlezen.html", inhoud, status=422 if form.errors else 200)


def _naar(opgave: Any, welk: Deel) -> tuple[str, str]:
    return (welk.label, reverse("rapportage:opgave-deel", args=[opgave.kenmerk, welk]))


def _inlezing(request: Verzoek, opgave: Any, inlezing: uuid.UUID) -> OpgaveInlezing:
    rij: OpgaveInlezing = get_object_or_404(
        OpgaveInlezing.objects.visible_to(request.user), opgave=opgave, kenmerk=inlezing
    )
    return rij


@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def inlezing(request: Verzoek, kenmerk: uuid.UUID, inlezing: uuid.UUID) -> HttpResponse:
    """Row by row what was taken over and what was not, and why."""
    opgave = zoek(request, kenmerk)
    rij = _inlezing(request, opgave, inlezing)
    welk = Deel(rij.deel)
    fout = [r for r in rij.verslag if not r["gelukt"]]
    inhoud = {
        "opgave": opgave,
        "inlezing": rij,
        "welk": welk,
        "goed": len(rij.verslag) - len(fout),
        "fout": len(fout),
        "kruimels": kruimels(opgave, _naar(opgave, welk), (rij.bestandsnaam, "")),
    }
    return render(request, "rapportage/opgave_inlezing.html", inhoud)


@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def inlezing_fouten(request: Verzoek, kenmerk: uuid.UUID, inlezing: uuid.UUID) -> HttpResponse:
    opgave = zoek(request, kenmerk)
    rij = _inlezing(request, opgave, inlezing)
    inhoud = verslagboek(
        [r for r in rij.verslag if not r["gelukt"]],
        titel=f"Niet overgenomen uit {rij.bestandsnaam}",
        gemaakt_op=rij.ingelezen_op,
        maker=request.user.naam,
    )
    return als_bestand(
        inhoud, bestandsnaam("niet overgenomen", rij.deel, opgave.kwartaal, soort="xlsx"), XLSX
    )


# --- PDF ---------------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN, Mag.OPGAVE_BEOORDELEN)
@require_POST
def pdf(request: Verzoek, kenmerk: uuid.UUID, nummer: str) -> HttpResponse:
    """Ask for the PDF of what was sent; a worker makes it."""
    opgave = zoek(request, kenmerk)
    if zoek_verzonden(request.user, str(kenmerk), nummer) is None:
        raise Http404
    if not beschikbaar():
        messages.error(request, GEEN_PANGO)
        return redirect(terug_naar(request, kenmerk))

    def doe() -> HttpResponseRedirect:
        naam = f"Kwartaalopgave {opgave.aanbieder}, {titel(opgave)}"
        messages.info(request, WORDT_GEMAAKT)
        return bestel(
            request,
            soort=Rapportsoort.OPGAVE,
            titel=naam[:200],
            filters={"kenmerk": str(kenmerk), "volgnummer": nummer},
            bestandsnaam=bestandsnaam(
                "kwartaalopgave", opgave.kwartaal, opgave.regio.code, nummer, soort="pdf"
            ),
        )

    return eenmalig(request, doe)
