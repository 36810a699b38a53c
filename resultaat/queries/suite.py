"""What must still be entered in the municipality's own system: judgements, withdrawals, closed and reopened dossiers.

Derived from state against what stands in a list already, so nothing is missed when a list was made late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking, Client
from organisaties.models import Gebruiker, Gemeente
from resultaat.enums import Suitesoort, Uitkomst, Vervolg
from resultaat.models import Resultaat, SuiteLijst, SuiteRegel
from resultaat.queries.dossier import redenteksten

HOOGSTENS: Final = 2_000
"""Lines in one list: nobody enters more in one go."""
_DOSSIER: Final = (Suitesoort.GESLOTEN, Suitesoort.HEROPEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoer:
    """One line: of whom, about what, and what is to be entered."""

    soort: Suitesoort
    sleutel: str
    beschikking: Beschikking
    resultaat: Resultaat | None
    invoer: str

    @property
    def client(self) -> Client:
        rij: Client = self.beschikking.client
        return rij

    @property
    def naam(self) -> str:
        return "Afgeschermde cliënt" if self.client.afgeschermd else self.client.weergavenaam

    @property
    def volgorde(self) -> tuple[Any, ...]:
        """Per client, per dossier, and within it the judgement before the closing."""
        return (self.client.zoeknaam, self.client.pk, self.beschikking.pk, list(Suitesoort).index(self.soort))


def open_invoer(gebruiker: Gebruiker, gemeente: Gemeente) -> tuple[list[Invoer], bool]:
    """What is in no list yet, per client, and whether there is more. Five queries."""
    redenen = redenteksten(gemeente)
    regels = [
        *(_van_oordeel(r, redenen) for r in _oordelen(gebruiker, gemeente)[: HOOGSTENS + 1]),
        *(_van_intrekking(r) for r in _intrekkingen(gebruiker, gemeente)[: HOOGSTENS + 1]),
        *(_van_dossier(b, Suitesoort.GESLOTEN) for b in _gesloten(gebruiker, gemeente)[: HOOGSTENS + 1]),
        *(_van_dossier(b, Suitesoort.HEROPEND) for b in _heropend(gebruiker, gemeente)[: HOOGSTENS + 1]),
    ]
    regels.sort(key=lambda regel: regel.volgorde)
    return regels[:HOOGSTENS], len(regels) > HOOGSTENS


def eerste_invoer(gebruiker: Gebruiker, gemeente: Gemeente, zoveel: int) -> tuple[list[Invoer], int, bool]:
    """The first lines of `open_invoer`, how many lines it has, and whether there is more. Seven queries at most.

    Of what is not shown only its place is read: a page of a hundred lines need not put two thousand in words.
    """
    plekken = sorted(
        [
            *_plekken(_oordelen(gebruiker, gemeente), Suitesoort.OORDEEL, _VIA_TOEWIJZING),
            *_plekken(_intrekkingen(gebruiker, gemeente), Suitesoort.INGETROKKEN, _VIA_TOEWIJZING),
            *_plekken(_gesloten(gebruiker, gemeente), Suitesoort.GESLOTEN, _ZELF),
            *_plekken(_heropend(gebruiker, gemeente), Suitesoort.HEROPEND, _ZELF),
        ]
    )
    eerste = [(soort, pk) for *_, soort, pk in plekken[: min(zoveel, HOOGSTENS)]]
    return _in_woorden(gebruiker, gemeente, eerste), min(len(plekken), HOOGSTENS), len(plekken) > HOOGSTENS


_ZELF: Final = ("client__zoeknaam", "client", "pk")
_VIA_TOEWIJZING: Final = (
    "toewijzing__beschikking__client__zoeknaam", "toewijzing__beschikking__client", "toewijzing__beschikking"
)  # fmt: skip


def _plekken(
    rijen: QuerySet[Any], soort: Suitesoort, velden: tuple[str, ...]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Where each stands (`Invoer.volgorde`), and its key."""
    plek = list(Suitesoort).index(soort)
    for naam, client, beschikking, pk in rijen.values_list(*velden, "pk")[: HOOGSTENS + 1]:
        yield naam, client, beschikking, plek, pk


