"""Holding the good rows against what the portal knows: what is new, what changes, what cannot be.

The plan holds unsaved rows that point at each other, so that the dry run and the import are the same code.
Costs five queries however long the file is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import models

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.inlezen import kolommen as k
from beschikkingen.inlezen.keuren import Regel, Rijfout
from beschikkingen.kluis import bos, zet_bsn
from beschikkingen.models import Beschikking, Client, Monitoringsmoment, Stap, Toewijzing
from organisaties.models import Gemeente
from wmo_portal.lib.tekst import zoeksleutel

M = TypeVar("M", bound=models.Model)


class _Botsing(Exception):
    """This row contradicts the portal; the message is the sentence, `kolom` where."""

    def __init__(self, kolom: str, zin: str) -> None:
        super().__init__(zin)
        self.kolom = kolom


@dataclass
class Bundel(Generic[M]):
    """The rows of one table that will be written."""

    nieuw: list[M] = field(default_factory=list)
    gewijzigd: dict[int, M] = field(default_factory=dict)
    velden: set[str] = field(default_factory=set)

    def pas_aan(self, rij: M, waarden: Mapping[str, Any]) -> bool:
        """Put the values that differ on an existing (or still unsaved) row; True when something differed."""
        anders = {naam: w for naam, w in waarden.items() if getattr(rij, naam) != w}
        for naam, waarde in anders.items():
            setattr(rij, naam, waarde)
        if anders and rij.pk is not None:
            self.gewijzigd[rij.pk] = rij
            self.velden |= set(anders)
        return bool(anders)


@dataclass
class Plan:
    """What importing would write, and one verdict per row."""

    gemeente: Gemeente
    clienten: Bundel[Client] = field(default_factory=Bundel)
    beschikkingen: Bundel[Beschikking] = field(default_factory=Bundel)
    toewijzingen: Bundel[Toewijzing] = field(default_factory=Bundel)
    stappen: Bundel[Stap] = field(default_factory=Bundel)
    momenten: Bundel[Monitoringsmoment] = field(default_factory=Bundel)
    uitslagen: dict[int, str] = field(default_factory=dict)
    fouten: list[Rijfout] = field(default_factory=list)

    @property
    def tellingen(self) -> dict[str, int]:
        """Rows per verdict, and how many clients, decisions and allocations are new."""
        per_uitslag = Counter(self.uitslagen.values())
        return {
            **{uitslag: per_uitslag[uitslag] for uitslag in ("nieuw", "gewijzigd", "ongewijzigd")},
            "fout": len({fout.rij for fout in self.fouten}),
            "clienten": len(self.clienten.nieuw),
            "beschikkingen": len(self.beschikkingen.nieuw),
            "toewijzingen": len(self.toewijzingen.nieuw),
        }


@dataclass
class _Bekend:
    """What is there already, by the key that the file uses; grows with what the file adds."""

    clienten: dict[bytes, Client]
    beschikkingen: dict[str, Beschikking]
    toewijzingen: dict[int, Toewijzing]
    stappen: dict[tuple[int, int], Stap]
    momenten: dict[str, Monitoringsmoment]
    afgeronde_momenten: set[tuple[str, date]]


def _haal_op(gemeente: Gemeente, regels: Sequence[Regel]) -> _Bekend:
    indexen = {bos().index(regel.bsn) for regel in regels}
    nummers = {regel.beschikking for regel in regels} | {regel.vorige for regel in regels}
    toewijzingnummers = {regel.toewijzingnummer for regel in regels}
    clienten = Client.objects.filter(gemeente=gemeente, bsn_index__in=indexen)
    beschikkingen = Beschikking.objects.filter(gemeente=gemeente, nummer__in=nummers)
    toewijzingen = Toewijzing.objects.filter(gemeente=gemeente, toewijzingnummer__in=toewijzingnummers)
    met_hoofd = beschikkingen.select_related("client", "voorganger")
    met_deel = toewijzingen.select_related("client", "beschikking", "aanbieder")
    stappen = Stap.objects.filter(gemeente=gemeente, toewijzing__toewijzingnummer__in=toewijzingnummers)
    momenten = Monitoringsmoment.objects.filter(gemeente=gemeente, beschikking__nummer__in=nummers)
    alle_momenten = list(momenten.select_related("beschikking"))
    return _Bekend(
        {bytes(c.bsn_index): c for c in clienten},
        {b.nummer: b for b in met_hoofd},
        {t.toewijzingnummer: t for t in met_deel},
        {(s.toewijzing.toewijzingnummer, s.volgnummer): s for s in stappen.select_related("toewijzing")},
        {m.beschikking.nummer: m for m in alle_momenten if m.afgerond_op is None},
        {(m.beschikking.nummer, m.datum) for m in alle_momenten if m.afgerond_op},
    )


def maak_plan(
    gemeente: Gemeente, regels: Sequence[Regel], fouten: Sequence[Rijfout], *, vandaag: date, op: datetime
) -> Plan:
    """One verdict per row: nieuw, gewijzigd, ongewijzigd or an error."""
    plan = Plan(gemeente, fouten=list(fouten))
    maker = _Maker(plan, _haal_op(gemeente, regels), vandaag, op)
    for regel in _eerst_de_voorgangers(regels):
        try:
            plan.uitslagen[regel.rij] = maker.verwerk(regel)
        except _Botsing as botsing:
            plan.fouten.append(Rijfout(regel.rij, botsing.kolom, str(botsing)))
    plan.fouten.sort(key=lambda fout: fout.rij)
    return plan


def _eerst_de_voorgangers(regels: Sequence[Regel]) -> list[Regel]:
    """A decision may stand above the one that it follows; those without predecessor come first."""
    return sorted(regels, key=lambda regel: (bool(regel.vorige), regel.ingangsdatum, regel.rij))


@dataclass
class _Maker:
    plan: Plan
    bekend: _Bekend
    vandaag: date
    op: datetime

    def verwerk(self, regel: Regel) -> str:
        """Check first, write into the plan after: a row that cannot be leaves no trace."""
        index = bos().index(regel.bsn)
        self._controleer(regel, index)
        nieuw = regel.toewijzingnummer not in self.bekend.toewijzingen
        client, a = self._client(regel, index)
        beschikking, b = self._beschikking(regel, client)
        toewijzing, c = self._toewijzing(regel, beschikking)
        d = self._stap(regel, toewijzing)
        e = self._moment(regel, beschikking)
        if nieuw:
            return "nieuw"
        return "gewijzigd" if any((a, b, c, d, e)) else "ongewijzigd"

    def _controleer(self, regel: Regel, index: bytes) -> None:
        beschikking = self.bekend.beschikkingen.get(regel.beschikking)
        if beschikking and bytes(beschikking.client.bsn_index) != index:
            raise _Botsing(k.BSN, f"Beschikking {regel.beschikking} is in het portaal van een andere cliënt.")
        if (
            beschikking
            and beschikking.status != BeschikkingStatus.LOPEND
            and self._wijkt_af(regel, beschikking)
        ):
            raise _Botsing(
                k.BESCHIKKING,
                f"Beschikking {regel.beschikking} is in het portaal {beschikking.get_status_display().lower()} en heeft "
                "andere datums. Een gesloten dossier wijzigt niet door inlezen.",
            )
        self._controleer_vorige(regel, index)
        self._controleer_toewijzing(regel)

    @staticmethod
    def _wijkt_af(regel: Regel, beschikking: Beschikking) -> bool:
        return (regel.ingangsdatum, regel.einddatum) != (beschikking.ingangsdatum, beschikking.einddatum)

    def _controleer_vorige(self, regel: Regel, index: bytes) -> None:
        if not regel.vorige:
            return
        vorige = self.bekend.beschikkingen.get(regel.vorige)
        if vorige is None or bytes(vorige.client.bsn_index) != index or regel.vorige == regel.beschikking:
            raise _Botsing(
                k.VORIGE,
                f"Beschikking “{regel.vorige}” van deze cliënt is niet bekend. Lees die eerst in, of laat leeg.",
            )

    def _controleer_toewijzing(self, regel: Regel) -> None:
        toewijzing = self.bekend.toewijzingen.get(regel.toewijzingnummer)
        if toewijzing is None:
            return
        if toewijzing.beschikking.nummer != regel.beschikking:
            raise _Botsing(
                k.TOEWIJZING,
                f"Toewijzing {regel.toewijzingnummer} hoort bij beschikking {toewijzing.beschikking.nummer}, niet bij "
                f"{regel.beschikking}.",
            )
        if toewijzing.aanbieder_id != regel.aanbieder_id:
            raise _Botsing(
                k.AGB,
                f"Toewijzing {regel.toewijzingnummer} is van {toewijzing.aanbieder.naam}. Een andere aanbieder krijgt "
                "een nieuw toewijzingnummer.",
            )

    def _client(self, regel: Regel, index: bytes) -> tuple[Client, bool]:
        waarden = {
            "achternaam": regel.achternaam,
            "voorvoegsel": regel.voorvoegsel,
            "voorletters": regel.voorletters,
            "zoeknaam": zoeksleutel(f"{regel.achternaam} {regel.voorvoegsel} {regel.voorletters}"),
            "geboortedatum": regel.geboortedatum,
            "afgeschermd": regel.afgeschermd,
            "behandelaar_id": regel.behandelaar_id,
        }
        # What the file leaves open is no reason to wipe what we know.
        waarden = {naam: w for naam, w in waarden.items() if w not in (None, "")}
        if regel.voornamen:
            waarden["voornamen"] = regel.voornamen
        if client := self.bekend.clienten.get(index):
            return client, self.plan.clienten.pas_aan(client, waarden)
        client = Client(gemeente=self.plan.gemeente, aangemaakt_op=self.op, **waarden)
        zet_bsn(client, regel.bsn)
        self.plan.clienten.nieuw.append(client)
        self.bekend.clienten[index] = client
        return client, True

    def _beschikking(self, regel: Regel, client: Client) -> tuple[Beschikking, bool]:
        waarden: dict[str, Any] = {
            "soort": regel.soort,
            "ingangsdatum": regel.ingangsdatum,
            "einddatum": regel.einddatum,
        }
        if regel.vorige:
            waarden["voorganger"] = self.bekend.beschikkingen[regel.vorige]
        if beschikking := self.bekend.beschikkingen.get(regel.beschikking):
            if beschikking.pk and beschikking.einddatum != regel.einddatum:
                # From this day on the provider could know of the new end (R62, R63).
                waarden["registratiedatum"] = self.vandaag
            return beschikking, self.plan.beschikkingen.pas_aan(beschikking, waarden)
        beschikking = Beschikking(
            gemeente=self.plan.gemeente,
            client=client,
            nummer=regel.beschikking,
            registratiedatum=min(regel.besluitdatum or self.vandaag, self.vandaag),
            **waarden,
        )
        self.plan.beschikkingen.nieuw.append(beschikking)
        self.bekend.beschikkingen[regel.beschikking] = beschikking
        return beschikking, True

    def _toewijzing(self, regel: Regel, beschikking: Beschikking) -> tuple[Toewijzing, bool]:
        waarden = {
            "resultaatgebied_id": regel.gebied_id,
            "perspectief": regel.perspectief,
            "leveringsvorm": regel.leveringsvorm,
            "productcategorie": regel.productcategorie,
            "productcode": regel.productcode,
            "ingangsdatum": regel.toewijzing_van,
            "einddatum": regel.toewijzing_tot,
        }
        if regel.stap in (None, 1):
            # The trede of a stepped allocation is that of its first step; later steps have their own.
            waarden["trede_id"] = regel.trede_id
        if toewijzing := self.bekend.toewijzingen.get(regel.toewijzingnummer):
            return toewijzing, self.plan.toewijzingen.pas_aan(toewijzing, waarden)
        toewijzing = Toewijzing(
            gemeente=self.plan.gemeente,
            aanbieder_id=regel.aanbieder_id,
            client=beschikking.client,
            beschikking=beschikking,
            toewijzingnummer=regel.toewijzingnummer,
            toewijzingsdatum=regel.besluitdatum,
            **waarden,
        )
        self.plan.toewijzingen.nieuw.append(toewijzing)
        self.bekend.toewijzingen[regel.toewijzingnummer] = toewijzing
        return toewijzing, True

    def _stap(self, regel: Regel, toewijzing: Toewijzing) -> bool:
        if regel.stap is None:
            return False
        waarden = {"trede_id": regel.trede_id, "begindatum": regel.stap_van, "einddatum": regel.stap_tot}
        sleutel = (regel.toewijzingnummer, regel.stap)
        if stap := self.bekend.stappen.get(sleutel):
            return self.plan.stappen.pas_aan(stap, waarden)
        stap = Stap(
            gemeente=self.plan.gemeente,
            aanbieder_id=toewijzing.aanbieder_id,
            toewijzing=toewijzing,
            volgnummer=regel.stap,
            **waarden,
        )
        self.plan.stappen.nieuw.append(stap)
        self.bekend.stappen[sleutel] = stap
        return True

    def _moment(self, regel: Regel, beschikking: Beschikking) -> bool:
        sleutel = (regel.beschikking, regel.monitoringsdatum)
        if regel.monitoringsdatum is None or sleutel in self.bekend.afgeronde_momenten:
            return False
        if moment := self.bekend.momenten.get(regel.beschikking):
            return self.plan.momenten.pas_aan(moment, {"datum": regel.monitoringsdatum})
        moment = Monitoringsmoment(
            gemeente=self.plan.gemeente, beschikking=beschikking, datum=regel.monitoringsdatum
        )
        self.plan.momenten.nieuw.append(moment)
        self.bekend.momenten[regel.beschikking] = moment
        return True
