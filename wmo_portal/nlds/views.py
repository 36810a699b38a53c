"""`/componenten/`: every component in every state, for builders and for the tests that look at them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wmo_portal.nlds import voorbeeld
from wmo_portal.nlds.formulier import NldsHelper


@require_GET
def overzicht(request: HttpRequest) -> HttpResponse:
    inhoud = {
        "rijen": voorbeeld.RIJEN,
        "gebeurtenissen": voorbeeld.GEBEURTENISSEN,
        "stappen": voorbeeld.STAPPEN,
        "tabs": voorbeeld.TABS,
        "gegevens": voorbeeld.GEGEVENS,
        "filter": voorbeeld.FilterFormulier(request.GET or None),
        "kruimels": [("Start", "/"), ("Componenten", "")],
        "lang": voorbeeld.LANG,
    }
    return render(request, "componentenpagina/overzicht.html", inhoud)


@require_http_methods(["GET", "POST"])
def formulier(request: HttpRequest) -> HttpResponse:
    """The form with every field. `?staat=fouten` shows it as refused, without a POST, for pictures."""
    data = request.POST if request.method == "POST" else None
    if data is None and request.GET.get("staat") == "fouten":
        data = voorbeeld.foute_invoer()  # type: ignore[assignment]  # a form takes any mapping
    form = voorbeeld.VoorbeeldFormulier(data, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("componenten")
    return _formulierpagina(request, "formulier", form, fout=form.is_bound and not form.is_valid())


@require_http_methods(["GET", "POST"])
def formulierset(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    if data is None and request.GET.get("staat") == "fouten":
        data = voorbeeld.lege_set_invoer()  # type: ignore[assignment]  # a formset takes any mapping
    formset = voorbeeld.RegelFormulierSet(data)
    formset.regelnaam = "Resultaatgebied"  # type: ignore[attr-defined]  # read by templates/nlds/formsetregel.html
    formset.helper = NldsHelper(knop="Verstuur")  # type: ignore[attr-defined]  # read by {% crispy %}
    if request.method == "POST" and formset.is_valid():
        return redirect("componenten")
    return _formulierpagina(
        request, "formulierset", formset, fout=formset.is_bound and not formset.is_valid()
    )


def _formulierpagina(request: HttpRequest, naam: str, form: object, *, fout: bool) -> HttpResponse:
    kruimels = [("Start", "/"), ("Componenten", reverse("componenten")), ("Formulier", "")]
    inhoud = {"form": form, "naam": naam, "form_met_fouten": fout, "kruimels": kruimels}
    return render(request, "componentenpagina/formulier.html", inhoud)


@require_GET
def conflict(request: HttpRequest) -> HttpResponse:
    return render(request, "componentenpagina/conflict.html", {"versies": voorbeeld.VERSIES})


@require_GET
def sessiepagina(request: HttpRequest) -> HttpResponse:
    """The warning itself: `?over=123` sets how many seconds the session still has."""
    over = request.GET.get("over", "")
    seconden = int(over) if over.isdecimal() else 125
    inhoud = {"sessie_stil_seconden": seconden, "sessie_url": reverse("componenten_sessie")}
    request.session["componenten_over"] = seconden
    return render(request, "componentenpagina/sessie.html", inhoud)


@require_http_methods(["GET", "POST"])
def sessie(request: HttpRequest) -> JsonResponse:
    if request.method == "POST":
        request.session["componenten_over"] = 900
    return JsonResponse({"over": request.session.get("componenten_over", 0), "csrf": get_token(request)})


@require_POST
def bsn(request: HttpRequest) -> HttpResponse:
    """Shows an invented number of the range for tests."""
    return render(
        request, "componenten/bsn.html", {"bsn": "999990019", "gemaskeerd": "•••••019", "van": "J. de Wit"}
    )


@require_GET
def voortgang(request: HttpRequest) -> HttpResponse:
    gedaan = min(100, int(request.GET.get("gedaan", "0")) + 25)
    inhoud = {
        "label": "Maandelijkse ronde",
        "gedaan": gedaan,
        "totaal": 100,
        "klaar": gedaan == 100,
        "url": f"{reverse('componenten_voortgang')}?gedaan={gedaan}",
        "seconden": 1,
    }
    return render(request, "componenten/voortgang.html", inhoud)


@require_POST
def concept(request: HttpRequest) -> HttpResponse:
    """What the autosave of the example form talks to. `?antwoord=409` and so on: the other answers."""
    gewenst = request.GET.get("antwoord", "204")
    return HttpResponse(status=int(gewenst) if gewenst in {"204", "401", "403", "409", "500"} else 400)
