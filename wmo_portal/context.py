"""What every page knows: who is looking, where he can go, whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisaties.menu import menu_voor
from organisaties.middleware import MIST_TWEEDE_STAP
from organisaties.rollen import Mag
from wmo_portal.lib.adressen import adres


def portaal(request: HttpRequest) -> dict[str, Any]:
    gebruiker = getattr(request, "user", None)
    bekend = bool(gebruiker and gebruiker.is_authenticated)
    # Who must make a second step first can go nowhere else yet: no menu that leads back to the same page.
    mist_stap = getattr(request, MIST_TWEEDE_STAP, False)
    return {
        "demo_modus": settings.DEMO,
        "versie": settings.VERSIE,
        "gebruiker": gebruiker if bekend else None,
        "organisatie_naam": _organisatie(gebruiker) if bekend else "",
        "menu": menu_voor(gebruiker, request.path) if bekend and not mist_stap else [],
        "mist_tweede_stap": mist_stap,
        "sessie_stil_seconden": settings.SESSIE_STIL_MINUTEN * 60,
        "zoek_url": adres("beschikkingen:zoeken")
        if gebruiker and bekend and not mist_stap and gebruiker.mag(Mag.DOSSIER_ZIEN)
        else "",
        "toegankelijkheid_url": adres("toegankelijkheid"),
        "beveiliging_url": adres("security-txt"),
    }


def _organisatie(gebruiker: Any) -> str:
    if gebruiker.aanbieder_id:
        return str(gebruiker.aanbieder)
    namen = [gemeente.naam for gemeente in gebruiker.gemeenten.all()]
    return ", ".join(namen) if len(namen) <= 3 else f"{len(namen)} gemeenten"
