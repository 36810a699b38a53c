"""Keeping a judged message: the Bericht, what it changes, its answer, and the log line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import iwmo
from beschikkingen.models import Toewijzing
from logboek.actions import regelvelden
from logboek.models import Gebeurtenis
from organisaties.enums import Retourweg
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from stopberichten import berichtinhoud, verwerken, verwerken_301
from stopberichten.beoordelen import Brief, Melding, Uitkomst, wacht_op
from stopberichten.enums import Berichtsoort, Berichtstatus, Retourstatus
from stopberichten.models import Bericht
from stopberichten.ontvangst import Ontvangst, Post, retour_identificatie
from stopberichten.slot import vergrendel
from stopberichten.verkeersfeiten import sleutel_van


def weiger(post: Post, status: Berichtstatus, meldingen: list[Melding], *, los: bool = False) -> Ontvangst:
    """Keep what cannot be read or may not be handed in. Its owner is whoever handed it in; `los`: nobody, because
    it belongs to somebody else, and then only the sender of the file himself sees it."""
    gemeente, aanbieder = (None, None) if los else _inzender(post.door)
    if post.slot:
        vergrendel([f"bestand|{post.sha256}"])
    al = Bericht.objects.filter(
        sha256=post.sha256, gemeente=gemeente, aanbieder=aanbieder, ontvangen_door=post.door, status=status
    ).first()
    if al is not None:
        return Ontvangst(al, nieuw=False)
    bericht = _nieuw(post, status=status, gemeente=gemeente, aanbieder=aanbieder, meldingen=meldingen)
    bericht.save(force_insert=True)
    Gebeurtenis.objects.bulk_create([Gebeurtenis(**logvelden(post, bericht))])
    return Ontvangst(bericht)


def _inzender(door: Gebruiker | None) -> tuple[Gemeente | None, Aanbieder | None]:
    """The organisation of the sender, when it is one and only one."""
    if door is None:
        return None, None
    if door.aanbieder_id:
        return None, door.aanbieder
    gemeenten = list(door.gemeenten.all()[:2])
    return (gemeenten[0] if len(gemeenten) == 1 else None), None


_BERICHT: Callable[..., Bericht] = Bericht
"""The type checker takes all values by place for the first of them."""
_KOLOMMEN = tuple((veld.attname, veld.get_default) for veld in Bericht._meta.concrete_fields)


def _nieuw(
    post: Post, *, gemeente: Gemeente | None, aanbieder: Aanbieder | None, **velden: object
) -> Bericht:
    velden |= {
        "gemeente_id": gemeente.pk if gemeente else None,
        "aanbieder_id": aanbieder.pk if aanbieder else None,
        "bestandsnaam": post.naam,
        "kanaal": post.kanaal,
        "sha256": post.sha256,
        "ontvangen_op": post.op,
        "ontvangen_door_id": post.door.pk if post.door else None,
    }
    # By place: by name Django looks for each column twice, and that took as long as reading the message.
    bericht = _BERICHT(*(velden[naam] if naam in velden else verstek() for naam, verstek in _KOLOMMEN))
    # What setting the objects would do, at a fifth of the price: whoever asks for them needs no query.
    bericht._state.fields_cache.update(gemeente=gemeente, aanbieder=aanbieder, ontvangen_door=post.door)
    # What cannot be read is kept bare: whoever looks for a name in it must find it (vernietigen).
    heel = post.verpakking if bericht.soort and post.verpakking else post.inhoud
    berichtinhoud.zet_inhoud(bericht, heel)
    return bericht


def leg_weg(post: Post, brief: Brief, uitkomst: Uitkomst, vervangt: Sequence[Bericht]) -> Bericht:
    """Store the message and what it says, answer it, and settle what it repeats: `vervangt` is the same file with
    the verdict it had before."""
    bericht = maak_bericht(post, brief, uitkomst, verwerken.client_id(brief.gemeente, brief.bsn_index))
    bericht.save(force_insert=True)
    geteld = _verwerk(post, brief, uitkomst, bericht)
    beantwoord(post, brief, uitkomst, bericht)
    bericht.save(update_fields=["retour", "retour_status"])
    if uitkomst.status == Berichtstatus.GEACCEPTEERD:
        geteld["herstelt"] = _herstel(brief, bericht)
    elif vervangt:
        Bericht.objects.filter(pk__in=[oud.pk for oud in vervangt]).update(herbeoordeeld_in=bericht)
    Gebeurtenis.objects.bulk_create([Gebeurtenis(**logvelden(post, bericht, **geteld))])
    return bericht


def maak_bericht(post: Post, brief: Brief, uitkomst: Uitkomst, client_id: int | None) -> Bericht:
    """The unsaved message with its verdict; the answer comes when it has its number."""
    header = brief.bericht.header
    return _nieuw(
        post,
        status=uitkomst.status,
        gemeente=brief.gemeente,
        aanbieder=brief.aanbieder,
        soort=brief.bericht.soort,
        release=brief.bericht.release,
        afzender=header.afzender,
        ontvanger=header.ontvanger,
        identificatie=header.identificatie,
        dagtekening=header.dagtekening,
        bsn_index=brief.bsn_index,
        client_id=client_id,
        wacht_op_nummers=wacht_op(brief, uitkomst),
        header_codes=uitkomst.header,
        client_codes=uitkomst.client,
        product_codes=uitkomst.producten,
        meldingen=uitkomst.meldingen,
    )


def _verwerk(post: Post, brief: Brief, uitkomst: Uitkomst, bericht: Bericht) -> dict[str, int]:
    """What an accepted message changes; counts for the log."""
    if uitkomst.status != Berichtstatus.GEACCEPTEERD or uitkomst.stand is None or brief.gemeente is None:
        return {}
    if brief.bericht.soort == Berichtsoort.WMO301:
        return verwerken_301.verwerk(
            bericht=bericht,
            inhoud=brief.bericht,
            client=brief.client,
            gemeente=brief.gemeente,
            # All of them: a 301 goes the way of one message, which reads allocations whole.
            bestaand={n: t for n, t in uitkomst.stand.toewijzingen.items() if isinstance(t, Toewijzing)},
            vandaag=post.vandaag,
        )
    return verwerken.verwerk(bericht=bericht, client=brief.client, stand=uitkomst.stand)


def beantwoord(post: Post, brief: Brief, uitkomst: Uitkomst, bericht: Bericht) -> None:
    """The 302, 306 or 308, exactly as IV028 wants it; who sends it is a setting of the municipality (R72)."""
    eronder = uitkomst.client is not None
    antwoord = iwmo.retour(
        brief.bericht,
        identificatie=retour_identificatie(bericht),
        dagtekening=post.vandaag,
        header_codes=() if eronder else uitkomst.header,
        client_codes=uitkomst.client,
        product_codes=uitkomst.producten,
    )
    berichtinhoud.zet_retour(bericht, iwmo.schrijf(antwoord))
    uit_suite = brief.gemeente is not None and brief.gemeente.retourweg == Retourweg.SUITE
    bericht.retour_status = Retourstatus.GEEN if uit_suite else Retourstatus.TE_VERSTUREN


def _herstel(brief: Brief, bericht: Bericht) -> int:
    """Refused messages whose products stand in this accepted one are settled by it: they leave the worklists."""
    afgekeurd = Bericht.objects.filter(
        gemeente=brief.gemeente,
        aanbieder=brief.aanbieder,
        bsn_index=brief.bsn_index,
        soort=brief.bericht.soort,
        status=Berichtstatus.AFGEKEURD,
        herbeoordeeld_in__isnull=True,
    )
    nu = {sleutel_van(p) for p in brief.client.producten}
    hersteld = [oud.pk for oud in afgekeurd if _sleutels(oud) <= nu]
    if hersteld:
        Bericht.objects.filter(pk__in=hersteld).update(herbeoordeeld_in=bericht)
    return len(hersteld)


def _sleutels(oud: Bericht) -> set[object]:
    gelezen = berichtinhoud.gelezen(oud)
    return {sleutel_van(p) for p in gelezen.client.producten} if gelezen and gelezen.client else {None}


def logvelden(post: Post, bericht: Bericht, **aantallen: int) -> dict[str, Any]:
    """The columns of the line in the log for a received message."""
    return regelvelden(
        actie="bericht.ontvangen",
        door=post.door,
        object_soort="bericht",
        object_kenmerk=bericht.kenmerk,
        gemeente_id=bericht.gemeente_id,
        aanbieder_id=bericht.aanbieder_id,
        client_index=bytes(bericht.bsn_index) if bericht.bsn_index else None,
        doel="berichtenverkeer",
        details={"soort": bericht.soort, "status": bericht.status, "kanaal": post.kanaal, **aantallen},
    )
