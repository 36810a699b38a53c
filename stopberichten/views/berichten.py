"""The screens of the message traffic: list, hand in, one message, answers to send."""

from __future__ import annotations

import uuid
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.toegang import vereist
from stopberichten import tonen
from stopberichten.berichtinhoud import du01_van, gelezen, inhoud_van, retour_van
from stopberichten.enums import Kanaal
from stopberichten.forms_berichten import BerichtenFilter, InsturenForm, OpnieuwForm
from stopberichten.inzage import bericht_gezien, lijst_gezien
from stopberichten.inzenden import HOOGSTENS, stuur_in
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.ontvangst import envelop_naam, retour_naam
from stopberichten.queries_berichten import (
    bericht_van,
    berichten,
    blad,
    eigen_retour,
    open_retouren,
    retour_te_laat,
    te_late_stops,
)
from stopberichten.queries_met_de_hand import met_de_hand_van
from wmo_portal.lib.bijlage import als_bestand
from wmo_portal.lib.bsn import maskeer
from wmo_portal.lib.tijd import nu, vandaag

BEWAARDE_INZENDINGEN: Final = 5
XML: Final = "application/xml"


def tabs(gebruiker: Gebruiker, hier: str) -> list[dict[str, Any]]:
    """The parts of the message traffic, with how much work waits in each."""
    rijen = [
        ("berichten", "Alle berichten", None),
        ("retouren", "Retour nog te versturen", open_retouren(gebruiker).count()),
        ("te-late-stops", "Te late stops", None),
    ]
    return [
        {"label": label, "url": reverse(f"stopberichten:{naam}"), "actief": naam == hier, "aantal": aantal}
        for naam, label, aantal in rijen
    ]


def _bladeren(request: HttpRequest, gevonden: Any) -> dict[str, str]:
    """The addresses of the pages before and after, with the filters kept."""
    rest = [(k, v) for k, v in request.GET.items() if k not in {"na", "voor"}]
    return {
        "vorige_url": f"?{urlencode([*rest, ('voor', gevonden.vorige)])}" if gevonden.vorige else "",
        "volgende_url": f"?{urlencode([*rest, ('na', gevonden.volgende)])}" if gevonden.volgende else "",
    }


def wie_vraagt(request: HttpRequest) -> Gebruiker:
    """The person behind a request that `vereist` let through."""
    assert isinstance(request.user, Gebruiker)
    return request.user


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def lijst(request: HttpRequest) -> HttpResponse:
    wie = wie_vraagt(request)
    filter_ = BerichtenFilter(request.GET, gebruiker=wie)
    gevonden = blad(
        berichten(wie, filter_.waarden()), na=request.GET.get("na", ""), voor=request.GET.get("voor", "")
    )
    lijst_gezien(door=wie, lijst="berichten", rijen=gevonden.rijen)
    return render(
        request,
        "stopberichten/berichten.html",
        {
            "rijen": [tonen.rij(b) for b in gevonden.rijen],
            "eigen_retour": eigen_retour(wie),
            "filter": filter_,
            "tabs": tabs(wie, "berichten"),
            "mag_insturen": wie.mag(Mag.BERICHTEN_INSTUREN),
            "is_aanbieder": bool(wie.aanbieder_id),
            **_bladeren(request, gevonden),
        },
    )


# --- Handing in --------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@vereist(Mag.BERICHTEN_INSTUREN)
def insturen(request: HttpRequest) -> HttpResponse:
    wie = wie_vraagt(request)
    versturen = request.method == "POST"
    form = InsturenForm(request.POST, request.FILES) if versturen else InsturenForm()
    if versturen and form.is_valid():
        return _stuur_in(request, wie, form)
    return render(
        request,
        "stopberichten/insturen.html",
        {
            "form": form,
            "form_met_fouten": form if form.errors else None,
            "is_aanbieder": bool(wie.aanbieder_id),
            "hoogstens": HOOGSTENS,
            "kruimels": _kruimels("Berichten insturen"),
        },
        status=422 if form.errors else 200,
    )


def _stuur_in(request: HttpRequest, wie: Gebruiker, form: InsturenForm) -> HttpResponseRedirect:
    """Receive all, remember the verdicts for the page that follows. Twice the same gives the same verdicts."""
    bestanden = ((str(b.name), b.read()) for b in form.cleaned_data["bestanden"])
    uit = [
        [ingestuurd.naam, str(ingestuurd.ontvangst.bericht.kenmerk), ingestuurd.ontvangst.nieuw]
        for ingestuurd in stuur_in(bestanden=bestanden, door=wie, vandaag=vandaag(), op=nu())
    ]
    merk = str(uuid.uuid4())
    eerder = dict(list(request.session.get("ingestuurd", {}).items())[-(BEWAARDE_INZENDINGEN - 1) :])
    request.session["ingestuurd"] = {**eerder, merk: uit}
    return redirect("stopberichten:ingestuurd", merk)


