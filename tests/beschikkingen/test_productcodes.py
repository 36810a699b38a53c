"""Product codes without an agreement, for the beheerder: the walk along the index says what counting all rows says."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beschikkingen import productcodes
from beschikkingen.models import Toewijzing
from beschikkingen.productcodes import zonder_afspraak
from organisaties.models import Gemeente, Productafspraak
from tests import fabriek
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db


def gebruikt(code: str, gemeente: Gemeente | None = None, *, categorie: str = "02", keer: int = 1) -> None:
    for _ in range(keer):
        bij = fabriek.beschikking(fabriek.client(gemeente))
        fabriek.toewijzing(bij, productcategorie=categorie, productcode=code)


def afgesproken(gemeente: Gemeente, code: str, categorie: str = "02") -> None:
    Productafspraak.objects.create(
        regio=gemeente.regio, productcategorie=categorie, productcode=code, omschrijving="Begeleiding",
        geldig=DateRange(date(2024, 1, 1), None),
    )  # fmt: skip


def elders() -> Gemeente:
    """A municipality of another region, with agreements of its own."""
    return fabriek.gemeente("0935", "Maastricht", regio=fabriek.regio("zl", "Zuid-Limburg"))


def naief() -> list[tuple[object, ...]]:
    """Every allocation read and counted."""
    bekend = Productafspraak.objects.filter(
        regio=OuterRef("gemeente__regio"),
        productcategorie=OuterRef("productcategorie"),
        productcode=OuterRef("productcode"),
    )
    rijen = Toewijzing.objects.filter(~Exists(bekend), gemeente__regio__isnull=False).exclude(productcode="")
    geteld = rijen.values("gemeente__regio", "productcategorie", "productcode").annotate(aantal=Count("pk"))
    volgorde = ("-aantal", "productcode", "productcategorie", "gemeente__regio")
    return [tuple(rij.values()) for rij in geteld.order_by(*volgorde)]


def gelopen() -> list[tuple[object, ...]]:
    return [(rij.regio_id, rij.productcategorie, rij.productcode, rij.aantal) for rij in zonder_afspraak()]


def test_zonder_toewijzingen_is_er_niets():
    assert gelopen() == []


def test_het_is_wat_tellen_van_alle_rijen_zegt():
    delft, westland, maastricht = fabriek.delft(), fabriek.westland(), elders()
    afgesproken(westland, "02A01")
    gebruikt("02A01", westland, keer=3)  # agreed on in this region
    gebruikt("02A01", maastricht)  # and not in that one
    gebruikt("02A01", delft, categorie="03", keer=2)  # the same code of another category
    gebruikt("02A99", delft, keer=2)
    gebruikt("02A99", westland, keer=2)  # one code of one region, in two municipalities
    gebruikt("", westland, keer=4)
    gebruikt("02B00", fabriek.gemeente("9999", "Zonder regio", regio=None))
    assert gelopen() == naief()
    assert [rij[2:] for rij in gelopen()] == [("02A99", 4), ("02A01", 2), ("02A01", 1)]


@pytest.mark.parametrize(
    ("keer", "zin"),
    [(1, "Staat op 1 toewijzing,"), (2, "Staat op 2 toewijzingen,"), (3, "Staat op meer dan 2 toe")],
)
def test_verder_dan_de_grens_wordt_niet_geteld(http, monkeypatch, keer, zin):
    monkeypatch.setattr(productcodes, "HOOGSTENS", 2)
    monkeypatch.setattr("beschikkingen.startblokken.HOOGSTENS", 2)
    gebruikt("02A99", keer=keer)
    http.force_login(fabriek.beheerder())
    assert zin in http.get(reverse("organisaties:inrichting")).content.decode()


def test_de_startpagina_leest_niet_alle_toewijzingen(http):
    """Few rows would be read and sorted whole whatever the statement, so those ways are closed here: only this index
    gives the codes in order. Which one counts the few of a code is then left to the planner."""
    gebruikt("02A99", keer=3)
    http.force_login(fabriek.beheerder())
    with CaptureQueriesContext(connection) as vragen:
        http.get(reverse("start"))
    over = [v["sql"] for v in vragen if "beschikkingen_toewijzing" in v["sql"]]
    assert len(over) == 1
    with rls.binnen(rls.SYSTEEM), connection.cursor() as cursor:
        for weg in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"set local enable_{weg} = off")
        cursor.execute(f"explain {over[0]}")
        plan = "\n".join(regel for (regel,) in cursor.fetchall())
    assert plan.count("toewijzing_product on beschikkingen_toewijzing") >= 2, plan
    assert "Seq Scan on beschikkingen_toewijzing" not in plan, plan
