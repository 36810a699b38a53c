"""One list of what waits for the consulent, sorted by the day it must be done (U9), derived from state.

The branches of `werktakken` say what waits, `werkpagina` puts them in one list. Nothing is skipped or doubled when the
list changes between pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from beschikkingen.models import Client, Toewijzing
from organisaties.models import Gebruiker
from organisaties.zichtbaar import Kijker
from resultaat.queries.tegenspraken import Melding, meldingen
from resultaat.queries.werkpagina import SOORT_VAN, Cursor, Delen, Los, Rij, pagina
from resultaat.queries.werkpagina import tel as tel_takken
from resultaat.queries.werktakken import TAKKEN, Tak
from resultaat.ronde import REGEL
from resultaat.werksoorten import VOLGORDE, Werksoort
from wmo_portal.lib.adressen import adres_van
from wmo_portal.lib.keuzes import Keuze
from wmo_portal.lib.opgeschreven import Opgeschreven, schrijf_op

PER_PAGINA: Final = 50
AFGESCHERMD: Final = "Afgeschermde cliënt"


class Binnen(Keuze):
    """The filter on the day."""

    TE_LAAT = "te_laat", "Te laat"
    WEEK = "week", "Te laat of binnen 7 dagen"
    MAAND = "maand", "Te laat of binnen 4 weken"


class Behandeling(Keuze):
    """The filter on who handles the dossier. Without it everything is shown, so nobody's work is out of sight."""

    MIJN = "mijn", "Mijn dossiers"
    NIEMAND = "niemand", "Zonder behandelaar"

    def voorwaarde(self, pad: str, wie: Kijker) -> Q:
        """`pad` leads to the client. Who no longer works here handles nothing."""
        if self is Behandeling.MIJN:
            return Q(**{f"{pad}behandelaar": wie.pk})
        return Q(**{f"{pad}behandelaar": None}) | Q(**{f"{pad}behandelaar__is_active": False})


