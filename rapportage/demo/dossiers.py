"""What happened to whom: clients with their decisions, and the hand that builds them. Pure, from a seed and a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Final

from beschikkingen.enums import Leveringsvorm, Perspectief, SoortBeschikking
from organisaties.referentie import REGIOS, Regiogegevens
from rapportage.demo import gegevens
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.bsn import is_test_bsn
from wmo_portal.lib.perioden import Kwartaal


@dataclass(frozen=True, slots=True)
class Clientgegevens:
    bsn: str = field(repr=False)
    gemeente: str
    voornaam: str
    voorvoegsel: str
    achternaam: str
    geboren: date
    geslacht: str
    afgeschermd: bool = False


@dataclass(slots=True)
class Stopping:
    """One StopProduct; `ingetrokken` is the day on which the provider took it back."""

    reden: RedenBeeindiging
    eind: date
    gemeld: date
    ingetrokken: date | None = None


@dataclass(slots=True)
class Formulier:
    """A Toelichting about one line; `zwaarte` makes it a change. Not sent when `concept`."""

    op: date
    behaald: bool
    reden: str = "reden_klaar"
    zwaarte: int | None = None
    concept: bool = False


@dataclass(slots=True)
class Evaluatiepapier:
    op: date
    behaald: bool
    zwaarte: int | None = None
    vraag: date | None = None
    antwoord: date | None = None
    gesprek: date | None = None


@dataclass(slots=True)
class Oordeel:
    """What a consulent registered; `correctie` came later and counts."""

    op: date
    slaat_op: date
    uitkomst: Uitkomst
    paragraaf: Paragraaf
    vervolg: Vervolg
    redenen: tuple[str, ...] = ()
    zwaarte_naar: int | None = None
    stap: int | None = None
    correctie: Oordeel | None = None


@dataclass(slots=True)
class Lijn:
    """A toewijzing and all that was sent about it."""

    nummer: int
    agb: str
    gebied: int
    zwaarte: int
    van: date
    tot: date | None
    perspectief: Perspectief
    start: date | None
    start_gemeld: date | None
    vorm: Leveringsvorm = Leveringsvorm.ZIN
    niet_gestart: bool = False
    start_ingetrokken: date | None = None
    """The first start message was wrong by a day and taken back on this day."""
    herstart: date | None = None
    onbekend_nummer: int | None = None
    """The number that the provider's stop carries by mistake."""
    zonder_nummer: bool = False
    """The provider's messages carry no number: to be linked by hand."""
    stappen: list[tuple[int, date, date | None]] = field(default_factory=list)
    stops: list[Stopping] = field(default_factory=list)
    formulieren: list[Formulier] = field(default_factory=list)
    evaluatie: Evaluatiepapier | None = None
    oordelen: list[Oordeel] = field(default_factory=list)

    @property
    def nummer_in_stop(self) -> int | None:
        return None if self.zonder_nummer else self.onbekend_nummer or self.nummer


@dataclass(slots=True)
class Dossier:
    nummer: str
    client: Clientgegevens
    verhaal: str
    soort: SoortBeschikking
    van: date
    tot: date | None
    besluit: date
    lijnen: list[Lijn]
    vorige: Dossier | None = None
    monitoring: date | None = None
    monitoring_gedaan: date | None = None
    """A monitoring moment that was held on this day; `monitoring` is the next one."""
    via_bericht: bool = False
    """Comes in by a 301 only, not in the Suite export."""

    @property
    def lijn(self) -> Lijn:
        return self.lijnen[0]


Verhaal = Callable[["Bouwer"], list[Dossier]]
VERHALEN: Final[dict[str, tuple[int, Verhaal]]] = {}
"""Name -> how often (per hundred) and the function that tells it."""


def verhaal(keer: int) -> Callable[[Verhaal], Verhaal]:
    """Register a story; each is told at least once in each region."""

    def noteer(functie: Verhaal) -> Verhaal:
        VERHALEN[functie.__name__] = (keer, functie)
        return functie

    return noteer


def dagen(aantal: int) -> timedelta:
    return timedelta(days=aantal)


