"""The Termijnradar: deadlines 26 weeks ahead, for municipality, provider and contract manager (M4)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.actions.vrijstelling import stel_vrij
from resultaat.excel_termijnen import werkboek
from resultaat.queries.radar import PER_PAGINA, SOORTEN, Keus, Radar, naam_van, radar
from resultaat.queries.termijnen import OpenTermijn, met_namen, termijnen, venster
from resultaat.queries.werkvoorraad import Behandeling
from resultaat.views.hulp import reden_form
from techniek.actions import eenmalig
from wmo_portal.lib.bijlage import XLSX, als_bestand
from wmo_portal.lib.tijd import nu, vandaag

DOEL: Final = "Wmo: termijn van 8 weken"


@vereist(Mag.TERMIJNEN)
@require_GET
def radarpagina(request: Verzoek) -> HttpResponse:
    """Counts, weeks, and the list behind the figure that was chosen."""
    beeld = radar(request.user, vandaag=vandaag(), keus=_keus(request))
    keus, namen, rijen = beeld.keus, _mag_namen(request), met_namen(request.user, beeld.pagina)
    if namen:
        _log(request, rijen, scherm="termijnen")
    return render(
        request,
        "resultaat/termijnen.html",
        {
            "radar": beeld,
            "keus": keus,
            "kengetallen": _kengetallen(beeld),
            "weken": [(week, keus.url(soort="open", week=week.sleutel)) for week in beeld.weken],
            "rijen": [_rij(t, beeld.vandaag, namen=namen) for t in rijen],
            "met_namen": namen,
            "excel_url": _excel_url(request, keus),
            "mag_vrijstellen": request.user.mag(Mag.EVALUATIE_BEOORDELEN),
            "mag_sturen": request.user.mag(Mag.EVALUATIE_INDIENEN),
            "een_gemeente": len(request.user.gemeente_ids) == 1,
            "is_aanbieder": bool(request.user.aanbieder_id),
            "behandelingen": Behandeling.choices() if namen and not request.user.aanbieder_id else [],
            "wissen_url": reverse("resultaat:termijnen"),
            "bladeren": _bladeren(beeld),
        },
    )


@vereist(Mag.TERMIJNEN_MEENEMEN)
@vereist(Mag.TERMIJNEN)
@require_GET
def excel(request: Verzoek) -> HttpResponse:
    """The list behind the figure, all of it. Everybody in it is logged as seen, and the export itself."""
    beeld = radar(request.user, vandaag=vandaag(), keus=_keus(request))
    namen, rijen = _mag_namen(request), met_namen(request.user, beeld.lijst)
    if namen:
        _log(request, rijen, scherm="export termijnen")
    gemeenten = request.user.gemeente_ids
    leg_vast(
        actie="termijnen.exporteren",
        door=request.user,
        object_soort="termijnen",
        gemeente_id=gemeenten[0] if len(gemeenten) == 1 else None,
        aanbieder_id=request.user.aanbieder_id,
        doel=DOEL,
        details={"rijen": len(rijen), "keuze": beeld.keus.url()},
    )
    inhoud = werkboek(
        beeld,
        rijen,
        met_namen=namen,
        met_behandelaar=namen and not request.user.aanbieder_id,
        gemaakt_op=nu(),
        door=request.user.naam,
    )
    return als_bestand(inhoud, f"termijnen-{beeld.vandaag}.xlsx", XLSX)


def _mag_namen(request: Verzoek) -> bool:
    """Who may see dossiers may see whose deadline it is; others see the deadline."""
    return request.user.mag(Mag.DOSSIER_ZIEN)


def _excel_url(request: Verzoek, keus: Keus) -> str:
    if not request.user.mag(Mag.TERMIJNEN_MEENEMEN):
        return ""
    return reverse("resultaat:termijnen-excel") + keus.url()


def _keus(request: Verzoek) -> Keus:
    """The choice in the URL. An unknown kind is a page that does not exist."""
    vraag = request.GET
    vanaf = vraag.get("vanaf", "0")
    if vraag.get("soort", "open") not in SOORTEN or not (
        vanaf.isascii() and vanaf.isdigit() and len(vanaf) < 7
    ):
        raise Http404
    return Keus(
        soort=vraag.get("soort", "open"),
        aanbieder=vraag.get("aanbieder", ""),
        gemeente=vraag.get("gemeente", ""),
        week=vraag.get("week", ""),
        van=_van(request),
        vanaf=int(vanaf),
    )


def _van(request: Verzoek) -> str:
    """Who handles a dossier is for who may see dossiers of a municipality."""
    keuze = request.GET.get("van", "")
    mag = request.user.aanbieder_id is None and _mag_namen(request)
    return keuze if mag and keuze in Behandeling.codes() else ""


def _kengetallen(beeld: Radar) -> list[dict[str, Any]]:
    def getal(soort: str, label: str, aantal: int, kleur: str, definitie: str) -> dict[str, Any]:
        return {
            "label": label,
            "waarde": aantal,
            "url": beeld.keus.url(soort=soort, week=""),
            "soort": kleur if aantal else "neutraal",
            "definitie": definitie,
        }

    return [
        getal(
            "te_laat",
            "te laat",
            len(beeld.te_laat),
            "fout",
            "De uiterste dag is voorbij en er is geen document.",
        ),
        getal(
            "open",
            "nog te sturen",
            len(beeld.open),
            "neutraal",
            "Alles tot 26 weken vooruit, ook wat te laat is.",
        ),
        getal(
            "verkort",
            "verkorte termijn",
            len(beeld.verkort),
            "waarschuwing",
            "De beschikking is korter dan 8 weken voor het einde geregistreerd. De aanbieder krijgt dan extra dagen.",
        ),
        getal(
            "voldaan",
            "voldaan",
            len(beeld.voldaan),
            "ok",
            "Document ontvangen, uitstroom gemeld, of niet nodig.",
        ),
    ]


def _rij(t: OpenTermijn, dag: date, *, namen: bool) -> dict[str, Any]:
    over = t.termijn.dagen_over(dag)
    return {
        "t": t,
        "client": naam_van(t) if namen else "",
        "over": over,
        "dagen": _dagen(over),
        "te_laat": over < 0 and t.reden is None,
        "open": t.reden is None,
    }


def _dagen(over: int) -> str:
    if over == 0:
        return "vandaag"
    aantal = "1 dag" if abs(over) == 1 else f"{abs(over)} dagen"
    return f"over {aantal}" if over > 0 else f"{aantal} te laat"


def _bladeren(beeld: Radar) -> dict[str, str]:
    keus, aantal = beeld.keus, len(beeld.lijst)
    tot = min(keus.vanaf + PER_PAGINA, aantal)
    return {
        "vorige": keus.url(vanaf=max(0, keus.vanaf - PER_PAGINA)) if keus.vanaf else "",
        "volgende": keus.url(vanaf=tot) if tot < aantal else "",
        "tekst": f"{keus.vanaf + 1} tot en met {tot} van {aantal}" if aantal else "",
    }


def _log(request: Verzoek, rijen: tuple[OpenTermijn, ...], *, scherm: str) -> None:
    gezien = (
        Gezien(
            bytes(t.rij["client__bsn_index"]),
            t.rij["gemeente_id"],
            t.rij["aanbieder_id"],
            "toewijzing",
            str(t.rij["kenmerk"]),
        )
        for t in rijen
    )
    leg_lijst_vast(gezien=gezien, scherm=scherm, doel=DOEL, door=request.user)


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_http_methods(["GET", "POST"])
def niet_nodig(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The consulent notes why no document is needed for the deadline that stands open now (R61)."""
    toewijzing = get_object_or_404(
        Toewijzing.objects.visible_to(request.user).select_related("client", "gemeente", "resultaatgebied"),
        kenmerk=kenmerk,
    )
    van, tot = venster(vandaag())
    eigen = Toewijzing.objects.visible_to(request.user).filter(pk=toewijzing.pk)
    open_ = termijnen(eigen, doel_van=van, doel_tot=tot)
    termijn = next(iter(met_namen(request.user, (t for t in open_ if t.reden is None))), None)
    form = reden_form(
        request, knop="Vastleggen", uitleg="De aanbieder krijgt voor deze termijn geen herinneringen meer."
    )
    if termijn and request.method == "POST" and form.is_valid():
        dag, reden = termijn.termijn.datum, form.cleaned_data["reden"]
        return eenmalig(request, lambda: _vrij(request, toewijzing, dag, reden))
    if termijn:
        _log(request, (termijn,), scherm="termijnen")
    lijst = reverse("resultaat:termijnen")
    return render(
        request,
        "resultaat/termijnen_niet_nodig.html",
        {
            "t": termijn,
            "naam": naam_van(termijn) if termijn else "",
            "form": form,
            "form_met_fouten": form if form.is_bound else None,
            "lijst_url": lijst,
            "kruimels": [("Termijnen", lijst), ("Document niet nodig", "")],
        },
    )


def _vrij(request: Verzoek, toewijzing: Toewijzing, dag: date, reden: str) -> HttpResponseRedirect:
    stel_vrij(toewijzing=toewijzing, termijn_datum=dag, reden=reden, door=request.user, moment=nu())
    messages.success(request, "Vastgelegd: voor deze termijn is geen document nodig.")
    return redirect("resultaat:termijnen")
