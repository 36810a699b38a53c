"""Logging in and out, in the log: that it worked, that it did not, and by which step (BIO2 8.15.01, ASVS 16.3.1).

The typed e-mail address of somebody we do not know stays out of the log: people type passwords in that field.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed

from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from organisaties import sessies
from organisaties.inlogmails import VERDACHT, meld_gewijzigd, meld_verdacht
from organisaties.models import Gebruiker
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu

DOEL = "toegang"
# Django lets those sessions die at their next click; ended at once they also leave the list of where one is logged in.
_EINDIGT_ANDERE = ("wachtwoord.gewijzigd", "wachtwoord.opnieuw_gekozen")


def luister() -> None:
    """Hear what allauth tells; called once, when the apps are ready."""
    user_logged_in.connect(_ingelogd, dispatch_uid="inloglog.in")
    authentication_failed.connect(_tweede_stap_mislukt, dispatch_uid="inloglog.stap")
    for signaal, actie in (
        (password_changed, "wachtwoord.gewijzigd"),
        (password_reset, "wachtwoord.opnieuw_gekozen"),
        (authenticator_added, "tweede_stap.toegevoegd"),
        (authenticator_removed, "tweede_stap.weggehaald"),
    ):
        signaal.connect(_maak_luisteraar(actie), dispatch_uid=f"inloglog.{actie}", weak=False)


def _maak_luisteraar(actie: str) -> Any:
    def luisteraar(user: Gebruiker, request: Any = None, **_: object) -> None:
        _noteer(actie, user)
        meld_gewijzigd(user, actie, nu())
        if actie in _EINDIGT_ANDERE:
            sessies.eindig(sessies.van(user.pk), behalve=request and request.session.session_key)

    return luisteraar


def _ingelogd(user: Gebruiker, sociallogin: Any = None, **_: object) -> None:
    if sociallogin is None:
        _noteer("inloggen.gelukt", user)
        return
    tweede = ", ".join(sorted(getattr(sociallogin, "tweede_stap", ()))) or "van het portaal"
    _noteer("inloggen.gelukt", user, dienst=sociallogin.account.provider, tweede_stap=tweede)


def _tweede_stap_mislukt(user: Gebruiker, **_: object) -> None:
    noteer_mislukt(user.email, "tweede stap")


def noteer_mislukt(email: str, stap: str, **meer: str) -> None:
    wie = Gebruiker.objects.filter(email__iexact=email).first() if email else None
    _noteer("inloggen.mislukt", wie, resultaat=Gebeurtenis.Resultaat.MISLUKT, stap=stap, **meer)
    if wie and stap in VERDACHT:
        with rls.binnen(rls.SYSTEEM):
            meld_verdacht(wie, stap, nu())


def noteer_gekoppeld(wie: Gebruiker, dienst: str) -> None:
    _noteer("inlogdienst.gekoppeld", wie, dienst=dienst)
    meld_gewijzigd(wie, "inlogdienst.gekoppeld", nu())


def noteer_afmelding_geweigerd(dienst: str, waarom: str) -> None:
    """Somebody who may not be that service asked us to log people out (ASVS 16.3.3)."""
    _noteer(
        "inlogdienst.afmelding_geweigerd",
        None,
        resultaat=Gebeurtenis.Resultaat.GEWEIGERD,
        dienst=dienst,
        waarom=waarom,
    )


def noteer_uitgelogd(wie: Any) -> None:
    if isinstance(wie, Gebruiker):
        _noteer("uitgelogd", wie)


def _noteer(
    actie: str, wie: Gebruiker | None, *, resultaat: str = Gebeurtenis.Resultaat.GELUKT, **details: str
) -> None:
    # Nobody is logged in yet (or any more), so this one line needs the scope of the portal itself.
    with rls.binnen(rls.SYSTEEM):
        leg_vast(
            actie=actie,
            door=wie,
            object_soort="gebruiker",
            object_kenmerk=wie.kenmerk if wie else "",
            doel=DOEL,
            resultaat=resultaat,
            details=details,
        )
