"""The kwartaalopgaven of the demo and the frozen quarter: what providers and contract managers did after each quarter.

The older closed quarter is settled and frozen. Of the last one each provider stands somewhere else, so that every
state of the opgave can be seen; the first provider of a region, who can log in, has a question to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from organisaties.enums import Rol
from organisaties.models import Gebruiker, Regio
from rapportage.actions.opgave import begin, bewaar_deel, corrigeer
from rapportage.actions.opgave_indienen import beantwoord, dien_in, neem_vorige_over, stel_vraag
from rapportage.actions.opgave_indienen import stel_vast as stel_opgave_vast
from rapportage.actions.vaststellen import stel_vast
from rapportage.demo import gegevens
from rapportage.demo.inrichten import Wereld
from rapportage.demo.teksten import kwartaaltekst
from rapportage.enums import Categorie
from rapportage.enums_opgave import Deel
from rapportage.models import Kwartaalopgave, OpgaveVraag
from rapportage.opgave_beeld import zegel
from rapportage.opgave_ervaring import gesteld
from rapportage.opgave_regels import ASSEN, VRAAG_BIJ
from rapportage.queries.opgave import Concept, concept
from wmo_portal.lib.perioden import Kwartaal

Stap = Callable[["Opgaveverhaal", datetime], object]


@dataclass(frozen=True, slots=True)
class Opgaveverhaal:
    """One provider, one region, one quarter: what is done about it, in order."""

    wereld: Wereld
    rng: Random
    regio: Regio
    agb: str
    kwartaal: Kwartaal

    @property
    def wie(self) -> Gebruiker:
        return self.wereld.medewerker(self.agb)

    @property
    def manager(self) -> Gebruiker:
        return contractmanager(self.wereld, self.regio)

    @property
    def opgave(self) -> Kwartaalopgave:
        return Kwartaalopgave.objects.get(
            regio=self.regio, aanbieder__agb=self.agb, kwartaal=str(self.kwartaal)
        )

    def schrijf(self, soort: str) -> str:
        return kwartaaltekst(self.rng, soort, self.agb)

    def bewaar(self, deel: Deel, invoer: dict[str, str], op: datetime) -> None:
        opgave = self.opgave
        bewaar_deel(
            opgave=opgave,
            deel=deel,
            invoer=invoer,
            versie=opgave.delen.get(deel=deel).versie,
            vanuit=UUID(int=self.rng.getrandbits(128)),
            door=self.wie,
            op=op,
        )

    # --- the provider ---------------------------------------------------------------------------------------
    def begin(self, op: datetime) -> None:
        begin(regio=self.regio, kwartaal=self.kwartaal, door=self.wie, op=op)

    def vul_uitval(self, op: datetime) -> None:
        """The explanations the format asks, a tick at each municipality without clients, and one client corrected."""
        opgave = self.opgave
        self._corrigeer_een(opgave, op)
        nu = concept(opgave, self.wie)
        invoer = {"vinkjes": "1"} | {
            f"geen-{naam.code}": "aan" for naam in nu.uitval.gemeenten if not _clienten(nu, naam.pk)
        }
        invoer |= {
            f"toelichting-{categorie}": self.schrijf("uitval")
            for categorie in VRAAG_BIJ
            if nu.uitval.aantallen[categorie]
        }
        self.bewaar(Deel.UITVAL, invoer, op)

    def _corrigeer_een(self, opgave: Kwartaalopgave, op: datetime) -> None:
        """Counted as ended otherwise, but the client moved (M7)."""
        nu = concept(opgave, self.wie)
        for regel in nu.uitval.regels:
            if regel.berichten == Categorie.EENZIJDIG_AANBIEDER and not regel.afgeschermd:
                corrigeer(
                    opgave=opgave,
                    regel=regel,
                    wordt=Categorie.EXTERN,
                    reden=self.schrijf("correctie_opgave"),
                    door=self.wie,
                    op=op,
                )
                return

    def vul_ervaring(self, op: datetime) -> None:
        antwoorden = {vraag.veld: self.schrijf(vraag.veld) for vraag in gesteld(gevraagd=True)}
        self.bewaar(Deel.ERVARING, {"gevraagd": "ja", **antwoorden}, op)

    def neem_over(self, op: datetime) -> None:
        """The answers of last quarter, and one of them written anew."""
        neem_vorige_over(opgave=self.opgave, deel=Deel.ERVARING, door=self.wie, op=op)
        self.bewaar(Deel.ERVARING, {"aandachtspunten": self.schrijf("aandachtspunten")}, op)

    def vul_doelen(self, op: datetime) -> None:
        invoer: dict[str, str] = {}
        for doel in concept(self.opgave, self.wie).doelen:
            invoer |= {f"{doel.doel.code}-{as_}": str(self.rng.randint(1, 4)) for as_ in ASSEN}
            invoer[f"{doel.doel.code}-toelichting"] = self.schrijf("doel")
        self.bewaar(Deel.DOELEN, invoer, op)

    def dien_in(self, op: datetime) -> None:
        opgave = self.opgave
        dien_in(opgave=opgave, gezien=zegel(concept(opgave, self.wie).beeld), door=self.wie, op=op)

    def antwoord(self, op: datetime) -> None:
        vraag = OpgaveVraag.objects.get(opgave=self.opgave, beantwoord_op=None)
        beantwoord(vraag=vraag, antwoord=self.schrijf("antwoord_opgave"), door=self.wie, op=op)

    # --- the region -----------------------------------------------------------------------------------------
    def vraag(self, op: datetime) -> None:
        stel_vraag(
            opgave=self.opgave,
            deel=Deel.ERVARING,
            vraag=self.schrijf("vraag_opgave"),
            door=self.manager,
            op=op,
        )

    def stel_vast(self, op: datetime) -> None:
        opgave = self.opgave
        stel_opgave_vast(opgave=opgave, versie=opgave.versie, door=self.manager, op=op)


def _clienten(nu: Concept, gemeente: int) -> int:
    return nu.uitval.verdeling(gemeente).totaal


def contractmanager(wereld: Wereld, regio: Regio) -> Gebruiker:
    return next(
        mens
        for mens in wereld.mensen.values()
        if mens.rol == Rol.CONTRACTMANAGER and mens.gemeenten.filter(regio=regio).exists()
    )


V: Final = Opgaveverhaal
INGEDIEND: Final[tuple[Stap, ...]] = (V.begin, V.vul_uitval, V.vul_ervaring, V.vul_doelen, V.dien_in)
NA_VORIGE: Final[tuple[Stap, ...]] = (V.begin, V.vul_uitval, V.neem_over, V.vul_doelen, V.dien_in)
VASTGESTELD: Final[tuple[Stap, ...]] = (*INGEDIEND, V.stel_vast)
HALF: Final[tuple[Stap, ...]] = (V.begin, V.neem_over)
MET_VRAAG: Final[tuple[Stap, ...]] = (*NA_VORIGE, V.vraag)
OPNIEUW: Final[tuple[Stap, ...]] = (*MET_VRAAG, V.antwoord, V.dien_in)
LAATSTE_KWARTAAL: Final = (MET_VRAAG, HALF, NA_VORIGE, OPNIEUW)
"""By the place of the provider in its region, round and round; the last one has not begun."""


Werk = tuple[date, Callable[[datetime], object], bool]
"""A day, what is done on it, and whether it counts messages that must be in by then."""


def kwartaalwerk(wereld: Wereld, vandaag: date, rng: Random) -> Iterator[Werk]:
    """What happens after each quarter; the caller leaves out what is still to come."""
    ouder = Kwartaal.van(vandaag).plus(-2)
    for regio in Regio.objects.order_by("pk"):
        agbs = [a.agb for a in gegevens.AANBIEDERS if regio.code in a.regios]
        for agb in agbs:
            yield from _op_dagen(Opgaveverhaal(wereld, rng, regio, agb, ouder), VASTGESTELD)
        for plaats, agb in enumerate(agbs[:-1]):
            stappen = LAATSTE_KWARTAAL[plaats % len(LAATSTE_KWARTAAL)]
            yield from _op_dagen(Opgaveverhaal(wereld, rng, regio, agb, ouder.plus(1)), stappen)
        yield ouder.laatste + timedelta(days=21), _Bevriezen(wereld, regio, ouder), True


def _op_dagen(verhaal: Opgaveverhaal, stappen: tuple[Stap, ...]) -> Iterator[Werk]:
    """Two days apart, from the second day after the quarter."""
    for nummer, stap in enumerate(stappen, 1):
        yield verhaal.kwartaal.laatste + timedelta(days=2 * nummer), _Doe(verhaal, stap), False


@dataclass(frozen=True, slots=True)
class _Doe:
    verhaal: Opgaveverhaal
    stap: Stap

    def __call__(self, op: datetime) -> object:
        return self.stap(self.verhaal, op)


@dataclass(frozen=True, slots=True)
class _Bevriezen:
    """The contract manager freezes the quarter of the whole region."""

    wereld: Wereld
    regio: Regio
    kwartaal: Kwartaal

    def __call__(self, op: datetime) -> object:
        wie = contractmanager(self.wereld, self.regio)
        return stel_vast(regio=self.regio, kwartaal=self.kwartaal, door=wie, op=op)
