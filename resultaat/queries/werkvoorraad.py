"""One list of what waits for the consulent, sorted by the day it must be done (U9), derived from state.

Each branch of `werktakken` gives at most one page beyond the cursor; the pages are merged. So a page costs the same
number of queries whether 1 or 500 things wait, and nothing is skipped or doubled when the list changes between pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from beschikkingen.models import Client, Toewijzing
from organisaties.models import Gebruiker
from resultaat.queries.tegenspraken import Melding, meldingen
from resultaat.queries.werktakken import TAKKEN, Tak
from resultaat.ronde import REGEL
from resultaat.werksoorten import VOLGORDE, Werksoort
from wmo_portal.lib.keuzes import Keuze
from wmo_portal.lib.tijd import dag_van

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

    def voorwaarde(self, pad: str, wie: Gebruiker) -> Q:
        """`pad` leads to the client. Who no longer works here handles nothing."""
        if self is Behandeling.MIJN:
            return Q(**{f"{pad}behandelaar": wie})
        return Q(**{f"{pad}behandelaar": None}) | Q(**{f"{pad}behandelaar__is_active": False})

    def past(self, client: Client, wie: Gebruiker) -> bool:
        """The same of a client that was read."""
        if self is Behandeling.MIJN:
            return bool(client.behandelaar_id == wie.pk)
        return client.behandelaar is None or not client.behandelaar.is_active


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


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last row of the former page. As text: 2026-10-01.3.<kenmerk>."""

    datum: date
    volgorde: int
    kenmerk: UUID

    @classmethod
    def lees(cls, tekst: str) -> Cursor | None:
        """None for an address that somebody changed by hand: the list begins at the start."""
        try:
            dag, volgorde, kenmerk = tekst.split(".")
            return cls(date.fromisoformat(dag), int(volgorde), UUID(kenmerk))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.datum.isoformat()}.{self.volgorde}.{self.kenmerk}"


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
    tegenspraken, meer = meldingen(wie, vandaag)
    met_klem = [m for m in tegenspraken if _past(m, wie, filter_, vandaag)]
    aantallen = {tak.soort: _rijen(tak, wie, vandaag, filter_).count() for tak in TAKKEN}
    aantallen[Werksoort.TEGENSPRAAK] = len(met_klem)
    rijen = [
        werk
        for tak in TAKKEN
        if filter_.soort in (None, tak.soort)
        for werk in _pagina(tak, wie, vandaag, filter_, na)
    ]
    if filter_.soort in (None, Werksoort.TEGENSPRAAK):
        rijen += [werk for werk in map(_van_melding, met_klem) if na is None or werk.plaats > na]
    rijen.sort(key=lambda werk: werk.plaats)
    over = rijen[PER_PAGINA - 1].plaats if len(rijen) > PER_PAGINA else None
    return Werkvoorraad(tuple(rijen[:PER_PAGINA]), aantallen, over, meer)


def tel(wie: Gebruiker, vandaag: date, filter_: Filter | None = None) -> dict[Werksoort, int]:
    """How many there are of each kind; the same queries as the list."""
    keus = filter_ or Filter()
    aantallen = {tak.soort: _rijen(tak, wie, vandaag, keus).count() for tak in TAKKEN}
    tegenspraken, _ = meldingen(wie, vandaag)
    return {**aantallen, Werksoort.TEGENSPRAAK: sum(_past(m, wie, keus, vandaag) for m in tegenspraken)}


def _rijen(tak: Tak, wie: Gebruiker, vandaag: date, filter_: Filter) -> QuerySet[Any]:
    rijen = tak.rijen(wie, vandaag)
    if filter_.gemeente:
        rijen = rijen.filter(gemeente__code=filter_.gemeente)
    if filter_.aanbieder:
        rijen = rijen.filter(_van_aanbieder(tak, filter_.aanbieder))
    if filter_.van:
        rijen = rijen.filter(filter_.van.voorwaarde(tak.paden.client, wie))
    tot = filter_.tot(vandaag)
    return rijen.filter(w_datum__lte=tot) if tot else rijen


def _van_aanbieder(tak: Tak, agb: str) -> Q:
    if tak.paden.aanbieder is not None:
        return Q(**{f"{tak.paden.aanbieder}agb": agb})
    sleutel = "pk" if tak.paden.beschikking == "" else "beschikking"
    return Q(Exists(Toewijzing.objects.filter(beschikking=OuterRef(sleutel), aanbieder__agb=agb)))


def _pagina(tak: Tak, wie: Gebruiker, vandaag: date, filter_: Filter, na: Cursor | None) -> Iterable[Werk]:
    rijen = _rijen(tak, wie, vandaag, filter_)
    if na:
        rijen = rijen.filter(_voorbij(tak, na))
    rijen = rijen.order_by("w_datum", tak.sleutel)
    return [_als_werk(tak, rij, vandaag) for rij in tak.waarden(rijen)[: PER_PAGINA + 1]]


