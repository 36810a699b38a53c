"""Each predicate on both sides of its line and on the empty fact, and the SQL it writes."""

from dataclasses import dataclass
from datetime import date

import pytest

from wmo_portal.lib.predicaat import Altijd, En, Is, Leeg, Niet, Of, Onwaar, Voor, Waar, WijktAf, tekst


@dataclass
class Feiten:
    ja: bool | None = None
    code: str | None = None
    dag: date | None = None
    andere: date | None = None
    speling: int = 0


DAG = date(2026, 10, 10)
KOLOMMEN = {"ja": "t.ja", "code": "t.code", "dag": "t.dag", "andere": "a.dag", "speling": "2"}


@pytest.mark.parametrize(
    ("predicaat", "wel", "niet"),
    [
        (Waar("ja"), [Feiten(ja=True)], [Feiten(ja=False), Feiten()]),
        (Onwaar("ja"), [Feiten(ja=False)], [Feiten(ja=True), Feiten()]),
        (Leeg("dag"), [Feiten()], [Feiten(dag=DAG)]),
        (Is("code", ("19", "23")), [Feiten(code="23")], [Feiten(code="20"), Feiten()]),
        (Voor("dag", DAG), [Feiten(dag=date(2026, 10, 9))], [Feiten(dag=DAG), Feiten()]),
        (
            WijktAf("dag", "andere", "speling"),
            [
                Feiten(dag=DAG, andere=date(2026, 10, 12), speling=1),
                Feiten(dag=DAG, andere=date(2026, 10, 9)),
            ],
            [Feiten(dag=DAG, andere=date(2026, 10, 12), speling=2), Feiten(dag=DAG), Feiten(andere=DAG)],
        ),
        (Niet(Waar("ja")), [Feiten(ja=False), Feiten()], [Feiten(ja=True)]),
        (En(Waar("ja"), Leeg("dag")), [Feiten(ja=True)], [Feiten(ja=True, dag=DAG), Feiten()]),
        (Of(Waar("ja"), Leeg("dag")), [Feiten(ja=True, dag=DAG), Feiten()], [Feiten(dag=DAG)]),
        (Altijd(), [Feiten()], []),
    ],
)
def test_both_sides_and_the_unknown(predicaat, wel, niet):
    assert all(predicaat.geldt(feiten) for feiten in wel)
    assert not any(predicaat.geldt(feiten) for feiten in niet)


@pytest.mark.parametrize(
    ("predicaat", "sql"),
    [
        (Waar("ja"), "(t.ja) IS TRUE"),
        (Onwaar("ja"), "(t.ja) IS FALSE"),
        (Leeg("dag"), "(t.dag) IS NULL"),
        (Is("code", ("19", "23")), "COALESCE((t.code) IN ('19', '23'), FALSE)"),
        (Voor("dag", DAG), "COALESCE((t.dag) < DATE '2026-10-10', FALSE)"),
        (WijktAf("dag", "andere", "speling"), "COALESCE(abs((t.dag) - (a.dag)) > (2), FALSE)"),
        (Niet(Waar("ja")), "NOT ((t.ja) IS TRUE)"),
        (En(Waar("ja"), Leeg("dag")), "((t.ja) IS TRUE AND (t.dag) IS NULL)"),
        (Of(Waar("ja"), Leeg("dag")), "((t.ja) IS TRUE OR (t.dag) IS NULL)"),
        (Altijd(), "TRUE"),
    ],
)
def test_the_sql_beside_it(predicaat, sql):
    assert predicaat.sql(KOLOMMEN) == sql


def test_a_quote_in_a_constant_stays_a_quote():
    assert tekst("'s-Gravenhage") == "'''s-Gravenhage'"


def test_a_column_that_was_not_named_is_an_error():
    with pytest.raises(KeyError):
        Waar("onbekend").sql(KOLOMMEN)
