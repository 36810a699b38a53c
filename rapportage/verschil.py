"""What is in the seal of a frozen quarter, and what differs since: client by client, pure (M3, U17)."""

from __future__ import annotations

from dataclasses import dataclass

from rapportage.overzicht import Regel, Uitval
from rapportage.zegel import afspraken_als_rijen, zegel
from wmo_portal.lib.keuzes import Keuze as Lijst


class Soort(Lijst):
    """What happened to one client between the frozen figures and now."""

    VERSCHOVEN = "verschoven", "Telt nu in een andere categorie"
    ERBIJ = "erbij", "Telde niet mee en telt nu wel mee"
    ERAF = "eraf", "Telde mee en telt nu niet meer mee"
    ANDERE_GROND = "andere_grond", "Zelfde categorie, met een andere grond"


@dataclass(frozen=True, slots=True)
class Verschil:
    soort: Soort
    toen: Regel | None
    nu: Regel | None

    @property
    def regel(self) -> Regel:
        regel = self.nu or self.toen
        assert regel is not None, "a difference is about somebody"
        return regel


def verschillen(toen: Uitval, nu: Uitval) -> list[Verschil]:
    """Every client whose answer changed. Who counts in neither is no difference."""
    oud = {regel.wie: regel for regel in toen.regels}
    nieuw = {regel.wie: regel for regel in nu.regels}
    paren = ((oud.get(wie), nieuw.get(wie)) for wie in sorted(oud.keys() | nieuw.keys()))
    return [Verschil(soort, was, is_) for was, is_ in paren if (soort := _soort(was, is_))]


def _soort(was: Regel | None, is_: Regel | None) -> Soort | None:
    telde, telt = bool(was and was.telling.telt_mee), bool(is_ and is_.telling.telt_mee)
    if was and is_ and telde and telt:
        if was.telling.categorie != is_.telling.categorie:
            return Soort.VERSCHOVEN
        return None if was.telling.zin == is_.telling.zin else Soort.ANDERE_GROND
    if telt:
        return Soort.ERBIJ
    return Soort.ERAF if telde else None


def zegel_van(uitval: Uitval, *, regio: str, kwartaal: str, definities: str) -> str:
    """The seal over figures, clients, names and mapping: one changed letter gives another."""
    gemeenten = {naam.pk: naam.code for naam in uitval.gemeenten}
    aanbieders = {naam.pk: naam.code for naam in uitval.aanbieders}
    return zegel(
        {
            "regio": regio,
            "kwartaal": kwartaal,
            "definities": definities,
            "afspraken": [afspraken_als_rijen(uitval.afspraken[pk]) for pk in sorted(uitval.afspraken)],
            "gemeenten": sorted([naam.code, naam.naam] for naam in uitval.gemeenten),
            "aanbieders": sorted([naam.code, naam.naam] for naam in uitval.aanbieders),
            "los": [uitval.los.stops, uitval.los.starts, uitval.los.stops_zonder_start],
            "totaal": {categorie.value: n for categorie, n in uitval.totaal.aantallen.items()},
            "regels": sorted(
                [gemeenten[r.gemeente_id], aanbieders[r.aanbieder_id], *_antwoord(r)] for r in uitval.regels
            ),
        }
    )


def _antwoord(regel: Regel) -> list[str]:
    telling = regel.telling
    vlaggen = (regel.afgeschermd, telling.afgeleid, telling.nakijken)
    return [
        regel.sleutel,
        telling.categorie.value if telling.categorie else "",
        telling.buiten.value if telling.buiten else "",
        telling.reden.value if telling.reden else "",
        telling.zin,
        "".join("1" if vlag else "0" for vlag in vlaggen),
    ]
