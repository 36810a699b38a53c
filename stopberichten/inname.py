"""Receiving many messages: the same verdicts and the same rows as one by one, some forty times as fast.

A block of messages is one transaction: facts are read for all of it at once, the verdicts are made in memory, each
on what the ones before it added, and the rows are written together. What is not plain (a 301, a removal, a name
that was used before, something that settles an earlier refusal) goes the way of one message, `berichten_in.boek`,
in its own place in the order. That way is the definition; tests hold the two together.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final

from django.db import DatabaseError, connection, models, transaction

import iwmo
from logboek.models import Gebeurtenis
from stopberichten.beoordelen import Brief, Uitkomst, beoordeel
from stopberichten.berichten_in import (
    LEESBAAR,
    aanbieder_van,
    adresseer,
    bezwaar,
    boek,
    gemeente_van,
    keur,
    slotnamen,
)
from stopberichten.bewaren import beantwoord, logvelden, maak_bericht
from stopberichten.enums import Berichtsoort, Berichtstatus
from stopberichten.inname_feiten import Feiten, plek_van
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.ontvangst import Ontvangst, Post
from stopberichten.slot import vergrendel
from stopberichten.verwerken import Velden, regelvelden, verwijdert
from wmo_portal.lib import rls
from wmo_portal.lib.opruimen import pas_later
from wmo_portal.lib.stapelen import voeg_toe

_log = logging.getLogger(__name__)
BLOK: Final = 500
BLOK_BYTES: Final = 32 * 1024 * 1024
"""Messages in one transaction: enough to share the cost, few enough to hold locks and memory shortly."""


def ontvang_vele(posten: Iterable[Post]) -> Iterator[Ontvangst]:
    """Receive every message, in the order given; the results come in that order, a block at a time.

    One block ahead is read and checked (levels 0 to 2) in a thread, while the database writes the one before.
    """
    with ThreadPoolExecutor(1) as keurder:
        wacht: _Gekeurd | None = None
        for blok in _blokken(posten):
            volgende = blok, keurder.submit(_keur, blok)
            if wacht:
                yield from _ontvang_blok(wacht[0], wacht[1].result())
            wacht = volgende
        if wacht:
            yield from _ontvang_blok(wacht[0], wacht[1].result())


_Gekeurd = tuple[Sequence[Post], Future[list[iwmo.Oordeel]]]


def _keur(blok: Sequence[Post]) -> list[iwmo.Oordeel]:
    return list(map(keur, blok))


def _blokken(posten: Iterable[Post]) -> Iterator[list[Post]]:
    blok: list[Post] = []
    omvang = 0
    for post in posten:
        blok.append(post)
        omvang += len(post.inhoud)
        if len(blok) == BLOK or omvang > BLOK_BYTES:
            yield blok
            blok, omvang = [], 0
    if blok:
        yield blok


def _ontvang_blok(posten: Sequence[Post], oordelen: Sequence[iwmo.Oordeel]) -> list[Ontvangst]:
    """When the database refuses the block, each message gets its own transaction: one never spoils another."""
    try:
        with pas_later(), transaction.atomic(), rls.binnen(rls.SYSTEEM):
            return _Blok(posten, oordelen).ontvang()
    except DatabaseError as fout:
        # Its text may hold what was in a row.
        _log.warning("Een blok van %d berichten gaat een voor een: %s", len(posten), type(fout).__name__)
        return [_alleen(post, oordeel) for post, oordeel in zip(posten, oordelen, strict=True)]


def _alleen(post: Post, oordeel: iwmo.Oordeel) -> Ontvangst:
    with transaction.atomic(), rls.binnen(rls.SYSTEEM):
        return boek(post, oordeel)


class _Blok:
    def __init__(self, posten: Sequence[Post], oordelen: Sequence[iwmo.Oordeel]) -> None:
        self.posten, self.oordelen = posten, oordelen
        gemeente, aanbieder = cache(gemeente_van), cache(aanbieder_van)
        self.brieven: dict[int, Brief] = {}
        for plaats, (post, oordeel) in enumerate(zip(posten, oordelen, strict=True)):
            bericht = oordeel.bericht
            if bericht is None or bericht.client is None or bericht.soort not in LEESBAAR:
                continue
            if not bezwaar(post.door, bericht):
                self.brieven[plaats] = adresseer(
                    bericht, bericht.client, gemeente=gemeente, aanbieder=aanbieder
                )
        self.stapel = _Stapel()

    def ontvang(self) -> list[Ontvangst]:
        if namen := [n for p, brief in self.brieven.items() if self.posten[p].slot for n in slotnamen(brief)]:
            vergrendel(namen)
        eerst = self._toewijzingen_vooraf()
        gewoon = [b for b in self.brieven.values() if b.bericht.soort != Berichtsoort.WMO301]
        self.feiten = Feiten(gewoon)
        self.stapel.reserveer(gewoon)
        uit = [eerst.get(plaats) or self._een(plaats) for plaats in range(len(self.posten))]
        self.stapel.leg_weg()
        return uit

    def _toewijzingen_vooraf(self) -> dict[int, Ontvangst]:
        """301s about clients of whom nothing came before them in this block: nobody can tell that they went
        first. At the first other one the rest keep their place too, because numbers are given once (TR332)."""
        genoemd: set[tuple[str, bytes]] = set()
        uit: dict[int, Ontvangst] = {}
        for plaats, brief in self.brieven.items():
            wie = (brief.bericht.gemeente, brief.bsn_index)
            if brief.bericht.soort != Berichtsoort.WMO301:
                genoemd.add(wie)
            elif wie in genoemd:
                break
            else:
                uit[plaats] = boek(self.posten[plaats], self.oordelen[plaats])
        return uit

    def _een(self, plaats: int) -> Ontvangst:
        post, brief = self.posten[plaats], self.brieven.get(plaats)
        if brief is None:
            return boek(post, self.oordelen[plaats])
        eerder = self.feiten.eerder.get(brief.sleutel, [])
        for al in eerder:
            if al.status == Berichtstatus.GEACCEPTEERD and al.sha256 == post.sha256:
                return Ontvangst(al, nieuw=False)
        removal = any(map(verwijdert, brief.client.producten))
        if eerder or removal or brief.bericht.soort == Berichtsoort.WMO301:
            return self._apart(plaats, brief)
        uitkomst = beoordeel(post, brief, self.oordelen[plaats], bekend=False, bron=self.feiten.bron)
        plek = plek_van(brief)
        herstelt = plek is not None and (brief.bericht.soort, plek) in self.feiten.open_afkeur
        if herstelt and uitkomst.status == Berichtstatus.GEACCEPTEERD:
            return self._apart(plaats, brief)
        return Ontvangst(self._leg_klaar(post, brief, uitkomst))

    def _apart(self, plaats: int, brief: Brief) -> Ontvangst:
        """The way of one message, after everything before it was written."""
        self.stapel.leg_weg()
        uit = boek(self.posten[plaats], self.oordelen[plaats])
        if uit.nieuw:
            self.feiten.onthoud(brief, uit.bericht)
        self.feiten.vergeet(brief)
        return uit

    def _leg_klaar(self, post: Post, brief: Brief, uitkomst: Uitkomst) -> Bericht:
        bericht = maak_bericht(post, brief, uitkomst, self.feiten.client_id(brief))
        bericht.pk = next(self.stapel.nummers[Bericht])
        beantwoord(post, brief, uitkomst, bericht)
        self.feiten.onthoud(brief, bericht)
        geteld: dict[str, int] = {}
        stand, verdict = uitkomst.stand, uitkomst.verdict
        if stand is not None and verdict is not None and verdict.geaccepteerd:
            starts, stops = regelvelden(bericht=bericht, client=brief.client, stand=stand)
            self.stapel.neem_op(starts, stops)
            nummers = {regel["volgnummer"]: regel["id"] for regel in (*starts, *stops)}
            self.feiten.zet_stand(brief, stand.na(verdict.historie, brief.client.producten, nummers))
            geteld = {"toegevoegd": len(nummers), "ingetrokken": 0, "herstelt": 0}
        self.stapel.berichten.append(vars(bericht))
        self.stapel.log.append(logvelden(post, bericht, **geteld))
        return bericht


class _Stapel:
    """Rows that wait to be written together."""

    def __init__(self) -> None:
        self.nummers: dict[type[models.Model], Iterator[int]] = {}
        self.berichten: list[Velden] = []
        self.leveringen: list[Velden] = []
        self.stops: list[Velden] = []
        self.log: list[Velden] = []

    def reserveer(self, brieven: Sequence[Brief]) -> None:
        """Numbers from the sequences themselves; what is left unused leaves a gap, as a rollback does."""
        aantal = {Berichtsoort.WMO305: 0, Berichtsoort.WMO307: 0}
        for brief in brieven:
            aantal[Berichtsoort(brief.bericht.soort)] += len(brief.client.producten)
        self.nummers = {
            Bericht: _nummers(Bericht, len(brieven)),
            Levering: _nummers(Levering, aantal[Berichtsoort.WMO305]),
            Stop: _nummers(Stop, aantal[Berichtsoort.WMO307]),
        }

    def neem_op(self, starts: list[Velden], stops: list[Velden]) -> None:
        for start in starts:
            start["id"] = next(self.nummers[Levering])
        for stop in stops:
            stop["id"] = next(self.nummers[Stop])
        self.leveringen += starts
        self.stops += stops

    def leg_weg(self) -> None:
        voeg_toe(Bericht, self.berichten)
        voeg_toe(Levering, self.leveringen)
        voeg_toe(Stop, self.stops)
        voeg_toe(Gebeurtenis, self.log)
        for stapel in (self.berichten, self.leveringen, self.stops, self.log):
            stapel.clear()


def _nummers(model: type[models.Model], aantal: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            # The name of the sequence once, not for each number.
            "select nextval(reeks) from (select pg_get_serial_sequence(%s, 'id')::regclass as reeks offset 0) r,"
            " generate_series(1, %s)",
            [model._meta.db_table, aantal],
        )
        return iter([rij[0] for rij in cursor.fetchall()])
