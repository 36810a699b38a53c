"""The table in Python and the CASE in PostgreSQL say the same; and the facts are what a person would look up."""

import json
import random
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.utils import timezone

from beschikkingen.enums import Leveringsvorm, SoortBeschikking
from resultaat.enums import FormulierStand, Uitkomst, Verdict, Vervolg
from resultaat.models import Resultaat
from resultaat.queries.ronde import feiten_van
from resultaat.ronde import REGEL, VELDEN, StopFeiten, als_sql, oordeel
from resultaat.ronde_sql import REGEL_AL, REGEL_JA, SLUIT_AF
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Levering, Stop, Toelichting
from tests import fabriek

pytestmark = pytest.mark.django_db

EIND = date(2026, 9, 30)
DAG = timedelta(days=1)
WAARDEN = {
    "code": list(RedenBeeindiging),
    "einddatum_levering": [
        date(2022, 12, 31),
        date(2023, 1, 1),
        EIND - 2 * DAG,
        EIND - DAG,
        EIND,
        EIND + DAG,
    ],
    "ingetrokken": [False, True],
    "gekoppeld": [True, False],
    "soort": [*SoortBeschikking, None],
    "leveringsvorm": [*Leveringsvorm, None],
    "einddatum_toewijzing": [EIND, EIND + DAG, None],
    "tolerantie_dagen": [0, 1, 2],
    "tussenstap": [False, True],
    "heeft_uitkomst": [False, True],
    "heeft_opvolger": [False, True],
    "formulier": list(FormulierStand),
    "formulier_behaald": [True, False, None],
    "formulier_overgeslagen": [False, True],
    "latere_start": [False, True],
    "opgevolgd": [False, True],
    "afgeschermd": [False, True],
}
JANSEN = StopFeiten(
    code=RedenBeeindiging.VOLGENS_PLAN,
    einddatum_levering=EIND,
    einddatum_toewijzing=EIND,
    formulier=FormulierStand.INGEDIEND,
    formulier_behaald=True,
)
SOORT = {"einddatum_levering": "date", "einddatum_toewijzing": "date", "tolerantie_dagen": "int"}
SOORT |= dict.fromkeys(("code", "soort", "leveringsvorm", "formulier"), "text")


def alle_paren():
    """Everybody who differs from meneer Jansen in at most two facts: every line of every rule lies in here."""
    yield JANSEN
    for een, twee in combinations(VELDEN, 2):
        for waarde in WAARDEN[een]:
            for andere in WAARDEN[twee]:
                yield replace(JANSEN, **{een: waarde, twee: andere})


def willekeurig(aantal: int):
    dobbel = random.Random(20260930)
    for _ in range(aantal):
        yield StopFeiten(**{veld: dobbel.choice(waarden) for veld, waarden in WAARDEN.items()})


def regels_volgens_postgresql(gevallen: list[StopFeiten]) -> list[str]:
    rijen = [{veld: getattr(f, veld) for veld in VELDEN} for f in gevallen]
    kolommen = ", ".join(f"{veld} {SOORT.get(veld, 'boolean')}" for veld in VELDEN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {als_sql({veld: f'f.{veld}' for veld in VELDEN})} from jsonb_array_elements(%s)"
            f" with ordinality as x(rij, plaats), jsonb_to_record(x.rij) as f({kolommen}) order by x.plaats",
            [json.dumps(rijen, default=str)],
        )
        return [rij[0] for rij in cursor.fetchall()]


def test_python_en_postgresql_geven_in_elk_geval_dezelfde_regel():
    gevallen = [*alle_paren(), *willekeurig(4_000)]
    assert {veld.name for veld in fields(StopFeiten)} == set(WAARDEN)
    assert len(gevallen) > 5_000
    sql = regels_volgens_postgresql(gevallen)
    anders = [
        (f, nummer, oordeel(f).regel.nummer)
        for f, nummer in zip(gevallen, sql, strict=True)
        if nummer != oordeel(f).regel.nummer
    ]
    assert anders == []
    assert set(sql) == set(REGEL), "every rule fires somewhere"


