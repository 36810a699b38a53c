"""Verbs of the beheerder: letting people in and out, setting up organisations and agreements. Each leaves a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models, transaction

from logboek.actions import leg_vast
from organisaties import sessies
from organisaties.actions_inloggen import maak_los
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Productafspraak, Regio, Resultaatgebied, Trede
from organisaties.queries import is_laatste_beheerder
from techniek.actions import zet_mail_klaar
from techniek.models import Mail


class MagNiet(Exception):
    """The deed is refused; the message is the sentence for the beheerder."""


# --- People -----------------------------------------------------------------------------------------------------
@transaction.atomic
def nodig_uit(
    *,
    velden: Mapping[str, Any],
    gemeenten: Iterable[Gemeente],
    link: Callable[[Gebruiker], str],
    op: datetime,
    door: Gebruiker | None,
) -> Gebruiker:
    """Make an account without password and mail the link to choose one. There is no other way in."""
    gebruiker = Gebruiker(**velden, aangemaakt_op=op)
    gebruiker.email = gebruiker.email.lower()
    gebruiker.set_unusable_password()
    gebruiker.save()
    gebruiker.gemeenten.set(gemeenten)
    _log("gebruiker.uitgenodigd", gebruiker, door, rol=gebruiker.rol)
    _mail_link(gebruiker, link(gebruiker), op)
    return gebruiker


@transaction.atomic
def nodig_opnieuw_uit(
    *, gebruiker: Gebruiker, link: Callable[[Gebruiker], str], op: datetime, door: Gebruiker
) -> None:
    """The link was lost or has run out; or somebody's account at a log-in service became another one."""
    if not gebruiker.is_active:
        raise MagNiet(f"{gebruiker.naam} is niet actief. Maak het account eerst weer actief.")
    maak_los(gebruiker)
    _mail_link(gebruiker, link(gebruiker), op)
    _log("gebruiker.opnieuw_uitgenodigd", gebruiker, door)


def _mail_link(gebruiker: Gebruiker, link: str, op: datetime) -> None:
    zet_mail_klaar(
        sleutel=f"uitnodiging:{gebruiker.kenmerk}:{op.isoformat()}",
        aan=gebruiker.email,
        onderwerp="Uw toegang tot het Wmo-portaal",
        tekst=(
            f"Beste {gebruiker.naam},\n\n"
            f"Er is een account voor u gemaakt in het Wmo-portaal, als {gebruiker.get_rol_display().lower()}.\n"
            "Kies met deze link een wachtwoord:\n\n"
            f"{link}\n\n"
            "De link werkt 3 dagen en één keer. Daarna stelt u inloggen in twee stappen in.\n"
            "Verwachtte u deze mail niet? Dan hoeft u niets te doen.\n"
        ),
        op=op,
    )


