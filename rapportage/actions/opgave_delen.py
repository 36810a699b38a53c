"""How what was typed lands in the tables, part by part. Each returns whether anything changed; none refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import models

from organisaties.models import Gemeente
from rapportage.enums import Categorie
from rapportage.enums_opgave import Deel, Uitvalsoort
from rapportage.models import (
    BeleidsdoelScore,
    Kwartaalopgave,
    OpgaveGemeente,
    OpgaveToelichting,
    OpgaveUitval,
)
from rapportage.opgave_ervaring import VRAGEN
from rapportage.opgave_regels import ASSEN, SCHAAL, VRAAG_BIJ
from rapportage.queries.opgave import doelen_van, ervaring_van

Invoer = Mapping[str, str]
TEKSTSOORTEN: Final = (*VRAAG_BIJ, "algemeen")


def _gemeenten(opgave: Kwartaalopgave) -> list[Gemeente]:
    return list(Gemeente.objects.filter(pk__in=opgave.gemeenten).order_by("pk"))


def _schrijf(
    rijen: Iterable[models.Model], model: type[models.Model], uniek: list[str], velden: list[str]
) -> bool:
    """Insert or update those rows in one statement; whether there were any."""
    lijst = list(rijen)
    model._default_manager.bulk_create(
        lijst, update_conflicts=True, unique_fields=uniek, update_fields=velden
    )
    return bool(lijst)


# --- Part 1 ------------------------------------------------------------------------------------------------------------
def neem_uitval_over(opgave: Kwartaalopgave, invoer: Invoer) -> bool:
    gemeenten = _gemeenten(opgave)
    return any(
        [
            _vinkjes(opgave, gemeenten, invoer),
            zet_aantallen(opgave, _getypt(gemeenten, invoer)),
            _toelichtingen(opgave, gemeenten, invoer),
        ]
    )


def _vinkjes(opgave: Kwartaalopgave, gemeenten: list[Gemeente], invoer: Invoer) -> bool:
    """A tick that is off is not posted at all; the page says by `vinkjes` that it has them."""
    if "vinkjes" not in invoer:
        return False
    aan = {regel.gemeente_id: regel.geen_clienten for regel in opgave.gemeenteregels.all()}
    nieuw = {g.pk: f"geen-{g.code}" in invoer for g in gemeenten}
    return _schrijf(
        (
            OpgaveGemeente(
                opgave=opgave, aanbieder_id=opgave.aanbieder_id, gemeente_id=pk, geen_clienten=vink
            )
            for pk, vink in nieuw.items()
            if aan.get(pk, False) != vink
        ),
        OpgaveGemeente,
        ["opgave", "gemeente"],
        ["geen_clienten"],
    )


Getypt = Mapping[tuple[int, str, str], tuple[str, str]]
"""(municipality, sort, category) -> (number as typed, reason)."""


def _getypt(gemeenten: list[Gemeente], invoer: Invoer) -> Getypt:
    return {
        (gemeente.pk, soort, categorie): (invoer[veld], invoer.get(f"{veld}-reden", ""))
        for gemeente in gemeenten
        for soort in Uitvalsoort
        for categorie in Categorie
        if (veld := f"{soort}-{gemeente.code}-{categorie}") in invoer
    }


def zet_aantallen(opgave: Kwartaalopgave, getypt: Getypt) -> bool:
    """Keep numbers as typed; an empty one without a reason makes place for the number of the clients."""
    bekend = {(a.gemeente_id, a.soort, a.categorie): a for a in opgave.aantallen.all()}
    leeg = [
        bekend[plek].pk
        for plek, (tekst, reden) in getypt.items()
        if plek in bekend and not (tekst + reden).strip()
    ]
    OpgaveUitval.objects.filter(pk__in=leeg).delete()
    nieuw = {
        plek: waarde
        for plek, waarde in getypt.items()
        if "".join(waarde).strip()
        and (plek not in bekend or (bekend[plek].getypt, bekend[plek].reden) != waarde)
    }
    geschreven = _schrijf(
        (
            OpgaveUitval(
                opgave=opgave,
                aanbieder_id=opgave.aanbieder_id,
                gemeente_id=gemeente,
                soort=soort,
                categorie=categorie,
                getypt=tekst,
                reden=reden,
            )
            for (gemeente, soort, categorie), (tekst, reden) in nieuw.items()
        ),
        OpgaveUitval,
        ["opgave", "gemeente", "soort", "categorie"],
        ["getypt", "reden"],
    )
    return bool(leeg) or geschreven


def _toelichtingen(opgave: Kwartaalopgave, gemeenten: list[Gemeente], invoer: Invoer) -> bool:
    """Of a category for all municipalities, and beside it for one of them (R86)."""
    bekend = {(t.categorie, t.gemeente_id): t.tekst for t in opgave.toelichtingen.all()}
    velden: dict[tuple[str, int | None], str] = {(s, None): f"toelichting-{s}" for s in TEKSTSOORTEN}
    velden |= {(s, g.pk): f"toelichting-{s}-{g.code}" for s in VRAAG_BIJ for g in gemeenten}
    nieuw = {plek: invoer[veld] for plek, veld in velden.items() if veld in invoer}
    return _schrijf(
        (
            OpgaveToelichting(
                opgave=opgave,
                aanbieder_id=opgave.aanbieder_id,
                categorie=str(soort),
                gemeente_id=gemeente,
                tekst=tekst,
            )
            for (soort, gemeente), tekst in nieuw.items()
            if bekend.get((soort, gemeente), "") != tekst
        ),
        OpgaveToelichting,
        ["opgave", "categorie", "gemeente"],
        ["tekst"],
    )


# --- Part 2 ------------------------------------------------------------------------------------------------------------
JA_NEE: Final = {"ja": True, "nee": False}


def neem_ervaring_over(opgave: Kwartaalopgave, invoer: Invoer) -> bool:
    """An answer that is changed is no longer last quarter's (R98)."""
    rij = ervaring_van(opgave)
    nieuw: dict[str, Any] = {v.veld: invoer[v.veld] for v in VRAGEN if v.veld in invoer}
    if invoer.get("gevraagd") in JA_NEE:
        nieuw["gevraagd"] = JA_NEE[invoer["gevraagd"]]
    anders = {veld: waarde for veld, waarde in nieuw.items() if getattr(rij, veld) != waarde}
    if not anders:
        return False
    for veld, waarde in anders.items():
        setattr(rij, veld, waarde)
    rij.overgenomen = [veld for veld in rij.overgenomen if veld not in anders]
    rij.save()
    return True


