"""The columns of the import, each with what it means and what may stand in it.

One table serves the reader, the page that explains the file, the template to download and the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from beschikkingen.enums import Leveringsvorm, Perspectief, SoortBeschikking
from wmo_portal.lib.tabelblad import Kolom, Soort, VerwachteKolom
from wmo_portal.lib.tekst import zoeksleutel

MAX_RIJEN: Final = 10_000
"""Rows in one file. More are refused with a sentence: one file is one transaction and one look at the preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inleeskolom:
    kop: str
    uitleg: str
    soort: Soort = "tekst"
    verplicht: bool = False
    lengte: int | None = None
    aliassen: tuple[str, ...] = ()
    voorbeeld: str = ""

    @property
    def verwacht(self) -> VerwachteKolom:
        return VerwachteKolom(
            self.kop,
            self.soort,
            verplicht=self.verplicht,
            gevuld=self.verplicht,
            lengte=self.lengte,
            aliassen=self.aliassen,
        )

    @property
    def uitvoer(self) -> Kolom:
        return Kolom(self.kop, self.soort, max(14, len(self.kop) + 3))


BESCHIKKING: Final = "Beschikkingnummer"
BSN: Final = "BSN"
ACHTERNAAM: Final = "Achternaam"
VOORVOEGSEL: Final = "Voorvoegsel"
VOORLETTERS: Final = "Voorletters"
VOORNAMEN: Final = "Voornamen"
GEBOORTEDATUM: Final = "Geboortedatum"
AFGESCHERMD: Final = "Afgeschermd"
BEHANDELAAR: Final = "Behandelaar"
GEMEENTECODE: Final = "Gemeentecode"
SOORT: Final = "Soort beschikking"
INGANG: Final = "Ingangsdatum beschikking"
EIND: Final = "Einddatum beschikking"
BESLUIT: Final = "Besluitdatum"
MONITORING: Final = "Monitoringsdatum"
VORIGE: Final = "Vorige beschikking"
TOEWIJZING: Final = "Toewijzingnummer"
AGB: Final = "AGB-code aanbieder"
GEBIED: Final = "Resultaatgebied"
TREDE: Final = "Trede"
PERSPECTIEF: Final = "Perspectief"
VORM: Final = "Leveringsvorm"
CATEGORIE: Final = "Productcategorie"
PRODUCT: Final = "Productcode"
TOEWIJZING_VAN: Final = "Ingangsdatum toewijzing"
TOEWIJZING_TOT: Final = "Einddatum toewijzing"
STAP: Final = "Stap"
STAP_VAN: Final = "Ingangsdatum stap"
STAP_TOT: Final = "Einddatum stap"

