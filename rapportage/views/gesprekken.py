"""The quarterly talk: one page per provider and quarter with everything, notes and actions (R104, M13)."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.gesprek import GesprekBotsing, GesprekFout, begin, bewaar, meld_gedaan, spreek_af
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.excel.gesprek import werkboek
from rapportage.forms import kwartalen_tot
from rapportage.forms_gesprek import Actieformulier, Verslagformulier
from rapportage.models import Gespreksactie, Kwartaalgesprek
from rapportage.pdf.gesprek import inhoud_van, titel
from rapportage.queries.gesprek import Gesprek, gesprek_van, gesprekken, te_voeren
from rapportage.queries.gespreksverloop import Kwartaalstand
from rapportage.statussen import Rapportsoort
from rapportage.verantwoording import Kop
from rapportage.views.hulp import eenmalig_sleutel
from rapportage.views.uitgeven import bestel_pdf, geef_werkboek
from techniek.actions import eenmalig
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag

PAD = "Kwartaalgesprekken"


def _kwartaal(request: Verzoek) -> Kwartaal:
    """Nonsense in the address is the last whole quarter."""
    try:
        return Kwartaal.lees(request.GET.get("kwartaal", ""))
    except ValueError:
        return Kwartaal.van(vandaag()).vorige


@require_GET
@vereist(Mag.OPGAVE_BEOORDELEN)
def overzicht(request: Verzoek) -> HttpResponse:
    kwartaal = _kwartaal(request)
    return render(
        request,
        "rapportage/gesprekken.html",
        {
            "kwartaal": kwartaal,
            "kwartalen": [(str(k), k.naam) for k in kwartalen_tot(vandaag()) if k.laatste < vandaag()],
            "regels": te_voeren(request.user, kwartaal, vandaag()),
            "voorbij": kwartaal.laatste < vandaag(),
        },
    )


@require_POST
@vereist(Mag.OPGAVE_BEOORDELEN)
def beginnen(request: Verzoek) -> HttpResponse:
    """Only for a provider that stands in the list."""
    try:
        kwartaal = Kwartaal.lees(request.POST.get("kwartaal", ""))
    except ValueError as fout:
        raise Http404 from fout
    wie = (request.POST.get("regio", ""), request.POST.get("aanbieder", ""))
    regel = next(
        (r for r in te_voeren(request.user, kwartaal, vandaag()) if (r.regio.code, r.verwacht.aanbieder.agb) == wie),
        None,
    )  # fmt: skip
    if regel is None:
        raise Http404
    try:
        gesprek = begin(
            regio=regel.regio,
            aanbieder=regel.verwacht.aanbieder,
            kwartaal=kwartaal,
            door=request.user,
            op=nu(),
        )
    except GesprekFout as fout:
        messages.error(request, str(fout))
        return redirect("rapportage:gesprekken")
    return redirect("rapportage:gesprek", kenmerk=gesprek.kenmerk)


def _zoek(request: Verzoek, kenmerk: UUID) -> Kwartaalgesprek:
    return get_object_or_404(gesprekken(request.user), kenmerk=kenmerk)


@require_http_methods(["GET", "POST"])
@vereist(Mag.OPGAVE_BEOORDELEN)
def een(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """The document; POST keeps the notes."""
    rij = _zoek(request, kenmerk)
    if request.method == "GET":
        return _pagina(request, rij, Verslagformulier.van(rij), Actieformulier())
    form = Verslagformulier(request.POST)
    if not form.is_valid():
        return _pagina(request, rij, form, Actieformulier(), status=422)
    try:
        bewaar(gesprek=rij, **form.cleaned_data, door=request.user, op=nu())
    except GesprekBotsing as fout:
        return _botsing(request, fout.gesprek, form)
    messages.success(request, "Het verslag is bewaard.")
    return redirect("rapportage:gesprek", kenmerk=kenmerk)


def _pagina(
    request: Verzoek,
    rij: Kwartaalgesprek,
    verslag: Verslagformulier,
    actie: Actieformulier,
    *,
    status: int = 200,
) -> HttpResponse:
    try:
        gesprek = gesprek_van(request.user, rij, vandaag())
    except ValueError as fout:
        return render(
            request, "rapportage/gesprek.html", {**_kop(rij), "niet_te_tellen": f"{fout}."}, status=422
        )
    _log_inzage(request, gesprek)
    inhoud = {
        **_kop(rij),
        **inhoud_van(gesprek),
        "gesprek": gesprek,
        "form_met_fouten": status != 200,
        "form": verslag,
        "actieform": actie,
        "eenmalig": eenmalig_sleutel(),
        "geen_pdf": "" if beschikbaar() else GEEN_PANGO,
        "exporteren": request.user.mag(Mag.EXPORTEREN),
        **_adressen(request, gesprek),
    }
    return render(request, "rapportage/gesprek.html", inhoud, status=status)


def _adressen(request: Verzoek, gesprek: Gesprek) -> dict[str, Any]:
    """Where the numbers lead; nowhere for who may not see the clients."""
    mag = request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)
    verloop = [(stand, _clienten_url(gesprek, stand) if mag else "") for stand in gesprek.verloop]
    if not mag:
        return {"verloop": verloop}
    oordelen = (
        f"{reverse('rapportage:resultaat-clienten')}?{urlencode(_nu_geteld(gesprek, gesprek.kwartaal))}"
    )
    return {"verloop": verloop, "clienten_url": verloop[-1][1], "oordelen_url": oordelen}


def _clienten_url(gesprek: Gesprek, stand: Kwartaalstand) -> str:
    """To the frozen clients when the quarter was frozen."""
    if stand.vast is None:
        return f"{reverse('rapportage:uitval-clienten')}?{urlencode(_nu_geteld(gesprek, stand.kwartaal))}"
    adres = reverse("rapportage:vaststelling-clienten", args=[stand.vast.kenmerk])
    return f"{adres}?{urlencode({'rij_aanbieder': gesprek.rij.aanbieder.agb})}"


def _nu_geteld(gesprek: Gesprek, kwartaal: Kwartaal) -> dict[str, str]:
    return {
        "regio": gesprek.rij.regio.code,
        "aanbieder": gesprek.rij.aanbieder.agb,
        "kwartaal": str(kwartaal),
    }


def _kop(rij: Kwartaalgesprek) -> dict[str, Any]:
    return {
        "rij": rij,
        "titel": titel(rij),
        "kruimels": [(PAD, reverse("rapportage:gesprekken")), (str(rij.aanbieder), "")],
    }


def _log_inzage(request: Verzoek, gesprek: Gesprek) -> None:
    """Clients stand on the page by mark; only then it is a look at clients."""
    merken = [rij.merk for rij in gesprek.aandacht] + [t.merk for t in gesprek.tegenspraken]
    if merken:
        leg_inzage_vast(
            door=request.user,
            soort="kwartaalgesprek",
            cel={"kenmerk": str(gesprek.rij.kenmerk)},
            merken=sorted(set(merken)),
        )


def _botsing(request: Verzoek, vast: Kwartaalgesprek, form: Verslagformulier) -> HttpResponse:
    """Both versions side by side; who typed may go on with either (U16)."""
    datum = form.cleaned_data["gespreksdatum"]
    regels = [
        ("Datum van het gesprek", _dag(datum), _dag(vast.gespreksdatum)),
        ("Verslag", form.cleaned_data["verslag"], vast.verslag),
    ]
    inhoud = {
        **_kop(vast),
        "regels": [
            {"label": label, "uw": uw, "ander": ander, "anders": uw != ander} for label, uw, ander in regels
        ],
        "getypt": {"gespreksdatum": _dag(datum), "verslag": form.cleaned_data["verslag"]}.items(),
    }
    return render(request, "rapportage/gesprek_botsing.html", inhoud, status=409)


def _dag(datum: Any) -> str:
    return f"{datum:%d-%m-%Y}" if datum else ""


@require_POST
@vereist(Mag.OPGAVE_BEOORDELEN)
def actie(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    rij, form = _zoek(request, kenmerk), Actieformulier(request.POST)
    if not form.is_valid():
        return _pagina(request, rij, Verslagformulier.van(rij), form, status=422)

    def doe() -> HttpResponseRedirect:
        spreek_af(
            gesprek=rij,
            tekst=form.cleaned_data["tekst"],
            wie=form.cleaned_data["wie"],
            uiterlijk=form.cleaned_data["uiterlijk_datum"],
            door=request.user,
            op=nu(),
        )
        return redirect("rapportage:gesprek", kenmerk=kenmerk)

    return eenmalig(request, doe)


@require_POST
@vereist(Mag.OPGAVE_BEOORDELEN)
def actie_gedaan(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """From whatever talk it is shown in; back to that one."""
    rijen = Gespreksactie.objects.visible_to(request.user).select_related("gesprek")
    rij = get_object_or_404(rijen, kenmerk=kenmerk)
    versie = request.POST.get("versie", "")
    try:
        meld_gedaan(
            actie=rij,
            gedaan=request.POST.get("gedaan") == "1",
            versie=int(versie) if versie.isdecimal() and len(versie) < 9 else 0,
            door=request.user,
            op=nu(),
        )
    except GesprekFout as fout:
        messages.error(request, str(fout))
    return redirect("rapportage:gesprek", kenmerk=_terug(request, rij.gesprek).kenmerk)


def _terug(request: Verzoek, anders: Kwartaalgesprek) -> Kwartaalgesprek:
    try:
        kenmerk = UUID(request.POST.get("gesprek", ""))
    except ValueError:
        return anders
    return gesprekken(request.user).filter(kenmerk=kenmerk).first() or anders


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    rij = _zoek(request, kenmerk)
    try:
        gesprek = gesprek_van(request.user, rij, vandaag())
    except ValueError as fout:
        raise Http404 from fout
    zegel = gesprek.vast.sha256 if gesprek.vast else ""
    return geef_werkboek(
        request,
        partial(werkboek, gesprek, Kop(titel(rij), request.user.naam, nu(), zegel=zegel)),
        soort="kwartaalgesprek",
        titel=titel(rij),
        filters={"kenmerk": str(kenmerk)},
        regels=len(gesprek.aandacht) + len(gesprek.tegenspraken),
    )


@require_POST
@vereist(Mag.EXPORTEREN)
def pdf(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    rij = _zoek(request, kenmerk)
    return bestel_pdf(
        request, soort=Rapportsoort.GESPREK, titel=titel(rij), filters={"kenmerk": str(rij.kenmerk)}
    )
