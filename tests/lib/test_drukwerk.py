"""PDFs that a screen reader can read, and that reach for nothing outside the project."""

import base64
import datetime as dt
import hashlib
import io
import json
import logging
import re
import subprocess
import sys
from collections import Counter

import pikepdf
import pytest
from pdfua import validate

from wmo_portal.lib import drukwerk
from wmo_portal.lib.drukwerk import (
    GEEN_PANGO,
    STATISCH,
    DrukwerkFout,
    PangoOntbreekt,
    TeGroot,
    beschikbaar,
    pdf,
)
from wmo_portal.lib.grafiek import balken

OP = dt.datetime(2026, 4, 1, 8, 0, tzinfo=dt.UTC)
GRAFIEK = balken("Uitval per gemeente", [("Vaals", 3), ("Meerssen", 5)])
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RAPPORT = f"""
<h1>Uitval eerste kwartaal 2026</h1><p>Cliënten uit Ĳsselmonde – “strikte” uitval.</p>
<h2>Grafiek</h2><figure>{GRAFIEK}</figure>
<h2>Tabel</h2><table><caption>Uitval</caption>
<thead><tr><th scope="col">Gemeente</th><th scope="col">Aantal</th></tr></thead>
<tbody><tr><th scope="row">Vaals</th><td>3</td></tr><tr><th scope="row">Meerssen</th><td>5</td></tr></tbody></table>
<h3>Toelichting</h3><ul><li>Telling op 31-3-2026</li></ul>
<p><img src="drukwerk:beeldmerk.png" alt="Beeldmerk van de gemeente"></p>
"""

pytestmark = pytest.mark.skipif(not beschikbaar(), reason="Pango is missing: see GEEN_PANGO in drukwerk")


def maak(inhoud=RAPPORT, **meer):
    return pdf(
        inhoud, **({"titel": "Uitval & meer", "gemaakt_op": OP, "bestanden": {"beeldmerk.png": PNG}} | meer)
    )


@pytest.fixture(scope="module")
def rapport():
    with pikepdf.open(io.BytesIO(maak(maker="Anna de Wit"))) as document:
        yield document


def elementen(document, *soorten):
    """Structure elements in reading order."""
    gevonden = []

    def loop(knoop):
        if isinstance(knoop, pikepdf.Array):
            for kind in knoop:
                loop(kind)
        elif isinstance(knoop, pikepdf.Dictionary):
            if "/S" in knoop and (not soorten or str(knoop.S) in soorten):
                gevonden.append(knoop)
            if "/K" in knoop:
                loop(knoop.K)

    loop(document.Root.StructTreeRoot.K)
    return gevonden


def test_het_bestand_zegt_dat_het_toegankelijk_is(rapport):
    assert bool(rapport.Root.MarkInfo.Marked)
    assert str(rapport.Root.Lang) == "nl"
    assert bool(rapport.Root.ViewerPreferences.DisplayDocTitle)
    assert str(rapport.docinfo.Title) == "Uitval & meer"
    assert str(rapport.docinfo.Author) == "Anna de Wit"
    with rapport.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_koppen_dalen_zonder_sprong_en_staan_op_volgorde(rapport):
    niveaus = [int(str(e.S)[2]) for e in elementen(rapport, "/H1", "/H2", "/H3")]
    assert niveaus == [1, 2, 2, 3]


def test_elke_kopcel_zegt_of_zij_bij_een_rij_of_kolom_hoort(rapport):
    assert [str(e.A.Scope) for e in elementen(rapport, "/TH")] == ["/Column", "/Column", "/Row", "/Row"]
    for cel in elementen(rapport, "/TD"):
        assert len(cel.A.Headers) == 2


def test_zonder_de_afwerking_ontbreekt_dat(monkeypatch):
    """Negative control: what WeasyPrint does by itself."""
    monkeypatch.setattr(drukwerk, "_maak_koppen_af", lambda document, pdf_: None)
    with pikepdf.open(io.BytesIO(maak())) as document:
        assert not any("/Scope" in e.A for e in elementen(document, "/TH"))