# --- Part 3 ------------------------------------------------------------------------------------------------------------
def neem_doelen_over(opgave: Kwartaalopgave, invoer: Invoer) -> bool:
    return zet_scores(
        opgave,
        {
            doel.doel.code: {
                **{
                    as_: invoer[f"{doel.doel.code}-{as_}"]
                    for as_ in ASSEN
                    if f"{doel.doel.code}-{as_}" in invoer
                },
                **(
                    {"toelichting": invoer[f"{doel.doel.code}-toelichting"]}
                    if f"{doel.doel.code}-toelichting" in invoer
                    else {}
                ),
            }
            for doel in doelen_van(opgave)
        },
    )


def zet_scores(opgave: Kwartaalopgave, per_doel: Mapping[str, Mapping[str, str]]) -> bool:
    """By code of the goal; what is not named stays as it was."""
    anders = []
    for doel in doelen_van(opgave):
        rij = doel.score or BeleidsdoelScore(opgave=opgave, aanbieder_id=opgave.aanbieder_id, doel=doel.doel)
        if _zet_score(rij, per_doel.get(doel.doel.code, {})):
            anders.append(rij)
    return _schrijf(anders, BeleidsdoelScore, ["opgave", "doel"], [*ASSEN, "toelichting", "overgenomen"])


def _zet_score(rij: BeleidsdoelScore, invoer: Mapping[str, str]) -> bool:
    nieuw: dict[str, Any] = {as_: _score(invoer[as_]) for as_ in ASSEN if as_ in invoer}
    if "toelichting" in invoer:
        nieuw["toelichting"] = invoer["toelichting"]
    if all(getattr(rij, veld) == waarde for veld, waarde in nieuw.items()):
        return False
    for veld, waarde in nieuw.items():
        setattr(rij, veld, waarde)
    rij.overgenomen = False
    return True


def _score(tekst: str) -> int | None:
    return int(tekst) if tekst in {str(score) for score in SCHAAL} else None


OVERNEMERS: Final[Mapping[Deel, Callable[[Kwartaalopgave, Invoer], bool]]] = {
    Deel.UITVAL: neem_uitval_over,
    Deel.ERVARING: neem_ervaring_over,
    Deel.DOELEN: neem_doelen_over,
}
