"""Verbs of the beheerder about log-in services: who is believed, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from logboek.actions import leg_vast
from organisaties import sessies
from organisaties.models import Gebruiker, Gemeente, Inlogdienst

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
        sessies.eindig(sessies.via({dienst.code}))
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


@transaction.atomic
def meld_af(*, dienst: Inlogdienst, sub: str, sid: str) -> int:
    """The service says that this person, or this one session of his, has ended there (Back-Channel Logout 1.0).

    A broker calls one address for a client of its own, which may be set up here for several organisations: it speaks for
    all of those. Answers how many sessions ended; none is no mistake, people also leave by themselves.
    """
    zelfde = Inlogdienst.objects.filter(uitgever=dienst.uitgever, client_id=dienst.client_id, actief=True)
    codes = set(zelfde.values_list("code", flat=True))
    aantal = sessies.eindig(sessies.bij_dienst(codes, sub=sub, sid=sid))
    leg_vast(
        actie="inlogdienst.afgemeld",
        door=None,
        object_soort="inlogdienst",
        object_kenmerk=dienst.kenmerk,
        aanbieder_id=dienst.aanbieder_id,
        doel="toegang",
        details={"dienst": dienst.code, "sessies": aantal},
    )
    return aantal


@transaction.atomic
def beeindig_eigen_sessies(*, door: Gebruiker, kenmerk: str, behalve: str | None) -> int:
    """End where one is logged in oneself: one place by its mark, or everywhere but here."""
    aantal = sessies.eindig_eigen(door.pk, kenmerk=kenmerk, behalve=behalve)
    leg_vast(
        actie="sessies.beeindigd",
        door=door,
        object_soort="gebruiker",
        object_kenmerk=door.kenmerk,
        aanbieder_id=door.aanbieder_id,
        doel="toegang",
        details={"aantal": aantal},
    )
    return aantal


def maak_los(gebruiker: Gebruiker) -> None:
    """Cut the tie with every service: the next one who comes with this e-mail address is tied anew."""
    SocialAccount.objects.filter(user=gebruiker).delete()