def test_elke_figuur_heeft_een_tekst(rapport):
    teksten = {str(e.Alt) for e in elementen(rapport, "/Figure") if "/Alt" in e}
    assert {"Uitval per gemeente", "Beeldmerk van de gemeente"} <= teksten


def _tabel(ruimte, rijen):
    """On a page of its own, under so much white: the nearer to the foot, the fewer rows fit."""
    rij = '<tr><th scope="row">Rij</th><td>5</td></tr>'
    return (
        f'<div class="nieuwe-pagina" style="height: {ruimte}mm"></div><h2>Kop</h2>'
        '<table><thead><tr><th scope="col">Gemeente</th><th scope="col">Aantal</th></tr></thead>'
        f"<tbody>{rij * rijen}</tbody></table>"
    )


def _rijen_per_pagina(ruimte, rijen):
    """Of one table: how many of its rows stand on each page that has any."""
    with pikepdf.open(io.BytesIO(maak(f"<h1>Rapport</h1>{_tabel(ruimte, rijen)}"))) as document:
        paginas = [pagina.obj.objgen for pagina in document.pages]
        rij_koppen = [kop for kop in elementen(document, "/TH") if str(kop.A.Scope) == "/Row"]
        telling = Counter(paginas.index(kop.Pg.objgen) for kop in rij_koppen)
    return [telling[pagina] for pagina in sorted(telling)]


RUIMTES = (190, 198, 206, 214, 222, 240)


def test_geen_rij_staat_alleen_onder_of_boven_aan_een_bladzijde():
    verdelingen = [_rijen_per_pagina(ruimte, 5) for ruimte in RUIMTES]
    assert {sum(verdeling) for verdeling in verdelingen} == {5}
    assert {len(verdeling) for verdeling in verdelingen} == {1, 2}, "sommige tabellen passen op een bladzijde"
    assert min(min(verdeling) for verdeling in verdelingen) == 2


@pytest.mark.parametrize("rijen", [1, 2, 3])
def test_een_korte_tabel_blijft_bij_elkaar(rijen):
    assert {tuple(_rijen_per_pagina(ruimte, rijen)) for ruimte in RUIMTES} == {(rijen,)}


def test_zonder_die_regels_staat_er_een_alleen(monkeypatch, tmp_path):
    """Negative control."""
    zonder = tmp_path / "drukwerk.css"
    zonder.write_text(
        re.sub(r"tbody tr:(first|last)-child.*", "", drukwerk._STIJL.read_text("utf-8")), "utf-8"
    )
    monkeypatch.setattr(drukwerk, "_STIJL", zonder)
    assert min(min(_rijen_per_pagina(ruimte, 5)) for ruimte in RUIMTES) == 1


def test_de_letters_zitten_erin(rapport):
    namen = {
        str(o.BaseFont).split("+")[1]
        for o in rapport.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type0"
    }
    assert "Noto-Sans" in namen
    assert not any("DejaVu" in naam for naam in namen)


def test_pdfua_vindt_geen_fouten(tmp_path, caplog):
    pad = tmp_path / "rapport.pdf"
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        pad.write_bytes(maak())
    assert [f.message for f in validate(str(pad)).findings] == []
    assert caplog.records == []


def test_dezelfde_invoer_geeft_dezelfde_bytes_ook_in_een_ander_proces():
    hier = hashlib.sha256(maak("<h1>Zelfde</h1><p>Tekst</p>", bestanden=None)).hexdigest()
    daar = subprocess.run(
        [sys.executable, "-c",
         "import hashlib, datetime as dt; from wmo_portal.lib.drukwerk import pdf; "
         "print(hashlib.sha256(pdf('<h1>Zelfde</h1><p>Tekst</p>', titel='Uitval & meer', "
         "gemaakt_op=dt.datetime(2026, 4, 1, 8, 0, tzinfo=dt.UTC))).hexdigest())"],
        capture_output=True, text=True, check=True, cwd=STATISCH.parent,
    )  # fmt: skip
    assert daar.stdout.strip() == hier


