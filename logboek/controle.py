"""Checking the seals from the first to the last, and naming the first that does not hold (BIO2 8.15.06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from logboek.canon import BEGIN, regelhash, zegelhash
from logboek.models import Gebeurtenis, Zegel, ZegelRegel
from logboek.verzegelen import KOLOMMEN, onverzegeld

SPELING: Final = timedelta(minutes=5)
"""A line may wait this long for its seal."""


@dataclass(frozen=True, slots=True)
class Uitslag:
    zegels: int
    regels: int
    laatste: str
    """The newest seal, in hexadecimal: what is kept outside this machine."""
    fout: str = ""


class _Breuk(Exception):
    pass


def controleer(*, nu: datetime, bekend: str = "", vernietigd_tot: date | None = None) -> Uitslag:
    """Walk the chain. `bekend` is a seal that was kept elsewhere: it must be in the chain.

    Lines sealed before `vernietigd_tot` may be gone (destroyed after their term): their hashes still hold the chain.

    Reads the whole log, in one pass by number of the seal; memory for one seal.
    """
    vorige, zegels, regels, gezien = BEGIN, 0, 0, not bekend
    try:
        for zegel in Zegel.objects.order_by("pk").iterator():
            _controleer_zegel(zegel, vorige, vernietigd_tot)
            vorige, zegels, regels = bytes(zegel.hash), zegels + 1, regels + zegel.aantal
            gezien = gezien or vorige.hex() == bekend.lower()
        if not gezien:
            raise _Breuk(
                "Het zegel dat u bewaarde staat niet in de keten: er zijn zegels weggehaald of vervangen."
            )
        _controleer_rest(nu)
    except _Breuk as breuk:
        return Uitslag(zegels, regels, vorige.hex(), str(breuk))
    return Uitslag(zegels, regels, vorige.hex())


def _controleer_zegel(zegel: Zegel, vorige: bytes, vernietigd_tot: date | None) -> None:
    naam = f"Zegel {zegel.pk} van {zegel.gezet_op:%d-%m-%Y %H:%M} UTC klopt niet"
    if bytes(zegel.vorige) != vorige:
        raise _Breuk(f"{naam}: het sluit niet aan op het zegel ervoor.")
    regels = ZegelRegel.objects.filter(zegel=zegel).values_list("gebeurtenis_id", "hash")
    hashes = {nummer: bytes(som) for nummer, som in regels}
    if len(hashes) != zegel.aantal:
        raise _Breuk(f"{naam}: het telt {len(hashes)} regels en dat waren er {zegel.aantal}.")
    if zegelhash(vorige, zegel.gezet_op, hashes.items()) != bytes(zegel.hash):
        raise _Breuk(f"{naam}: het zegel zelf of een van zijn regels is veranderd.")
    for regel in _regels(zegel):
        if regelhash(regel) != hashes.pop(regel["id"]):
            raise _Breuk(f"{naam}: regel {regel['id']} van het logboek is veranderd.")
    mag_weg = vernietigd_tot is not None and zegel.gezet_op.date() < vernietigd_tot
    if hashes and not mag_weg:
        raise _Breuk(f"{naam}: regel {min(hashes)} van het logboek is verdwenen.")


def _regels(zegel: Zegel) -> Iterator[dict[str, Any]]:
    van_dit_zegel = ZegelRegel.objects.filter(zegel=zegel).values("gebeurtenis_id")
    yield from Gebeurtenis.objects.filter(pk__in=van_dit_zegel).values(*KOLOMMEN)


def _controleer_rest(nu: datetime) -> None:
    te_lang = onverzegeld(alles=True).filter(op__lt=nu - SPELING).order_by("pk").first()
    if te_lang is not None:
        raise _Breuk(
            f"Regel {te_lang.pk} van {te_lang.op:%d-%m-%Y %H:%M} UTC heeft nog geen zegel. Draait de worker?"
        )
