"""The message traffic of the demo as real iWmo 3.2 XML: 301 by municipalities, 305 and 307 by providers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from iwmo import Bericht, schrijf
from iwmo.model import (
    Achternaam,
    Adres,
    Client,
    Contact,
    Geboortedatum,
    Header,
    Huis,
    Naam,
    Omvang,
    Product,
    StartProduct,
    StopProduct,
    ToegewezenProduct,
)
from organisaties.referentie import REGIOS, productcode
from rapportage.demo.dossiers import Clientgegevens, Dossier, Lijn, Stopping, dagen
from stopberichten.enums import RedenBeeindiging

RELEASE: Final = "3.2"
EERSTE: Final = "1"
# One address for all: the portal keeps no addresses, and a made-up street could be somebody's.
_WOONADRES: Final = Contact(
    "01",
    Adres(
        huis=Huis(1),
        postcode="9999XX",
        straatnaam="Verzonnenstraat",
        plaatsnaam="Nergenshuizen",
        landcode="NL",
    ),
)
VERWIJDEREN: Final = "3"


@dataclass(frozen=True, slots=True)
class Zending:
    """One message on the day it was sent."""

    dag: date
    soort: str
    naam: str
    inhoud: bytes = field(repr=False)


def product_van(gemeente: str, lijn: Lijn) -> Product:
    regio = next(r for r in REGIOS if gemeente in {code for code, *_ in r.gemeenten})
    gebied = regio.gebieden[lijn.gebied]
    return Product(gebied.categorie, productcode(regio, gebied, lijn.zwaarte))


@dataclass
class Schrijver:
    """Writes messages; numbers them per sender, as the standard asks (TR056)."""

    nummers: Counter[str] = field(default_factory=Counter)

    def _zending(self, soort: str, afzender: str, ontvanger: str, dag: date, client: Client) -> Zending:
        self.nummers[afzender] += 1
        identificatie = f"D{self.nummers[afzender]:07d}"
        bericht = Bericht(soort, RELEASE, Header(afzender, ontvanger, identificatie, dag), client)
        return Zending(dag, soort, f"wmo{soort}-{afzender}-{identificatie}.xml", schrijf(bericht))

    def van(self, dossier: Dossier) -> Iterator[Zending]:
        """Everything that was sent about one decision, not in order."""
        if dossier.via_bericht:
            yield from self.toewijzingen(dossier)
        for lijn in dossier.lijnen:
            yield from self._starts(dossier, lijn)
            for stop in lijn.stops:
                yield from self._stop(dossier, lijn, stop)

    def toewijzingen(self, dossier: Dossier) -> Iterator[Zending]:
        """A 301 to each provider."""
        for agb in dict.fromkeys(lijn.agb for lijn in dossier.lijnen):
            producten = tuple(
                ToegewezenProduct(
                    toewijzingnummer=lijn.nummer,
                    toewijzingsdatum=dossier.besluit,
                    toewijzingstijd="12:00:00",
                    ingangsdatum=lijn.van,
                    einddatum=lijn.tot,
                    product=product_van(dossier.client.gemeente, lijn),
                    omvang=Omvang(volume=4, eenheid="04", frequentie="2"),
                )
                for lijn in dossier.lijnen
                if lijn.agb == agb
            )
            client = _client(dossier.client, producten)
            yield self._zending("301", dossier.client.gemeente, agb, dossier.besluit, client)

    def _starts(self, dossier: Dossier, lijn: Lijn) -> Iterator[Zending]:
        if lijn.start is None or lijn.start_gemeld is None:
            return
        if lijn.start_ingetrokken:
            fout = lijn.start + dagen(1)
            yield self.start(dossier, lijn, fout, lijn.start_gemeld + dagen(1))
            yield self.start(dossier, lijn, fout, lijn.start_ingetrokken, VERWIJDEREN)
            yield self.start(dossier, lijn, lijn.start, lijn.start_ingetrokken)
        else:
            yield self.start(dossier, lijn, lijn.start, lijn.start_gemeld)
        if lijn.herstart:
            yield self.start(dossier, lijn, lijn.herstart, lijn.herstart + dagen(3))

    def start(self, dossier: Dossier, lijn: Lijn, begin: date, dag: date, status: str = EERSTE) -> Zending:
        product = StartProduct(
            begindatum=begin,
            status_aanlevering=status,
            toewijzingnummer=None if lijn.zonder_nummer else lijn.nummer,
            product=product_van(dossier.client.gemeente, lijn),
            toewijzing_ingangsdatum=lijn.van,
        )
        return self._levering("305", dossier, lijn, product, dag)

    def _stop(self, dossier: Dossier, lijn: Lijn, stop: Stopping) -> Iterator[Zending]:
        yield self.stop(dossier, lijn, stop, stop.gemeld)
        if stop.ingetrokken:
            yield self.stop(dossier, lijn, stop, stop.ingetrokken, VERWIJDEREN)

    def stop(self, dossier: Dossier, lijn: Lijn, stop: Stopping, dag: date, status: str = EERSTE) -> Zending:
        product = StopProduct(
            begindatum=lijn.start or lijn.van,
            reden_beeindiging=stop.reden.value,
            einddatum=stop.eind,
            status_aanlevering=status,
            toewijzingnummer=lijn.nummer_in_stop,
            product=product_van(dossier.client.gemeente, lijn),
            toewijzing_ingangsdatum=lijn.van,
        )
        return self._levering("307", dossier, lijn, product, dag)

    def _levering(
        self, soort: str, dossier: Dossier, lijn: Lijn, product: StartProduct | StopProduct, dag: date
    ) -> Zending:
        client = _client(dossier.client, (product,))
        return self._zending(soort, lijn.agb, dossier.client.gemeente, dag, client)


def _client(
    wie: Clientgegevens, producten: Sequence[ToegewezenProduct | StartProduct | StopProduct]
) -> Client:
    # Only the 301 says how somebody uses his name.
    gebruik = "1" if isinstance(producten[0], ToegewezenProduct) else None
    achternaam = Achternaam(wie.achternaam, wie.voorvoegsel or None)
    return Client(
        bsn=wie.bsn,
        geboortedatum=Geboortedatum(wie.geboren),
        geslacht=wie.geslacht,
        naam=Naam(achternaam, voornamen=wie.voornaam, voorletters=wie.voornaam[0], naamgebruik=gebruik),
        producten=tuple(producten),
        contacten=(_WOONADRES,) if gebruik else (),
    )


def proefberichten(schrijver: Schrijver, dossiers: Sequence[Dossier], vandaag: date) -> list[Zending]:
    """Messages that were not loaded: for trying the import by hand. Some are right, some are not."""
    lopend = [d for d in dossiers if d.verhaal == "loopt"][:3]
    te_starten = next(d for d in dossiers if d.verhaal == "nog_niet_gestart" and d.van <= vandaag)
    goed, te_vroeg, zonder_toewijzing = lopend
    stop = Stopping(RedenBeeindiging.IN_OVEREENSTEMMING, vandaag - dagen(2), vandaag)
    omgekeerd = Stopping(RedenBeeindiging.IN_OVEREENSTEMMING, te_vroeg.lijn.van - dagen(5), vandaag)
    vreemd = replace(zonder_toewijzing.lijn, nummer=999_000_001)
    return [
        _noem(schrijver.start(te_starten, te_starten.lijn, te_starten.van, vandaag), "goede-start"),
        _noem(schrijver.stop(goed, goed.lijn, stop, vandaag), "goede-stop"),
        _noem(schrijver.stop(te_vroeg, te_vroeg.lijn, omgekeerd, vandaag), "einddatum-voor-begindatum"),
        _noem(schrijver.stop(zonder_toewijzing, vreemd, stop, vandaag), "onbekende-toewijzing"),
    ]


def _noem(zending: Zending, wat: str) -> Zending:
    return replace(zending, naam=f"{wat}-{zending.naam}")
