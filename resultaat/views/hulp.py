"""What the pages around a dossier share."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from beschikkingen.models import Beschikking


def veilig_pad(pad: str) -> str:
    """A path of this site, or empty: an address from outside never decides where somebody lands."""
    goed = pad.startswith("/") and url_has_allowed_host_and_scheme(pad, allowed_hosts=None)
    return pad if goed else ""


def terug_naar(request: HttpRequest, beschikking: Beschikking) -> str:
    """Back to the list the person came from, else to the dossier."""
    return veilig_pad(request.POST.get("terug", "")) or reverse(
        "resultaat:dossier", args=[beschikking.kenmerk]
    )
