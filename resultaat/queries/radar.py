"""The Termijnradar (M4): what must be sent when, 26 weeks ahead, by week. Counts are the lengths of the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from beschikkingen.enums import Leveringsvorm
from beschikkingen.models import Client, Toewijzing
from organisaties.models import Gebruiker
from organisaties.zichtbaar import Kijker
from resultaat.queries.termijnen import VOORUIT_WEKEN, OpenTermijn, Vraag, lees, venster, vraag
from resultaat.queries.werkvoorraad import Behandeling

PER_PAGINA: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Keus:
    """What is asked for; all of it lives in the URL."""

    soort: str = "open"
    aanbieder: str = ""
    gemeente: str = ""
    week: str = ""
    van: str = ""
    vanaf: int = 0

    def url(self, **anders: object) -> str:
        """The query string of this choice with something changed; a change starts the list anew."""
        keus = replace(self, **{"vanaf": 0, **anders})  # type: ignore[arg-type]  # names of own fields
        waarden = {
            naam: getattr(keus, naam) for naam in ("soort", "aanbieder", "gemeente", "week", "van", "vanaf")
        }
        vraag = {naam: w for naam, w in waarden.items() if w and (naam, w) != ("soort", "open")}
        return f"?{urlencode(vraag)}"


@dataclass(frozen=True, slots=True)
class Week:
    sleutel: str
    maandag: date
    rijen: tuple[OpenTermijn, ...]

    @property
    def zondag(self) -> date:
        return self.maandag + timedelta(days=6)

    @property
    def naam(self) -> str:
        """`week 1 van 2027`: the year is that of the week, as ISO 8601 counts it."""
        jaar, nummer = self.sleutel.split("-")
        return f"week {int(nummer)} van {jaar}"

    @property
    def aantal(self) -> int:
        return len(self.rijen)

    @property
    def verkort(self) -> int:
        return sum(t.termijn.verkort for t in self.rijen)


@dataclass(frozen=True, slots=True)
class Radar:
    """Everything within the horizon after the filters on provider and municipality, and the list asked for."""

    vandaag: date
    keus: Keus
    aanbieders: tuple[tuple[int, str], ...]
    gemeenten: tuple[tuple[int, str], ...]
    te_laat: tuple[OpenTermijn, ...]
    weken: tuple[Week, ...]
    voldaan: tuple[OpenTermijn, ...]

    @property
    def open(self) -> tuple[OpenTermijn, ...]:
        return (*self.te_laat, *(t for week in self.weken for t in week.rijen))

    @property
    def verkort(self) -> tuple[OpenTermijn, ...]:
        return tuple(t for t in self.open if t.termijn.verkort)

    @property
    def kop(self) -> str:
        """What the list shows, in words."""
        week = next((week for week in self.weken if week.sleutel == self.keus.week), None)
        return ", ".join((KOPPEN[self.keus.soort], *((week.naam,) if week else ())))

    @property
    def lijst(self) -> tuple[OpenTermijn, ...]:
        """The rows behind the figure that was chosen."""
        gekozen = {
            "open": self.open,
            "te_laat": self.te_laat,
            "verkort": self.verkort,
            "voldaan": self.voldaan,
        }
        rijen = gekozen[self.keus.soort]
        if not self.keus.week:
            return rijen
        in_week = {t.pk for week in self.weken if week.sleutel == self.keus.week for t in week.rijen}
        return tuple(t for t in rijen if t.pk in in_week)

    @property
    def pagina(self) -> tuple[OpenTermijn, ...]:
        return self.lijst[self.keus.vanaf : self.keus.vanaf + PER_PAGINA]


KOPPEN: Final = {
    "open": "Nog te sturen",
    "te_laat": "Te laat",
    "verkort": "Verkorte termijn",
    "voldaan": "Voldaan",
}
SOORTEN: Final = tuple(KOPPEN)


def naam_van(t: OpenTermijn) -> str:
    """As `Client.weergavenaam`, of a row `met_namen`; a shielded person is counted and not named (R112)."""
    if t.rij["client__afgeschermd"]:
        return "Afgeschermde cliënt"
    voorletters = t.rij["client__voorletters"]
    letters = f"{'.'.join(voorletters)}." if voorletters else ""
    delen = (letters, t.rij["client__voorvoegsel"], t.rij["client__achternaam"])
    return " ".join(deel for deel in delen if deel)


def radar(gebruiker: Gebruiker, *, vandaag: date, keus: Keus) -> Radar:
    """One pass: read, filter, sort into weeks. Five queries, whatever the number of rows."""
    alles = lees(_vraag(Kijker.van(gebruiker), vandaag))
    maandag = vandaag - timedelta(days=vandaag.weekday())
    horizon = maandag + timedelta(weeks=VOORUIT_WEKEN)
    binnen = [t for t in alles if t.termijn.datum < horizon and (t.reden is None or t.plicht.vervulling)]
    van_wie = _van_wie(keus.van, gebruiker)
    rijen = [t for t in binnen if _past(t, keus) and (van_wie is None or t.rij["client_id"] in van_wie)]
    te_doen = [t for t in rijen if t.reden is None]
    return Radar(
        vandaag,
        keus,
        _keuzes(binnen, lambda t: (t.rij["aanbieder_id"], t.rij["aanbieder_naam"])),
        _keuzes(binnen, lambda t: (t.rij["gemeente_id"], t.rij["gemeente__naam"])),
        tuple(t for t in te_doen if t.termijn.datum < vandaag),
        _weken(maandag, [t for t in te_doen if t.termijn.datum >= vandaag]),
        tuple(t for t in rijen if t.reden is not None and t.termijn.doel >= vandaag),
    )


@lru_cache(maxsize=256)
def _vraag(wie: Kijker, vandaag: date) -> Vraag:
    """Every deadline that any figure counts. What has ended, and of which nothing is asked any more, none of them does."""
    van, tot = venster(vandaag)
    basis = Toewijzing.objects.visible_to(wie).filter(leveringsvorm=Leveringsvorm.ZIN)
    if wie.gemeente_ids:
        # Says nothing new; with it the decisions of other municipalities are not read to be joined.
        basis = basis.filter(beschikking__gemeente__in=wie.gemeente_ids)
    return vraag(basis, doel_van=van, doel_tot=tot, zonder_klaar_voor=vandaag)


def _past(t: OpenTermijn, keus: Keus) -> bool:
    return keus.aanbieder in ("", str(t.rij["aanbieder_id"])) and keus.gemeente in (
        "",
        str(t.rij["gemeente_id"]),
    )


def _van_wie(van: str, wie: Gebruiker) -> set[int] | None:
    """The clients that are handled so, as the worklist filters; None: whoever handles them."""
    if not van:
        return None
    clienten = Client.objects.visible_to(wie).filter(Behandeling(van).voorwaarde("", Kijker.van(wie)))
    return set(clienten.values_list("pk", flat=True))


def _weken(maandag: date, rijen: Iterable[OpenTermijn]) -> tuple[Week, ...]:
    """All weeks of the horizon, each row in its own; looked at once, however many weeks there are."""
    per: dict[date, list[OpenTermijn]] = {maandag + timedelta(weeks=n): [] for n in range(VOORUIT_WEKEN)}
    for t in rijen:
        per[t.termijn.datum - timedelta(days=t.termijn.datum.weekday())].append(t)
    return tuple(Week(f"{dag:%G-%V}", dag, tuple(van_week)) for dag, van_week in per.items())


def _keuzes(
    rijen: Iterable[OpenTermijn], wat: Callable[[OpenTermijn], tuple[int, str]]
) -> tuple[tuple[int, str], ...]:
    return tuple(sorted({wat(t) for t in rijen}, key=lambda paar: paar[1]))
