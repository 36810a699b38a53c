"""The people and the identity provider of the stories about logging in."""

import pytest

from organisaties.enums import Rol
from organisaties.models import Gebruiker
from tests import fabriek
from tests.organisaties.idp import Inlogstub
from tests.organisaties.inlogverhaal import ACR, WACHTWOORD


@pytest.fixture
def stub():
    dienst = Inlogstub()
    yield dienst
    dienst.stop()


@pytest.fixture
def marijke():
    wie = Gebruiker.objects.create_user("marijke@example.nl", WACHTWOORD, naam="Marijke", rol=Rol.CONSULENT)
    wie.gemeenten.set([fabriek.westland()])
    return wie


@pytest.fixture
def westland(stub, marijke):
    return fabriek.inlogdienst("westland", fabriek.westland(), uitgever=stub.adres, tweede_stap=ACR)
