"""Two screens wrote the same part: both versions side by side, nobody's text is lost (U16)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisaties.toegang import Verzoek
from rapportage.actions.opgave import Botsing
from rapportage.enums_opgave import OpgaveStatus
from rapportage.forms_opgave import DeelFormulier, lees_invoer
from rapportage.opgave_regels import bewerkbaar


def botsing(request: Verzoek, fout: Botsing, form: DeelFormulier) -> HttpResponse:
    """Both versions side by side, nobody's text is lost (U16)."""
    getypt = lees_invoer(request.POST)
    mag = bewerkbaar(OpgaveStatus(fout.opgave.status))
    inhoud = {
        "opgave": fout.opgave,
        "deel": fout.deel,
        "welk": form.deel,
        "mag_schrijven": mag,
        "titel": form.deel.label,
        "regels": [_botsrij(form, naam, getypt) for naam in form.fields if naam in getypt],
        "getypt": getypt.items(),
        "kruimels": [("Kwartaalopgaven", reverse("rapportage:opgaven")), (form.deel.label, "")],
    }
    return render(request, "rapportage/opgave_botsing.html", inhoud, status=409)


def _botsrij(form: DeelFormulier, naam: str, getypt: dict[str, str]) -> dict[str, Any]:
    bewaard = form[naam].value()
    ander = {True: "ja", False: "nee", None: ""}.get(bewaard, bewaard) if not bewaard else str(bewaard)
    uw = getypt[naam].replace("\r\n", "\n")
    return {"label": form.fields[naam].label, "uw": uw, "ander": ander, "anders": uw != ander}
