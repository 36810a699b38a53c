"""The messages as frozen values: what stands in the XML, no more and no less.

Names follow the standard's element names in lower case. A field is None when the element is absent;
dates are `date`, whole numbers `int`, all codes `str` (leading zeros mean something). Toewijzingstijd
stays text: 24:00:00 and long fractions are legal in xs:time and must come back unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Geboortedatum:
    datum: date
    gebruik: str | None = None


@dataclass(frozen=True, slots=True)
class Achternaam:
    achternaam: str
    voorvoegsel: str | None = None


@dataclass(frozen=True, slots=True)
class Naam:
    """VerkorteNaam of 305/307 (no partnernaam, no naamgebruik) and VolledigeNaam of 301."""

    geslachtsnaam: Achternaam
    partnernaam: Achternaam | None = None
    voornamen: str | None = None
    voorletters: str | None = None
    naamgebruik: str | None = None


@dataclass(frozen=True, slots=True)
class Product:
    categorie: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Omvang:
    volume: int
    eenheid: str
    frequentie: str


@dataclass(frozen=True, slots=True)
class Communicatie:
    vorm: str
    taal: str | None = None


@dataclass(frozen=True, slots=True)
class Huis:
    huisnummer: int
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    aanduiding_woonadres: str | None = None


@dataclass(frozen=True, slots=True)
class Adres:
    huis: Huis | None = None
    postcode: str | None = None
    straatnaam: str | None = None
    plaatsnaam: str | None = None
    landcode: str | None = None


@dataclass(frozen=True, slots=True)
class Telefoon:
    telefoonnummer: str
    landnummer: str


@dataclass(frozen=True, slots=True)
class Telefoonnummers:
    telefoon01: Telefoon
    telefoon02: Telefoon | None = None


@dataclass(frozen=True, slots=True)
class Periode:
    begindatum: date | None = None
    einddatum: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    soort: str
    adres: Adres | None = None
    organisatie: str | None = None
    telefoon: Telefoonnummers | None = None
    emailadres: str | None = None
    periode: Periode | None = None
    retourcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relatie:
    nummer: str
    soort: str
    naam: Naam
    contact: Contact
    volgorde: int | None = None
    geboortedatum: Geboortedatum | None = None
    geslacht: str | None = None
    retourcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToegewezenProduct:
    """One toewijzing of a 301; logical key: toewijzingnummer."""

    toewijzingnummer: int
    toewijzingsdatum: date
    toewijzingstijd: str
    ingangsdatum: date
    einddatum: date | None = None
    referentie_aanbieder: str | None = None
    product: Product | None = None
    reden_wijziging: str | None = None
    omvang: Omvang | None = None
    budget: int | None = None
    commentaar: str | None = None
    retourcodes: tuple[str, ...] = ()

    @property
    def sleutel(self) -> tuple[object, ...]:
        return (self.toewijzingnummer,)

    @property
    def verwijderd(self) -> bool:
        """Toelichting of TR302: reason 13 (or the lapsed 01) on a period of one day is no toewijzing."""
        return self.reden_wijziging in ("13", "01") and self.einddatum == self.ingangsdatum


@dataclass(frozen=True, slots=True)
class StartProduct:
    """One start of a 305. `sleutel` is the logical key of IV008 without the Bsn."""

    begindatum: date
    status_aanlevering: str
    toewijzingnummer: int | None = None
    product: Product | None = None
    toewijzing_ingangsdatum: date | None = None
    retourcodes: tuple[str, ...] = ()

    @property
    def sleutel(self) -> tuple[object, ...]:
        return (self.toewijzingnummer, self.product, self.begindatum)


@dataclass(frozen=True, slots=True)
class StopProduct:
    """One stop of a 307. Since 3.2 the reason is part of the key: a definitive stop may share the
    Einddatum of the temporary one."""

    begindatum: date
    reden_beeindiging: str
    einddatum: date
    status_aanlevering: str
    toewijzingnummer: int | None = None
    product: Product | None = None
    toewijzing_ingangsdatum: date | None = None
    retourcodes: tuple[str, ...] = ()

    @property
    def sleutel(self) -> tuple[object, ...]:
        return (self.toewijzingnummer, self.product, self.begindatum, self.reden_beeindiging, self.einddatum)

    @property
    def sleutel_start(self) -> tuple[object, ...]:
        """The key of the start this stop refers to (TR382)."""
        return (self.toewijzingnummer, self.product, self.begindatum)


Berichtproduct = ToegewezenProduct | StartProduct | StopProduct


@dataclass(frozen=True, slots=True)
class Client:
    """The client with all classes below. contacten, relaties and the fields between only in 301/302."""

    bsn: str
    geboortedatum: Geboortedatum
    geslacht: str
    naam: Naam
    producten: tuple[Berichtproduct, ...]
    communicatie: Communicatie | None = None
    juridische_status: str | None = None
    wettelijke_vertegenwoordiging: str | None = None
    commentaar: str | None = None
    relaties: tuple[Relatie, ...] = ()
    contacten: tuple[Contact, ...] = ()
    retourcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class XsdVersie:
    basisschema: str = "1.0.0"
    bericht: str = "1.0.0"


@dataclass(frozen=True, slots=True)
class Retourkop:
    """What a retour adds to the header of the message it answers."""

    identificatie: str
    dagtekening: date
    xsd_versie: XsdVersie = XsdVersie()
    xslt_versie: str | None = None
    retourcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """BerichtCode, BerichtVersie and BerichtSubversie are fixed by (soort, release) of the message."""

    afzender: str
    ontvanger: str
    identificatie: str
    dagtekening: date
    xsd_versie: XsdVersie = XsdVersie()
    retour: Retourkop | None = None


@dataclass(frozen=True, slots=True)
class Bericht:
    """A message that passed level 1. `soort` is "301", "302", "305", "306", "307" or "308"."""

    soort: str
    release: str
    header: Header
    client: Client | None = None

    @property
    def gemeente(self) -> str:
        """CBS code. In 301/302 the municipality is Afzender, in 305..308 Ontvanger (IV028: not swapped)."""
        return self.header.afzender if self.soort in ("301", "302") else self.header.ontvanger

    @property
    def aanbieder(self) -> str:
        """AGB code of the provider."""
        return self.header.ontvanger if self.soort in ("301", "302") else self.header.afzender
