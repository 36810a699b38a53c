"""manage.py lees_berichten: files, folders and zips in, one stable line a message out."""

import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import iwmo
from beschikkingen.models import Toewijzing
from iwmo.envelop import Partij, maak_di01, maak_zip, open_envelop
from organisaties.models import Aanbieder, Gemeente
from stopberichten.berichtinhoud import als_ontvangen, du01_van, inhoud_van
from stopberichten.models import Bericht, Stop
from tests import fabriek
from tests.stopberichten.brieven import BRAM, Wie, start, stop, toegewezen, weg, xml
from wmo_portal.lib import rls, tijd

pytestmark = pytest.mark.django_db
SLEUTELS = {"bestand", "geaccepteerd", "header", "client", "producten", "retour"}
DAG = "2026-10-15"


def lees(*paden, **opties):
    uit = io.StringIO()
    call_command("lees_berichten", *map(str, paden), als_json=True, vandaag=DAG, stdout=uit, **opties)
    return [json.loads(regel) for regel in uit.getvalue().splitlines()]


@pytest.fixture
def geschiedenis(tmp_path):
    """Annie's history as files: allocation, start, stop, and the stop corrected."""
    brieven = [
        xml("301", toegewezen()),
        xml("305", start()),
        xml("307", stop(reden="22")),
        xml("307", weg(stop(reden="22")), stop(reden="19")),
    ]
    for n, brief in enumerate(brieven, 1):
        (tmp_path / f"{n}.xml").write_bytes(brief)
    return tmp_path


def test_een_map_met_een_geschiedenis(geschiedenis):
    regels = lees(geschiedenis)
    assert [set(regel) for regel in regels] == [SLEUTELS] * 4
    assert [regel["geaccepteerd"] for regel in regels] == [True] * 4
    assert [(regel["header"], regel["client"], regel["producten"]) for regel in regels] == [
        ([], None, None)
    ] * 4
    assert regels[0]["bestand"] == str(geschiedenis / "1.xml")
    assert list(Stop.objects.geldig().values_list("reden", flat=True)) == ["19"]
    # Neither was known before; both wait for the beheerder, nothing was dropped.
    assert Gemeente.objects.get(code="1783").ingericht is False
    assert Aanbieder.objects.get().ingericht is False


def test_de_volgorde_is_die_van_de_opdracht(geschiedenis):
    regels = lees(geschiedenis / "2.xml", geschiedenis / "1.xml", geschiedenis / "2.xml")
    assert [regel["producten"] for regel in regels] == [[["9019"]], None, None]
    assert [regel["header"] for regel in regels] == [["0200"], [], []]


def test_een_proef_oordeelt_als_de_echte_loop(geschiedenis):
    """They agree on everything but the running number in the name of the retour."""
    proef, echt = lees(geschiedenis, proef=True), lees(geschiedenis)
    assert [{**regel, "retour": ""} for regel in proef] == [{**regel, "retour": ""} for regel in echt]


def test_na_een_proef_is_er_niets(geschiedenis):
    regels = lees(geschiedenis, proef=True)
    assert [regel["geaccepteerd"] for regel in regels] == [True] * 4
    assert not Bericht.objects.exists()
    assert not Toewijzing.objects.exists()
    assert not Gemeente.objects.exists()


def test_een_proef_staat_op_wat_er_al_is(geschiedenis):
    lees(geschiedenis / "1.xml")
    assert lees(geschiedenis / "2.xml", proef=True)[0]["geaccepteerd"]
    assert Bericht.objects.count() == 1


def test_de_retourberichten_staan_in_de_map(geschiedenis, tmp_path):
    map_ = tmp_path / "retour"
    regels = lees(
        geschiedenis / "1.xml", geschiedenis / "2.xml", geschiedenis / "3.xml", retour_map=map_, proef=True
    )
    assert [regel["retour"][:6] for regel in regels] == ["wmo302", "wmo306", "wmo308"]
    for regel in regels:
        pad = map_ / regel["retour"]
        assert iwmo.controleer(pad.read_bytes()).akkoord
        assert pad.stat().st_mode & 0o077 == 0


def test_een_zip_met_veel_berichten(geschiedenis, tmp_path):
    pad = tmp_path / "alles.zip"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for n in range(1, 5):
            zip_.write(geschiedenis / f"{n}.xml", f"map/{n}.xml")
    regels = lees(pad)
    assert [regel["bestand"] for regel in regels] == [f"{pad}/map/{n}.xml" for n in range(1, 5)]
    assert all(regel["geaccepteerd"] for regel in regels)


def test_een_bom_van_een_zip_wordt_geweigerd_en_bewaard(tmp_path):
    pad = tmp_path / "bom.zip"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("groot.xml", b"0" * 5_000_000)
    assert lees(pad) == [
        {
            "bestand": str(pad),
            "geaccepteerd": False,
            "header": [],
            "client": None,
            "producten": None,
            "retour": None,
        }
    ]
    assert "keer zo groot" in Bericht.objects.get().meldingen[0]["tekst"]


