"""Accounts: who may log in, with which role, for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisaties import actions, queries
from organisaties.forms import GebruikerForm, GebruikersfilterForm
from organisaties.models import Gebruiker
from organisaties.rollen import RECHTEN, Mag
from organisaties.toegang import Verzoek, vereist
from wmo_portal.lib.bladeren import blader, vanaf
from wmo_portal.lib.tijd import nu


def wachtwoordlink(gebruiker: Gebruiker) -> str:
    """The page of allauth where somebody chooses a password; its key works once and for 3 days."""
    sleutel = f"{user_pk_to_url_str(gebruiker)}-{default_token_generator.make_token(gebruiker)}"
    uidb36, _, key = sleutel.partition("-")
    pad = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": key})
    return f"{settings.ADRES.rstrip('/')}{pad}"


@vereist(Mag.GEBRUIKERS)
@require_GET
def gebruikers(request: Verzoek) -> HttpResponse:
    form = GebruikersfilterForm(request.GET or None)
    gekozen = form.cleaned_data if form.is_valid() else {}
    gevonden = queries.gebruikers(**gekozen)
    aantal = gevonden.count()
    begin = vanaf(request.GET, aantal)
    rijen = list(gevonden[begin : begin + queries.PER_PAGINA])
    for rij in rijen:
        rij.gemeentenamen = queries.gemeentenamen(list(rij.gemeenten.all()))  # type: ignore[attr-defined]  # for the page
    inhoud = {"rijen": rijen, "aantal": aantal, "form": form}
    pagina = blader(request.GET, begin, aantal, queries.PER_PAGINA)
    return render(request, "organisaties/gebruikers.html", inhoud | pagina)


@vereist(Mag.GEBRUIKERS)
@require_http_methods(["GET", "POST"])
def gebruiker_nieuw(request: Verzoek) -> HttpResponse:
    form = GebruikerForm(request.POST or None)
    form.knop = "Nodig uit"
    if request.method == "POST" and form.is_valid():
        wie = actions.nodig_uit(
            velden=form.velden,
            gemeenten=form.cleaned_data["gemeenten"],
            link=wachtwoordlink,
            op=nu(),
            door=request.user,
        )
        messages.success(request, f"{wie.naam} krijgt een e-mail om een wachtwoord te kiezen.")
        return redirect("organisaties:gebruikers")
    return _formulier(request, form, "Gebruiker uitnodigen")


@vereist(Mag.GEBRUIKERS)
@require_http_methods(["GET", "POST"])
def gebruiker(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    wie = get_object_or_404(queries.gebruikers(), kenmerk=kenmerk)
    form = GebruikerForm(request.POST or None, instance=wie)
    if request.method == "POST" and form.is_valid():
        try:
            anders = actions.wijzig_gebruiker(
                gebruiker=wie,
                velden=form.velden,
                gemeenten=form.cleaned_data["gemeenten"],
                door=request.user,
            )
        except actions.MagNiet as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request,
                f"De gegevens van {wie.naam} zijn opgeslagen." if anders else "Er is niets gewijzigd.",
            )
            return redirect("organisaties:gebruiker", kenmerk=kenmerk)
    return _formulier(request, form, Gebruiker.objects.get(pk=wie.pk).naam, wie=wie)


def _formulier(request: Verzoek, form: GebruikerForm, titel: str, **extra: Any) -> HttpResponse:
    rechten = [(rol.label, sorted(recht.value for recht in mag)) for rol, mag in RECHTEN.items()]
    inhoud = {
        "form": form,
        "titel": titel,
        "rechten": rechten,
        "form_met_fouten": bool(form.errors),
        "kruimels": [("Gebruikers", reverse("organisaties:gebruikers")), (titel, "")],
        **extra,
    }
    return render(request, "organisaties/gebruiker.html", inhoud, status=422 if form.errors else 200)


def _doe(
    request: Verzoek, kenmerk: UUID, doe: Callable[[Gebruiker], None], gelukt: str
) -> HttpResponseRedirect:
    wie = get_object_or_404(Gebruiker, kenmerk=kenmerk)
    try:
        doe(wie)
    except actions.MagNiet as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, gelukt.format(naam=wie.naam))
    return redirect("organisaties:gebruiker", kenmerk=kenmerk)


@vereist(Mag.GEBRUIKERS)
@require_POST
def gebruiker_opnieuw(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    return _doe(
        request,
        kenmerk,
        lambda wie: actions.nodig_opnieuw_uit(gebruiker=wie, link=wachtwoordlink, op=nu(), door=request.user),
        "{naam} krijgt een e-mail met een nieuwe link.",
    )


@vereist(Mag.GEBRUIKERS)
@require_POST
def gebruiker_uit(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    return _doe(
        request,
        kenmerk,
        lambda wie: actions.zet_actief(gebruiker=wie, actief=False, door=request.user),
        "{naam} kan niet meer inloggen en is overal uitgelogd.",
    )


@vereist(Mag.GEBRUIKERS)
@require_POST
def gebruiker_aan(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    return _doe(
        request,
        kenmerk,
        lambda wie: actions.zet_actief(gebruiker=wie, actief=True, door=request.user),
        "{naam} kan weer inloggen.",
    )


@vereist(Mag.GEBRUIKERS)
@require_POST
def gebruiker_tweede_stap(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    return _doe(
        request,
        kenmerk,
        lambda wie: actions.haal_tweede_factor_weg(gebruiker=wie, op=nu(), door=request.user),
        "{naam} stelt bij de volgende keer inloggen een nieuwe tweede stap in.",
    )
