"""No form takes more than it shows, and what is stored shows no BSN (threats 10, 14 and 27)."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client
from tests.huis.test_wetten import APPS
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