@transaction.atomic
def wijzig_gebruiker(
    *, gebruiker: Gebruiker, velden: Mapping[str, Any], gemeenten: Iterable[Gemeente], door: Gebruiker
) -> list[str]:
    """Change who somebody is and what he may. Counts at his next click. Answers the names of what changed."""
    oud = Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    if velden.get("rol", oud.rol) != oud.rol and is_laatste_beheerder(oud):
        raise MagNiet("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
    anders = [naam for naam, waarde in velden.items() if getattr(oud, naam) != waarde]
    nieuw = {g.pk for g in gemeenten}
    if nieuw != set(oud.gemeenten.values_list("pk", flat=True)):
        anders.append("gemeenten")
        oud.gemeenten.set(nieuw)
    for naam, waarde in velden.items():
        setattr(oud, naam, waarde)
    oud.save()
    if "email" in anders:
        maak_los(oud)
    if anders:
        _log("gebruiker.gewijzigd", oud, door, velden=sorted(anders))
    return sorted(anders)


@transaction.atomic
def zet_actief(*, gebruiker: Gebruiker, actief: bool, door: Gebruiker) -> None:
    """Let somebody in again, or out at once; sessions that were open end for good."""
    wie = Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    if not actief and wie == door:
        raise MagNiet("U kunt uw eigen account niet uitzetten. Vraag een andere beheerder.")
    if not actief and is_laatste_beheerder(wie):
        raise MagNiet("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
    if wie.is_active == actief:
        return
    Gebruiker.objects.filter(pk=wie.pk).update(is_active=actief)
    if not actief:
        sessies.eindig(sessies.van(wie.pk))
    _log("gebruiker.actief" if actief else "gebruiker.uitgezet", wie, door)


@transaction.atomic
def haal_tweede_factor_weg(*, gebruiker: Gebruiker, op: datetime, door: Gebruiker) -> None:
    """The phone was lost: at the next log-in a new second factor must be made. The person is told by mail."""
    aantal, _ = Authenticator.objects.filter(user=gebruiker).delete()
    if not aantal:
        raise MagNiet(f"{gebruiker.naam} heeft geen tweede stap ingesteld.")
    zet_mail_klaar(
        sleutel=f"tweede-stap-weg:{gebruiker.kenmerk}:{op.isoformat()}",
        aan=gebruiker.email,
        onderwerp="Uw tweede stap bij het inloggen is weggehaald",
        tekst=(
            f"Beste {gebruiker.naam},\n\n"
            "De beheerder heeft uw tweede stap bij het inloggen weggehaald. De volgende keer dat u inlogt, stelt u een "
            "nieuwe in.\n\n"
            "Hebt u hier niet om gevraagd? Bel dan meteen de beheerder.\n"
        ),
        op=op,
    )
    _log("gebruiker.tweede_stap_weg", gebruiker, door)


# --- Organisations and agreements -------------------------------------------------------------------------------
@transaction.atomic
def bewaar(*, rij: models.Model, velden: Mapping[str, Any], door: Gebruiker) -> list[str]:
    """Save a Gemeente, Aanbieder, Resultaatgebied or Trede; the log names what changed, old and new.

    These rows are agreements, no case content, so their values may stand in the log.
    """
    soort, nieuw = rij._meta.model_name or "", rij.pk is None
    anders = {
        naam: _leesbaar(getattr(rij, naam, None))
        for naam, w in velden.items()
        if getattr(rij, naam, None) != w
    }
    if not anders and not nieuw:
        return []
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.full_clean()
    rij.save()
    leg_vast(
        actie=f"{soort}.{'toegevoegd' if nieuw else 'gewijzigd'}",
        door=door,
        object_soort=soort,
        object_kenmerk=rij.pk,
        gemeente_id=rij.pk if isinstance(rij, Gemeente) else None,
        aanbieder_id=rij.pk if isinstance(rij, Aanbieder) else None,
        details={naam: [was, _leesbaar(velden[naam])] for naam, was in anders.items()},
    )
    return sorted(anders)


def _leesbaar(waarde: Any) -> Any:
    return waarde if isinstance(waarde, bool | int | str | list | None) else str(waarde)


@transaction.atomic
def leg_product_vast(
    *,
    regio: Regio,
    categorie: str,
    code: str,
    omschrijving: str,
    gebied: Resultaatgebied | None,
    trede: Trede | None,
    vanaf: date,
    door: Gebruiker,
) -> Productafspraak:
    """What a product stands for from a day on. What held before ends the day before; nothing is overwritten.

    Raises MagNiet when an agreement that starts on or after that day exists.
    """
    _eindig_vorige(regio, categorie, code, vanaf)
    afspraak = Productafspraak.objects.create(
        regio=regio,
        productcategorie=categorie,
        productcode=code,
        omschrijving=omschrijving,
        resultaatgebied=gebied,
        trede=trede,
        geldig=(vanaf, None),
    )
    leg_vast(
        actie="productafspraak.vastgelegd",
        door=door,
        object_soort="productafspraak",
        object_kenmerk=afspraak.pk,
        details={"regio": regio.code, "product": f"{categorie} {code}", "vanaf": vanaf.isoformat()},
    )
    return afspraak


def _eindig_vorige(regio: Regio, categorie: str, code: str, vanaf: date) -> None:
    rijen = Productafspraak.objects.select_for_update().filter(
        regio=regio, productcategorie=categorie, productcode=code
    )
    if rijen.filter(geldig__startswith__gte=vanaf).exists():
        raise MagNiet(
            f"Voor {categorie} {code} is er al een afspraak die op of na {vanaf:%d-%m-%Y} begint. Kies een latere dag."
        )
    for lopend in rijen.filter(geldig__contains=vanaf):
        lopend.geldig = (lopend.geldig.lower if lopend.geldig else None, vanaf)
        lopend.save(update_fields=["geldig"])


@transaction.atomic
def verstuur_opnieuw(*, mail: Mail, op: datetime, door: Gebruiker) -> bool:
    """Give a mail that was given up another twenty tries. False when it is no longer given up."""
    aantal = Mail.objects.filter(pk=mail.pk, status=Mail.Status.OPGEGEVEN).update(
        status=Mail.Status.NIEUW, pogingen=0, volgende_poging_op=op
    )
    if aantal:
        leg_vast(actie="mail.opnieuw", door=door, object_soort="mail", object_kenmerk=mail.pk)
    return bool(aantal)


def _log(actie: str, gebruiker: Gebruiker, door: Gebruiker | None, **details: Any) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="gebruiker",
        object_kenmerk=gebruiker.kenmerk,
        aanbieder_id=gebruiker.aanbieder_id if gebruiker.rol == Rol.AANBIEDER else None,
        doel="gebruikersbeheer",
        details=details,
    )