def _in_woorden(gebruiker: Gebruiker, gemeente: Gemeente, plekken: list[tuple[int, int]]) -> list[Invoer]:
    soorten = [(list(Suitesoort)[plek], pk) for plek, pk in plekken]
    redenen = redenteksten(gemeente)
    resultaten = _met_alles(Resultaat.objects.visible_to(gebruiker)).in_bulk(
        [pk for soort, pk in soorten if soort not in _DOSSIER]
    )
    dossiers = _dossiers(gebruiker, gemeente).in_bulk([pk for soort, pk in soorten if soort in _DOSSIER])
    maak: dict[Suitesoort, Callable[[Any], Invoer]] = {
        Suitesoort.OORDEEL: partial(_van_oordeel, redenen=redenen),
        Suitesoort.INGETROKKEN: _van_intrekking,
        Suitesoort.GESLOTEN: partial(_van_dossier, soort=Suitesoort.GESLOTEN),
        Suitesoort.HEROPEND: partial(_van_dossier, soort=Suitesoort.HEROPEND),
    }
    gevonden = [(soort, (dossiers if soort in _DOSSIER else resultaten).get(pk)) for soort, pk in soorten]
    return [maak[soort](rij) for soort, rij in gevonden if rij]  # None: destroyed just now


def tel_open(gebruiker: Gebruiker, gemeente: Gemeente) -> int:
    soorten: tuple[QuerySet[Any], ...] = (
        _oordelen(gebruiker, gemeente),
        _intrekkingen(gebruiker, gemeente),
        _gesloten(gebruiker, gemeente),
        _heropend(gebruiker, gemeente),
    )
    return sum(rijen.count() for rijen in soorten)


def _in_lijst(soort: Suitesoort) -> Exists:
    return Exists(SuiteRegel.objects.filter(resultaat=OuterRef("pk"), soort=soort))


def _met_alles(rijen: QuerySet[Resultaat]) -> QuerySet[Resultaat]:
    return rijen.select_related(
        "toewijzing__client", "toewijzing__beschikking__client", "toewijzing__resultaatgebied", "aanbieder",
        "stap", "monitoringsmoment", "voorganger",
    ).order_by("pk")  # fmt: skip


def _oordelen(gebruiker: Gebruiker, gemeente: Gemeente) -> QuerySet[Resultaat]:
    rijen = Resultaat.objects.visible_to(gebruiker).actueel().filter(gemeente=gemeente)
    return _met_alles(rijen.filter(~_in_lijst(Suitesoort.OORDEEL)))


def _intrekkingen(gebruiker: Gebruiker, gemeente: Gemeente) -> QuerySet[Resultaat]:
    """Withdrawn after it had gone out. One that never went out needs no word."""
    rijen = Resultaat.objects.visible_to(gebruiker).filter(gemeente=gemeente, ingetrokken_op__isnull=False)
    return _met_alles(rijen.filter(_in_lijst(Suitesoort.OORDEEL), ~_in_lijst(Suitesoort.INGETROKKEN)))


def _dossiers(gebruiker: Gebruiker, gemeente: Gemeente) -> QuerySet[Any]:
    eerder = SuiteRegel.objects.filter(beschikking=OuterRef("pk"), soort__in=_DOSSIER)
    aantal = eerder.order_by().values("beschikking_id").annotate(n=Count("pk")).values("n")
    return (
        Beschikking.objects.visible_to(gebruiker)
        .filter(gemeente=gemeente)
        .select_related("client")
        .annotate(
            laatste_soort=Subquery(eerder.order_by("-pk").values("soort")[:1]), eerder_gemeld=Subquery(aantal)
        )
        .order_by("pk")
    )