def test_een_regel_die_in_een_van_beide_anders_is_valt_op():
    """The comparison itself can fail: with one fact lied about, it finds the difference."""
    gevallen = list(alle_paren())
    gelogen = [replace(f, afgeschermd=not f.afgeschermd) for f in gevallen]
    assert regels_volgens_postgresql(gelogen) != [oordeel(f).regel.nummer for f in gevallen]


def test_de_regels_die_het_effect_bij_naam_kent():
    assert REGEL[REGEL_JA].verdict is Verdict.AUTOMATISCH_JA
    assert REGEL[REGEL_AL].verdict is Verdict.AL_VERWERKT
    assert {REGEL[nummer].verdict for nummer in SLUIT_AF} == {
        Verdict.AUTOMATISCH_JA,
        Verdict.AL_VERWERKT,
        Verdict.TELT_NIET_MEE,
    }
    assert [n for n, r in REGEL.items() if r.verdict is Verdict.AUTOMATISCH_JA] == [REGEL_JA]


# --- The facts -----------------------------------------------------------------------------------------------------
def feiten(stop: Stop) -> StopFeiten:
    return feiten_van([stop.pk])[stop.pk][0]


def toewijzing(eind=EIND, **velden):
    return fabriek.toewijzing(fabriek.beschikking(eind=eind), **velden)


def test_de_feiten_van_meneer_jansen():
    t = toewijzing()
    fabriek.formulier(t)
    stop = fabriek.stop(t)
    assert feiten(stop) == JANSEN
    assert feiten_van([stop.pk])[stop.pk][1] == "RR20"


def test_een_stop_zonder_toewijzing():
    f = feiten(fabriek.losse_stop(toewijzing(), einddatum=EIND))
    assert (f.gekoppeld, f.soort, f.leveringsvorm, f.einddatum_toewijzing) == (False, None, None, None)
    assert not any(
        (f.heeft_uitkomst, f.heeft_opvolger, f.latere_start, f.opgevolgd, f.afgeschermd, f.tussenstap)
    )


def test_de_tolerantie_is_die_van_de_gemeente():
    fabriek.westland(einddatum_tolerantie_dagen=3)
    assert feiten(fabriek.stop(toewijzing())).tolerantie_dagen == 3


@pytest.mark.parametrize(
    ("papieren", "stand", "behaald"),
    [
        ([], "geen", None),
        ([{"status": ToelichtingStatus.CONCEPT}], "concept", None),
        ([{"behaald": False}], "ingediend", False),
        ([{"status": ToelichtingStatus.AFGEHANDELD}], "ingediend", True),
        ([{"status": ToelichtingStatus.INGETROKKEN}], "geen", None),
        ([{"soort": ToelichtingSoort.WIJZIGING}], "geen", None),
        ([{"behaald": False}, {"behaald": True}], "ingediend", True),
        ([{"behaald": False}, {"status": ToelichtingStatus.CONCEPT}], "ingediend", False),
    ],
)
def test_welk_formulier_bij_de_stop_hoort(papieren, stand, behaald):
    """The last one that was sent; a draft only counts when nothing was sent."""
    t = toewijzing()
    for n, papier in enumerate(papieren):
        fabriek.formulier(t, op=timezone.now() + n * DAG, **papier)
    f = feiten(fabriek.stop(t))
    assert (f.formulier, f.formulier_behaald) == (stand, behaald)


def test_een_vervolgbeschikking_telt_gekoppeld_en_ook_ongekoppeld():
    t = toewijzing()
    stop = fabriek.stop(t)
    anders = fabriek.toewijzing(
        fabriek.beschikking(t.client, begin=date(2026, 10, 1), eind=date(2027, 9, 30)),
        gebied_naam="Huisvesting",
    )
    assert not feiten(stop).heeft_opvolger, "another area that happens to go on"
    anders.beschikking.voorganger = t.beschikking
    anders.beschikking.save()
    assert feiten(stop).heeft_opvolger, "linked by the municipality"
    anders.beschikking.status = "ingetrokken"
    anders.beschikking.save()
    assert not feiten(stop).heeft_opvolger, "the follow-up was withdrawn"
    fabriek.toewijzing(fabriek.beschikking(t.client, begin=date(2026, 10, 1), eind=date(2027, 9, 30)))
    assert feiten(stop).heeft_opvolger, "the same area goes on in a decision that nobody linked"