def _voorbij(tak: Tak, na: Cursor) -> Q:
    """Rows after the cursor in the order (day, kind, mark)."""
    plaats = VOLGORDE[tak.soort]
    if plaats > na.volgorde:
        return Q(w_datum__gte=na.datum)
    later = Q(w_datum__gt=na.datum)
    return (
        later | Q(w_datum=na.datum, **{f"{tak.sleutel}__gt": na.kenmerk}) if plaats == na.volgorde else later
    )


def _als_werk(tak: Tak, rij: dict[str, Any], vandaag: date) -> Werk:
    return Werk(
        soort=tak.soort,
        plaats=Cursor(rij["w_datum"], VOLGORDE[tak.soort], rij["w_kenmerk"]),
        client=_naam(rij),
        gebied=rij["w_gebied"] or "",
        aanbieder=rij["w_aanbieder"] or "",
        gemeente=rij["w_gemeente"],
        behandelaar=rij["w_behandelaar"] or "",
        zin=_zin(tak.soort, rij, vandaag),
        url=_url(tak.soort, rij),
        client_index=bytes(rij["w_index"]),
        gemeente_id=rij["w_gemeente_id"],
        dossier=rij["w_dossier"],
        client_kenmerk=rij["w_client"],
        behandelaar_kenmerk=rij["w_behandelaar_kenmerk"],
    )


def _naam(rij: dict[str, Any]) -> str:
    """A shielded client's work is not lost, but the list does not say whose it is (R112)."""
    if rij["w_afgeschermd"]:
        return AFGESCHERMD
    return Client(
        voorletters=rij["w_voorletters"], voorvoegsel=rij["w_voorvoegsel"], achternaam=rij["w_achternaam"]
    ).weergavenaam


_ZINNEN: Final = {
    Werksoort.EVALUATIE: "Het {info} is binnen.",
    Werksoort.MONITORING: "Gesprek en oordeel bij het moment van {info:%d-%m-%Y}.",
    Werksoort.STAP: "De aanbieder vraagt een wijziging: afschalen lukte niet.",
    Werksoort.VERZOEK: "Verzoek {info}.",
    Werksoort.VRAAG: "Gesteld op {info:%d-%m-%Y}, nog geen antwoord.",
    Werksoort.ZONDER_MOMENT: "Zonder einddatum en zonder volgend monitoringsmoment.",
}


def _zin(soort: Werksoort, rij: dict[str, Any], vandaag: date) -> str:
    info = rij["w_info"]
    if soort is Werksoort.STOP:
        return REGEL[info].zin if info in REGEL else ""
    if soort is Werksoort.AFLOPEND:
        uiterst = rij["w_datum"] - timedelta(weeks=8)
        return f"Het {info} {'moest er zijn' if uiterst < vandaag else 'moet er zijn'} op {uiterst:%d-%m-%Y}."
    return _ZINNEN[soort].format(info=dag_van(info) if isinstance(info, datetime) else info)


def _url(soort: Werksoort, rij: dict[str, Any]) -> str:
    if soort in (Werksoort.EVALUATIE, Werksoort.AFLOPEND, Werksoort.STOP, Werksoort.STAP):
        return reverse("resultaat:registreren", args=[rij["w_toewijzing"]])
    if soort is Werksoort.VERZOEK:
        return reverse("resultaat:toelichting-beoordelen", args=[rij["w_kenmerk"]])
    if soort is Werksoort.ZONDER_MOMENT:
        return reverse("resultaat:gesprek", args=[rij["w_dossier"]])
    return reverse("resultaat:dossier", args=[rij["w_dossier"]])


# --- Contradictions --------------------------------------------------------------------------------------------------
def _past(m: Melding, wie: Gebruiker, filter_: Filter, vandaag: date) -> bool:
    t, tot = m.zaak.toewijzing, filter_.tot(vandaag)
    return (
        filter_.gemeente in ("", t.gemeente.code)
        and filter_.aanbieder in ("", t.aanbieder.agb)
        and (tot is None or m.datum <= tot)
        and (filter_.van is None or filter_.van.past(t.client, wie))
    )


def _van_melding(m: Melding) -> Werk:
    t = m.zaak.toewijzing
    return Werk(
        soort=Werksoort.TEGENSPRAAK,
        plaats=Cursor(m.datum, VOLGORDE[Werksoort.TEGENSPRAAK], t.kenmerk),
        client=AFGESCHERMD if t.client.afgeschermd else t.client.weergavenaam,
        gebied=str(t.resultaatgebied or ""),
        aanbieder=str(t.aanbieder),
        gemeente=str(t.gemeente),
        behandelaar=t.client.behandelaar.naam if t.client.behandelaar else "",
        zin=" ".join(gevonden.zin for gevonden in m.tegenspraken),
        url=reverse("resultaat:dossier", args=[t.beschikking.kenmerk]),
        client_index=bytes(t.client.bsn_index),
        gemeente_id=t.gemeente_id,
        dossier=t.beschikking.kenmerk,
        client_kenmerk=t.client.kenmerk,
        behandelaar_kenmerk=t.client.behandelaar.kenmerk if t.client.behandelaar else None,
    )
