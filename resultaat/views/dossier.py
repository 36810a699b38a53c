"""The dossier page, and what is opened from it: a document, the link to a follow-up decision."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from beschikkingen.documenten import DocumentNietVrij, geef_document
from beschikkingen.downloads import als_bijlage
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Beschikking, Document
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.dossier import KoppelFout, koppel_vervolg, noteer_inzage
from resultaat.queries import zaakregels
from resultaat.queries.behandelaars import behandelaars
from resultaat.queries.dossier import GEKEKEN, Dossier, geef_dossier
from resultaat.queries.tijdlijn import tijdlijn
from resultaat.queries.vernietigen import bewaring_van
from resultaat.queries.werktakken import OPEN_EVALUATIE
from resultaat.queries.zaak import EINDE, Plek, Zaak
from wmo_portal.lib.bsn import maskeer
from wmo_portal.lib.tijd import vandaag


@vereist(Mag.DOSSIER_ZIEN)
@require_GET
def dossier(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    gevonden = _dossier(request, kenmerk)
    noteer_inzage(beschikking=gevonden.beschikking, door=request.user, scherm="dossier")
    return _pagina(request, gevonden)


def _dossier(request: Verzoek, kenmerk: UUID) -> Dossier:
    gevonden = geef_dossier(request.user, kenmerk)
    if gevonden is None:
        raise Http404
    return gevonden


def _pagina(request: Verzoek, gevonden: Dossier) -> HttpResponse:
    dag = vandaag()
    inhoud = {
        "dossier": gevonden,
        "beschikking": gevonden.beschikking,
        "client": gevonden.beschikking.client,
        "gemaskeerd": maskeer(bsn_van(gevonden.beschikking.client)),
        "gebieden": [_gebied(request, gevonden, zaak, dag) for zaak in gevonden.zaken],
        "dagen_over": gevonden.dagen_over(dag),
        "tegenspraken": gevonden.tegenspraken(dag),
        "tijdlijn": tijdlijn(gevonden, dag),
        "gezien": [(regel, GEKEKEN[regel.actie]) for regel in gevonden.gezien],
        "open_vragen": [v for v in gevonden.vragen if v.beantwoord_op is None and v.ingetrokken_op is None],
        "in_te_trekken": [e for zaak in gevonden.zaken for e in zaak.evaluaties if e.status in OPEN_EVALUATIE]
        if request.user.mag(Mag.EVALUATIE_BEOORDELEN) or request.user.mag(Mag.EVALUATIE_INDIENEN)
        else [],
        "te_besluiten": [t for t in gevonden.toelichtingen if _vraagt_besluit(t)],
        "mag_registreren": request.user.mag(Mag.RESULTAAT_REGISTREREN),
        "mag_beoordelen": request.user.mag(Mag.EVALUATIE_BEOORDELEN),
        "mag_indienen": request.user.mag(Mag.EVALUATIE_INDIENEN),
        "behandelaars": behandelaars(gevonden.beschikking.gemeente)
        if gevonden.intern and request.user.mag(Mag.BEHANDELAAR)
        else (),
        "bewaring": bewaring_van(request.user, gevonden.beschikking, dag) if gevonden.intern else None,
        "mag_vernietigen": request.user.mag(Mag.VERNIETIGEN),
        "mag_bewaartermijn": request.user.mag(Mag.BEWAARTERMIJN),
        "kruimels": _kruimels(request, gevonden),
    }
    return render(request, "resultaat/dossier.html", inhoud)


def _vraagt_besluit(toelichting: Any) -> bool:
    """A change request waits for the municipality's answer (R58)."""
    wijziging = any(regel.soort == "wijziging" for regel in toelichting.regels.all())
    return wijziging and toelichting.status in ("ingediend", "in_behandeling", "info_gevraagd")


def _gebied(request: Verzoek, gevonden: Dossier, zaak: Zaak, dag: date) -> dict[str, Any]:
    """One resultaatgebied: trede then and now, what counts today, and for the municipality the advice."""
    plek = zaakregels.kies_plek(zaak, "") or EINDE
    nu_nodig = zaakregels.trede_nu(zaak)
    oordeel = next(reversed(zaak.actueel), None)
    uit = {
        "zaak": zaak,
        "plek": plek,
        "staat": zaak.resultaat(plek),
        "oordeel": oordeel,
        "oordeel_over": Plek(oordeel.stap, oordeel.monitoringsmoment) if oordeel else EINDE,
        "trede_nu": nu_nodig if gevonden.intern else "",
        "dagen_over": zaakregels.dagen_over(zaak, dag),
    }
    if gevonden.intern:
        uit["advies"] = zaakregels.geef_advies(zaak, plek, nu_nodig)
    return uit


def _kruimels(request: Verzoek, gevonden: Dossier) -> list[tuple[str, str]]:
    lijst = ("Dossiers", reverse("resultaat:dossiers"))
    if not gevonden.intern:
        lijst = ("Mijn cliënten", reverse("resultaat:mijn-clienten"))
    elif request.user.mag(Mag.EVALUATIE_BEOORDELEN):
        lijst = ("Werkvoorraad", reverse("resultaat:werkvoorraad"))
    return [lijst, (f"Dossier {gevonden.beschikking.nummer}", "")]


@vereist(Mag.DOSSIER_ZIEN)
@require_GET
def document(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """A file of a dossier, as a download (veiligheid D6). Files without a decision are not served here."""
    try:
        download = geef_document(kenmerk=kenmerk, door=request.user)
    except Document.DoesNotExist:
        raise Http404 from None
    except DocumentNietVrij as fout:
        return render(request, "resultaat/dossier_document_wacht.html", {"zin": str(fout)}, status=409)
    if download.document.beschikking_id is None:
        raise Http404
    return als_bijlage(download)


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_POST
def vervolg_koppelen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    zichtbaar = Beschikking.objects.visible_to(request.user).select_related("client")
    voorganger = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    try:
        vervolg = zichtbaar.filter(kenmerk=UUID(request.POST.get("vervolg", ""))).first()
    except ValueError:
        vervolg = None
    if vervolg is None:
        messages.error(request, "Kies eerst welke beschikking het vervolg is.")
    else:
        try:
            koppel_vervolg(vervolg=vervolg, voorganger=voorganger, door=request.user)
            messages.success(request, f"Beschikking {vervolg.nummer} staat nu als vervolg in dit dossier.")
        except KoppelFout as fout:
            messages.error(request, str(fout))
    return HttpResponseRedirect(reverse("resultaat:dossier", args=[voorganger.kenmerk]))
