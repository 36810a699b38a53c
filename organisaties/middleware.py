"""Who is asking, for how long, with which second factor, and whose rows: in that order."""

import time
import uuid
from collections.abc import Callable

from allauth.mfa.adapter import get_adapter as mfa_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.core.signals import request_finished
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from wmo_portal.lib import rls
from wmo_portal.lib.operatie import operatie

BLIJF = "/sessie/blijf"
Antwoord = Callable[[HttpRequest], HttpResponse]
# What a page asks by itself while nobody is there: progress bars, reports of the browser. No sign of life of a person.
_VANZELF = ("/voortgang/", "/stand/", "/csp-melding")
# Pages that somebody without a second factor still needs: to make one, or to leave.
_OM_ER_EEN_TE_MAKEN = ("/account/",)
# What no person reads as a page, so that nothing is asked of the database.
_ZONDER_MENS = ("/static/", "/healthz", "/readyz", "/sessie/", "/csp-melding")
MIST_TWEEDE_STAP = "mist_tweede_stap"


def sessieduur(get_response: Antwoord) -> Antwoord:
    """End a session after 15 idle minutes and after 12 hours in all (veiligheid D9)."""

    def midden(request: HttpRequest) -> HttpResponse:
        nu = int(time.time())
        if request.user.is_authenticated:
            begin = request.session.setdefault("begonnen", nu)
            stil = nu - request.session.get("laatst", nu)
            te_lang = nu - begin > settings.SESSIE_HOOGSTENS_UREN * 3600
            if te_lang or stil > settings.SESSIE_STIL_MINUTEN * 60 or not request.user.is_active:
                logout(request)
            elif "laatst" not in request.session or (stil >= 30 and _van_een_mens(request.path)):
                request.session["laatst"] = nu
        antwoord = get_response(request)
        if request.user.is_authenticated and "begonnen" not in request.session:
            request.session["begonnen"] = request.session["laatst"] = nu  # the log-in itself
        return antwoord

    return midden


def _van_een_mens(pad: str) -> bool:
    return pad != BLIJF and not pad.endswith(_VANZELF)


def tweede_factor(get_response: Antwoord) -> Antwoord:
    """Everybody has a second factor, outside the demo (BIO2): ours, or that of the service he came by."""

    def midden(request: HttpRequest) -> HttpResponse:
        mist = not request.path.startswith(_ZONDER_MENS) and _mist_tweede_stap(request)
        if mist and not request.path.startswith(_OM_ER_EEN_TE_MAKEN):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        setattr(request, MIST_TWEEDE_STAP, mist)  # for the pages on which he makes one
        return get_response(request)

    return midden


def _mist_tweede_stap(request: HttpRequest) -> bool:
    return (
        not settings.DEMO
        and request.user.is_authenticated
        and not request.session.get("tweede_stap_elders")
        and not mfa_adapter().is_mfa_enabled(request.user)
    )


def werkbereik(get_response: Antwoord) -> Antwoord:
    """Set the signed scope at the start of every request of a person; it is taken away when the request ends."""

    def midden(request: HttpRequest) -> HttpResponse:
        operatie.set(uuid.uuid4())
        if request.user.is_authenticated:
            rls.zet(request.user.bereik)
        else:
            _einde()  # a connection may still carry the scope of a request that was cut off
        return get_response(request)

    return midden


def _einde(**_: object) -> None:
    # Django asks a connection how it is before its first statement, and again after a request has ended. This one was
    # asked at the beginning; should it be gone since, that shows here as well.
    connection.health_check_done = True  # type: ignore[attr-defined]  # Django's own, unknown to its stubs
    try:
        rls.wis()
    except (OperationalError, InterfaceError):
        connection.close()  # the database is gone, and the scope with the connection


request_finished.connect(_einde, dispatch_uid="werkbereik")
