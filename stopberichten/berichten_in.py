"""Receiving a message: judge, keep, answer. One action for upload and command alike.

The four levels of IV032 in a row: 0/1 (file and schema) and 2 (inside the message) by `iwmo`, 3/4 (against what
is held) by `verkeer`. Whatever the verdict, the file is kept as a `Bericht`, encrypted, with its findings; what was
accepted becomes Levering, Stop or Toewijzing; and every message that could be read gets exactly one retour.

**Once.** The same message again (same bytes, or the same values written otherwise) gets the verdict it had. A
refused one counts as not sent (OP286), so it is judged again, and becomes a new Bericht only when the verdict
has changed: that is how a message that came before its allocation is accepted when it is delivered again. Two
at the same moment are put in line by locks on the message and on the client.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction

import iwmo
from beschikkingen.kluis import bos
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from stopberichten import berichtinhoud
from stopberichten.beoordelen import Brief, Melding, beoordeel, melding
from stopberichten.bewaren import leg_weg, weiger
from stopberichten.enums import Berichtsoort, Berichtstatus, Kanaal
from stopberichten.gemeentecodes import cbs
from stopberichten.models import Bericht
from stopberichten.ontvangst import Ontvangst, Post, moment
from stopberichten.slot import vergrendel
from wmo_portal.lib import rls

LEESBAAR: Final = frozenset(Berichtsoort.codes()) - {""}
ONGEOPEND: Final = iwmo.Oordeel(None, None, 0, "geweigerd")


def ontvang(
    *,
    inhoud: bytes,
    bestandsnaam: str,
    kanaal: Kanaal,
    door: Gebruiker | None,
    vandaag: date,
    op: datetime | None = None,
    slot: bool = True,
    verpakking: bytes | None = None,
) -> Ontvangst:
    """Receive one message. Costs some 20 statements, whatever the number of products.

    `op` is the exact moment (else noon of `vandaag`). `slot=False` takes no locks: only for a trial run, which
    would hold those of a whole folder until it is rolled back.
    """
    moment_ = moment(vandaag, op)
    return ontvang_post(
        Post(inhoud, bestandsnaam, kanaal, door, vandaag, moment_, slot, verpakking=verpakking)
    )


def ontvang_onleesbaar(
    *,
    inhoud: bytes,
    bestandsnaam: str,
    kanaal: Kanaal,
    door: Gebruiker | None,
    vandaag: date,
    reden: str,
    op: datetime | None = None,
    slot: bool = True,
) -> Ontvangst:
    """Keep a file that could not be taken out of its zip or envelope, with the sentence that says why."""
    moment_ = moment(vandaag, op)
    return ontvang_post(Post(inhoud, bestandsnaam, kanaal, door, vandaag, moment_, slot, reden))


def ontvang_post(post: Post) -> Ontvangst:
    """Receive what is at the door, in a transaction of its own."""
    oordeel = keur(post)
    with transaction.atomic(), rls.binnen(rls.SYSTEEM):
        return boek(post, oordeel)


def keur(post: Post) -> iwmo.Oordeel:
    """Levels 0, 1 and 2; nothing is asked of what could not be taken out of its zip or envelope."""
    return ONGEOPEND if post.fout else iwmo.controleer(post.inhoud)


# --- Which of the roads --------------------------------------------------------------------------------------
def boek(post: Post, oordeel: iwmo.Oordeel) -> Ontvangst:
    """One file with its verdict of levels 1 and 2, in the transaction and the scope of the caller."""
    bericht = oordeel.bericht
    if post.fout or bericht is None or bericht.client is None or bericht.soort not in LEESBAAR:
        return _weiger(post, oordeel)
    if zin := bezwaar(post.door, bericht):
        return weiger(post, Berichtstatus.GEWEIGERD, [melding("AFZENDER", zin, plaats="Header")], los=True)
    brief = adresseer(bericht, bericht.client, gemeente=gemeente_van, aanbieder=aanbieder_van)
    if post.slot:
        vergrendel(slotnamen(brief))
    eerder = _eerdere(brief)
    if dezelfde := _zelfde_bericht(post, brief, eerder):
        return Ontvangst(dezelfde, nieuw=False)
    uitkomst = beoordeel(post, brief, oordeel, bekend=_geaccepteerd(eerder) is not None)
    zelfde_bytes = [b for b in eerder if b.sha256 == post.sha256 and b.herbeoordeeld_in_id is None]
    if al := next((b for b in zelfde_bytes if uitkomst.gelijk_aan(b)), None):
        return Ontvangst(al, nieuw=False)
    return Ontvangst(leg_weg(post, brief, uitkomst, vervangt=zelfde_bytes))


def _weiger(post: Post, oordeel: iwmo.Oordeel) -> Ontvangst:
    """Why this is no message for us."""
    if post.fout:
        return weiger(post, Berichtstatus.GEWEIGERD, [melding("LEZEN", post.fout, plaats="bestand")])
    if oordeel.bericht is not None:
        return weiger(post, Berichtstatus.GEWEIGERD, [_ander_soort(oordeel.bericht.soort)])
    schema = oordeel.oordeel == "afgekeurd-schema"
    status = Berichtstatus.AFGEKEURD_SCHEMA if schema else Berichtstatus.GEWEIGERD
    return weiger(post, status, [m.als_json() for m in oordeel.meldingen])


def _ander_soort(soort: str) -> Melding:
    tekst = (
        f"Dit is een {soort}-bericht. Het portaal neemt 301, 305 en 307 aan. "
        "Een retourbericht (302, 306, 308) hoort terug naar de afzender van het heenbericht."
    )
    return melding("SOORT", tekst, plaats="Bericht", gevonden=soort, verwacht="301, 305 of 307")


def bezwaar(door: Gebruiker | None, bericht: iwmo.Bericht) -> str:
    """Why this person may not hand in this message; empty when he may. Nobody speaks for somebody else."""
    if door is None:
        return ""
    if door.rol == Rol.AANBIEDER:
        return _bezwaar_aanbieder(door, bericht)
    eigen = {gemeente.code: gemeente.naam for gemeente in door.gemeenten.all()}
    if bericht.gemeente in eigen:
        return ""
    namen = ", ".join(f"{naam} ({code})" for code, naam in eigen.items())
    return (
        f"Dit bericht is voor gemeente {bericht.gemeente}. U werkt voor {namen}. "
        "Laat iemand van die gemeente het insturen."
    )


def _bezwaar_aanbieder(door: Gebruiker, bericht: iwmo.Bericht) -> str:
    if bericht.soort == Berichtsoort.WMO301:
        return "Een toewijzing (301) komt van de gemeente. Stuur hier uw 305- en 307-berichten in."
    eigen = door.aanbieder
    if eigen is not None and bericht.aanbieder == eigen.agb:
        return ""
    return (
        f"De afzender in dit bericht is AGB-code {bericht.aanbieder}. U werkt voor {eigen} met AGB-code "
        f"{eigen.agb if eigen else 'onbekend'}. Stuur alleen berichten van uw eigen organisatie in."
    )


# --- Owners, locks, what came before ---------------------------------------------------------------------------
def adresseer(
    bericht: iwmo.Bericht,
    client: iwmo.model.Client,
    *,
    gemeente: Callable[[str], Gemeente | None],
    aanbieder: Callable[[str], Aanbieder],
) -> Brief:
    """The message with its owners, found by these two."""
    return Brief(
        bericht,
        client,
        gemeente(bericht.gemeente),
        aanbieder(bericht.aanbieder),
        bos().index(client.bsn),
    )


def aanbieder_van(agb: str) -> Aanbieder:
    """A valid code that we do not know yet is registered, for the beheerder to set up."""
    nieuw = {"naam": f"AGB {agb}", "ingericht": False}
    return Aanbieder.objects.get_or_create(agb=agb, defaults=nieuw)[0]


def gemeente_van(code: str) -> Gemeente | None:
    """The same for a municipality; None for a code that none of them has (TR378 refuses it)."""
    bekend = Gemeente.objects.filter(code=code).first()
    if bekend is not None or code not in cbs():
        return bekend
    return Gemeente.objects.get_or_create(code=code, defaults={"naam": cbs()[code], "ingericht": False})[0]


def slotnamen(brief: Brief) -> list[str]:
    """To line up with whoever is busy with the same message, client or allocation number."""
    gemeente = brief.bericht.gemeente
    namen = ["bericht|" + "|".join(brief.sleutel), f"client|{gemeente}|{brief.bsn_index.hex()}"]
    if brief.bericht.soort == Berichtsoort.WMO301:
        namen += [f"toewijzing|{gemeente}|{product.sleutel[0]}" for product in brief.client.producten]
    return namen


def _eerdere(brief: Brief) -> list[Bericht]:
    """Every message of this sender with this identificatie; the newest first."""
    soort, afzender, identificatie = brief.sleutel
    return list(
        Bericht.objects.filter(soort=soort, afzender=afzender, identificatie=identificatie).order_by("-pk")
    )


def _geaccepteerd(eerder: list[Bericht]) -> Bericht | None:
    return next((b for b in eerder if b.status == Berichtstatus.GEACCEPTEERD), None)


def _zelfde_bericht(post: Post, brief: Brief, eerder: list[Bericht]) -> Bericht | None:
    """The accepted message that this one repeats; other values under its identificatie are for TR056."""
    al = _geaccepteerd(eerder)
    if al is None or al.sha256 == post.sha256:
        return al
    return al if berichtinhoud.gelezen(al) == brief.bericht else None
