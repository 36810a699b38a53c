"""What somebody may ask to see about himself is all of it, and nothing of another (D12)."""

import io
import json
import subprocess
import sys

import pikepdf
import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection
from pdfua import validate

from beschikkingen.kluis import bsn_van
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from rapportage.inzageverzoek import paden
from rapportage.pdf.inzage import regels
from tests.veiligheid import wereld
from wmo_portal.lib import drukwerk
from wmo_portal.lib.drukwerk import beschikbaar

pytestmark = pytest.mark.django_db


def vraag(bsn: str, map_, monkeypatch, gemeente="1783", **opties) -> dict:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{bsn}\n"))
    uit = io.StringIO()
    call_command("inzage", gemeente=gemeente, naar=map_, stdout=uit, **opties)
    (bestand,) = map_.glob("inzage-*.json")
    assert bsn not in bestand.name + uit.getvalue()
    assert bestand.stat().st_mode & 0o077 == 0
    return json.loads(bestand.read_text())


@pytest.fixture
def hoeken(http):
    alles = wereld.bouw()
    http.force_login(alles.mensen["consulent"])
    http.get(f"/dossiers/{alles.WL.rij['beschikking'].kenmerk}/")
    return alles


def test_alles_van_deze_persoon_en_niets_van_een_ander(hoeken, tmp_path, monkeypatch):
    bsn = bsn_van(hoeken.WL.rij["client"])
    overzicht = vraag(bsn, tmp_path, monkeypatch)
    tekst = json.dumps(overzicht)
    assert overzicht["cliënt"]["bsn"] == bsn
    assert "KANARIEWLnaam" in tekst
    assert "KANARIEWE" not in tekst
    assert "KANARIEDE" not in tekst
    soorten = set(overzicht["gegevens"])
    assert {
        "beschikkingen.Beschikking", "beschikkingen.Toewijzing", "beschikkingen.Document", "resultaat.Evaluatie",
        "resultaat.Gesprek", "resultaat.InformatieVraag", "resultaat.Resultaat", "stopberichten.Toelichting",
        "stopberichten.ToelichtingRegel", "stopberichten.Stop",
    } <= soorten  # fmt: skip
    assert overzicht["berichten"]


@pytest.mark.skipif(not beschikbaar(), reason="Pango is missing: see GEEN_PANGO in drukwerk")
def test_hetzelfde_als_pdf_voor_de_persoon_zelf(hoeken, tmp_path, monkeypatch):
    """Tagged, so that a screen reader reads it; all of it, nothing of another; only for who made it."""
    bsn = bsn_van(hoeken.WL.rij["client"])
    vraag(bsn, tmp_path, monkeypatch)
    (bestand,) = tmp_path.glob("inzage-*.pdf")
    assert bestand.stat().st_mode & 0o077 == 0
    inhoud = bestand.read_bytes()
    assert [f.message for f in validate(str(bestand)).findings] == []
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
    tekst = " ".join(
        subprocess.run(["pdftotext", "-layout", str(bestand), "-"], capture_output=True, check=True)
        .stdout.decode()
        .split()
    )
    assert bsn in tekst
    assert "KANARIEWLnaam" in tekst
    assert "KANARIEWE" not in tekst
    assert "KANARIEDE" not in tekst
    assert "Wie uw gegevens bekeek of veranderde" in tekst


def test_zonder_pango_is_de_json_er_toch(hoeken, tmp_path, monkeypatch):
    monkeypatch.setattr(drukwerk, "beschikbaar", lambda: False)
    assert vraag(bsn_van(hoeken.WL.rij["client"]), tmp_path, monkeypatch)["gegevens"]
    assert list(tmp_path.glob("*.pdf")) == []


def test_de_pdf_noemt_waarden_in_woorden():
    assert regels({"leeg": None, "behaald": True, "lijst": ["a", {"b": False}], "x_y": 0}) == [
        ("Behaald", "ja"),
        ("Lijst", "a; b: nee"),
        ("X y", "0"),
    ]


def test_ook_wie_er_keek_en_waarvoor_maar_niet_hoe_hij_heet(hoeken, tmp_path, monkeypatch):
    log = vraag(bsn_van(hoeken.WL.rij["client"]), tmp_path, monkeypatch)["logboek"]
    assert log
    assert {regel["als"] for regel in log} == {"consulent"}
    assert all(regel["waarvoor"] for regel in log)
    assert not any("wie" in regel for regel in log)


def test_met_namen_als_de_gemeente_dat_besloot(hoeken, tmp_path, monkeypatch):
    log = vraag(bsn_van(hoeken.WL.rij["client"]), tmp_path, monkeypatch, met_namen=True)["logboek"]
    assert {regel["wie"] for regel in log} == {"Carla"}


def test_een_andere_gemeente_antwoordt_voor_zichzelf(hoeken, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="In Delft is over dit BSN niets bekend"):
        vraag(bsn_van(hoeken.WL.rij["client"]), tmp_path, monkeypatch, gemeente="0503")


def test_het_verzoek_zelf_staat_in_het_logboek(hoeken, tmp_path, monkeypatch):
    vraag(bsn_van(hoeken.WL.rij["client"]), tmp_path, monkeypatch)
    regel = Gebeurtenis.objects.get(actie="inzageverzoek.gemaakt")
    assert bytes(regel.client_index) == bytes(hoeken.WL.rij["client"].bsn_index)
    assert regel.gemeente_id == hoeken.WL.gemeente.pk


def test_een_bsn_kan_niet_op_de_opdrachtregel():
    """What stands there is in the list of processes and in the history of the shell."""
    opdracht = load_command_class(get_commands()["inzage"], "inzage")
    eigen = [
        a
        for a in opdracht.create_parser("manage.py", "inzage")._actions
        if a.dest in ("gemeente", "naar", "met_namen")
    ]
    vrij = [a for a in opdracht.create_parser("manage.py", "inzage")._actions if not a.option_strings]
    assert len(eigen) == 3
    assert vrij == []
    assert "--bsn" not in opdracht.create_parser("manage.py", "inzage").format_help()


@pytest.mark.bsn_zichtbaar("what is refused is repeated nowhere; the numbers are typed here")
@pytest.mark.parametrize("getypt", ["", "123", "999900007"])
def test_een_tikfout_krijgt_een_zin(getypt, tmp_path, monkeypatch):
    with pytest.raises(CommandError) as fout:
        vraag(getypt or " ", tmp_path, monkeypatch)
    assert str(fout.value).endswith(".")
    assert "999900007" not in str(fout.value)


def test_geen_tabel_over_een_persoon_wordt_vergeten():
    """The control: every table with a column that names a client, a decision, an allocation or a paper of one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct table_name from information_schema.columns where table_schema = 'public' and column_name in"
            " ('client_id', 'beschikking_id', 'toewijzing_id', 'toelichting_id', 'evaluatie_id', 'stop_id')"
        )
        # These two have a `client_id` of another kind: that of the portal at a log-in service.
        verwacht = {rij[0] for rij in cursor.fetchall()} - {
            "socialaccount_socialapp",
            "organisaties_inlogdienst",
        }
    assert verwacht - {model._meta.db_table for model in paden()} == set()
    assert Gebruiker not in paden()
