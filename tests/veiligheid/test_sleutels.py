"""Changing keys while people work: everything stays readable, nothing of theirs is overwritten (D2)."""

import io
import threading

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, models, transaction

from beschikkingen import kluis
from beschikkingen.kluis import bsn_van, zet_bsn
from beschikkingen.models import Client
from logboek.models import Gebeurtenis
from organisaties import adapters
from rapportage import sleutelwissel
from rapportage.actions.rapporten import geef
from rapportage.models import Rapport
from rapportage.sleutelwissel import KOLOMMEN, vernieuw, verouderd
from stopberichten.berichtinhoud import inhoud_van, retour_van
from stopberichten.models import Bericht
from tests import fabriek
from tests.veiligheid import wereld
from wmo_portal.lib import rls
from wmo_portal.lib.bsn import nieuwe_sleutel

pytestmark = pytest.mark.django_db
INDEXEN = {"bsn_index", "client_index"}
HASHES = {"logboek_zegel", "logboek_zegelregel", "logboek_jaaranker"}


@pytest.fixture
def zet_sleutels(settings):
    """Change the ring as a restart with other settings would."""
    eerste = settings.BSN_SLEUTELS

    def zet(*extra: str) -> None:
        settings.BSN_SLEUTELS = ",".join([eerste, *extra])
        kluis.bos.cache_clear()
        adapters._bos.cache_clear()

    yield zet
    kluis.bos.cache_clear()
    adapters._bos.cache_clear()


def draai() -> str:
    uit = io.StringIO()
    call_command("sleutels_vernieuwen", stdout=uit)
    return uit.getvalue()


def test_elke_versleutelde_kolom_staat_in_de_lijst():
    """A binary column is encrypted, an index, or a hash of the seals; there is no fourth kind."""
    gevonden = {
        (model, veld.name)
        for model in apps.get_models()
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.BinaryField)
        and veld.name not in INDEXEN
        and model._meta.db_table not in HASHES
    }
    assert gevonden == {(kolom.model, kolom.veld) for kolom in KOLOMMEN}


def test_na_de_wissel_is_alles_leesbaar_en_niets_meer_met_de_oude_sleutel(zet_sleutels):
    hoek = wereld.bouw().WL
    bsn = bsn_van(hoek.rij["client"])
    zet_sleutels(f"2:{nieuwe_sleutel()}")
    assert all(verouderd(kolom).exists() for kolom in KOLOMMEN)
    assert bsn_van(Client.objects.get(pk=hoek.rij["client"].pk)) == bsn  # both keys, before
    assert "Alles is versleuteld met sleutel 2" in draai()
    settings.BSN_SLEUTELS = settings.BSN_SLEUTELS.split(",")[1]  # the old key is thrown away
    kluis.bos.cache_clear()
    assert bsn_van(Client.objects.get(pk=hoek.rij["client"].pk)) == bsn
    bericht = Bericht.objects.get(pk=hoek.rij["bericht"].pk)
    assert inhoud_van(bericht) == retour_van(bericht) == b"<KANARIEWL/>"
    rapport = Rapport.objects.get(pk=hoek.rij["rapport"].pk)
    assert geef(rapport=rapport, door=rapport.aanvrager) == b"KANARIEWL"


def test_de_wissel_staat_in_het_logboek_en_noemt_geen_bsn(zet_sleutels):
    fabriek.client()
    zet_sleutels(f"2:{nieuwe_sleutel()}")
    draai()
    assert Gebeurtenis.objects.get(actie="sleutels.vernieuwd").details["sleutel"] == 2


def test_een_tweede_keer_doet_niets(zet_sleutels):
    client = fabriek.client()
    zet_sleutels(f"2:{nieuwe_sleutel()}")
    draai()
    eerst = bytes(Client.objects.get(pk=client.pk).bsn_versleuteld)
    draai()
    assert bytes(Client.objects.get(pk=client.pk).bsn_versleuteld) == eerst


def test_wie_wordt_afgebroken_gaat_verder_waar_hij_was(zet_sleutels):
    for _ in range(7):
        fabriek.client()
    zet_sleutels(f"2:{nieuwe_sleutel()}")
    ronde = vernieuw(KOLOMMEN[0], per_keer=3)
    assert next(ronde) == 3
    ronde.close()  # killed after the first batch
    assert verouderd(KOLOMMEN[0]).count() == 4
    assert list(vernieuw(KOLOMMEN[0], per_keer=3)) == [3, 1]


def test_ook_het_geheim_van_de_tweede_stap(zet_sleutels):
    wie = fabriek.consulent()
    geheim = adapters.TweedeFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=wie, type="totp", data={"secret": geheim})
    Authenticator.objects.create(
        user=wie,
        type="recovery_codes",
        data={"seed": adapters.TweedeFactorAdapter().encrypt("zaad"), "used_mask": 3},
    )
    zet_sleutels(f"2:{nieuwe_sleutel()}")
    draai()
    totp, codes = Authenticator.objects.order_by("-type")
    assert totp.data["secret"] != geheim
    assert adapters.TweedeFactorAdapter().decrypt(totp.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert adapters.TweedeFactorAdapter().decrypt(codes.data["seed"]) == "zaad"
    assert codes.data["used_mask"] == 3


# --- While somebody saves -----------------------------------------------------------------------------------------
def botsing(monkeypatch) -> str:
    """A colleague saves another BSN between the read and the write of the rotation. Answers the BSN that stands."""
    client = fabriek.client(bsn=fabriek.test_bsns()[10])
    gelezen, geschreven = threading.Event(), threading.Event()
    oud = sleutelwissel.context

    def traag(soort, kenmerk):
        gelezen.set()
        geschreven.wait(2)
        return oud(soort, kenmerk)

    def collega() -> None:
        rls.zet(rls.SYSTEEM)
        gelezen.wait(5)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '20s'")
            zelf = Client.objects.get(pk=client.pk)
            zet_bsn(zelf, fabriek.test_bsns()[11])
            Client.objects.filter(pk=client.pk).update(
                bsn_versleuteld=zelf.bsn_versleuteld, bsn_index=zelf.bsn_index
            )
        geschreven.set()
        connections.close_all()

    draad = threading.Thread(target=collega)
    draad.start()
    monkeypatch.setattr(sleutelwissel, "context", traag)
    list(vernieuw(KOLOMMEN[0]))
    draad.join(30)
    return bsn_van(Client.objects.get(pk=client.pk))


@pytest.mark.django_db(transaction=True)
def test_wat_een_collega_intussen_bewaart_blijft(monkeypatch):
    alles_is_oud(monkeypatch)
    assert botsing(monkeypatch) == fabriek.test_bsns()[11]


@pytest.mark.django_db(transaction=True)
def test_zonder_slot_zou_het_verloren_gaan(monkeypatch):
    """The negative control: without the row lock the rotation writes the old BSN over the new one."""
    alles_is_oud(monkeypatch)
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda self, **_: self)
    assert botsing(monkeypatch) == fabriek.test_bsns()[10]


def alles_is_oud(monkeypatch) -> None:
    """Clients that the stories make are written with the newest key; here every row counts as old."""
    monkeypatch.setattr(
        sleutelwissel,
        "verouderd",
        lambda kolom: kolom.model._default_manager.exclude(**{kolom.veld: b""}),
    )