def test_opnieuw_gestart_na_de_stop_telt_en_de_eigen_start_niet():
    t = toewijzing()
    fabriek.start(t)
    stop = fabriek.stop(t, "20", date(2026, 5, 1))
    assert not feiten(stop).latere_start
    opnieuw = fabriek.start(t, date(2026, 6, 1))
    assert feiten(stop).latere_start
    Levering.objects.filter(pk=opnieuw.pk).update(
        ingetrokken_op=timezone.now(), ingetrokken_in=opnieuw.bericht
    )
    assert not feiten(stop).latere_start


def test_een_tijdelijke_stop_die_definitief_werd():
    t = toewijzing()
    tijdelijk = fabriek.stop(t, "20", date(2026, 5, 1))
    assert not feiten(tijdelijk).opgevolgd
    fabriek.stop(t, "21", date(2026, 6, 1))
    assert feiten(tijdelijk).opgevolgd


def test_de_stappen_van_een_getrapte_indicatie():
    b = fabriek.beschikking(eind=date(2026, 12, 31), soort=SoortBeschikking.GETRAPT)
    t = fabriek.toewijzing(b)
    fabriek.stap(t, 1, 3, date(2026, 1, 1), EIND)
    fabriek.stap(t, 2, 1, date(2026, 10, 1), date(2026, 12, 31))
    eerste, laatste = fabriek.stop(t, "19", EIND), fabriek.stop(t, "19", date(2026, 12, 31))
    assert (feiten(eerste).tussenstap, feiten(eerste).einddatum_toewijzing) == (True, EIND)
    assert (feiten(laatste).tussenstap, feiten(laatste).einddatum_toewijzing) == (False, date(2026, 12, 31))


def test_stappen_die_elk_een_eigen_toewijzing_hebben():
    b = fabriek.beschikking(eind=date(2026, 12, 31), soort=SoortBeschikking.GETRAPT)
    eerste = fabriek.toewijzing(b, einddatum=EIND)
    laatste = fabriek.toewijzing(b, ingangsdatum=date(2026, 10, 1), trede=fabriek.trede(1))
    assert feiten(fabriek.stop(eerste)).tussenstap
    assert not feiten(fabriek.stop(laatste)).tussenstap


def _resultaat(t, **velden):
    return Resultaat.objects.create(
        gemeente=t.gemeente,
        aanbieder=t.aanbieder,
        toewijzing=t,
        uitkomst=Uitkomst.JA,
        paragraaf="1A",
        vervolg=Vervolg.SLUITEN,
        resultaatdatum=EIND,
        geregistreerd_op=timezone.now(),
        geregistreerd_door=fabriek.consulent(),
        **velden,
    )


def test_een_uitkomst_telt_alleen_als_zij_over_dit_einde_gaat():
    t = toewijzing()
    stop = fabriek.stop(t)
    bij_monitoring = _resultaat(
        t, monitoringsmoment=fabriek.monitoringsmoment(t.beschikking, date(2026, 6, 1))
    )
    assert not feiten(stop).heeft_uitkomst, "a result at an earlier monitoring moment"
    oud = _resultaat(t, actueel=False)
    assert not feiten(stop).heeft_uitkomst, "corrected or withdrawn"
    Resultaat.objects.filter(pk=oud.pk).update(actueel=True)
    assert feiten(stop).heeft_uitkomst
    assert bij_monitoring.pk != oud.pk


def test_afgeschermd_ingetrokken_overgeslagen_en_pgb():
    t = toewijzing(leveringsvorm=Leveringsvorm.PGB)
    t.client.afgeschermd = True
    t.client.save()
    stop = fabriek.stop(t)
    Stop.objects.filter(pk=stop.pk).update(
        ingetrokken_op=timezone.now(),
        ingetrokken_in=stop.bericht,
        zonder_formulier_op=timezone.now(),
        zonder_formulier_door=fabriek.administratie(),
        zonder_formulier_reden="Aanbieder is failliet.",
    )
    f = feiten(stop)
    assert (f.afgeschermd, f.ingetrokken, f.formulier_overgeslagen, f.leveringsvorm) == (
        True,
        True,
        True,
        "pgb",
    )
    assert Toelichting.objects.count() == 0
