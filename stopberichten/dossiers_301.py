"""The decisions that come out of 301 messages: numbered T<toewijzingnummer>, one per client and period (ADR 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from beschikkingen.enums import BeschikkingStatus, SoortBeschikking, ToewijzingStatus
from beschikkingen.models import Beschikking, Client, Toewijzing
from iwmo.model import ToegewezenProduct


@dataclass
class Dossiers:
    """The decisions of one client that came out of 301 messages: numbered T<toewijzingnummer>."""

    client: Client
    vandaag: date
    eigen: list[Beschikking] = field(init=False)

    def __post_init__(self) -> None:
        van_301 = Beschikking.objects.filter(
            gemeente_id=self.client.gemeente_id, nummer__regex=r"^T\d+(-\d+)?$"
        )
        self.eigen = list(van_301.filter(client=self.client).order_by("pk"))

    def voor(self, product: ToegewezenProduct) -> Beschikking:
        """The decision with the same period, else a new one."""
        periode = (product.ingangsdatum, product.einddatum)
        passend = (b for b in self.eigen if (b.ingangsdatum, b.einddatum) == periode)
        return next(passend, None) or self._nieuw(product)

    def _nieuw(self, product: ToegewezenProduct) -> Beschikking:
        beschikking = Beschikking.objects.create(
            gemeente_id=self.client.gemeente_id,
            client=self.client,
            nummer=self._vrij_nummer(product.toewijzingnummer),
            soort=_soort(product.einddatum),
            ingangsdatum=product.ingangsdatum,
            einddatum=product.einddatum,
            registratiedatum=self.vandaag,
        )
        self.eigen.append(beschikking)
        return beschikking

    def _vrij_nummer(self, toewijzingnummer: int) -> str:
        """T300201; T300201-2 when somebody used that as the number of an own decision."""
        basis = f"T{toewijzingnummer}"
        bezet = set(
            Beschikking.objects.filter(
                Q(nummer=basis) | Q(nummer__startswith=f"{basis}-"), gemeente_id=self.client.gemeente_id
            ).values_list("nummer", flat=True)
        )
        volg = 2
        nummer = basis
        while nummer in bezet:
            nummer, volg = f"{basis}-{volg}", volg + 1
        return nummer

    def sluit_aan(self, geraakt: set[int]) -> None:
        """A decision out of 301s follows its allocations: the latest end, open-ended when one of them is."""
        mijne = [b for b in self.eigen if b.pk in geraakt]
        per_dossier: dict[int, list[Toewijzing]] = {b.pk: [] for b in mijne}
        for toewijzing in Toewijzing.objects.filter(beschikking__in=mijne):
            per_dossier[toewijzing.beschikking_id].append(toewijzing)
        gewijzigd = [b for b in mijne if _volg_toewijzingen(b, per_dossier[b.pk])]
        Beschikking.objects.bulk_update(gewijzigd, ["ingangsdatum", "einddatum", "soort", "status", "versie"])


def _soort(einddatum: date | None) -> SoortBeschikking:
    return SoortBeschikking.MET_EINDDATUM if einddatum else SoortBeschikking.ZONDER_EINDDATUM


def _volg_toewijzingen(beschikking: Beschikking, toewijzingen: list[Toewijzing]) -> bool:
    """Change the decision to what its allocations say; False when nothing changed."""
    blijvend = [t for t in toewijzingen if t.status != ToewijzingStatus.VERWIJDERD]
    was = (beschikking.ingangsdatum, beschikking.einddatum, beschikking.status)
    if beschikking.status != BeschikkingStatus.GESLOTEN:
        beschikking.status = BeschikkingStatus.LOPEND if blijvend else BeschikkingStatus.INGETROKKEN
    if blijvend:
        einden = [t.einddatum for t in blijvend]
        beschikking.ingangsdatum = min(t.ingangsdatum for t in blijvend)
        beschikking.einddatum = None if None in einden else max(e for e in einden if e)
        if beschikking.soort != SoortBeschikking.GETRAPT:
            beschikking.soort = _soort(beschikking.einddatum)
    if was == (beschikking.ingangsdatum, beschikking.einddatum, beschikking.status):
        return False
    beschikking.versie += 1
    return True
