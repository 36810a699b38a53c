"""A task that the former release queued is done by the next one: its name and its arguments stay (F21).

During an upgrade the old code queues and the new code reads. A name that is gone is a message that no worker knows,
and an argument more is a task that fails. Renaming a task takes two releases: first both names, then the new one alone.
"""

import inspect
from collections.abc import Callable, Mapping

import pytest

from wmo_portal.celery import app

UITGEBRACHT: dict[str, tuple[str, ...]] = {
    "beschikkingen.tasks.scan_documenten": (),
    "logboek.tasks.vernietig_oude_regels": (),
    "logboek.tasks.verzegel": (),
    "logboek.tasks.verzegel_alles": (),
    "meldingen.tasks.dagmail": (),
    "rapportage.tasks.maak_rapporten": (),
    "resultaat.tasks.dossiers_sluiten": (),
    "resultaat.tasks.ronde": ("0d0e3d3c-6c39-4f0a-8a61-0f2c6a0f5f7e",),
    "resultaat.tasks.rondes_aan_de_beurt": (),
    "techniek.tasks.jaardelen": (),
    "techniek.tasks.verstuur_mail": (),
}
"""Every task that a release ever queued, with arguments as it sent them. A line leaves one release after its task."""
VREEMD = ("celery.", "tests.")
"""Celery's own, and what a test before this one registered in the same process."""


def bezwaar(naam: str, argumenten: tuple[str, ...], taken: Mapping[str, Callable[..., object]]) -> str:
    """What becomes of such a message now; empty when it is done."""
    if naam not in taken:
        return f"{naam} bestaat niet meer; een bericht van de vorige uitgave blijft liggen."
    try:
        inspect.signature(taken[naam]).bind(*argumenten)
    except TypeError as fout:
        return f"{naam} neemt de argumenten van de vorige uitgave niet aan: {fout}."
    return ""


@pytest.fixture(scope="module")
def taken() -> dict[str, Callable[..., object]]:
    app.loader.import_default_modules()
    return {naam: taak.run for naam, taak in app.tasks.items() if not naam.startswith(VREEMD)}


@pytest.mark.parametrize("naam", UITGEBRACHT)
def test_wat_de_vorige_uitgave_in_de_rij_zette_wordt_gedaan(naam, taken):
    assert bezwaar(naam, UITGEBRACHT[naam], taken) == ""


def test_elke_taak_staat_in_de_lijst(taken):
    assert sorted(taken) == sorted(UITGEBRACHT), "zet een nieuwe taak erbij; haal een oude er nog niet uit"


def test_een_taak_leest_alleen_wat_elke_uitgave_kan_lezen():
    """JSON: a pickled object would be of the code that sent it."""
    assert (app.conf.task_serializer, list(app.conf.accept_content)) == ("json", ["json"])


@pytest.mark.parametrize(
    ("naam", "argumenten", "zin"),
    [
        ("post.weg", (), "bestaat niet meer"),
        ("post.brief", (), "missing a required argument: 'aan'"),
        ("post.brief", ("Anna", "Jan"), "too many positional arguments"),
        ("post.brief", ("Anna",), ""),
    ],
)
def test_wat_een_bericht_van_de_vorige_uitgave_zou_storen(naam, argumenten, zin):
    def brief(aan: str, *, hoe: str = "post") -> str:
        return aan + hoe

    gezegd = bezwaar(naam, argumenten, {"post.brief": brief})
    assert zin in gezegd
    assert bool(gezegd) == bool(zin)
