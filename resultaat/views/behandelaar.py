"""Who handles the dossier: chosen on the page of the dossier, or for many at once on the worklist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from beschikkingen.models import Beschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.behandelaar import BehandelaarFout, Verdeling, verdeel, wijs_toe
from resultaat.views.hulp import veilig_pad
from techniek.actions import eenmalig

NIEMAND: Final = "niemand"
"""The choice that takes the behandelaar away; an empty one is no choice."""


@vereist(Mag.BEHANDELAAR)
@require_POST
def toewijzen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    beschikking = get_object_or_404(
        Beschikking.objects.visible_to(request.user).select_related("client__gemeente"), kenmerk=kenmerk
    )
    try:
        client = wijs_toe(
            client=beschikking.client,
            aan=_uuid(request.POST.get("behandelaar", "")),
            was=_uuid(request.POST.get("was", "")),
            door=request.user,
        )
    except (BehandelaarFout, ValueError) as fout:
        zin = str(fout) if isinstance(fout, BehandelaarFout) else "Kies een behandelaar uit de lijst."
        messages.error(request, zin)
    else:
        messages.success(request, _gelukt(client.behandelaar, request.user))
    return redirect("resultaat:dossier", kenmerk=kenmerk)


def _gelukt(wie: object, ik: object) -> str:
    if wie is None:
        return "Dit dossier heeft nu geen behandelaar."
    return "U bent nu de behandelaar." if wie == ik else f"De behandelaar is nu {getattr(wie, 'naam', '')}."


def _uuid(tekst: str) -> UUID | None:
    return UUID(tekst) if tekst else None


# --- Many at once ----------------------------------------------------------------------------------------------------
@vereist(Mag.EVALUATIE_BEOORDELEN)
@vereist(Mag.BEHANDELAAR)
@require_POST
def verdelen(request: Verzoek) -> HttpResponse:
    """What was ticked on the worklist goes to a colleague, to oneself, or to nobody in particular."""
    return eenmalig(request, lambda: _verdeel(request))


def _verdeel(request: Verzoek) -> HttpResponseRedirect:
    terug = veilig_pad(request.POST.get("terug", "")) or reverse("resultaat:werkvoorraad")
    try:
        uitslag = verdeel(
            gekozen=_gekozen(request.POST.getlist("client")), aan=_aan(request), door=request.user
        )
    except BehandelaarFout as fout:
        messages.error(request, str(fout))
    else:
        _meld(request, uitslag)
    return HttpResponseRedirect(terug)


def _aan(request: Verzoek) -> UUID | None:
    if "zelf" in request.POST:
        return request.user.kenmerk
    keus = request.POST.get("aan", "")
    if keus == NIEMAND:
        return None
    try:
        return UUID(keus)
    except ValueError:
        raise BehandelaarFout("Kies eerst aan wie u de dossiers geeft.") from None


def _gekozen(vinkjes: Iterable[str]) -> dict[UUID, UUID | None]:
    """What is no tick of ours was changed by hand, and chooses nobody."""
    uit = {}
    for vinkje in vinkjes:
        client, _, was = vinkje.partition(".")
        try:
            uit[UUID(client)] = _uuid(was)
        except ValueError:
            continue
    return uit


def _meld(request: Verzoek, v: Verdeling) -> None:
    """Numbers, no names of clients: a message travels in a cookie."""
    if v.gegeven:
        messages.success(request, _gegeven(v, request.user))
    elif v.al:
        messages.info(request, "Er is niets veranderd: dit was de behandelaar al.")
    if v.intussen:
        messages.warning(
            request,
            f"{_clienten(v.intussen)} niet veranderd: een ander wees intussen een behandelaar toe. "
            "Kijk in de lijst wie dat is en kies zo nodig opnieuw.",
        )
    if v.elders and v.nieuw:
        messages.warning(
            request, f"{_clienten(v.elders)} niet veranderd: {v.nieuw.naam} werkt niet voor die gemeente."
        )


def _gegeven(v: Verdeling, ik: object) -> str:
    if v.nieuw is None:
        hebben = "heeft" if v.gegeven == 1 else "hebben"
        return f"{_clienten(v.gegeven)} {hebben} nu geen behandelaar."
    wie = "U bent" if v.nieuw == ik else f"{v.nieuw.naam} is"
    return f"{wie} nu de behandelaar van {_clienten(v.gegeven)}."


def _clienten(aantal: int) -> str:
    return "1 cliënt" if aantal == 1 else f"{aantal} cliënten"
