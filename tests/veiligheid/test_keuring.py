"""`manage.py check --deploy` looks at where reports would read."""

import pytest
from django.conf import settings

from techniek.keuring import keur_replica

HIER = {"USER": "wmo_app", "NAME": "wmo_portal", "HOST": "db1", "PORT": "5432"}


@pytest.mark.parametrize(
    ("anders", "gezegd"),
    [
        ({"HOST": "db2"}, []),
        ({"PORT": "5433"}, []),
        ({"HOST": "db2", "USER": "wmo_owner"}, ["techniek.E001"]),
        ({"HOST": "db2", "NAME": "kopie"}, ["techniek.E002"]),
        ({}, ["techniek.W001"]),
        (None, []),
    ],
)
def test_een_replica_heeft_dezelfde_rol_en_een_ander_adres(anders, gezegd, monkeypatch):
    replica = {} if anders is None else {"replica": {**HIER, **anders}}
    monkeypatch.setattr(settings, "DATABASES", {"default": HIER, **replica})
    assert [melding.id for melding in keur_replica()] == gezegd
