"""Checking the seals from the first to the last, and naming the first that does not hold (BIO2 8.15.06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from logboek.canon import BEGIN, regelhash, zegelhash
from logboek.models import Gebeurtenis, Jaaranker, Zegel, ZegelRegel
from logboek.verzegelen import KOLOMMEN, onverzegeld
from wmo_portal.lib.tijd import dag_van

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

    Of a year that went at once (docs/adr/0080) the seals stay and the anchor says what they held.

    Reads the whole log, in one pass by number of the seal; memory for one seal.
    """
    vorige, zegels, regels, gezien = BEGIN, 0, 0, not bekend
    ankers = _Ankers()
    try:
        for zegel in Zegel.objects.order_by("pk").iterator():
            if not ankers.houdt(zegel, vorige):
                _controleer_zegel(zegel, vorige, vernietigd_tot)
                regels += zegel.aantal
            vorige, zegels = bytes(zegel.hash), zegels + 1
            gezien = gezien or vorige.hex() == bekend.lower()
        ankers.controleer(vernietigd_tot)
        if not gezien:
            raise _Breuk(
                "Het zegel dat u bewaarde staat niet in de keten: er zijn zegels weggehaald of vervangen."
            )
        _controleer_rest(nu)
    except _Breuk as breuk:
        return Uitslag(zegels, regels, vorige.hex(), str(breuk))
    return Uitslag(zegels, regels, vorige.hex())


class _Ankers:
    """The years that went, each with what its seals together say: how many, of how many lines, and the last."""

    def __init__(self) -> None:
        self._ankers = {anker.jaar: anker for anker in Jaaranker.objects.order_by("jaar")}
        self._gezien = {jaar: (0, 0, 0, b"") for jaar in self._ankers}

    def houdt(self, zegel: Zegel, vorige: bytes) -> bool:
        """Whether this seal is of such a year; only that it hangs on the former one can still be seen."""
        jaar = dag_van(zegel.gezet_op).year
        if jaar not in self._ankers:
            return False
        _sluit_aan(zegel, vorige)
        zegels, regels, _, _ = self._gezien[jaar]
        self._gezien[jaar] = (zegels + 1, regels + zegel.aantal, zegel.pk, bytes(zegel.hash))
        return True

    def controleer(self, vernietigd_tot: date | None) -> None:
        for jaar, anker in self._ankers.items():
            if vernietigd_tot is None or date(jaar + 1, 1, 1) > vernietigd_tot:
                raise _Breuk(f"De regels van {jaar} zijn weg, en de termijn van dat jaar is niet voorbij.")
            if self._gezien[jaar] != (anker.zegels, anker.regels, anker.laatste, bytes(anker.hash)):
                raise _Breuk(f"Het anker van {jaar} klopt niet: de zegels van dat jaar zijn veranderd.")
            if ZegelRegel.objects.filter(zegel__gezet_op__year=jaar).exists():
                raise _Breuk(f"Het anker van {jaar} klopt niet: er zijn nog regels van dat jaar.")


def _sluit_aan(zegel: Zegel, vorige: bytes) -> str:
    naam = f"Zegel {zegel.pk} van {zegel.gezet_op:%d-%m-%Y %H:%M} UTC klopt niet"
    if bytes(zegel.vorige) != vorige:
        raise _Breuk(f"{naam}: het sluit niet aan op het zegel ervoor.")
    return naam


def _controleer_zegel(zegel: Zegel, vorige: bytes, vernietigd_tot: date | None) -> None:
    naam = _sluit_aan(zegel, vorige)
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