def test_een_envelop_van_het_ggk_wordt_geopend(tmp_path):
    brief = xml("301", toegewezen())
    pad = tmp_path / "di01.xml"
    pad.write_bytes(
        maak_di01(
            brief,
            zender=Partij("1783", "Suite"),
            ontvanger=Partij("75000101", "Portaal"),
            referentienummer="3f2b8a64-1d2c-4e5f-8a9b-0c1d2e3f4a5b",
            tijdstip=tijd.nu(),
        )
    )
    regel = lees(pad, retour_map=str(tmp_path / "retour"))[0]
    assert regel["geaccepteerd"]
    bericht = Bericht.objects.get()
    assert (inhoud_van(bericht), als_ontvangen(bericht)) == (brief, pad.read_bytes())
    # The answer stands there bare, and in an envelope that names the Di01 and goes back to its sender.
    du01 = open_envelop((tmp_path / "retour" / f"du01-{regel['retour']}").read_bytes())
    assert du01.bericht == (tmp_path / "retour" / regel["retour"]).read_bytes()
    assert du01.kruisreferentie == "3f2b8a64-1d2c-4e5f-8a9b-0c1d2e3f4a5b"
    assert (du01.soort, du01.functie, du01.ontvanger) == ("Du01", "WMO302", Partij("1783", "Suite"))
    assert du01_van(bericht) == (tmp_path / "retour" / f"du01-{regel['retour']}").read_bytes()


def test_zonder_envelop_geen_envelop_terug(geschiedenis, tmp_path):
    regels = lees(geschiedenis, retour_map=str(tmp_path / "retour"))
    assert {pad.name for pad in (tmp_path / "retour").iterdir()} == {r["retour"] for r in regels}
    assert du01_van(Bericht.objects.first()) is None


def test_een_lege_zip_en_een_pijp_houden_niets_op(geschiedenis, tmp_path):
    leeg, pijp = tmp_path / "leeg.zip", tmp_path / "pijp"
    leeg.write_bytes(maak_zip([]))
    os.mkfifo(pijp)
    uit = io.StringIO()
    paden = map(str, (leeg, pijp, geschiedenis / "1.xml"))
    with pytest.raises(CommandError, match="Niet elk bestand"):
        call_command("lees_berichten", *paden, vandaag=DAG, als_json=True, stdout=uit)
    regels = [json.loads(regel) for regel in uit.getvalue().splitlines()]
    assert [Path(r["bestand"]).name for r in regels][:2] == ["leeg.zip", "pijp"]
    assert [r["geaccepteerd"] for r in regels] == [False, False, True]
    assert "geen bestanden" in Bericht.objects.get(bestandsnaam__endswith="leeg.zip").meldingen[0]["tekst"]


@pytest.mark.parametrize(
    "inhoud", [b"", b"\x00\xff", b"<a/>", b"PK\x03\x04stuk", b"<!DOCTYPE a><a/>", b"koppelvlak/ggk0210"]
)
def test_rommel_geeft_een_regel_en_geen_fout(tmp_path, inhoud):
    (tmp_path / "rommel").write_bytes(inhoud)
    regels = lees(tmp_path / "rommel")
    assert (len(regels), regels[0]["geaccepteerd"], regels[0]["header"]) == (1, False, [])
    assert Bericht.objects.get().meldingen


def test_een_bestand_dat_er_niet_is_houdt_de_rest_niet_op(geschiedenis):
    uit = io.StringIO()
    with pytest.raises(CommandError, match="Niet elk bestand"):
        call_command(
            "lees_berichten",
            "/bestaat/niet.xml",
            str(geschiedenis / "1.xml"),
            als_json=True,
            vandaag=DAG,
            stdout=uit,
        )
    regels = [json.loads(regel) for regel in uit.getvalue().splitlines()]
    assert [regel["geaccepteerd"] for regel in regels] == [False, True]


def test_voor_mensen_staat_er_een_zin(geschiedenis):
    uit = io.StringIO()
    call_command("lees_berichten", str(geschiedenis / "2.xml"), vandaag=DAG, proef=True, stdout=uit)
    assert "305-bericht afgekeurd op inhoud" in uit.getvalue()
    assert "TR019 product 1: Er is geen toewijzing met dit nummer" in uit.getvalue()
    assert "er is niets bewaard" in uit.getvalue()


def test_een_datum_die_niet_bestaat_geeft_een_zin(geschiedenis):
    with pytest.raises(CommandError, match="verwacht een datum als"):
        call_command("lees_berichten", str(geschiedenis), vandaag="15-10-2026")


def test_de_dag_komt_in_het_retourbericht(geschiedenis, tmp_path):
    regel = lees(geschiedenis / "1.xml", retour_map=tmp_path / "r")[0]
    retour = iwmo.lees((tmp_path / "r" / regel["retour"]).read_bytes())
    assert retour.header.retour.dagtekening == date(2026, 10, 15)


def test_de_opdracht_zet_zelf_haar_werkbereik(geschiedenis, monkeypatch):
    rls.zet_regel("")
    assert lees(geschiedenis / "1.xml")[0]["geaccepteerd"]
    rls.zet(rls.SYSTEEM)


def test_de_voorbeelden_van_bram_en_een_andere_gemeente_staan_los(tmp_path):
    (tmp_path / "a.xml").write_bytes(xml("301", toegewezen(), van=BRAM))
    (tmp_path / "b.xml").write_bytes(xml("301", toegewezen(), van=Wie(gemeente="0503")))
    (tmp_path / "c.xml").write_bytes(xml("301", toegewezen()))
    fabriek.westland()
    # TR332: the number is Bram's in Westland; Delft has its own numbers.
    assert [regel["producten"] for regel in lees(tmp_path)] == [None, None, [["9332"]]]
