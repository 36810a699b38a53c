"""What many messages need to know, read once for all of them and kept up with what they add themselves."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from beschikkingen.models import Client
from organisaties.models import Aanbieder, Gemeente
from stopberichten.beoordelen import Brief
from stopberichten.enums import Berichtstatus
from stopberichten.models import Bericht
from stopberichten.verkeersfeiten import Bron, Plek, Stand, laad_omgeving, laad_standen

Sleutel = tuple[str, str, str]
"""Berichtsoort, sender and identificatie: what a message is called (TR056)."""


def plek_van(brief: Brief) -> Plek | None:
    """None when the header names an owner that does not exist."""
    if brief.gemeente is None or brief.aanbieder is None:
        return None
    return brief.gemeente.pk, brief.aanbieder.pk, brief.bsn_index


class Feiten:
    """Six queries for all of `brieven` together; after that only what was forgotten is asked again."""

    def __init__(self, brieven: Collection[Brief]) -> None:
        plekken = {plek for brief in brieven if (plek := plek_van(brief))}
        self._standen: dict[Plek, Stand] = laad_standen(plekken) if plekken else {}
        self._clienten = _clienten(plekken)
        self.eerder: dict[Sleutel, list[Bericht]] = _eerdere({b.sleutel for b in brieven}) if brieven else {}
        self.open_afkeur: set[tuple[str, Plek]] = _open_afkeur(plekken)
        self.bron = Bron(omgeving=cache(laad_omgeving), stand=self._stand)

    def _stand(self, gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes) -> Stand:
        plek = (gemeente.pk, aanbieder.pk, bsn_index)
        if plek not in self._standen:
            self._standen |= laad_standen([plek])
        return self._standen[plek]

    def client_id(self, brief: Brief) -> int | None:
        return None if brief.gemeente is None else self._clienten.get((brief.gemeente.pk, brief.bsn_index))

    def onthoud(self, brief: Brief, bericht: Bericht) -> None:
        """This message was judged: its name is taken, and a refusal may be settled by a later one."""
        self.eerder.setdefault(brief.sleutel, []).insert(0, bericht)
        plek = plek_van(brief)
        if plek and bericht.status == Berichtstatus.AFGEKEURD:
            self.open_afkeur.add((bericht.soort, plek))

    def zet_stand(self, brief: Brief, stand: Stand) -> None:
        if plek := plek_van(brief):
            self._standen[plek] = stand

    def vergeet(self, brief: Brief) -> None:
        """Somebody else wrote about this client: ask again."""
        plek = plek_van(brief)
        if plek is None:
            return
        gemeente, _, index = plek
        self._standen = {p: s for p, s in self._standen.items() if (p[0], p[2]) != (gemeente, index)}
        self._clienten |= _clienten({plek})


def _clienten(plekken: Collection[Plek]) -> dict[tuple[int, bytes], int]:
    gezocht = Client.objects.filter(
        gemeente_id__in={plek[0] for plek in plekken}, bsn_index__in={plek[2] for plek in plekken}
    )
    return {(g, bytes(b)): pk for g, b, pk in gezocht.values_list("gemeente_id", "bsn_index", "pk")}


def _eerdere(sleutels: Collection[Sleutel]) -> dict[Sleutel, list[Bericht]]:
    """Every message with one of these names, the newest first."""
    soorten, afzenders, identificaties = (set(kolom) for kolom in zip(*sleutels, strict=True))
    rijen = Bericht.objects.filter(
        soort__in=soorten, afzender__in=afzenders, identificatie__in=identificaties
    )
    uit: dict[Sleutel, list[Bericht]] = {}
    for bericht in rijen.defer("inhoud", "retour").order_by("-pk"):
        sleutel = (bericht.soort, bericht.afzender, bericht.identificatie)
        if sleutel in sleutels:
            uit.setdefault(sleutel, []).append(bericht)
    return uit


def _open_afkeur(plekken: Collection[Plek]) -> set[tuple[str, Plek]]:
    """Where refused messages wait for a better one."""
    rijen = Bericht.objects.filter(
        gemeente_id__in={plek[0] for plek in plekken},
        bsn_index__in={plek[2] for plek in plekken},
        status=Berichtstatus.AFGEKEURD,
        herbeoordeeld_in__isnull=True,
    )
    velden = rijen.values_list("soort", "gemeente_id", "aanbieder_id", "bsn_index")
    return {(soort, (g, a, bytes(b))) for soort, g, a, b in velden if g and a and b}