@dataclass(frozen=True, slots=True)
class Filter:
    """What stands in the address; empty is everything."""

    soort: Werksoort | None = None
    gemeente: str = ""
    aanbieder: str = ""
    binnen: Binnen | None = None
    van: Behandeling | None = None

    def tot(self, vandaag: date) -> date | None:
        """The last day that is shown."""
        if self.binnen is None:
            return None
        dagen = {Binnen.TE_LAAT: -1, Binnen.WEEK: 7, Binnen.MAAND: 28}[self.binnen]
        return vandaag + timedelta(days=dagen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Werk:
    """One row."""

    soort: Werksoort
    plaats: Cursor
    client: str
    gebied: str
    aanbieder: str
    gemeente: str
    behandelaar: str
    zin: str
    url: str
    client_index: bytes
    gemeente_id: int
    dossier: UUID
    client_kenmerk: UUID
    behandelaar_kenmerk: UUID | None

    @property
    def vinkje(self) -> str:
        """Who is ticked, and whom the person saw as behandelaar."""
        return f"{self.client_kenmerk}.{self.behandelaar_kenmerk or ''}"

    @property
    def datum(self) -> date:
        return self.plaats.datum

    def dagen(self, vandaag: date) -> int:
        return (self.datum - vandaag).days


@dataclass(frozen=True, slots=True)
class Werkvoorraad:
    rijen: tuple[Werk, ...]
    aantallen: dict[Werksoort, int]
    """Per kind what the list holds with the other filters as they are."""
    volgende: Cursor | None
    verborgen_tegenspraken: bool = False

    @property
    def totaal(self) -> int:
        return sum(self.aantallen.values())


def werkvoorraad(
    wie: Gebruiker,
    vandaag: date,
    *,
    filter_: Filter = Filter(),
    na: Cursor | None = None,
) -> Werkvoorraad:
    """A page in nine queries: eight for the contradictions, one for all the rest."""
    tegenspraken, meer = _tegenspraken(wie, vandaag, filter_)
    gemeld = {_plaats(m): m for m in tegenspraken}
    gevonden, aantallen = pagina(
        _vraag(wie, vandaag, filter_),
        [_los(plaats, m.zaak.toewijzing) for plaats, m in gemeld.items()],
        soort=filter_.soort,
        na=na,
        hoogstens=PER_PAGINA + 1,
    )
    rijen = [_als_werk(rij, gemeld, vandaag) for rij in gevonden[:PER_PAGINA]]
    over = rijen[-1].plaats if len(gevonden) > PER_PAGINA else None
    return Werkvoorraad(tuple(rijen), aantallen, over, meer)


def tel(wie: Gebruiker, vandaag: date, filter_: Filter | None = None) -> dict[Werksoort, int]:
    """How many there are of each kind; from the same rows as the list."""
    keus = filter_ or Filter()
    tegenspraken, _ = _tegenspraken(wie, vandaag, keus)
    return {**tel_takken(_vraag(wie, vandaag, keus)), Werksoort.TEGENSPRAAK: len(tegenspraken)}


def _vraag(wie: Gebruiker, vandaag: date, filter_: Filter) -> Delen:
    return _delen(Kijker.van(wie), vandaag, filter_)


@lru_cache(maxsize=256)
def _delen(wie: Kijker, vandaag: date, filter_: Filter) -> Delen:
    """What is asked, not what is found: to write it down anew for every page was a third of the application's work."""
    van = filter_.van
    takken = (
        schrijf_op(tak.plaatsen(_rijen(tak, wie, vandaag, filter_), met_client=van is not None))
        for tak in TAKKEN
    )
    clienten = Client.objects.visible_to(wie).values("pk")
    return Delen(
        tuple(tak for tak in takken if tak),
        schrijf_op(clienten.filter(van.voorwaarde("", wie))) if van else None,
    )


def _rijen(tak: Tak, wie: Kijker, vandaag: date, filter_: Filter) -> QuerySet[Any]:
    """With every filter but `van`: that one is about clients and asked once for all branches."""
    rijen = tak.rijen(wie, vandaag)
    if filter_.gemeente:
        rijen = rijen.filter(gemeente__code=filter_.gemeente)
    if filter_.aanbieder:
        rijen = rijen.filter(_van_aanbieder(tak, filter_.aanbieder))
    tot = filter_.tot(vandaag)
    return rijen.filter(w_datum__lte=tot) if tot else rijen


def _van_aanbieder(tak: Tak, agb: str) -> Q:
    if tak.paden.aanbieder is not None:
        return Q(**{f"{tak.paden.aanbieder}agb": agb})
    sleutel = "pk" if tak.paden.beschikking == "" else "beschikking"
    return Q(Exists(Toewijzing.objects.filter(beschikking=OuterRef(sleutel), aanbieder__agb=agb)))


def _als_werk(rij: Rij, gemeld: dict[Cursor, Melding], vandaag: date) -> Werk:
    plaats = Cursor(rij["datum"], rij["soort"], rij["kenmerk"])
    soort = SOORT_VAN[plaats.volgorde]
    melding = gemeld.get(plaats)
    return Werk(
        soort=soort,
        plaats=plaats,
        client=_naam(rij),
        gebied=rij["gebied"] or "",
        aanbieder=rij["aanbieder"] or "",
        gemeente=rij["gemeente"],
        behandelaar=rij["behandelaar"] or "",
        zin=" ".join(t.zin for t in melding.tegenspraken) if melding else _zin(soort, rij, vandaag),
        url=_url(soort, rij),
        client_index=bytes(rij["bsn_index"]),
        gemeente_id=rij["gemeente_id"],
        dossier=rij["dossier"],
        client_kenmerk=rij["client"],
        behandelaar_kenmerk=rij["behandelaar_kenmerk"],
    )


def _naam(rij: Rij) -> str:
    """A shielded client's work is not lost, but the list does not say whose it is (R112)."""
    if rij["afgeschermd"]:
        return AFGESCHERMD
    return Client(
        voorletters=rij["voorletters"], voorvoegsel=rij["voorvoegsel"], achternaam=rij["achternaam"]
    ).weergavenaam


_ZINNEN: Final = {
    Werksoort.EVALUATIE: "Het {info} is binnen.",
    Werksoort.MONITORING: "Gesprek en oordeel bij het moment van {info}.",
    Werksoort.STAP: "De aanbieder vraagt een wijziging: afschalen lukte niet.",
    Werksoort.VERZOEK: "Verzoek {info}.",
    Werksoort.VRAAG: "Gesteld op {info}, nog geen antwoord.",
    Werksoort.ZONDER_MOMENT: "Zonder einddatum en zonder volgend monitoringsmoment.",
}
_MET_DAG: Final = (Werksoort.MONITORING, Werksoort.VRAAG)


def _zin(soort: Werksoort, rij: Rij, vandaag: date) -> str:
    info: str = rij["info"]
    if soort is Werksoort.STOP:
        return REGEL[info].zin if info in REGEL else ""
    if soort is Werksoort.AFLOPEND:
        uiterst = rij["datum"] - timedelta(weeks=8)
        moest = "moest er zijn" if uiterst < vandaag else "moet er zijn"
        return f"Het {rij['evaluatiedocument']} {moest} op {uiterst:%d-%m-%Y}."
    if soort in _MET_DAG:
        info = f"{date.fromisoformat(info):%d-%m-%Y}"
    return _ZINNEN[soort].format(info=info)


_PAGINA: Final = {
    **dict.fromkeys(
        (Werksoort.EVALUATIE, Werksoort.AFLOPEND, Werksoort.STOP, Werksoort.STAP),
        ("resultaat:registreren", "toewijzing"),
    ),
    Werksoort.VERZOEK: ("resultaat:toelichting-beoordelen", "kenmerk"),
    Werksoort.ZONDER_MOMENT: ("resultaat:gesprek", "dossier"),
}
"""Where the work is done, and which of the row's marks the address holds; else at the dossier."""


def _url(soort: Werksoort, rij: Rij) -> str:
    naam, wat = _PAGINA.get(soort, ("resultaat:dossier", "dossier"))
    return adres_van(naam, rij[wat])


# --- Contradictions --------------------------------------------------------------------------------------------------
def _tegenspraken(wie: Gebruiker, vandaag: date, filter_: Filter) -> tuple[list[Melding], bool]:
    """With every filter. Only the day is judged of what was found: it is known when a case was read."""
    gevonden, meer = meldingen(wie, vandaag, _onder(Kijker.van(wie), filter_))
    tot = filter_.tot(vandaag)
    return [m for m in gevonden if tot is None or m.datum <= tot], meer


@lru_cache(maxsize=256)
def _onder(wie: Kijker, filter_: Filter) -> Opgeschreven | None:
    """The allocations that a filter leaves: it goes before what fits, or one's own would hide behind newer of others."""
    keus = _keus(wie, filter_)
    return schrijf_op(Toewijzing.objects.visible_to(wie).filter(*keus).values("pk")) if keus else None


def _keus(wie: Kijker, filter_: Filter) -> list[Q]:
    """The filter, of allocations; but for the day."""
    return [
        *([Q(gemeente__code=filter_.gemeente)] if filter_.gemeente else ()),
        *([Q(aanbieder__agb=filter_.aanbieder)] if filter_.aanbieder else ()),
        *([filter_.van.voorwaarde("client__", wie)] if filter_.van else ()),
    ]


def _los(plaats: Cursor, t: Toewijzing) -> Los:
    return Los(plaats, t.pk, t.aanbieder_id, t.client_id)


def _plaats(m: Melding) -> Cursor:
    return Cursor(m.datum, VOLGORDE[Werksoort.TEGENSPRAAK], m.zaak.toewijzing.kenmerk)
