"""The two walls hold: `visible_to`, and row level security under it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from beschikkingen.models import Client, Toewijzing
from tests import fabriek
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db


def test_de_suite_draait_niet_als_superuser():
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_zonder_werkbereik_een_fout_en_geen_lege_pagina():
    fabriek.toewijzing()
    rls.zet_regel("")
    with pytest.raises(ProgrammingError, match="geen werkbereik"), transaction.atomic():
        list(Toewijzing.objects.all())


@pytest.mark.parametrize(
    ("knoei", "zin"),
    [
        (lambda regel: regel[:-1] + ("0" if regel[-1] != "0" else "1"), "handtekening"),
        (lambda regel: regel.replace("bereik", "systeem", 1), "handtekening"),
        (lambda regel: "systeem", "vorm"),
    ],
)
def test_een_vervalst_werkbereik_wordt_geweigerd(knoei, zin):
    fabriek.toewijzing()
    rls.zet_regel(knoei(rls.onderteken(rls.Werkbereik(gemeenten=(1,)))))
    with pytest.raises(ProgrammingError, match=zin), transaction.atomic():
        list(Toewijzing.objects.all())


def test_een_verlopen_werkbereik_wordt_geweigerd():
    fabriek.toewijzing()
    rls.zet_regel(rls.onderteken(rls.SYSTEEM, verloopt=1))
    with pytest.raises(ProgrammingError, match="verlopen"), transaction.atomic():
        list(Toewijzing.objects.all())


def test_delft_ziet_zonder_eerste_muur_nog_steeds_niets_van_westland():
    van_westland = fabriek.toewijzing()
    van_delft = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft())))
    rls.zet(rls.Werkbereik(gemeenten=(van_delft.gemeente_id,)))
    assert [t.pk for t in Toewijzing.objects.all()] == [van_delft.pk]
    assert not Client.objects.filter(pk=van_westland.client_id).exists()


def test_een_aanbieder_ziet_de_client_van_zijn_eigen_toewijzing_en_geen_andere():
    van_linde = fabriek.toewijzing(aan=fabriek.aanbieder("De Linde"))
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik"))
    rls.zet(rls.Werkbereik(aanbieders=(van_linde.aanbieder_id,)))
    assert [c.pk for c in Client.objects.all()] == [van_linde.client_id]
    assert van_eik.client_id != van_linde.client_id


def test_een_toewijzing_kan_niet_naar_een_client_van_een_andere_gemeente_wijzen():
    van_westland = fabriek.client()
    van_delft = fabriek.beschikking(fabriek.client(fabriek.delft()))
    toewijzing = fabriek.toewijzing(van_delft)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    with pytest.raises(IntegrityError, match="toewijzing_client_fk"), transaction.atomic():
        Toewijzing.objects.filter(pk=toewijzing.pk).update(client=van_westland)


ZONDER_MUUR = {
    # People, organisations and agreements: no client in them.
    "organisaties", "meldingen", "techniek", "auth", "contenttypes", "sessions", "account", "socialaccount",
    "mfa", "pghistory",
}  # fmt: skip
AFSPRAKEN = {
    "resultaat_redenoptie", "rapportage_categorieafspraak", "rapportage_beleidsdoel", "rapportage_opgaveafspraak",
    "rapportage_opgavetermijn",
}  # fmt: skip


def test_om_elke_tabel_met_zaakgegevens_staat_een_muur():
    verwacht = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in ZONDER_MUUR
    } - AFSPRAKEN
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity"
            " and relnamespace = 'public'::regnamespace"
        )
        ommuurd = {rij[0] for rij in cursor.fetchall()}
    assert verwacht - ommuurd == set()


def test_elke_verwijzing_tussen_zaakgegevens_is_samengesteld():
    """A foreign key from one walled table to another checks the owner too."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select con.conname, array_length(con.conkey, 1)
              from pg_constraint con
              join pg_class van on van.oid = con.conrelid
              join pg_class naar on naar.oid = con.confrelid
             where con.contype = 'f' and van.relrowsecurity and naar.relrowsecurity
            """
        )
        enkel = [naam for naam, kolommen in cursor.fetchall() if kolommen < 2]
    # The content of a document is one with its document: same key, and its wall is that of the document.
    assert [naam for naam in enkel if not naam.startswith("beschikkingen_docume_document_id")] == []
