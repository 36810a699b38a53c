"""Marijke of Westland, the identity provider of her municipality, and the way to it and back."""

from django.urls import reverse

from logboek.models import Gebeurtenis

WACHTWOORD = "paard-batterij-nietje"
ACR = "urn:etoegang:core:assurance-class:loa3"


def heen(http, code="westland", vraag=""):
    """To the service; answers the address where the browser is sent."""
    antwoord = http.get(reverse("openid_connect_login", args=[code]) + vraag)
    assert antwoord.status_code == 302, antwoord.content.decode()
    return antwoord.url


def terug(http, query, code="westland"):
    return http.get(f"{reverse('openid_connect_callback', args=[code])}?{query}")


def log_in(http, stub, code="westland"):
    return terug(http, stub.keur_goed(heen(http, code)), code)


def binnen(http) -> bool:
    return http.get("/").status_code == 200


def geweigerd(antwoord) -> str:
    """The page of refusal, and the word for it in the log."""
    assert antwoord.status_code == 401
    assert "is niet gelukt" in antwoord.content.decode()
    return Gebeurtenis.objects.filter(actie="inloggen.mislukt").latest("pk").details["waarom"]
