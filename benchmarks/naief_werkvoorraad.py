"""The naive twin of the worklist: every branch asked by itself, all that waits read, sorted in Python, and then cut.

It is what `benchmarks.paginas` measures against and what `tests/resultaat/test_werkpagina.py` compares with. What waits
(`werktakken`) and what is said of it is shared; finding, counting, sorting, paging and looking up are not.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import F, TextField, UUIDField, Value
from django.db.models.functions import Cast

from organisaties.models import Gebruiker
from organisaties.zichtbaar import Kijker
from resultaat.queries import tegenspraken
from resultaat.queries import werkvoorraad as w
from resultaat.queries.tegenspraken import Melding
from resultaat.queries.verdacht import verdacht
from resultaat.queries.werkpagina import Cursor, Rij
from resultaat.queries.werktakken import TAKKEN, Tak
from resultaat.queries.zaak import zaken
from resultaat.werksoorten import VOLGORDE, Werksoort


def werkvoorraad(
    wie: Gebruiker, vandaag: date, *, filter_: w.Filter, na: Cursor | None = None
) -> w.Werkvoorraad:
    gevonden, meer = meldingen(wie, vandaag, filter_)
    gemeld = {w._plaats(m): m for m in gevonden}
    alles = [_van_melding(m) for m in gemeld.values()]
    for tak in TAKKEN:
        rijen = w._rijen(tak, Kijker.van(wie), vandaag, filter_)
        if filter_.van:
            rijen = rijen.filter(filter_.van.voorwaarde(tak.paden.client, Kijker.van(wie)))
        alles += _waarden(tak, rijen)
    werk = sorted((w._als_werk(rij, gemeld, vandaag) for rij in alles), key=lambda rij: rij.plaats)
    aantallen = dict.fromkeys(Werksoort, 0) | Counter(rij.soort for rij in werk)
    over = [r for r in werk if filter_.soort in (None, r.soort) and (na is None or r.plaats > na)]
    volgende = over[w.PER_PAGINA - 1].plaats if len(over) > w.PER_PAGINA else None
    return w.Werkvoorraad(tuple(over[: w.PER_PAGINA]), aantallen, volgende, meer)


def meldingen(wie: Gebruiker, vandaag: date, filter_: w.Filter) -> tuple[list[Melding], bool]:
    """Of whole cases, with all that is shown around them."""
    rijen = verdacht(wie, vandaag).filter(*w._keus(Kijker.van(wie), filter_)).order_by("-pk")
    kandidaten = zaken(rijen[: tegenspraken.HOOGSTENS + 1])
    tot = filter_.tot(vandaag)
    gevonden = [
        m
        for zaak in kandidaten[: tegenspraken.HOOGSTENS]
        if (m := tegenspraken._melding(zaak, vandaag)) and (tot is None or m.datum <= tot)
    ]
    return gevonden, len(kandidaten) > tegenspraken.HOOGSTENS


def _waarden(tak: Tak, rijen: Any) -> list[Rij]:
    """What the list shows of every row of one branch, by the joins that its paths name."""
    p, leeg = tak.paden, Value("")
    velden: dict[str, Any] = {
        "datum": F("w_datum"),
        "soort": Value(VOLGORDE[tak.soort]),
        "kenmerk": F(tak.sleutel),
        "info": Cast(tak.info, TextField()),
        "toewijzing": Value(None, UUIDField()) if p.toewijzing is None else F(f"{p.toewijzing}kenmerk"),
        "dossier": F(f"{p.beschikking}kenmerk"),
        "gebied": leeg if p.toewijzing is None else F(f"{p.toewijzing}resultaatgebied__naam"),
        "aanbieder": leeg if p.aanbieder is None else F(f"{p.aanbieder}naam"),
        "gemeente_id": F("gemeente_id"),
        "gemeente": F(f"{p.gemeente}naam"),
        "evaluatiedocument": F(f"{p.gemeente}evaluatiedocument"),
        "client": F(f"{p.client}kenmerk"),
        "behandelaar": F(f"{p.client}behandelaar__naam"),
        "behandelaar_kenmerk": F(f"{p.client}behandelaar__kenmerk"),
        **{veld: F(f"{p.client}{veld}") for veld in _VAN_CLIENT},
    }
    gevonden = rijen.values(**{f"n_{naam}": veld for naam, veld in velden.items()})
    return [{naam.removeprefix("n_"): waarde for naam, waarde in rij.items()} for rij in gevonden]


_VAN_CLIENT = ("afgeschermd", "voorletters", "voorvoegsel", "achternaam", "bsn_index")


def _van_melding(m: Melding) -> Rij:
    t: Any = m.zaak.toewijzing
    wie = t.client.behandelaar
    return {
        "datum": m.datum,
        "soort": VOLGORDE[Werksoort.TEGENSPRAAK],
        "kenmerk": t.kenmerk,
        "info": "",
        "toewijzing": t.kenmerk,
        "dossier": t.beschikking.kenmerk,
        "gebied": str(t.resultaatgebied or ""),
        "aanbieder": str(t.aanbieder),
        "gemeente_id": t.gemeente_id,
        "gemeente": str(t.gemeente),
        "client": t.client.kenmerk,
        "behandelaar": wie.naam if wie else "",
        "behandelaar_kenmerk": wie.kenmerk if wie else None,
        **{veld: getattr(t.client, veld) for veld in _VAN_CLIENT},
    }