KOLOMMEN: Final = (
    Inleeskolom(
        kop=BESCHIKKING,
        uitleg="Het nummer van de beschikking. Dezelfde beschikking mag op meer rijen staan: één rij per toewijzing.",
        soort="identificatie",
        verplicht=True,
        aliassen=("Beschikking", "Nummer beschikking", "Beschikkingsnummer"),
        voorbeeld="B-2026-00123",
    ),
    Inleeskolom(
        kop=BSN,
        uitleg="Het burgerservicenummer van de cliënt, 9 cijfers die aan de elfproef voldoen.",
        soort="identificatie",
        verplicht=True,
        lengte=9,
        aliassen=("Burgerservicenummer", "BSN cliënt"),
        voorbeeld="999900006",
    ),
    Inleeskolom(
        kop=ACHTERNAAM,
        uitleg="De achternaam, zonder voorvoegsel.",
        verplicht=True,
        aliassen=("Naam", "Geslachtsnaam"),
        voorbeeld="Wit",
    ),
    Inleeskolom(
        kop=VOORVOEGSEL, uitleg="Bijvoorbeeld: van der.", aliassen=("Tussenvoegsel",), voorbeeld="de"
    ),
    Inleeskolom(kop=VOORLETTERS, uitleg="De voorletters, hoogstens 6.", voorbeeld="T"),
    Inleeskolom(kop=VOORNAMEN, uitleg="De voornamen, als u ze wilt meegeven."),
    Inleeskolom(
        kop=GEBOORTEDATUM,
        uitleg="De geboortedatum, als dd-mm-jjjj.",
        soort="datum",
        aliassen=("Geboren",),
        voorbeeld="13-08-1967",
    ),
    Inleeskolom(
        kop=AFGESCHERMD,
        uitleg="Ja als de gegevens geheim zijn. De cliënt staat dan niet in lijsten en telt wel mee in cijfers.",
        aliassen=("Geheim",),
        voorbeeld="nee",
    ),
    Inleeskolom(
        kop=BEHANDELAAR,
        uitleg="Het e-mailadres van de consulent die het dossier behandelt. Leeg: het blijft zoals het is.",
        aliassen=("Consulent",),
    ),
    Inleeskolom(
        kop=GEMEENTECODE,
        uitleg="De CBS-code, 4 cijfers. Staat de kolom er, dan moet elke rij van de gekozen gemeente zijn.",
        soort="identificatie",
        lengte=4,
        aliassen=("Gemeente",),
    ),
    Inleeskolom(
        kop=SOORT,
        uitleg="Met einddatum, zonder einddatum of getrapt. Leeg: het portaal kijkt of er een einddatum staat.",
        aliassen=("Soort",),
        voorbeeld="met einddatum",
    ),
    Inleeskolom(
        kop=INGANG,
        uitleg="De eerste dag van de beschikking.",
        soort="datum",
        verplicht=True,
        aliassen=("Ingangsdatum", "Begindatum", "Begindatum beschikking"),
        voorbeeld="01-01-2026",
    ),
    Inleeskolom(
        kop=EIND,
        uitleg="De laatste dag van de beschikking. Leeg bij een beschikking zonder einddatum.",
        soort="datum",
        aliassen=("Einddatum",),
        voorbeeld="31-12-2026",
    ),
    Inleeskolom(
        kop=BESLUIT,
        uitleg="De dag van het besluit. Vanaf die dag loopt de termijn van de aanbieder. Leeg: vandaag.",
        soort="datum",
        aliassen=("Datum besluit", "Datum beschikking"),
        voorbeeld="15-12-2025",
    ),
    Inleeskolom(
        kop=MONITORING,
        uitleg="Het eerstvolgende monitoringsmoment, bij een beschikking zonder einddatum.",
        soort="datum",
        aliassen=("Monitoringsmoment",),
    ),
    Inleeskolom(
        kop=VORIGE,
        uitleg="Het nummer van de beschikking die deze opvolgt, van dezelfde cliënt.",
        soort="identificatie",
        aliassen=("Voorganger",),
    ),
    Inleeskolom(
        kop=TOEWIJZING,
        uitleg="Het nummer van de toewijzing (301), hoogstens 9 cijfers.",
        soort="identificatie",
        verplicht=True,
        aliassen=("Toewijzing", "Nummer toewijzing"),
        voorbeeld="300123",
    ),
    Inleeskolom(
        kop=AGB,
        uitleg="De AGB-code van de aanbieder, 8 cijfers. De aanbieder moet in het portaal bekend zijn.",
        soort="identificatie",
        verplicht=True,
        lengte=8,
        aliassen=("AGB", "AGB-code", "Aanbieder AGB"),
        voorbeeld="75000001",
    ),
    Inleeskolom(
        kop=GEBIED,
        uitleg="De naam of code van het resultaatgebied. Leeg: het volgt uit de productafspraken.",
        aliassen=("Leefgebied",),
        voorbeeld="Financiën",
    ),
    Inleeskolom(
        kop=TREDE,
        uitleg="De naam van de trede. Leeg: die volgt uit de productafspraken.",
        voorbeeld="Trede 2",
    ),
    Inleeskolom(
        kop=PERSPECTIEF,
        uitleg="Langdurig of verbetering. Leeg: niet vastgelegd, en dan is er geen advies.",
        voorbeeld="verbetering",
    ),
    Inleeskolom(kop=VORM, uitleg="ZIN (zorg in natura) of PGB. Leeg: ZIN.", voorbeeld="ZIN"),
    Inleeskolom(
        kop=CATEGORIE,
        uitleg="De productcategorie, 2 cijfers.",
        soort="identificatie",
        lengte=2,
        aliassen=("Categorie",),
        voorbeeld="02",
    ),
    Inleeskolom(
        kop=PRODUCT,
        uitleg="De productcode, 5 tekens.",
        soort="identificatie",
        lengte=5,
        aliassen=("Product",),
    ),
    Inleeskolom(
        kop=TOEWIJZING_VAN,
        uitleg="De eerste dag van de toewijzing. Leeg: gelijk aan de beschikking.",
        soort="datum",
    ),
    Inleeskolom(
        kop=TOEWIJZING_TOT,
        uitleg="De laatste dag van de toewijzing. Leeg: gelijk aan de beschikking.",
        soort="datum",
    ),
    Inleeskolom(
        kop=STAP,
        uitleg="Bij een getrapte indicatie: 1, 2, 3 … met per stap een rij. De trede van de rij is die van de stap.",
        soort="identificatie",
    ),
    Inleeskolom(kop=STAP_VAN, uitleg="De eerste dag van de stap.", soort="datum"),
    Inleeskolom(kop=STAP_TOT, uitleg="De laatste dag van de stap.", soort="datum"),
)

# What a person may write for each value of a closed list; the first is what we say.
WOORDEN: Final[dict[str, tuple[tuple[object, tuple[str, ...]], ...]]] = {
    SOORT: (
        (SoortBeschikking.MET_EINDDATUM, ("met einddatum", "met_einddatum", "beschikking met einddatum")),
        (
            SoortBeschikking.ZONDER_EINDDATUM,
            ("zonder einddatum", "zonder_einddatum", "beschikking zonder einddatum"),
        ),
        (SoortBeschikking.GETRAPT, ("getrapt", "getrapte indicatie")),
    ),
    PERSPECTIEF: (
        (Perspectief.LANGDURIG, ("langdurig", "langdurige ondersteuning nodig")),
        (Perspectief.VERBETERING, ("verbetering", "verbetering verwacht binnen de termijn")),
        (Perspectief.ONBEKEND, ("onbekend", "niet vastgelegd")),
    ),
    VORM: (
        (Leveringsvorm.ZIN, ("ZIN", "zorg in natura")),
        (Leveringsvorm.PGB, ("PGB", "persoonsgebonden budget")),
    ),
    AFGESCHERMD: ((True, ("ja", "j", "1")), (False, ("nee", "n", "0"))),
}


def toegestaan(kop: str) -> tuple[str, ...]:
    """The words that are said to be allowed in a column with a closed list."""
    return tuple(woorden[0] for _, woorden in WOORDEN.get(kop, ()))


_WAARDE_VAN: Final = {
    kop: {zoeksleutel(woord): waarde for waarde, woorden in paren for woord in woorden}
    for kop, paren in WOORDEN.items()
}


def lees_woord(kop: str, tekst: str) -> object:
    """The value that a word stands for. Raises ValueError with the allowed words."""
    sleutel = zoeksleutel(tekst)
    if sleutel not in _WAARDE_VAN[kop]:
        raise ValueError(f"“{tekst[:40]}” kan hier niet staan. Toegestaan: {', '.join(toegestaan(kop))}.")
    return _WAARDE_VAN[kop][sleutel]
