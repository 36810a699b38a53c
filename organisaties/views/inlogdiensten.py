"""Setting up the log-in service of an organisation (OpenID Connect)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisaties.actions_inloggen import bewaar_inlogdienst
from organisaties.forms_inloggen import InlogdienstForm
from organisaties.models import Inlogdienst
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def inlogdienst(request: Verzoek, code: str = "") -> HttpResponse:
    rij = get_object_or_404(Inlogdienst, code=code) if code else Inlogdienst()
    form = InlogdienstForm(request.POST or None, instance=rij)
    if request.method == "POST" and form.is_valid():
        vers = Inlogdienst.objects.get(pk=rij.pk) if rij.pk else Inlogdienst()
        bewaar_inlogdienst(dienst=vers, velden=form.velden, gemeenten=form.gemeenten, door=request.user)
        messages.success(request, f"De inlogdienst {vers} is opgeslagen.")
        return redirect("organisaties:inrichting")
    titel = f"Inlogdienst {code}" if code else "Inlogdienst toevoegen"
    inhoud = {
        "form": form,
        "titel": titel,
        "form_met_fouten": bool(form.errors),
        "kruimels": [("Inrichting", reverse("organisaties:inrichting")), (titel, "")],
        "terugadres": _adres("openid_connect_callback", code) if code else "",
        "inlogadres": _adres("openid_connect_login", code) if code else "",
        "afmeldadres": _adres("inlogdienst-afgemeld", code) if code else "",
        "uitgelogdadres": _adres("inlogdienst-uitgelogd", code) if code else "",
    }
    return render(request, "organisaties/inlogdienst.html", inhoud, status=422 if form.errors else 200)


def _adres(naam: str, code: str) -> str:
    return settings.ADRES.rstrip("/") + reverse(naam, kwargs={"provider_id": code})
