"""Verbs of the beheerder about log-in services: who is believed, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction

from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Gemeente, Inlogdienst

ELDERS: Final = "tweede_stap_elders"
"""In the session, and on the request that logs in: the service by which the second factor was given."""
VIA: Final = "inlogdienst"
"""In the session: the service by which somebody came in."""
_GEHEIM: Final = "geheim"
_ANDER_ADRES: Final = frozenset({"uitgever", "client_id"})


@transaction.atomic
def bewaar_inlogdienst(
    *, dienst: Inlogdienst, velden: Mapping[str, Any], gemeenten: Iterable[Gemeente], door: Gebruiker | None
) -> list[str]:
    """Set up or change a service. The log names what changed, never the secret itself.

    Another issuer or client may give the same mark to another person, so every tie is cut then. Whoever came in by a
    service that is switched off is out at his next click.
    """
    nieuw = dienst.pk is None
    anders = {naam for naam, w in velden.items() if naam != _GEHEIM and getattr(dienst, naam) != w}
    for naam in anders:
        setattr(dienst, naam, velden[naam])
    if velden.get(_GEHEIM):
        dienst.geheim = velden[_GEHEIM]
        anders.add(_GEHEIM)
    dienst.save()
    if {g.pk for g in gemeenten} != set(dienst.gemeenten.values_list("pk", flat=True)):
        dienst.gemeenten.set(gemeenten)
        anders.add("gemeenten")
    if not nieuw and anders & _ANDER_ADRES:
        SocialAccount.objects.filter(provider=dienst.code).delete()
    if not dienst.actief:
        _eindig_sessies_via(dienst)
    if anders:
        leg_vast(
            actie=f"inlogdienst.{'toegevoegd' if nieuw else 'gewijzigd'}",
            door=door,
            object_soort="inlogdienst",
            object_kenmerk=dienst.kenmerk,
            aanbieder_id=dienst.aanbieder_id,
            doel="toegang",
            details={"dienst": dienst.code, "velden": sorted(anders), "uitgever": dienst.uitgever},
        )
    return sorted(anders)


def _eindig_sessies_via(dienst: Inlogdienst) -> None:
    sleutels = [
        sessie.session_key
        for sessie in Session.objects.iterator()
        if sessie.get_decoded().get(VIA) == dienst.code
    ]
    Session.objects.filter(session_key__in=sleutels).delete()


def maak_los(gebruiker: Gebruiker) -> None:
    """Cut the tie with every service: the next one who comes with this e-mail address is tied anew."""
    SocialAccount.objects.filter(user=gebruiker).delete()