@dataclass
class Bouwer:
    """Builds the papers of one client."""

    rng: Random
    vandaag: date
    client: Clientgegevens
    regio: Regiogegevens
    nummers: Iterator[int]
    verhaal: str = ""

    @property
    def eerste_kwartaal(self) -> Kwartaal:
        """The older of the two closed quarters."""
        return Kwartaal.van(self.vandaag).plus(-2)

    def dag(self, van: date, tot: date) -> date:
        return van + dagen(self.rng.randint(0, max((tot - van).days, 0)))

    def over(self, van: int, tot: int) -> date:
        """A day so many days from today; negative is before."""
        return self.vandaag + dagen(self.rng.randint(van, tot))

    def einde(self) -> date:
        """A day in the two closed quarters or the running one, long enough ago for the papers to be in."""
        return self.dag(self.eerste_kwartaal.eerste, self.vandaag - dagen(14))

    def aanbieder(self) -> str:
        keuze = [a.agb for a in gegevens.AANBIEDERS if self.regio.code in a.regios]
        # The first of a region is its largest: that is who logs in.
        return self.rng.choices(keuze, [3] + [1] * (len(keuze) - 1))[0]

    def zwaarte(self) -> int:
        return self.rng.randint(2, len(self.regio.treden))

    def lijn(self, van: date, tot: date | None, *, gemeld: bool = True, zwaarte: int | None = None) -> Lijn:
        start = van + dagen(self.rng.randint(0, 9))
        perspectief = self.rng.choices(
            (Perspectief.VERBETERING, Perspectief.LANGDURIG, Perspectief.ONBEKEND), (6, 3, 1)
        )[0]
        return Lijn(
            nummer=next(self.nummers),
            agb=self.aanbieder(),
            gebied=self.rng.randrange(len(self.regio.gebieden)),
            zwaarte=zwaarte or self.zwaarte(),
            van=van,
            tot=tot,
            perspectief=perspectief,
            start=start if gemeld else None,
            start_gemeld=start + dagen(self.rng.randint(1, 4)) if gemeld else None,
        )

    def dossier(self, van: date, tot: date | None, lijnen: Sequence[Lijn] = (), **velden: object) -> Dossier:
        nummer = next(self.nummers)
        soort = SoortBeschikking.MET_EINDDATUM if tot else SoortBeschikking.ZONDER_EINDDATUM
        dossier = Dossier(
            nummer=f"B-{van.year}-{nummer}",
            client=self.client,
            verhaal=self.verhaal,
            soort=soort,
            van=van,
            tot=tot,
            besluit=van - dagen(self.rng.randint(7, 21)),
            lijnen=list(lijnen) or [self.lijn(van, tot)],
        )
        for naam, waarde in velden.items():
            setattr(dossier, naam, waarde)
        return dossier

    def afgelopen(self, eind: date) -> Dossier:
        """A decision of half a year to a year that ended on that day."""
        return self.dossier(eind - dagen(self.rng.randint(180, 360)), eind)

    def opvolger(self, na: Dossier, zwaarte: int) -> Dossier:
        """The decision that follows, same provider and area, already started."""
        assert na.tot is not None
        van = na.tot + dagen(1)
        lijn = self.lijn(van, van + dagen(364), zwaarte=zwaarte)
        lijn.agb, lijn.gebied, lijn.perspectief = na.lijn.agb, na.lijn.gebied, na.lijn.perspectief
        lijn.start, lijn.start_gemeld = van, van + dagen(3)
        return self.dossier(van, lijn.tot, [lijn], vorige=na)


def _bsns(rng: Random) -> Iterator[str]:
    """Numbers out of the range that is never issued, each once; one in eleven passes the test."""
    gezien: set[int] = set()
    while True:
        nummer = rng.randint(999_900_006, 999_989_999)
        if nummer not in gezien and is_test_bsn(str(nummer)):
            gezien.add(nummer)
            yield str(nummer)


def _client(rng: Random, bsns: Iterator[str], gemeente: str, vandaag: date) -> Clientgegevens:
    voorvoegsel, achternaam = rng.choice(gegevens.ACHTERNAMEN)
    return Clientgegevens(
        bsn=next(bsns),
        gemeente=gemeente,
        voornaam=rng.choice(gegevens.VOORNAMEN),
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        geboren=vandaag - dagen(rng.randint(19 * 365, 92 * 365)),
        geslacht=rng.choice(("1", "2")),
    )


def _verdeling(rng: Random, aantal: int) -> list[str]:
    """Every story once, the rest by its weight, in random order."""
    namen = list(VERHALEN)
    rest = rng.choices(namen, [VERHALEN[n][0] for n in namen], k=max(aantal - len(namen), 0))
    alle = namen + rest
    rng.shuffle(alle)
    return alle


def maak_dossiers(vandaag: date, zaad: int = gegevens.ZAAD) -> list[Dossier]:
    """All decisions of all clients. The same day and seed give the same people and papers."""
    # They register themselves and need this module.
    from rapportage.demo import verhalen_lopend, verhalen_stops  # noqa: F401
    from rapportage.demo.verhalen_oud import lang_geleden

    rng = Random(zaad)  # noqa: S311  invented people, no secret
    bsns, nummers = _bsns(rng), count(300_101)
    dossiers: list[Dossier] = []
    for regio in REGIOS:
        codes = [code for code, *_ in regio.gemeenten for _ in range(gegevens.AANTALLEN[code])]
        rng.shuffle(codes)
        for code, naam in zip(codes, _verdeling(rng, len(codes)), strict=True):
            bouwer = Bouwer(rng, vandaag, _client(rng, bsns, code, vandaag), regio, nummers, naam)
            dossiers += VERHALEN[naam][1](bouwer)
    for regio in REGIOS:
        for code, keren in gegevens.LANG_GELEDEN.items():
            if code in {gemeente for gemeente, *_ in regio.gemeenten}:
                for voorbij in keren:
                    client = _client(rng, bsns, code, vandaag)
                    bouwer = Bouwer(rng, vandaag, client, regio, nummers, "lang_geleden")
                    dossiers.append(lang_geleden(bouwer, voorbij=voorbij))
    return dossiers
