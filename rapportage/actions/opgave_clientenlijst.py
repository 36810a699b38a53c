"""Take over a list of clients: each row is a confirmation or a correction, under the rules of the page (M7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from beschikkingen.kluis import bos
from beschikkingen.models import Client
from organisaties.models import Gebruiker
from rapportage.actions.opgave import NietCompleet, corrigeer
from rapportage.excel.clientenlijst import Lijstrij
from rapportage.excel.opgave import Rijverslag
from rapportage.models import Kwartaalopgave
from rapportage.opgave_uitval import Afstemregel, Uitvaldeel
from wmo_portal.lib.bsn import is_geldig, valideer
from wmo_portal.lib.tekst import zoeksleutel

NIET_GEVONDEN = "Deze cliënt staat niet in uw lijst van dit kwartaal. Kijk de gemeente en het merk of BSN na."
"""One answer, whatever the reason: the file does not tell who is known elsewhere (threat of looking up)."""


def neem_clientenlijst_over(
    *, opgave: Kwartaalopgave, deel: Uitvaldeel, rijen: Iterable[Lijstrij], door: Gebruiker, op: datetime
) -> list[Rijverslag]:
    """Row by row; a row that is no good changes nothing and does not hold up the others."""
    lijst = list(rijen)
    zoeker = _Zoeker(deel, lijst, door)
    gehad: set[int] = set()
    return [_verslag(rij, _neem(rij, zoeker.vind(rij), gehad, opgave, door, op)) for rij in lijst]


class _Zoeker:
    """Own clients of this quarter by municipality and mark, or by BSN. One query for all BSNs together."""

    def __init__(self, deel: Uitvaldeel, rijen: list[Lijstrij], door: Gebruiker) -> None:
        self.gemeenten = {zoeksleutel(s): n.pk for n in deel.gemeenten for s in (n.naam, n.code)}
        self.per_merk = {(r.gemeente_id, r.merk): r for r in deel.regels if not r.afgeschermd}
        self.per_client = {(r.gemeente_id, r.client_id): r for r in deel.regels}
        indexen = {bos().index(valideer(rij.bsn)) for rij in rijen if is_geldig(rij.bsn)}
        gevonden = Client.objects.visible_to(door).filter(bsn_index__in=indexen)
        self.per_index = {
            (gemeente, bytes(index)): pk
            for gemeente, index, pk in gevonden.values_list("gemeente_id", "bsn_index", "pk")
        }

    def vind(self, rij: Lijstrij) -> Afstemregel | None:
        gemeente = self.gemeenten.get(zoeksleutel(rij.gemeente), 0)
        if rij.merk:
            return self.per_merk.get((gemeente, rij.merk))
        if not is_geldig(rij.bsn):
            return None
        client = self.per_index.get((gemeente, bos().index(valideer(rij.bsn))), 0)
        return self.per_client.get((gemeente, client))


def _neem(
    rij: Lijstrij,
    regel: Afstemregel | None,
    gehad: set[int],
    opgave: Kwartaalopgave,
    door: Gebruiker,
    op: datetime,
) -> str:
    """Why this row is not taken over, or nothing."""
    if rij.fout:
        return rij.fout
    if regel is None:
        return NIET_GEVONDEN
    if regel.client_id in gehad:
        return "Deze cliënt staat twee keer in het bestand. Alleen de eerste telt."
    gehad.add(regel.client_id)
    wordt = rij.wordt or regel.berichten
    if (wordt, rij.reden if wordt != regel.berichten else "") == (regel.opgave, regel.reden):
        return ""
    try:
        corrigeer(opgave=opgave, regel=regel, wordt=wordt, reden=rij.reden, door=door, op=op)
    except NietCompleet as fout:
        return str(fout)
    return ""


def _verslag(rij: Lijstrij, fout: str) -> Rijverslag:
    return Rijverslag(rij.nummer, not fout, fout or f"Overgenomen.{rij.opmerking}", rij.cellen)
