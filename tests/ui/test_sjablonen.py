"""Components with declared parameters, and the vendored files with their origin."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import escape
from django.utils.safestring import mark_safe

from wmo_portal.nlds.componenten import COMPONENTEN

HUIS = Path(settings.BASE_DIR)
MAP = HUIS / "templates" / "componenten"
DELEN = {"filterveld"}  # a part of filterbalk, never used alone


def toon(bron: str, **inhoud) -> str:
    return Template("{% load ui %}" + bron).render(Context(inhoud))


def test_elk_sjabloon_staat_in_de_tabel_en_omgekeerd():
    assert {pad.stem for pad in MAP.glob("*.html")} - DELEN == set(COMPONENTEN)


@pytest.mark.parametrize("naam", COMPONENTEN)
def test_elke_parameter_staat_uitgelegd_boven_het_sjabloon(naam):
    uitleg = (MAP / f"{naam}.html").read_text().split("{% endcomment %}")[0]
    component = COMPONENTEN[naam]
    ontbreekt = [p for p in [*component.alles(), *component.vakken] if not re.search(rf"\b{p}\b", uitleg)]
    assert ontbreekt == []


@pytest.mark.parametrize("naam", COMPONENTEN)
def test_elke_parameter_wordt_gebruikt(naam):
    lichaam = (MAP / f"{naam}.html").read_text().split("{% endcomment %}")[1]
    component = COMPONENTEN[naam]
    assert [p for p in [*component.alles(), *component.vakken] if not re.search(rf"\b{p}\b", lichaam)] == []


@pytest.mark.parametrize(
    ("bron", "zin"),
    [
        ('{% toon "knopje" tekst="x" %}', "geen component 'knopje'"),
        ('{% toon "knop" %}', "'tekst' ontbreekt"),
        ('{% toon "knop" tekst="x" kleur="rood" %}', "'kleur' bestaat niet"),
        ("{% toon knop %}", "tussen quotes"),
        ('{% component "leeg" titel="x" %}{% vul "rijen" %}{% endvul %}{% endcomponent %}', "geen vak rijen"),
    ],
)
def test_een_verkeerde_parameter_valt_op_bij_het_laden(bron, zin):
    with pytest.raises(TemplateSyntaxError, match=zin):
        toon(bron)


def test_een_component_ziet_alleen_wat_hij_kreeg():
    assert "geheim" not in toon('{% toon "melding" soort="info" %}', tekst="geheim", titel="geheim")


def test_parameters_worden_ontsnapt_en_de_inhoud_een_keer():
    html = toon('{% component "melding" tekst=boos %}<b>{{ boos }}</b>{% endcomponent %}', boos="<i>'x'</i>")
    assert html.count("&lt;i&gt;&#x27;x&#x27;&lt;/i&gt;") == 2
    assert "<b>" in html


def test_de_titel_wordt_niet_dubbel_ontsnapt():
    bron = "{% vang t %} {{ naam }} {% endvang %}<title>{{ t }}</title>"
    assert toon(bron, naam="A & B") == "<title>A &amp; B</title>"


def test_nul_rijen_geeft_de_lege_staat_en_een_rij_de_tabel():
    bron = '{% component "tabel" bijschrift="Lijst" aantal=n leeg_titel="Niets" %}<tr><td>rij</td></tr>{% endcomponent %}'
    assert "<table" not in toon(bron, n=0)
    assert "Niets" in toon(bron, n=0)
    assert "<td>rij</td>" in toon(bron, n=1)


def test_een_geblokkeerde_knop_zegt_waarom_en_doet_niets():
    html = toon('{% toon "knop" tekst="Sluit" reden="Er staat een vraag open." url="/x/" %}')
    assert "Er staat een vraag open." in html
    assert 'aria-disabled="true"' in html
    assert "href" not in html


def test_nul_is_een_waarde_en_niets_is_een_streepje():
    html = toon('{% toon "definitielijst" regels=r %}', r=[("Dagen", 0), ("Opvolger", None), ("Naam", "")])
    assert html.count("<dd>–</dd>") == 2
    assert "<dd>0</dd>" in html


VENDOR = HUIS / "static" / "vendor"


def test_elk_bestand_van_anderen_is_wat_het_was():
    sha = json.loads((VENDOR / "herkomst.json").read_text())["sha256"]
    assert set(sha) | {"herkomst.json"} == {pad.name for pad in VENDOR.iterdir()}
    assert {naam: hashlib.sha256((VENDOR / naam).read_bytes()).hexdigest() for naam in sha} == sha


def test_van_elk_pakket_staan_versie_integriteit_en_licentie_erbij():
    pins = json.loads((HUIS / "bin" / "vendor" / "package.json").read_text())["dependencies"]
    pakketten = {p["naam"]: p for p in json.loads((VENDOR / "herkomst.json").read_text())["pakketten"]}
    assert {naam: p["version"] for naam, p in pakketten.items()} == pins
    assert all(
        p["integrity"].startswith("sha512-") and p["license"] == "EUPL-1.2" for p in pakketten.values()
    )


@pytest.mark.parametrize(
    "pad", [*VENDOR.glob("*"), *(HUIS / "bin" / "vendor").glob("*")], ids=lambda pad: pad.name
)
def test_geen_adres_van_een_register(pad):
    assert not re.search(r"https?://[^\s\"')]*(npm|registry)|\"resolved\"", pad.read_text())


@pytest.mark.parametrize("pad", sorted((HUIS / "static" / "css").glob("*.css")), ids=lambda pad: pad.name)
def test_elk_bestand_waar_de_opmaak_naar_wijst_bestaat(pad):
    wijst = re.findall(
        r'url\("(?!drukwerk:)([^"]+)"\)', pad.read_text()
    )  # drukwerk: is the PDF's own fetcher
    assert [doel for doel in wijst if not (pad.parent / doel).resolve().is_file()] == []


@pytest.mark.parametrize("pad", sorted((HUIS / "static" / "js").glob("*.js")), ids=lambda pad: pad.name)
def test_scripts_kunnen_onder_de_strenge_csp(pad):
    """Nothing that needs unsafe-inline or unsafe-eval, and no text of others put in as markup."""
    assert not re.search(
        r"\beval\(|new Function|innerHTML|outerHTML|document\.write|\.style\b|setAttribute\(.style",
        pad.read_text(),
    )


def test_een_badge_wordt_onthouden_en_blijft_ontsnapt():
    badge = '{% toon "badge" tekst=t soort="ok" %}'
    for tekst in ("<b>Goed</b>", "Fout"):
        for _ in range(2):
            assert escape(tekst) in toon(badge, t=tekst)
            assert f">{tekst}<" in toon(badge, t=mark_safe(tekst))
    assert "<b>Goed</b>" in toon("{% autoescape off %}" + badge + "{% endautoescape %}", t="<b>Goed</b>")
    assert "<b>Goed</b>" not in toon(badge, t="<b>Goed</b>")
