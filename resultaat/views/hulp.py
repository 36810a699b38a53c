"""What the pages around a dossier share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from beschikkingen.models import Beschikking
from resultaat.forms_ronde import Reden
from techniek.actions import eenmalig

T = TypeVar("T")


def veilig_pad(pad: str) -> str:
    """A path of this site, or empty: an address from outside never decides where somebody lands."""
    goed = pad.startswith("/") and url_has_allowed_host_and_scheme(pad, allowed_hosts=None)
    return pad if goed else ""


def terug_naar(request: HttpRequest, beschikking: Beschikking) -> str:
    """Back to the list the person came from, else to the dossier."""
    return veilig_pad(request.POST.get("terug", "")) or reverse(
        "resultaat:dossier", args=[beschikking.kenmerk]
    )


def verschil(label: str, uw: str, ander: str) -> dict[str, object]:
    """One row of the component `conflict`: what somebody typed beside what stands there."""
    return {"label": label, "uw": uw or "–", "ander": ander or "–", "anders": uw != ander}


def of_404(gevonden: T | None) -> T:
    """What is not there, or is somebody else's, is a page that does not exist."""
    if gevonden is None:
        raise Http404
    return gevonden


def reden_form(request: HttpRequest, *, knop: str, uitleg: str) -> Reden:
    """The form of one reason, with the key that makes a second click the same as the first."""
    return Reden(request.POST or None, knop=knop, uitleg=uitleg, initial={"eenmalig": uuid.uuid4()})


def vraag_reden(
    request: HttpRequest,
    sjabloon: str,
    inhoud: Mapping[str, Any],
    *,
    knop: str,
    uitleg: str,
    doe: Callable[[str], HttpResponseRedirect],
) -> HttpResponse:
    """Ask for a reason on a page of its own; once it is there, `doe` gets it, once."""
    form = reden_form(request, knop=knop, uitleg=uitleg)
    if request.method == "POST" and form.is_valid():
        reden = form.cleaned_data["reden"]
        return eenmalig(request, lambda: doe(reden))
    return render(
        request, sjabloon, {**inhoud, "form": form, "form_met_fouten": form if form.is_bound else None}
    )
