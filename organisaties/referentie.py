"""Reference data that every installation needs: the two regions, their municipalities and what they agreed.

Loads what is missing and never overwrites: what a beheerder changed stays changed. Other apps add their part by
`REGISTER`, from their AppConfig (an app higher in the house may not be imported here).

What is certain and what is a sample to edit stands in `opmerking` (feiten 4.1, 4.2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from organisaties.enums import Evaluatiedocument
from organisaties.models import Gemeente, Productafspraak, Regio, Resultaatgebied, Trede

REGISTER: list[Callable[[], str]] = []
VANAF: Final = date(2023, 1, 1)
"""The KPI is recorded from this day on (R1), so the agreements start there."""


def laad_referentie() -> list[str]:
    """Load everything; one Dutch sentence per part."""
    return [laad_regios(), laad_gebieden(), laad_producten(), *(laad() for laad in REGISTER)]


@dataclass(frozen=True, slots=True)
class Gebied:
    """A resultaatgebied as shipped; `letter` and `categorie` make the codes of its products."""

    code: str
    naam: str
    letter: str
    categorie: str


@dataclass(frozen=True, slots=True)
class Regiogegevens:
    code: str
    naam: str
    opmerking: str
    gemeenten: tuple[tuple[str, str, Evaluatiedocument, str], ...]
    gebieden: tuple[Gebied, ...]
    treden: tuple[str, ...]
    """From light to heavy; the first is waakvlam."""
    merk: str
    """The sign in this region's product codes that the other region's do not have."""


_FORMULIER, _ZORGPLAN = Evaluatiedocument.EVALUATIEFORMULIER, Evaluatiedocument.ZORGPLAN
_VOORBEELD: Final = "Voorbeeld, niet zeker: pas aan naar de afspraken van de regio."
_LID: Final = "Deelname aan H5 staat niet in de werkwijze. Haal de gemeente uit de regio als dit niet klopt."

REGIOS: Final = (
    Regiogegevens(
        "h5",
        "H5",
        "Westland staat in de werkwijze; de andere vier gemeenten, de gebieden, de treden en de producten zijn een "
        "voorbeeld om aan te passen.",
        (
            ("1783", "Westland", _FORMULIER, ""),
            ("0503", "Delft", _ZORGPLAN, _LID),
            ("1916", "Leidschendam-Voorburg", _ZORGPLAN, _LID),
            ("1842", "Midden-Delfland", _ZORGPLAN, _LID),
            ("0603", "Rijswijk", _ZORGPLAN, _LID),
        ),
        (
            Gebied("functioneren", "Sociaal en persoonlijk functioneren", "A", "02"),
            Gebied("financien", "Financiën", "B", "02"),
            Gebied("huisvesting", "Huisvesting", "C", "02"),
            Gebied("daginvulling", "Daginvulling", "D", "07"),
            Gebied("huishouden", "Ondersteuning en regie bij huishouden", "E", "01"),
            Gebied("gezondheid", "Gezondheid en zelfzorg", "F", "02"),
            Gebied("mantelzorg", "Mantelzorg en kortdurend verblijf", "G", "04"),
        ),
        ("Waakvlam", "Trede 1", "Trede 2", "Trede 3", "Trede 4"),
        "0",
    ),
    Regiogegevens(
        "mh",
        "Maastricht-Heuvelland",
        "De zes gemeenten staan in het format; de gebieden, de treden en de producten zijn een voorbeeld om aan te "
        "passen.",
        (
            ("1903", "Eijsden-Margraten", _ZORGPLAN, ""),
            ("1729", "Gulpen-Wittem", _ZORGPLAN, ""),
            ("0935", "Maastricht", _ZORGPLAN, ""),
            ("0938", "Meerssen", _ZORGPLAN, ""),
            ("0981", "Vaals", _ZORGPLAN, ""),
            ("0994", "Valkenburg aan de Geul", _ZORGPLAN, ""),
        ),
        (
            Gebied("zelfstandig", "Zelfstandig wonen en leven", "L", "02"),
            Gebied("meedoen", "Meedoen en daginvulling", "M", "07"),
            Gebied("huishouden", "Een schoon en leefbaar huis", "N", "01"),
            Gebied("ontlasten", "Ontlasten van mantelzorgers", "P", "04"),
        ),
        ("Waakvlam", "Licht", "Midden", "Zwaar"),
        "M",
    ),
)


def productcode(regio: Regiogegevens, gebied: Gebied, zwaarte: int) -> str:
    """`02A03`: category, letter of the area, sign of the region, step (1 is waakvlam)."""
    return f"{gebied.categorie}{gebied.letter}{regio.merk}{zwaarte}"


def laad_regios() -> str:
    for gegevens in REGIOS:
        regio, _ = Regio.objects.get_or_create(
            code=gegevens.code, defaults={"naam": gegevens.naam, "opmerking": gegevens.opmerking}
        )
        for cbs, naam, document, opmerking in gegevens.gemeenten:
            Gemeente.objects.get_or_create(
                code=cbs,
                defaults={
                    "naam": naam,
                    "regio": regio,
                    "evaluatiedocument": document,
                    "opmerking": opmerking,
                },
            )
    return f"{len(REGIOS)} regio's met {sum(len(r.gemeenten) for r in REGIOS)} gemeenten."


def laad_gebieden() -> str:
    for gegevens in REGIOS:
        regio = Regio.objects.get(code=gegevens.code)
        for volgorde, gebied in enumerate(gegevens.gebieden, 1):
            Resultaatgebied.objects.get_or_create(
                regio=regio, code=gebied.code, defaults={"naam": gebied.naam, "volgorde": volgorde}
            )
        for zwaarte, naam in enumerate(gegevens.treden, 1):
            Trede.objects.get_or_create(
                regio=regio, zwaarte=zwaarte, defaults={"naam": naam, "is_waakvlam": zwaarte == 1}
            )
    gebieden, treden = sum(len(r.gebieden) for r in REGIOS), sum(len(r.treden) for r in REGIOS)
    return f"{gebieden} resultaatgebieden en {treden} treden."


def laad_producten() -> str:
    """One product per area and step. A code that the region has any row for is left alone."""
    aantal = 0
    for gegevens in REGIOS:
        regio = Regio.objects.get(code=gegevens.code)
        gebieden = {g.code: g for g in regio.resultaatgebieden.all()}
        treden = {t.zwaarte: t for t in regio.treden.all()}
        bekend = set(regio.productafspraken.values_list("productcode", flat=True))
        nieuw = [
            Productafspraak(
                regio=regio,
                productcategorie=gebied.categorie,
                productcode=code,
                omschrijving=f"{gebied.naam}, {treden[zwaarte].naam.lower()}",
                resultaatgebied=gebieden[gebied.code],
                trede=treden[zwaarte],
                geldig=(VANAF, None),
                opmerking=_VOORBEELD,
            )
            for gebied in gegevens.gebieden
            for zwaarte in range(1, len(gegevens.treden) + 1)
            if (code := productcode(gegevens, gebied, zwaarte)) not in bekend
        ]
        Productafspraak.objects.bulk_create(nieuw)
        aantal += len(nieuw)
    return f"{aantal} productafspraken toegevoegd."
