"""What stands under every figure: period, choices, who made it, when, by which definitions and which mapping (U25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rapportage.definities import UITVAL_DEFINITIES, Definities
from rapportage.overzicht import Overzicht
from rapportage.zegel import versie_van
from wmo_portal.lib.tijd import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Kop:
    """The head of one report: title, choices, maker and moment; a frozen quarter adds its seal."""

    titel: str
    maker: str
    gemaakt_op: datetime
    keuzes: tuple[tuple[str, str], ...] = ()
    zegel: str = ""

    @property
    def moment(self) -> str:
        return f"{self.gemaakt_op.astimezone(AMSTERDAM):%d-%m-%Y %H:%M} uur"


def afgeleid_zin(uitval: Overzicht) -> str:
    """How much rests on a mapping that the sources do not give (36-39)."""
    aantal = uitval.aantal_afgeleid
    if not aantal:
        return "Geen enkel cijfer rust op een afgeleide indeling van stopcodes."
    telt = "telt" if aantal == 1 else "tellen"
    return (
        f"{_clienten(aantal)} {telt} volgens een afgeleide indeling: het format zegt niet waar de codes "
        "36, 37, 38 en 39 horen."
    )


def los_zin(uitval: Overzicht) -> str:
    """What is there and could not be counted; empty when there is nothing."""
    los, delen = uitval.los, []
    if los.stops:
        delen.append(
            _meervoud(
                los.stops,
                "stopbericht dat nog niet gekoppeld is",
                "stopberichten die nog niet gekoppeld zijn",
            )
        )
    if los.starts:
        delen.append(
            _meervoud(
                los.starts,
                "startbericht dat nog niet gekoppeld is",
                "startberichten die nog niet gekoppeld zijn",
            )
        )
    if los.stops_zonder_start:
        delen.append(
            _meervoud(
                los.stops_zonder_start, "stopbericht zonder startbericht", "stopberichten zonder startbericht"
            )
        )
    return f"Nog niet meegeteld, van alle perioden samen: {', '.join(delen)}." if delen else ""


def personen_zin(uitval: Overzicht) -> str:
    """Somebody with two providers is two clients in the figures (R79); said when it occurs."""
    dubbel = uitval.totaal.totaal - uitval.personen
    if not dubbel:
        return ""
    return (
        f"De {uitval.totaal.totaal} tellingen gaan over {uitval.personen} mensen: "
        "wie bij twee aanbieders zorg heeft, telt bij elk van hen."
    )


def nakijken_zin(uitval: Overzicht, *, vast: bool) -> str:
    aantal = uitval.aantal_na_te_kijken
    if not aantal:
        return ""
    wie = f"{_clienten(aantal)} met stopcode 37 zonder vervolg"
    if vast:
        return f"{wie} op het moment van vaststellen. Gaat de hulp door, dan verandert dat deze cijfers niet meer."
    return f"{wie}: kijk na of de hulp doorgaat voor u het kwartaal vaststelt."


def opmerkingen(uitval: Overzicht, *, vast: bool = False) -> list[str]:
    """What a reader must know beside the figures; `vast`: of a frozen quarter, in which nothing changes any more."""
    zinnen = (personen_zin(uitval), afgeleid_zin(uitval), nakijken_zin(uitval, vast=vast), los_zin(uitval))
    return [zin for zin in zinnen if zin]


def verantwoording(kop: Kop, uitval: Overzicht) -> list[tuple[str, str]]:
    """Names and values: the sheet "Toelichting", the last page of the PDF, the foot of the page."""
    return [
        ("Rapport", kop.titel),
        ("Periode", str(uitval.keuze.periode)),
        *kop.keuzes,
        ("Gemaakt door", kop.maker),
        ("Gemaakt op", kop.moment),
        ("Definities", UITVAL_DEFINITIES.versie),
        ("Indeling van stopcodes", versie_van(uitval.afspraken)),
        *([("Zegel (SHA-256)", kop.zegel)] if kop.zegel else []),
        *(
            (f"Opmerking {nummer}", zin)
            for nummer, zin in enumerate(opmerkingen(uitval, vast=bool(kop.zegel)), 1)
        ),
    ]


def definitieregels(definities: Definities) -> list[tuple[str, str]]:
    return [(regel.term, f"{regel.zin} Bron: {regel.bron}.") for regel in definities.regels]


def indelingregels(uitval: Overzicht) -> list[tuple[str, str]]:
    """The mapping itself, once per distinct table."""
    uit: dict[str, str] = {}
    for afspraken in uitval.afspraken.values():
        for _, rij in sorted(afspraken.items()):
            zin = f"{rij.categorie.label}. {rij.zekerheid.label}. {rij.uitleg}"
            uit.setdefault(f"Code {rij.reden}: {zin}", zin)
    return [(sleutel.split(":")[0], zin) for sleutel, zin in uit.items()]


def _clienten(aantal: int) -> str:
    return "1 cliënt" if aantal == 1 else f"{aantal} cliënten"


def _meervoud(aantal: int, een: str, meer: str) -> str:
    return f"1 {een}" if aantal == 1 else f"{aantal} {meer}"
