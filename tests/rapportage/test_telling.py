"""The rule in SQL says what the rule in Python says, whatever people and messages there are (prestaties: proven equal)."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, ToewijzingStatus
from rapportage.categorieen import STANDAARD
from rapportage.enums import Categorie
from rapportage.models import Categorieafspraak
from rapportage.overzicht import Keuze
from rapportage.queries.telling import cijfers, met_verloop
from rapportage.queries.uitval import lees_bron, uitval
from rapportage.tabellen import per_aanbieder, per_gemeente
from rapportage.verantwoording import opmerkingen
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Stop
from tests import fabriek
from wmo_portal.lib.perioden import Kwartaal, Periode

pytestmark = pytest.mark.django_db

K3 = Kwartaal(2026, 3)
ANDERS = {"38": Categorie.NOG_IN_ZORG, "39": Categorie.IN_OVEREENSTEMMING, "19": Categorie.EXTERN}
DAGEN = [-120, -1, 0, 1, 45, 91, 92, 130]
"""From the first day of the quarter: before it, on both its edges, within it and after it."""
dag = st.sampled_from(DAGEN).map(lambda n: K3.eerste + timedelta(days=n))
code = st.sampled_from([c.value for c in RedenBeeindiging])
start = st.tuples(dag, st.lists(st.tuples(code, dag, st.booleans()), max_size=3), st.booleans())
toewijzing = st.fixed_dictionaries(
    {
        "aanbieder": st.integers(0, 2),
        "volgt": st.booleans(),
        "ingetrokken": st.sampled_from([False, False, False, True]),
        "vorm": st.sampled_from([Leveringsvorm.ZIN, Leveringsvorm.ZIN, Leveringsvorm.PGB]),
        "wacht": st.sampled_from([False, False, True]),
        "weg": st.sampled_from([False, False, False, True]),
        "starts": st.lists(start, max_size=2, unique_by=lambda s: s[0]),
    }
)
mens = st.fixed_dictionaries(
    {"gemeente": st.integers(0, 2), "toewijzingen": st.lists(toewijzing, min_size=1, max_size=4)}
)


class _Terug(Exception):
    """Puts the database back after one example."""


@pytest.fixture
def plaatsen():
    """Two municipalities of H5, and Maastricht, whose region agreed otherwise about three codes."""
    mh = fabriek.regio("mh", "Maastricht-Heuvelland")
    for rij in STANDAARD:
        Categorieafspraak.objects.create(
            regio=mh,
            reden=rij.reden,
            categorie=ANDERS.get(rij.reden.value, rij.categorie),
            zekerheid=rij.zekerheid,
            uitleg=rij.uitleg,
            geldig=DateRange(date(2020, 1, 1), None),
        )
    maastricht = fabriek.gemeente("0935", "Maastricht", regio=mh)
    return (fabriek.westland(), fabriek.delft(), maastricht), [
        fabriek.aanbieder(n) for n in ("De Linde", "De Eik", "De Es")
    ]


def schrijf(mensen, plaatsen):
    gemeenten, aanbieders = plaatsen
    for een in mensen:
        client, eerste = fabriek.client(gemeenten[een["gemeente"]]), None
        for wat in een["toewijzingen"]:
            beschikking = fabriek.beschikking(
                client,
                begin=date(2025, 1, 1),
                voorganger=eerste if wat["volgt"] else None,
                status=BeschikkingStatus.INGETROKKEN if wat["ingetrokken"] else BeschikkingStatus.LOPEND,
            )
            eerste = eerste or beschikking
            _zorg(
                fabriek.toewijzing(
                    beschikking,
                    aan=aanbieders[wat["aanbieder"]],
                    leveringsvorm=wat["vorm"],
                    hulp_niet_gestart=wat["wacht"],
                    status=ToewijzingStatus.VERWIJDERD if wat["weg"] else ToewijzingStatus.LOPEND,
                ),
                wat["starts"],
            )


def _zorg(op, starts):
    for begin, stops, ingetrokken in starts:
        levering = fabriek.start(op, begin)
        gezien = set()
        for reden, eind, terug in stops:
            if (reden, max(begin, eind)) not in gezien:
                gezien.add((reden, max(begin, eind)))
                stop = fabriek.stop(op, reden, max(begin, eind), levering=levering, begindatum=begin)
                if terug:
                    trek_in(stop)
        if ingetrokken:
            trek_in(levering)


def trek_in(rij):
    type(rij).objects.filter(pk=rij.pk).update(ingetrokken_op=fabriek.nu(), ingetrokken_in=rij.bericht)


def per_eigenaar(gevonden, eigenaar):
    """The rule in Python, added up as the database adds up."""
    return Counter(
        (getattr(r, eigenaar), r.telling.categorie, r.telling.buiten, r.telling.afgeleid, r.telling.nakijken)
        for r in gevonden.regels
    )


def opgeteld(telregels):
    geteld = Counter()
    for r in telregels:
        geteld[r.eigenaar_id, r.categorie, r.buiten, r.afgeleid, r.nakijken] += r.aantal
    return geteld


def gelijk(wie, keuze):
    python, sql = uitval(wie, keuze), cijfers(wie, keuze)
    assert opgeteld(sql.gemeenteregels) == per_eigenaar(python, "gemeente_id")
    assert opgeteld(sql.aanbiederregels) == per_eigenaar(python, "aanbieder_id")
    assert per_gemeente(sql) == per_gemeente(python)
    assert per_aanbieder(sql) == per_aanbieder(python)
    assert opmerkingen(sql) == opmerkingen(python)
    assert (sql.personen, sql.aantal_buiten, sql.los) == (python.personen, python.aantal_buiten, python.los)
    toen = [K3.plus(-1).periode, keuze.periode, K3.plus(1).periode]
    samen, verloop = met_verloop(wie, keuze, toen)
    assert samen == sql
    assert verloop == {periode: uitval(wie, replace(keuze, periode=periode)).totaal for periode in toen}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(mens, max_size=5))
def test_both_rules_say_the_same(plaatsen, mensen):
    try:
        with transaction.atomic():
            schrijf(mensen, plaatsen)
            gemeenten, aanbieders = plaatsen
            lezers = [
                fabriek.contractmanager(*gemeenten),
                fabriek.contractmanager(gemeenten[0]),
                fabriek.medewerker(aanbieders[0]),
            ]
            for wie in lezers:
                gelijk(wie, Keuze(K3.periode))
            keuze = {"aanbieder_ids": (aanbieders[1].pk,), "gemeente_ids": (gemeenten[1].pk, gemeenten[2].pk)}
            gelijk(lezers[0], Keuze(K3.periode, **keuze))
            gelijk(lezers[0], Keuze(Periode(K3.eerste - timedelta(days=1), K3.eerste)))
            raise _Terug
    except _Terug:
        pass


def test_the_control_another_rule_is_seen(plaatsen, monkeypatch):
    """Without the rule of the follow-up in SQL the comparison fails: it can."""
    from rapportage.queries import telstatement

    schrijf(
        [{"gemeente": 0, "toewijzingen": [gewoon("37", volgt=False), gewoon("", volgt=True)]}],
        plaatsen,
    )
    wie = fabriek.contractmanager(*plaatsen[0])
    gelijk(wie, Keuze(K3.periode))
    zonder_vervolg = telstatement.ZWAARST.replace("when wacht_{n} and", "when not wacht_{n} and")
    assert zonder_vervolg != telstatement.ZWAARST
    monkeypatch.setattr(telstatement, "ZWAARST", zonder_vervolg)
    with pytest.raises(AssertionError):
        gelijk(wie, Keuze(K3.periode))


def gewoon(reden, *, volgt):
    starts = [(K3.eerste, [(reden, K3.eerste + timedelta(days=30), False)], False)] if reden else []
    return {"aanbieder": 0, "volgt": volgt, "ingetrokken": False, "vorm": Leveringsvorm.ZIN, "wacht": False,
            "weg": False, "starts": starts}  # fmt: skip


def test_a_beheerder_counts_nobody_here_too():
    assert cijfers(fabriek.beheerder(), Keuze(K3.periode)).totaal.totaal == 0


@pytest.mark.parametrize("aantal", [1, 3])
def test_counting_takes_seven_queries_and_reads_nobody(plaatsen, aantal, django_assert_num_queries):
    for _ in range(aantal):
        schrijf([{"gemeente": 0, "toewijzingen": [gewoon("21", volgt=False)]}], plaatsen)
    wie = fabriek.contractmanager(*plaatsen[0])
    assert wie.gemeente_ids
    with django_assert_num_queries(7):
        assert cijfers(wie, Keuze(K3.periode)).totaal.totaal == aantal
    assert Stop.objects.count() == aantal


@pytest.mark.parametrize("kwartalen", [1, 3, 6])
def test_a_trend_costs_no_query_more_and_ends_with_the_number_above_it(
    plaatsen, kwartalen, django_assert_num_queries
):
    """Counted once: somebody who comes in between would stand in the one and not in the other."""
    schrijf([{"gemeente": 0, "toewijzingen": [gewoon("21", volgt=False)]}], plaatsen)
    wie = fabriek.contractmanager(*plaatsen[0])
    assert wie.gemeente_ids
    perioden = [K3.plus(-n).periode for n in reversed(range(kwartalen))]
    with django_assert_num_queries(7):
        gevonden, verloop = met_verloop(wie, Keuze(K3.periode), perioden)
    assert list(verloop) == perioden
    assert verloop[K3.periode] == gevonden.totaal
    assert [v.totaal for v in verloop.values()] == [0] * (kwartalen - 1) + [1]


def test_each_quarter_of_a_trend_is_counted_by_the_mapping_of_its_time(plaatsen):
    """Code 37 went on waiting in the second quarter and is an end since the third; the region had none before 2026."""
    gemeenten, _ = plaatsen
    Categorieafspraak.objects.filter(regio=gemeenten[2].regio).update(
        geldig=DateRange(date(2026, 1, 1), None)
    )
    oud = Categorieafspraak.objects.get(regio=gemeenten[2].regio, reden="37")
    assert oud.categorie == Categorie.NOG_IN_ZORG
    Categorieafspraak.objects.filter(pk=oud.pk).update(geldig=DateRange(date(2026, 1, 1), K3.eerste))
    oud.pk, oud.categorie, oud.geldig = None, Categorie.EXTERN, DateRange(K3.eerste, None)
    oud.save()
    april = [(date(2026, 4, 1), [("37", date(2026, 4, 30), False)], False)]
    zorg = [{**gewoon("37", volgt=False), "starts": april}, gewoon("", volgt=True)]
    schrijf([{"gemeente": 2, "toewijzingen": zorg}], plaatsen)
    wie = fabriek.contractmanager(gemeenten[2])
    perioden = [K3.plus(-n).periode for n in (4, 1, 0)]
    _, verloop = met_verloop(wie, Keuze(K3.periode), perioden)
    assert list(verloop) == perioden[1:]
    for periode in perioden[1:]:
        assert verloop[periode] == uitval(wie, Keuze(periode)).totaal
    assert verloop[perioden[1]].aantallen[Categorie.NOG_IN_ZORG] == 1
    assert verloop[perioden[2]].aantallen[Categorie.NOG_IN_ZORG] == 0


@pytest.mark.parametrize(("hoeveel", "op_rij"), [(1, False), (2, True), (3, True)])
def test_most_of_what_is_there_is_read_from_front_to_back(plaatsen, hoeveel, op_rij):
    """Of three municipalities one is looked up; two or three are read in a row, and the tables without a second list."""
    gemeenten, _ = plaatsen
    wie = fabriek.contractmanager(*gemeenten[:hoeveel])
    with CaptureQueriesContext(connection) as gezien:
        cijfers(wie, Keuze(K3.periode))
    (telling,) = [vraag["sql"] for vraag in gezien.captured_queries if "zwaarst" in vraag["sql"]]
    assert ("random_page_cost" in telling) is op_rij
    assert ('"stopberichten_levering"."gemeente_id" IN' in telling) is not op_rij


def test_a_region_without_a_mapping_is_said_so(plaatsen):
    Categorieafspraak.objects.filter(reden="19").delete()
    wie = fabriek.contractmanager(*plaatsen[0])
    with pytest.raises(ValueError, match="geen afspraak"):
        cijfers(wie, Keuze(K3.periode))
    with pytest.raises(ValueError, match="geen afspraak"):
        lees_bron(wie, Keuze(K3.periode)).uitval(Keuze(K3.periode))
