"""Reading about organisations and people: who may log in, what is set up, what the log and the jobs say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from logboek.models import Gebeurtenis
from organisaties.demo import DOMEIN
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Inlogdienst, Productafspraak, Regio
from techniek.models import Hartslag, Mail
from wmo_portal.lib import rls

PER_PAGINA: Final = 50
STIL: Final = timedelta(minutes=15)
"""A mail that waits longer than this is a sign that the worker stands still (veiligheid I9)."""


def demogebruikers() -> list[Gebruiker]:
    """Who stands on the log-in page of the demo: people with a password, in the order in which they were made."""
    wie = Gebruiker.objects.filter(email__endswith=f"@{DOMEIN}", is_active=True)
    rijen = list(
        wie.exclude(password__startswith="!")  # noqa: S106  the mark of "no password", not one
        .select_related("aanbieder")
        .prefetch_related("gemeenten__regio")
        .order_by("pk")
    )
    for rij in rijen:
        rij.gemeentenamen = gemeentenamen(list(rij.gemeenten.all()))  # type: ignore[attr-defined]  # for the page
    return rijen


def gemeentenamen(gemeenten: list[Gemeente]) -> str:
    """`Westland`; or the region when it is all of it: more than three names say less."""
    regios = {g.regio.naam for g in gemeenten if g.regio}
    if len(gemeenten) > 3 and len(regios) == 1:
        return f"{len(gemeenten)} gemeenten van {regios.pop()}"
    return ", ".join(g.naam for g in gemeenten)


def gebruikers(*, zoek: str = "", rol: str = "", zonder_tweede_stap: bool = False) -> QuerySet[Gebruiker]:
    """Everybody with an account, with `tweede_factor` filled."""
    rijen = (
        Gebruiker.objects.select_related("aanbieder")
        .prefetch_related("gemeenten__regio")
        .annotate(tweede_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
        .order_by("-is_active", "naam", "pk")
    )
    if zoek:
        rijen = rijen.filter(
            Q(naam__icontains=zoek) | Q(email__icontains=zoek) | Q(aanbieder__naam__icontains=zoek)
        )
    if zonder_tweede_stap:
        rijen = rijen.filter(tweede_factor=False, is_active=True)
    return rijen.filter(rol=rol) if rol else rijen


def zonder_tweede_factor() -> int:
    """How many people who may log in have no second factor yet."""
    return gebruikers(zonder_tweede_stap=True).count()


def is_laatste_beheerder(gebruiker: Gebruiker) -> bool:
    """Is there nobody else who could let people in?"""
    anderen = Gebruiker.objects.filter(rol=Rol.BEHEERDER, is_active=True).exclude(pk=gebruiker.pk)
    return gebruiker.rol == Rol.BEHEERDER and gebruiker.is_active and not anderen.exists()


def verplichte_inlogdienst(gebruiker: Gebruiker) -> Inlogdienst | None:
    """The service by which this person must log in, if his organisation wants no passwords."""
    rijen = Inlogdienst.objects.filter(actief=True, verplicht=True)
    return next((dienst for dienst in rijen if dienst.is_van(gebruiker)), None)


def inlogdiensten() -> QuerySet[Inlogdienst]:
    """For the log-in page: where people can go to log in with the account of their work."""
    return Inlogdienst.objects.filter(actief=True)


def alle_inlogdiensten() -> QuerySet[Inlogdienst]:
    return Inlogdienst.objects.select_related("aanbieder").prefetch_related("gemeenten")


# --- What is set up -------------------------------------------------------------------------------------------
def regios() -> QuerySet[Regio]:
    return Regio.objects.annotate(
        aantal_gebieden=Count("resultaatgebieden", distinct=True),
        aantal_treden=Count("treden", distinct=True),
    ).prefetch_related("gemeenten")


def gemeenten_ingericht() -> QuerySet[Gemeente]:
    return Gemeente.objects.filter(ingericht=True).select_related("regio").order_by("regio__naam", "naam")


def niet_ingericht() -> tuple[list[Gemeente], list[Aanbieder]]:
    """Codes that came along in a message and that nobody set up yet."""
    return (
        list(Gemeente.objects.filter(ingericht=False)),
        list(Aanbieder.objects.filter(ingericht=False)),
    )


def productafspraken(regio: Regio, *, dag: date | None = None) -> QuerySet[Productafspraak]:
    """All agreements of a region, or those that hold on a day; the newest of a code first."""
    rijen = regio.productafspraken.select_related("resultaatgebied", "trede")
    rijen = rijen.filter(geldig__contains=dag) if dag else rijen
    return rijen.order_by("productcategorie", "productcode", "-geldig")


# --- The log ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Logfilter:
    wie: str = ""
    wat: str = ""
    van: date | None = None
    tot: date | None = None
    voor: int | None = None
    """Page on: only lines with a lower number."""


def logregels(gebruiker: Gebruiker, filter_: Logfilter) -> list[Gebeurtenis]:
    """A page of the log and one line more, newest first.

    A beheerder sees the whole log, which names no client: the wall is lifted for this one query.
    """
    if gebruiker.rol != Rol.BEHEERDER:
        return list(_gefilterd(Gebeurtenis.objects.visible_to(gebruiker), filter_))
    with rls.binnen(rls.SYSTEEM):
        return list(_gefilterd(Gebeurtenis.objects.all(), filter_))


def _gefilterd(rijen: QuerySet[Gebeurtenis], f: Logfilter) -> QuerySet[Gebeurtenis]:
    voorwaarden = {
        "actor_naam__icontains": f.wie,
        "actie__startswith": f.wat,
        "op__date__gte": f.van,
        "op__date__lte": f.tot,
        "pk__lt": f.voor,
    }
    gekozen = {naam: waarde for naam, waarde in voorwaarden.items() if waarde not in ("", None)}
    return rijen.filter(**gekozen).order_by("-pk")[: PER_PAGINA + 1]


# --- The jobs ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Postbus:
    """Where the outgoing mail stands."""

    wachtend: int
    oudste_op: datetime | None
    opgegeven: tuple[Mail, ...]

    def staat_stil(self, nu: datetime) -> bool:
        return self.oudste_op is not None and nu - self.oudste_op > STIL


def postbus() -> Postbus:
    nieuw = Mail.objects.filter(status=Mail.Status.NIEUW)
    stand = nieuw.aggregate(aantal=Count("pk"), oudste=Min("aangemaakt_op"))
    opgegeven = Mail.objects.filter(status=Mail.Status.OPGEGEVEN).order_by("-aangemaakt_op")[:PER_PAGINA]
    return Postbus(stand["aantal"], stand["oudste"], tuple(opgegeven))


def hartslagen() -> QuerySet[Hartslag]:
    return Hartslag.objects.order_by("gelukt", "taak")


def mislukte_taken() -> int:
    """Jobs whose last run ended with an error."""
    return Hartslag.objects.filter(gelukt=False).exclude(bericht="").count()
