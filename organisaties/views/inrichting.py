"""What is set up: municipalities, providers, and per region the areas, steps and products."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties import actions, queries
from organisaties.forms import AanbiederForm, GebiedForm, GemeenteForm, ProductForm, TredeForm
from organisaties.inrichtsignalen import signalen
from organisaties.models import Aanbieder, Gemeente, Regio, Resultaatgebied, Trede
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from wmo_portal.lib.tijd import vandaag


@vereist(Mag.INRICHTEN)
@require_GET
def inrichting(request: Verzoek) -> HttpResponse:
    nieuwe_gemeenten, nieuwe_aanbieders = queries.niet_ingericht()
    inhoud = {
        "regios": queries.regios(),
        "gemeenten": queries.gemeenten_ingericht(),
        "aanbieders": Aanbieder.objects.filter(ingericht=True),
        "nieuwe_gemeenten": nieuwe_gemeenten,
        "nieuwe_aanbieders": nieuwe_aanbieders,
        "signalen": signalen(),
        "inlogdiensten": queries.alle_inlogdiensten(),
    }
    return render(request, "organisaties/inrichting.html", inhoud)


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def gemeente(request: Verzoek, code: str) -> HttpResponse:
    rij = get_object_or_404(Gemeente, code=code)
    form = GemeenteForm(request.POST or None, instance=rij)
    return _bewaar(request, form, Gemeente.objects.get(pk=rij.pk), f"Gemeente {rij.naam}")


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def aanbieder_nieuw(request: Verzoek) -> HttpResponse:
    return _bewaar(request, AanbiederForm(request.POST or None), Aanbieder(), "Aanbieder toevoegen")


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def aanbieder(request: Verzoek, agb: str) -> HttpResponse:
    rij = get_object_or_404(Aanbieder, agb=agb)
    form = AanbiederForm(request.POST or None, instance=rij)
    return _bewaar(request, form, Aanbieder.objects.get(pk=rij.pk), f"Aanbieder {rij.naam}")


@vereist(Mag.INRICHTEN)
@require_GET
def regio(request: Verzoek, code: str) -> HttpResponse:
    rij = get_object_or_404(Regio, code=code)
    alles = "alles" in request.GET
    inhoud = {
        "regio": rij,
        "producten": queries.productafspraken(rij, dag=None if alles else vandaag()),
        "alles": alles,
        "kruimels": [("Inrichting", reverse("organisaties:inrichting")), (rij.naam, "")],
    }
    return render(request, "organisaties/regio.html", inhoud)


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def gebied(request: Verzoek, code: str, nummer: int | None = None) -> HttpResponse:
    return _van_regio(request, code, nummer, Resultaatgebied, GebiedForm, "Resultaatgebied")


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def trede(request: Verzoek, code: str, nummer: int | None = None) -> HttpResponse:
    return _van_regio(request, code, nummer, Trede, TredeForm, "Trede")


def _van_regio(
    request: Verzoek,
    code: str,
    nummer: int | None,
    model: type[models.Model],
    formulier: type[forms.ModelForm[Any]],
    wat: str,
) -> HttpResponse:
    """A row of a region: a new one without number."""
    van = get_object_or_404(Regio, code=code)
    if nummer is None:
        return _bewaar(request, formulier(request.POST or None), model(regio=van), f"{wat} toevoegen", van)
    rij = get_object_or_404(model, pk=nummer, regio=van)
    vers = model._default_manager.get(pk=nummer)
    return _bewaar(request, formulier(request.POST or None, instance=rij), vers, f"{wat}: {vers}", van)


@vereist(Mag.INRICHTEN)
@require_http_methods(["GET", "POST"])
def product(request: Verzoek, code: str) -> HttpResponse:
    van = get_object_or_404(Regio, code=code)
    form = ProductForm(request.POST or None, regio=van)
    if request.method == "POST" and form.is_valid():
        try:
            afspraak = actions.leg_product_vast(regio=van, door=request.user, **form.cleaned_data)
        except actions.MagNiet as fout:
            form.add_error("vanaf", str(fout))
        else:
            messages.success(
                request, f"De afspraak over {afspraak.productcategorie} {afspraak.productcode} is vastgelegd."
            )
            return redirect("organisaties:regio", code=code)
    return _toon(request, form, "Productafspraak vastleggen", van)


def _bewaar(
    request: Verzoek, form: forms.ModelForm[Any], rij: models.Model, titel: str, van: Regio | None = None
) -> HttpResponse:
    """Show the form, or save it and go back to the list. `rij` is fresh: the form has touched its own."""
    if request.method == "POST" and form.is_valid():
        try:
            anders = actions.bewaar(rij=rij, velden=form.cleaned_data, door=request.user)
        except ValidationError as fout:
            for zin in fout.messages:
                form.add_error(None, zin)
        else:
            messages.success(request, f"{rij} is opgeslagen." if anders else "Er is niets gewijzigd.")
            return (
                redirect("organisaties:regio", code=van.code) if van else redirect("organisaties:inrichting")
            )
    return _toon(request, form, titel, van)


def _toon(request: Verzoek, form: forms.BaseForm, titel: str, van: Regio | None) -> HttpResponse:
    kruimels = [("Inrichting", reverse("organisaties:inrichting"))]
    if van:
        kruimels.append((van.naam, reverse("organisaties:regio", kwargs={"code": van.code})))
    inhoud = {
        "form": form,
        "titel": titel,
        "form_met_fouten": bool(form.errors),
        "kruimels": [*kruimels, (titel, "")],
    }
    return render(request, "organisaties/inrichten.html", inhoud, status=422 if form.errors else 200)
