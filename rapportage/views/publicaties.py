"""Publications: what may leave the contract relation, with small numbers hidden (M11)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_export_vast
from rapportage.actions.publiceren import PubliceerFout, publiceer
from rapportage.excel.publicatie import kop_van, werkboek
from rapportage.forms_publicatie import Publicatiekeuze, PubliceerForm
from rapportage.models import Publicatie
from rapportage.publicatie import Inhoud, tabel
from rapportage.queries.publicatie import bezwaar_tegen_publicatie, publicaties, voorstel
from rapportage.statussen import Publicatiesoort
from rapportage.views.hulp import XLSX, als_bestand, bestandsnaam, eenmalig_sleutel
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag

PAD = "Publicaties"


@require_GET
@vereist(Mag.VASTSTELLEN)
def overzicht(request: Verzoek) -> HttpResponse:
    keuze = Publicatiekeuze(None, lezer=request.user, vandaag=vandaag())
    return render(
        request,
        "rapportage/publicaties.html",
        {
            "form": keuze,
            "publicaties": [
                (p, Publicatiesoort(p.soort).label, p.inhoud["afgeschermd"])
                for p in publicaties(request.user)
            ],
        },
    )


@require_http_methods(["GET", "POST"])
@vereist(Mag.VASTSTELLEN)
def nieuw(request: Verzoek) -> HttpResponse:
    """The table as it would go out; POST publishes it."""
    keuze = Publicatiekeuze(request.GET, lezer=request.user, vandaag=vandaag())
    if not keuze.is_valid():
        return render(request, "rapportage/publicaties.html", {"form": keuze, "publicaties": []}, status=422)
    fout = ""
    if request.method == "POST":
        try:
            return eenmalig(request, lambda: _publiceer(request, keuze))
        except PubliceerFout as mislukt:
            fout = str(mislukt)
    return render(request, "rapportage/publiceren.html", _voorstel(request, keuze, fout))


def _publiceer(request: Verzoek, keuze: Publicatiekeuze) -> HttpResponseRedirect:
    publicatie = publiceer(
        soort=keuze.cijfer,
        regio=keuze.regio,
        kwartaal=keuze.kwartaal,
        drempel=keuze.drempel,
        door=request.user,
        op=nu(),
    )
    messages.success(request, f"{kop_van(publicatie).titel} is gepubliceerd.")
    return redirect("rapportage:publicatie", kenmerk=publicatie.kenmerk)


def _voorstel(request: Verzoek, keuze: Publicatiekeuze, fout: str) -> dict[str, Any]:
    bezwaar = bezwaar_tegen_publicatie(keuze.cijfer, keuze.regio, keuze.kwartaal, request.user)
    basis = {
        "titel": f"{keuze.cijfer.label} van {keuze.regio.naam} publiceren, {keuze.kwartaal.naam}",
        "drempel": keuze.drempel,
        "bezwaar": bezwaar,
        "fout": fout,
        "form": PubliceerForm(eenmalig=eenmalig_sleutel()),
        "kruimels": [(PAD, reverse("rapportage:publicaties")), (str(keuze.kwartaal), "")],
    }
    if bezwaar:
        return basis
    inhoud, _ = voorstel(keuze.cijfer, keuze.regio, keuze.kwartaal, request.user, keuze.drempel)
    return {**basis, **_tabel(inhoud)}


def _tabel(inhoud: Inhoud) -> dict[str, Any]:
    rijen = tabel(inhoud)
    return {"inhoud": inhoud, "koppen": inhoud["koppen"], "rijen": rijen[:-1], "totaal": rijen[-1]}


def _publicatie(request: Verzoek, kenmerk: UUID) -> Publicatie:
    return get_object_or_404(publicaties(request.user), kenmerk=kenmerk)


@require_GET
@vereist(Mag.VASTSTELLEN)
def een(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    publicatie = _publicatie(request, kenmerk)
    return render(
        request,
        "rapportage/publicatie.html",
        {
            "publicatie": publicatie,
            "kop": kop_van(publicatie),
            "exporteren": request.user.mag(Mag.EXPORTEREN),
            **_tabel(publicatie.inhoud),
            "kruimels": [(PAD, reverse("rapportage:publicaties")), (publicatie.kwartaal, "")],
        },
    )


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    publicatie = _publicatie(request, kenmerk)
    leg_export_vast(
        door=request.user,
        soort="publicatie",
        vorm="xlsx",
        filters={"kenmerk": str(kenmerk)},
        regels=0,
        met_clienten=False,
    )
    naam = bestandsnaam("publicatie", kop_van(publicatie).titel, soort="xlsx")
    return als_bestand(werkboek(publicatie), naam, XLSX)