def test_de_letters_worden_per_proces_een_keer_uitgepakt(monkeypatch):
    eerste, uitgepakt = maak(), []
    monkeypatch.setattr("fontTools.ttLib.woff2.decompress", lambda *_: uitgepakt.append(1))
    assert maak() == eerste
    assert uitgepakt == []


def test_een_ander_moment_geeft_een_ander_bestand():
    assert maak() != maak(gemaakt_op=OP + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="drukwerk:../pyproject.png" alt="x">',
        '<img src="drukwerk:onbekend.png" alt="x">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<style>@import url("file:///etc/passwd");</style>',
        '<style>p { background: url("file:///etc/passwd"); }</style>',
        '<object data="file:///etc/passwd" type="image/png"></object>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="file:///etc/passwd"/></svg>',
    ],
)
def test_wat_naar_buiten_wijst_stopt_de_druk(html):
    with pytest.raises(DrukwerkFout, match="een bestand dat er niet in mag"):
        maak(f"<h1>x</h1><p>tekst</p>{html}")


def test_een_relatief_adres_wordt_niet_opgezocht():
    with pikepdf.open(io.BytesIO(maak('<h1>x</h1><img src="../../etc/passwd" alt="niets">'))) as document:
        assert not [p for p in document.pages if p.get_images()]


def test_een_gewone_link_mag():
    inhoud = maak('<h1>x</h1><p><a href="https://example.org/">bron</a></p>')
    with pikepdf.open(io.BytesIO(inhoud)) as document:
        assert str(document.pages[0].Annots[0].A.URI) == "https://example.org/"


@pytest.mark.parametrize(("cellen", "mag"), [(4, True), (5, False)])
def test_een_te_grote_tabel_krijgt_een_zin(cellen, mag):
    tabel = "<table><tr>" + "<td>1</td>" * cellen + "</tr></table>"
    if mag:
        assert maak(tabel, max_cellen=4).startswith(b"%PDF-1.7")
        return
    with pytest.raises(TeGroot, match="heeft 5 tabelcellen; in een PDF passen er 4"):
        maak(tabel, max_cellen=4)


def test_zonder_pango_staat_er_hoe_het_te_krijgen_is(monkeypatch):
    monkeypatch.setattr(drukwerk, "_BIBLIOTHEKEN", (("libbestaatniet.so.0",),))
    drukwerk.beschikbaar.cache_clear()
    try:
        assert not beschikbaar()
        with pytest.raises(PangoOntbreekt, match=r"libpangoft2-1\.0-0 libharfbuzz-subset0") as fout:
            maak()
        assert str(fout.value) == GEEN_PANGO
    finally:
        drukwerk.beschikbaar.cache_clear()


def test_weasyprint_wordt_pas_geladen_als_er_gedrukt_wordt():
    code = "import sys, wmo_portal.lib.drukwerk as d; d.beschikbaar(); print('weasyprint' in sys.modules)"
    uit = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=STATISCH.parent
    )
    assert uit.stdout.strip() == "False"


def test_de_letters_zijn_die_van_de_herkomst_met_hun_licentie():
    map_ = STATISCH / "fonts"
    herkomst = json.loads((map_ / "herkomst.json").read_text("utf-8"))
    aanwezig = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in map_.glob("*.woff2")}
    assert aanwezig == herkomst["bestanden"]
    assert herkomst["license"] == "OFL-1.1"
    assert "SIL OPEN FONT LICENSE" in (map_ / "LICENTIE-OFL-1.1.txt").read_text("utf-8").upper()
