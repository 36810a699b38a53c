"""No form takes more than it shows, and what is stored shows no BSN (threats 10, 14 and 27)."""

import ast
import importlib
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client
from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from tests.huis.test_wetten import APPS, HUIS, modules
from tests.veiligheid import wereld

# Who owns a row, who did what when, and in which state it is: set by actions alone.
NOOIT = {
    "gemeente",
    "client",
    "beschikking",
    "toewijzing",
    "status",
    "versie",
    "kenmerk",
    "is_active",
    "password",
}
# The beheerder says which service an organisation has and where people work: that is his work.
BEHEER = {"GebruikerForm", "InlogdienstForm"}


def formulieren() -> list[type[forms.BaseModelForm]]:
    """Every ModelForm of ours."""
    for naam in APPS:
        pakket = apps.get_app_config(naam).module
        for module in pkgutil.walk_packages(pakket.__path__, f"{naam}."):
            if "form" in module.name and "migrations" not in module.name:
                importlib.import_module(module.name)
    gevonden, rij = [], [forms.BaseModelForm]
    while rij:
        for klasse in rij.pop().__subclasses__():
            rij.append(klasse)
            if klasse.__module__.split(".")[0] in APPS:
                gevonden.append(klasse)
    return gevonden


def bezwaren(klasse: type[forms.BaseModelForm]) -> list[str]:
    meta = klasse._meta
    if not isinstance(meta.fields, list | tuple):
        return [f"{klasse.__name__} noemt zijn velden niet"]
    te_veel = {naam for naam in meta.fields if naam in NOOIT or naam.endswith(("_op", "_door"))}
    return [f"{klasse.__name__} laat {naam} zetten" for naam in sorted(te_veel)]


def test_elk_formulier_noemt_zijn_velden_en_geen_die_van_het_portaal_zijn():
    alle = formulieren()
    assert {klasse.__name__ for klasse in alle} >= BEHEER
    assert [zin for klasse in alle for zin in bezwaren(klasse)] == []


def test_een_formulier_dat_alles_neemt_valt_op():
    """The negative control."""
    alles = forms.modelform_factory(Client, fields="__all__")
    eigenaar = forms.modelform_factory(Client, fields=["achternaam", "gemeente"])
    assert bezwaren(alles)
    assert bezwaren(eigenaar) == [f"{eigenaar.__name__} laat gemeente zetten"]


@pytest.mark.django_db
def test_ook_voor_een_onbekende_wordt_een_wachtwoord_nagerekend(http, monkeypatch):
    """Otherwise the time of the answer tells who has an account."""
    gerekend = []
    echt = Argon2PasswordHasher.encode

    def encode(self, password, salt):
        gerekend.append(1)
        return echt(self, password, salt)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    http.post("/account/login/", {"login": "niemand@example.nl", "password": "paard-batterij-nietje"})
    assert gerekend == [1]


def rijen_met(bsn: str) -> list[str]:
    """The tables in which this number stands readably: as text, or as the bytes of that text."""
    gevonden = []
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(
                f'select count(*) from "{tabel}" t where t::text like %s or t::text like %s',
                [f"%{bsn}%", f"%{bsn.encode().hex()}%"],
            )
            if cursor.fetchone()[0]:
                gevonden.append(tabel)
    return gevonden


@pytest.mark.django_db
@pytest.mark.bsn_zichtbaar("the test itself asks the database for numbers")
def test_in_geen_enkele_kolom_van_de_database_staat_een_bsn():
    """What a stolen backup would show."""
    alles = wereld.bouw()
    for hoek in (alles.WL, alles.WE, alles.DE):
        assert rijen_met(bsn_van(hoek.rij["client"])) == []
    # The negative control: where it does stand readably, it is found.
    client, bsn = alles.WL.rij["client"], bsn_van(alles.WL.rij["client"])
    Client.objects.filter(pk=client.pk).update(bsn_versleuteld=bsn.encode(), voornamen=bsn)
    assert "beschikkingen_client" in rijen_met(bsn)


# --- Fields twice, and fields that stay ---------------------------------------------------------------------------
def uit_twee_bronnen(tekst: str) -> list[int]:
    """Lines where one value is read from the body or else from the address: an attacker then chooses which (V15.3.7)."""
    fout = []
    for knoop in ast.walk(ast.parse(tekst)):
        if isinstance(knoop, ast.BoolOp | ast.BinOp | ast.Dict | ast.IfExp):
            stuk = ast.unparse(knoop)
            if "request.POST" in stuk and "request.GET" in stuk:
                fout.append(knoop.lineno)
        elif isinstance(knoop, ast.Attribute) and knoop.attr == "REQUEST":
            fout.append(knoop.lineno)
    return fout


def test_geen_view_leest_een_veld_uit_twee_bronnen():
    fout = [
        f"{pad.relative_to(HUIS)}:{regel}"
        for pad in modules()
        if "views" in str(pad)
        for regel in uit_twee_bronnen(pad.read_text())
    ]
    assert fout == []


@pytest.mark.parametrize(
    ("code", "fout"),
    [
        ("x = request.POST.get('a') or request.GET.get('a')", 1),
        ("x = {**request.GET, **request.POST}", 1),
        ("x = request.POST if request.POST else request.GET", 1),
        ("x = request.POST or None", 0),
        ("x = request.POST.get('a')\ny = request.GET.get('b')", 0),
    ],
)
def test_de_lezer_ziet_twee_bronnen(code, fout):
    assert len(uit_twee_bronnen(code)) == fout


@pytest.mark.django_db
@pytest.mark.parametrize("eerst", [["wim@example.nl"], []], ids=["dubbel", "enkel"])
def test_van_een_dubbel_veld_zien_rem_en_controle_hetzelfde(http, eerst):
    """Two e-mail addresses in one form: who logs in is also the one that the brake counts and the log names."""
    Gebruiker.objects.create_user("wim@example.nl", "paard-batterij-nietje", naam="Wim", rol=Rol.CONSULENT)
    Gebruiker.objects.create_user(
        "marijke@example.nl", "paard-batterij-nietje", naam="Marijke", rol=Rol.CONSULENT
    )
    velden = {"login": [*eerst, "marijke@example.nl"], "password": "fout-fout-fout-fout"}
    http.post("/account/login/", velden)
    assert Gebeurtenis.objects.get(actie="inloggen.mislukt").actor_naam == "Marijke"
    http.post("/account/login/", {**velden, "password": ["x", "paard-batterij-nietje"]})
    assert http.get("/").wsgi_request.user.naam == "Marijke"


OPSLAG = re.compile(r"\b(localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie)\b")


def test_in_de_browser_blijft_alleen_een_voorkeur():
    """V14.3.3: of all scripts that are ours one keeps something, and that is whether the keys of a list are on.

    Another takes away what htmx keeps; on every page of the tour `tests.browser.hulp` looks whether the tab is empty.
    """
    bewaren = {
        pad.name: {regel.strip() for regel in pad.read_text().splitlines() if OPSLAG.search(regel)}
        for pad in (HUIS / "static/js").glob("*.js")
    }
    assert {naam: len(regels) for naam, regels in bewaren.items() if regels} == {
        "pagina.js": 1,
        "toetsen.js": 2,
    }
    assert all("sessionStorage.removeItem" in regel for regel in bewaren["pagina.js"])
    assert all("SLEUTEL" in regel for regel in bewaren["toetsen.js"])


def test_een_script_dat_iets_bewaart_valt_op():
    """The negative control."""
    assert OPSLAG.search('sessionStorage.setItem("bsn", waarde)')
    assert not OPSLAG.search("const opslag = 1;")