@require_GET
@vereist(Mag.BERICHTEN_INSTUREN)
def ingestuurd(request: HttpRequest, merk: uuid.UUID) -> HttpResponse:
    """The verdict on each message that was just handed in."""
    wie = wie_vraagt(request)
    bewaard = request.session.get("ingestuurd", {}).get(str(merk))
    if bewaard is None:
        messages.info(request, "Deze inzending is niet meer te tonen. U vindt de berichten in de lijst.")
        return redirect("stopberichten:berichten")
    kenmerken = [kenmerk for _, kenmerk, _ in bewaard]
    zichtbaar = Bericht.objects.visible_to(wie).filter(kenmerk__in=kenmerken)
    los = Bericht.objects.zonder_eigenaar_van(wie).filter(kenmerk__in=kenmerken)
    per_kenmerk = {
        str(b.kenmerk): b
        for qs in (zichtbaar, los)
        for b in qs.select_related("client", "gemeente", "aanbieder").defer("inhoud", "retour")
    }
    rijen = [
        tonen.rij(per_kenmerk[kenmerk], nieuw=nieuw, naam=naam)
        for naam, kenmerk, nieuw in bewaard
        if kenmerk in per_kenmerk
    ]
    lijst_gezien(door=wie, lijst="ingestuurd", rijen=per_kenmerk.values())
    goed = sum(rij.soort == "ok" for rij in rijen)
    return render(
        request,
        "stopberichten/ingestuurd.html",
        {"rijen": rijen, "goed": goed, "fout": len(rijen) - goed, "kruimels": _kruimels("Ingestuurd")},
    )


def _kruimels(hier: str) -> list[tuple[str, str]]:
    return [("Berichten", reverse("stopberichten:berichten")), (hier, "")]


# --- One message ---------------------------------------------------------------------------------------------------
def _een(request: HttpRequest, kenmerk: uuid.UUID) -> Bericht:
    bericht = bericht_van(wie_vraagt(request), kenmerk).first()
    if bericht is None:
        raise Http404
    return bericht


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def bericht(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    wie, het = wie_vraagt(request), _een(request, kenmerk)
    bericht_gezien(door=wie, bericht=het)
    inhoud = gelezen(het) if het.soort else None
    client = inhoud.client if inhoud else None
    bewaard: dict[int, Levering | Stop] = {}
    for model in (Levering, Stop):
        for regel in model.objects.visible_to(wie).filter(bericht=het).select_related("toewijzing"):
            bewaard[regel.volgnummer] = regel
    open_ = het.status == "afgekeurd" and het.herbeoordeeld_in_id is None
    return render(
        request,
        "stopberichten/bericht.html",
        {
            "rij": tonen.rij(het),
            "bericht": het,
            "bsn": maskeer(client.bsn) if client else "",
            "producten": tonen.productregels(het, client.producten if client else (), bewaard),
            "header": tonen.codes_in_woorden(het.header_codes),
            "retour_naam": retour_naam(het),
            "met_envelop": du01_van(het) is not None,
            "retour_te_laat": het.retour_status == "te_versturen" and retour_te_laat(het, vandaag()),
            "mag_verstuurd": het.retour_status == "te_versturen"
            and het.soort in eigen_retour(wie)
            and wie.mag(Mag.BERICHTEN_INSTUREN),
            "opnieuw": OpnieuwForm() if open_ and wie.mag(Mag.KOPPELEN) else None,
            "mag_koppelen": wie.mag(Mag.KOPPELEN),
            "met_de_hand": met_de_hand_van(wie, het.pk) if het.kanaal == Kanaal.HAND else None,
            "kruimels": _kruimels(f"{het.soort} {het.identificatie}" if het.soort else "Bestand"),
        },
    )


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def xml(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """The file as received. What could not be read is offered as bytes, never as something a browser opens."""
    het = _een(request, kenmerk)
    bericht_gezien(door=wie_vraagt(request), bericht=het, actie="bericht.gedownload")
    if not het.soort:
        return als_bestand(inhoud_van(het), f"bestand-{het.pk}.bin", "application/octet-stream")
    return als_bestand(inhoud_van(het), f"wmo{het.soort}-{het.pk:011d}.xml", XML)


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def retour(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    het = _een(request, kenmerk)
    naam, inhoud = retour_naam(het), retour_van(het)
    if naam is None or inhoud is None:
        raise Http404
    if request.GET.get("envelop"):
        naam, inhoud = envelop_naam(naam), du01_van(het)
        if inhoud is None:
            raise Http404
    bericht_gezien(door=wie_vraagt(request), bericht=het, actie="retour.gedownload")
    return als_bestand(inhoud, naam, XML)


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def te_late_stops_lijst(request: HttpRequest) -> HttpResponse:
    wie = wie_vraagt(request)
    gevonden = blad(te_late_stops(wie), na=request.GET.get("na", ""), voor=request.GET.get("voor", ""))
    lijst_gezien(door=wie, lijst="te late stops", rijen=gevonden.rijen)
    return render(
        request,
        "stopberichten/te_late_stops.html",
        {
            "rijen": [{"stop": stop, "wie": tonen.wie(stop.client)} for stop in gevonden.rijen],
            "tabs": tabs(wie, "te-late-stops"),
            **_bladeren(request, gevonden),
        },
    )
