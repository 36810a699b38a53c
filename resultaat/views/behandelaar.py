"""Who handles the dossier: chosen on the page of the dossier."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from beschikkingen.models import Beschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.behandelaar import BehandelaarFout, wijs_toe


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
