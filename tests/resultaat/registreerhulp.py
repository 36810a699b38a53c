"""What the stories at the form of bijlage 3 share: care that ends, and the form filled in."""

from datetime import timedelta

from django.urls import reverse

from resultaat.referentie import laad_redenopties
from tests import fabriek
from wmo_portal.lib.tijd import vandaag


def url(toewijzing, plek=""):
    adres = reverse("resultaat:registreren", args=[toewijzing.kenmerk])
    return f"{adres}?plek={plek}" if plek else adres


def aflopend(dagen=30, **velden):
    """Care that ends in a month (or ended, with a negative number)."""
    fabriek.westland()
    laad_redenopties()
    eind = vandaag() + timedelta(days=dagen)
    return fabriek.toewijzing(fabriek.beschikking(begin=eind - timedelta(days=365), eind=eind), **velden)


def post(http, toewijzing, plek="", **velden):
    velden = {
        "uitkomst": "ja",
        "vervolg": "nieuwe_beschikking",
        "trede_nu": str(fabriek.trede(2).pk),
        **velden,
    }
    return http.post(url(toewijzing, plek), {k: v for k, v in velden.items() if v is not None})
