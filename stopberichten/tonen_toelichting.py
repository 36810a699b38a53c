"""A Toelichting in words, for the check page, the receipt, the municipality and the PDF: said once, shown the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import naam_van
from stopberichten.toelichtingregels import TEKSTEN, VERZOEKER
from wmo_portal.lib.bsn import maskeer

Paren = list[tuple[str, object]]
AFGESCHERMD: Final = "Afgeschermde cliënt"
KLEUR: Final = {
    ToelichtingStatus.CONCEPT: "waarschuwing",
    ToelichtingStatus.INGEDIEND: "info",
    ToelichtingStatus.IN_BEHANDELING: "info",
    ToelichtingStatus.INFO_GEVRAAGD: "waarschuwing",
    ToelichtingStatus.AFGEHANDELD: "ok",
    ToelichtingStatus.INGETROKKEN: "neutraal",
}


@dataclass(frozen=True, slots=True)
class Blok:
    """One resultaatgebied with its answers."""

    naam: str
    regels: Paren
    overgeslagen: bool = False
    weggelaten: bool = False
    """Something was typed that is not sent."""


def client(toelichting: Toelichting) -> Paren:
    """R46, with the BSN masked (R109)."""
    wie = toelichting.client
    return [
        ("BSN", maskeer(bsn_van(wie))),
        ("Achternaam", f"{wie.voorvoegsel} {wie.achternaam}".strip()),
        ("Geboortedatum", f"{wie.geboortedatum:%d-%m-%Y}" if wie.geboortedatum else "Niet bekend"),
        ("Gemeente", toelichting.gemeente.naam),
        ("Beschikking", toelichting.beschikking.nummer),
    ]


def verzoeker(toelichting: Toelichting) -> Paren:
    return [(label, getattr(toelichting, veld)) for veld, (label, _) in VERZOEKER.items()]


def blokken(regels: Sequence[ToelichtingRegel], stops: Mapping[int, Stop] | None = None) -> list[Blok]:
    """With `stops` each ending also says whether its 307 is there; without, that is left out."""
    return [_blok(regel, stops) for regel in regels]


def _blok(regel: ToelichtingRegel, stops: Mapping[int, Stop] | None) -> Blok:
    naam = naam_van(regel.toewijzing)
    if regel.overslaan:
        getypt = bool(regel.soort or regel.reden or regel.huidige_situatie or regel.behaald_toelichting)
        return Blok(naam, [], overgeslagen=True, weggelaten=getypt)
    soort = ToelichtingSoort(regel.soort).label if regel.soort else ""
    rijen: Paren = [
        ("Dit verzoek betreft", soort),
        ("Trede nu", str(regel.toewijzing.trede or "Niet bekend")),
    ]
    if regel.soort == ToelichtingSoort.WIJZIGING:
        rijen.append(("Gevraagde trede", str(regel.gevraagde_trede or "")))
    rijen += [
        (TEKSTEN["huidige_situatie"], regel.huidige_situatie),
        (TEKSTEN["reden"], regel.reden),
        ("Is het resultaat behaald, volgens de aanbieder?", _ja_nee(regel.behaald)),
        ("Toelichting op het resultaat", regel.behaald_toelichting),
    ]
    if regel.soort == ToelichtingSoort.BEEINDIGING and stops is not None:
        rijen.append(("307-bericht", _stop(stops.get(regel.toewijzing_id))))
    return Blok(naam, rijen)


def _ja_nee(waarde: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return {True: "Ja", False: "Nee", None: ""}[waarde]


def _stop(stop: Stop | None) -> str:
    if stop is None:
        return "Nog niet ontvangen"
    return f"Ontvangen: code {stop.reden}, einde zorg {stop.einddatum:%d-%m-%Y}"


def zorgplan(toelichting: Toelichting, *, wijziging: bool) -> str:
    if toelichting.zorgplan is not None:
        return str(toelichting.zorgplan.naam)
    if toelichting.zorgplan_later and wijziging:
        return "Wordt later gestuurd"
    return "" if wijziging else "Niet nodig bij een beëindiging"


def vraagt_wijziging(regels: Sequence[ToelichtingRegel]) -> bool:
    return any(r.soort == ToelichtingSoort.WIJZIGING and not r.overslaan for r in regels)


def in_lijst(wie: Client) -> str:
    """How a list names somebody: a shielded client is not named there (R112)."""
    return AFGESCHERMD if wie.afgeschermd else wie.weergavenaam


def gebieden(toelichting: Toelichting) -> str:
    """The areas in one line, with what is asked; `gebieden` was loaded by the list."""
    regels: list[ToelichtingRegel] = toelichting.gebieden  # type: ignore[attr-defined]  # by Prefetch(to_attr)
    return ", ".join(
        f"{naam_van(r.toewijzing)} ({ToelichtingSoort(r.soort).label.split()[0].lower()})"
        if r.soort
        else naam_van(r.toewijzing)
        for r in regels
    )