def _gesloten(gebruiker: Gebruiker, gemeente: Gemeente) -> QuerySet[Any]:
    niet_gemeld = Q(laatste_soort=None) | Q(laatste_soort=Suitesoort.HEROPEND)
    return _dossiers(gebruiker, gemeente).filter(niet_gemeld, status=BeschikkingStatus.GESLOTEN)


def _heropend(gebruiker: Gebruiker, gemeente: Gemeente) -> QuerySet[Any]:
    return _dossiers(gebruiker, gemeente).filter(
        laatste_soort=Suitesoort.GESLOTEN, status=BeschikkingStatus.LOPEND
    )


# --- In words ----------------------------------------------------------------------------------------------------
def _van_oordeel(r: Resultaat, redenen: dict[str, str]) -> Invoer:
    waarom = "; ".join(redenen.get(code, code) for code in r.redenen)
    delen = [
        f"Correctie, was: {Uitkomst(r.voorganger.uitkomst).label}." if r.voorganger else "",
        f"Resultaat behaald: {Uitkomst(r.uitkomst).label}{_waarover(r)}.",
        f"Reden: {waarom}." if waarom else "",
        f"{Vervolg(r.vervolg).label}.",
    ]
    return _regel(r, Suitesoort.OORDEEL, " ".join(deel for deel in delen if deel))


def _waarover(r: Resultaat) -> str:
    if r.stap:
        return f", over stap {r.stap.volgnummer}"
    return f", bij het moment van {r.monitoringsmoment.datum:%d-%m-%Y}" if r.monitoringsmoment else ""


def _van_intrekking(r: Resultaat) -> Invoer:
    zin = (
        f"Haal weg: resultaat behaald {Uitkomst(r.uitkomst).label}{_waarover(r)}. Het oordeel is ingetrokken."
    )
    return _regel(r, Suitesoort.INGETROKKEN, zin)


def _regel(r: Resultaat, soort: Suitesoort, zin: str) -> Invoer:
    return Invoer(
        soort=soort, sleutel=f"{soort.value}:{r.pk}", beschikking=r.toewijzing.beschikking, resultaat=r, invoer=zin
    )  # fmt: skip


def _van_dossier(b: Any, soort: Suitesoort) -> Invoer:
    zin = "Dossier sluiten." if soort is Suitesoort.GESLOTEN else "Dossier heropenen: het loopt toch door."
    sleutel = f"{soort.value}:{b.pk}:{b.eerder_gemeld or 0}"
    return Invoer(soort=soort, sleutel=sleutel, beschikking=b, resultaat=None, invoer=zin)


# --- Lists that were made ------------------------------------------------------------------------------------------
def lijsten(gebruiker: Gebruiker) -> QuerySet[Any]:
    return (
        SuiteLijst.objects.visible_to(gebruiker)
        .select_related("gemeente", "gemaakt_door", "overgenomen_door")
        .order_by("-gemaakt_op", "-pk")
    )


def lijst(gebruiker: Gebruiker, kenmerk: UUID) -> SuiteLijst | None:
    gevonden: SuiteLijst | None = lijsten(gebruiker).filter(kenmerk=kenmerk).first()
    return gevonden


def regels(gebruiker: Gebruiker, van: SuiteLijst) -> list[Invoer]:
    """The lines of a list as it was made."""
    rijen = SuiteRegel.objects.visible_to(gebruiker).filter(lijst=van).order_by("pk")
    return list(_als_invoer(rijen.select_related(
        "beschikking__client", "resultaat__toewijzing__resultaatgebied", "resultaat__aanbieder"
    )))  # fmt: skip


def _als_invoer(rijen: Iterable[Any]) -> Iterator[Invoer]:
    for rij in rijen:
        yield Invoer(
            soort=Suitesoort(rij.soort),
            sleutel=rij.sleutel,
            beschikking=rij.beschikking,
            resultaat=rij.resultaat,
            invoer=rij.invoer,
        )
