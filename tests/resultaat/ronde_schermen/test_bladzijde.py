"""What the page of a round shows, and what its file says that goes into Suite."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from beschikkingen.kluis import bsn_van
from logboek.models import Gebeurtenis
from tests import fabriek
from tests.resultaat.bladzijde import tekst
from tests.resultaat.ronde_schermen.hulp import adres, draai, jansen
from tests.resultaat.rondehulp import EIND

pytestmark = pytest.mark.django_db


# --- What the page shows ----------------------------------------------------------------------------------------------
def test_de_aantallen_bovenaan_zijn_de_lengte_van_de_lijst_erachter(http, anna):
    jansen()
    jansen("Visser")
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), "23")
    ronde = draai(proef=True)
    for verdict, aantal in ronde.tellingen.items():
        gefilterd = http.get(adres("ronde", ronde), {"verdict": verdict})
        assert len(gefilterd.context["rijen"]) == aantal
        assert {str(rij.verdict) for rij, _ in gefilterd.context["rijen"]} == {verdict}
    assert ronde.tellingen == {"automatisch_ja": 2, "wacht_op_formulier": 1}
    assert http.get(adres("ronde", ronde), {"verdict": "onzin"}).status_code == 404


def test_bladeren_geeft_elke_stop_een_keer(http, anna, monkeypatch):
    monkeypatch.setattr(
        "resultaat.queries.ronde.regels.__kwdefaults__", {"verdict": "", "na": 0, "hoogstens": 2}
    )
    stops = {jansen(f"Persoon{n}").pk for n in range(5)}
    ronde = draai(proef=True)
    gezien, volgende = [], adres("ronde", ronde)
    while volgende:
        antwoord = http.get(volgende)
        gezien += [rij.stop.pk for rij, _ in antwoord.context["rijen"]]
        volgende = antwoord.context["volgende_url"]
    assert len(gezien) == 5
    assert set(gezien) == stops


def test_een_afgeschermde_client_staat_er_zonder_naam(http, anna):
    jansen("Geheim", afgeschermd=True)
    ronde = draai(proef=True)
    pagina = tekst(http.get(adres("ronde", ronde)))
    assert "Afgeschermde cliënt" in pagina
    assert "Geheim" not in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_het_aantal_vragen_van_de_pagina_hangt_niet_van_de_rijen_af(
    http, anna, aantal, django_assert_num_queries
):
    for n in range(aantal):
        jansen(f"Persoon{n}")
    ronde = draai(proef=True)
    http.get(adres("ronde", ronde))
    # session, user, scope; round, lines, later round, corrected results, run before; log; name of the organisation
    with django_assert_num_queries(10):
        http.get(adres("ronde", ronde))


def test_wie_op_het_scherm_stond_staat_in_het_logboek(http, anna):
    stop = jansen()
    ronde = draai(proef=True)
    http.get(adres("ronde", ronde))
    regel = Gebeurtenis.objects.get(actie="lijst.zien")
    assert (regel.actor_id, bytes(regel.client_index), regel.object_kenmerk) == (
        anna.pk,
        bytes(stop.bsn_index),
        str(stop.kenmerk),
    )
    assert regel.details == {"scherm": "ronde"}


# --- Export -----------------------------------------------------------------------------------------------------------
def test_de_export_zegt_per_client_wat_er_in_suite_moet(http, anna):
    stop = jansen()
    zonder = fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    jansen("Geheim", afgeschermd=True)
    fabriek.losse_stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), einddatum=EIND)
    ronde = draai()
    antwoord = http.get(adres("ronde-export", ronde))
    assert antwoord["Content-Disposition"] == 'attachment; filename="ronde-1783-2026-09.xlsx"'
    boek = load_workbook(io.BytesIO(antwoord.content))
    kop, *rijen = boek["Stopberichten"].iter_rows(values_only=True)
    per_nummer = {rij[3]: dict(zip(kop, rij, strict=True)) for rij in rijen}
    assert len(rijen) == 4
    goed = per_nummer[str(stop.toewijzingnummer)]
    assert goed["In te voeren in Suite"] == "Resultaat behaald: ja; toewijzing sluiten; dossier sluiten"
    assert (goed["BSN"], goed["Cliënt"]) == (bsn_van(stop.toewijzing.client), "J. Jansen")
    assert goed["Einddatum zorg"] == datetime(2026, 9, 30)
    assert per_nummer[str(zonder.toewijzingnummer)]["In te voeren in Suite"] == "Niets"
    geheim = next(rij for rij in per_nummer.values() if rij["Cliënt"] == "Afgeschermde cliënt")
    assert geheim["BSN"] is None
    assert Gebeurtenis.objects.get(actie="ronde.exporteren").details == {"rijen": 4}
    assert Gebeurtenis.objects.filter(actie="lijst.zien", details__scherm="export ronde").count() == 4


def test_een_proefdraai_zegt_dat_er_nog_niets_in_suite_moet_en_een_teruggedraaide_ronde_heeft_geen_export(
    http, anna
):
    jansen()
    boek = load_workbook(io.BytesIO(http.get(adres("ronde-export", draai(proef=True))).content))
    assert boek["Stopberichten"]["K2"].value == "Nog niets: dit is een proefdraai"
    ronde = draai()
    http.post(adres("ronde-terugdraaien", ronde), {"reden": "Oefening."})
    assert http.get(adres("ronde-export", ronde)).status_code == 404
    assert "Export voor Suite" not in tekst(http.get(adres("ronde", ronde)))
    assert "Het dossier is gesloten." not in tekst(http.get(adres("ronde", ronde)))
