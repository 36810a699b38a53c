"""The quarters before a talk, one line of numbers from two sources: as frozen, or as counted today where nobody froze them.

A frozen quarter does not change, so its numbers come from what was kept, under its seal; a message that came in later is
seen at Vaststellingen. Each quarter says which of the two it is, and its numbers lead to the clients of that source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapportage.models import Kwartaalgesprek, Vaststelling
from rapportage.overzicht import Keuze, Overzicht
from rapportage.queries.lezers import Lezer
from rapportage.queries.telling import met_verloop
from rapportage.queries.vaststelling import als_cijfers, als_uitval, vaststellingen
from rapportage.tellingen import Verdeling, verdeel
from rapportage.vastcijfers import Zegelstand
from wmo_portal.lib.perioden import Kwartaal

KWARTALEN: Final = 4
NU_GETELD: Final = "Zoals nu geteld"


@dataclass(frozen=True, slots=True)
class Kwartaalstand:
    """The clients of one provider in one quarter. `vast` and `zegel` are of a frozen one."""

    kwartaal: Kwartaal
    verdeling: Verdeling
    vast: Vaststelling | None = None
    zegel: Zegelstand | None = None

    @property
    def stuk(self) -> bool:
        return self.zegel is Zegelstand.STUK

    @property
    def herkomst(self) -> str:
        """Where these numbers come from, in the words of page, PDF and workbook."""
        if self.vast is None:
            return NU_GETELD
        if self.stuk:
            return Zegelstand.STUK.label.rstrip(".")
        return f"Vastgesteld, versie {self.vast.versie}" if self.vast.versie > 1 else "Vastgesteld"


def uitval_met_verloop(
    lezer: Lezer, rij: Kwartaalgesprek, keuze: Keuze
) -> tuple[Overzicht, list[Kwartaalstand]]:
    """The figures of the talk's own quarter, and the trend that ends with it. `keuze` is that quarter and provider.

    Raises ValueError when the region has no mapping for some code on the last day.
    """
    eigen = Kwartaal.lees(rij.kwartaal)
    kwartalen = [eigen.plus(n) for n in range(1 - KWARTALEN, 1)]
    vast = _bevroren(lezer, rij, kwartalen)
    geteld, totalen = met_verloop(lezer, keuze, [k.periode for k in kwartalen if k not in vast])
    open_ = {k: Kwartaalstand(k, totalen[k.periode]) for k in kwartalen if k.periode in totalen}
    verloop = [stand for k in kwartalen if (stand := vast.get(k) or open_.get(k))]
    if verloop[-1].vast is None:
        return geteld, verloop
    zijn = _van_aanbieder(lezer, verloop[-1].vast, rij.aanbieder_id)
    if zijn.totaal != verloop[-1].verdeling:  # its rows are not what was kept beside them
        verloop[-1] = replace(verloop[-1], zegel=Zegelstand.STUK)
    return zijn, verloop


def _bevroren(
    lezer: Lezer, rij: Kwartaalgesprek, kwartalen: Sequence[Kwartaal]
) -> dict[Kwartaal, Kwartaalstand]:
    """Of each frozen quarter its newest version. One query, and one per frozen quarter."""
    codes = [str(kwartaal) for kwartaal in kwartalen]
    rijen = vaststellingen(lezer).filter(regio_id=rij.regio_id, kwartaal__in=codes).order_by("versie")
    nieuwste = {Kwartaal.lees(vast.kwartaal): vast for vast in rijen}
    return {kwartaal: _stand(lezer, kwartaal, vast, rij.aanbieder_id) for kwartaal, vast in nieuwste.items()}


def _stand(lezer: Lezer, kwartaal: Kwartaal, vast: Vaststelling, aanbieder_id: int) -> Kwartaalstand:
    cijfers, zegel = als_cijfers(lezer, vast)
    return Kwartaalstand(kwartaal, cijfers.per_aanbieder.get(aanbieder_id, verdeel(())), vast, zegel)


def _van_aanbieder(lezer: Lezer, vast: Vaststelling, aanbieder_id: int) -> Overzicht:
    """The frozen rows of this provider only."""
    zijn = als_uitval(lezer, vast, aanbieder_id=aanbieder_id)
    return replace(
        zijn,
        keuze=replace(zijn.keuze, aanbieder_ids=(aanbieder_id,)),
        aanbieders=tuple(naam for naam in zijn.aanbieders if naam.pk == aanbieder_id),
    )


def zegelfout(verloop: Iterable[Kwartaalstand]) -> str:
    """A warning that names the quarters whose seal does not hold; empty when all is well."""
    if namen := ", ".join(str(stand.kwartaal) for stand in verloop if stand.stuk):
        return (
            f"De bewaarde gegevens van {namen} passen niet bij het zegel van de vaststelling. "
            "Gebruik deze cijfers niet en meld dit aan de beheerder."
        )
    return ""
