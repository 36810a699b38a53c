"""The log per year: a year whose term is over goes at once, and the rest still proves itself (docs/adr/0080)."""

import io
import logging
import os
import subprocess
import sys
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from logboek.controle import Uitslag, controleer
from logboek.models import Gebeurtenis, Jaaranker, Zegel, ZegelRegel
from logboek.tasks import vernietig_oude_regels as opruimtaak
from logboek.verzegelen import vernietig_oude_jaren, verzegel
from techniek.jaardelen import houd_bij
from tests import fabriek
from tests.logboek.test_zegels import als_superuser
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db
TERMIJN = 5
VOORBIJ, LOOPT = vandaag().year - TERMIJN - 1, vandaag().year - TERMIJN
"""The last year that is wholly over its term today, and the first that is not."""


def regel(op: datetime) -> Gebeurtenis:
    return Gebeurtenis.objects.bulk_create(
        [Gebeurtenis(op=op, actie="dossier.gezien", operatie_id="00000000-0000-4000-8000-000000000001")]
    )[0]


def verzegeld(jaar: int, dag: int = 1) -> Gebeurtenis:
    op = datetime(jaar, 6, dag, 12, tzinfo=UTC)
    rij = regel(op)
    verzegel(op=op)
    return rij


def kijk_na(**opties: object) -> Uitslag:
    return controleer(nu=nu(), vernietigd_tot=date(LOOPT, vandaag().month, 1), **opties)  # type: ignore[arg-type]


def delen(tabel: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass", [tabel]
        )
        return {naam.removeprefix(f"wmo_delen.{tabel}_") for (naam,) in cursor.fetchall()}


@pytest.fixture
def drie_jaren() -> list[Gebeurtenis]:
    rijen = [verzegeld(VOORBIJ, dag) for dag in (1, 2)] + [verzegeld(LOOPT), verzegeld(LOOPT + 1)]
    houd_bij()
    return rijen


def test_dit_jaar_en_het_volgende_zijn_er_voordat_ze_nodig_zijn():
    houd_bij()
    assert delen("logboek_gebeurtenis") == {"rest", str(nu().year), str(nu().year + 1)}
    assert delen("logboek_zegelregel") == {"rest", str(nu().year), str(nu().year + 1)}
    assert houd_bij() == []


def test_een_regel_uit_een_jaar_dat_er_niet_is_wordt_niet_geweigerd_en_valt_op(caplog):
    houd_bij()
    rij = regel(datetime(2019, 3, 1, tzinfo=UTC))
    with caplog.at_level(logging.WARNING):
        assert houd_bij() == ["logboek_gebeurtenis_2019"]
    assert "logboek_gebeurtenis_2019 is te laat gemaakt: 1 rijen wachtten erop." in caplog.text
    assert Gebeurtenis.objects.get(pk=rij.pk).op.year == 2019


def test_een_jaar_na_de_termijn_gaat_in_een_keer_en_de_rest_is_nog_na_te_lopen(drie_jaren):
    eerste, laatste = Zegel.objects.order_by("pk").first(), Zegel.objects.order_by("pk").last()
    assert vernietig_oude_jaren(jaren=TERMIJN) == [VOORBIJ]
    assert str(VOORBIJ) not in delen("logboek_gebeurtenis") | delen("logboek_zegelregel")
    assert set(drie_jaren[2:]) <= set(Gebeurtenis.objects.all())
    assert not Gebeurtenis.objects.filter(pk__in=[rij.pk for rij in drie_jaren[:2]]).exists()
    assert (ZegelRegel.objects.count(), Zegel.objects.count()) == (2, 4)
    bewijs = Gebeurtenis.objects.get(actie="logboek.jaar_vernietigd")
    anker = Jaaranker.objects.get(jaar=VOORBIJ)
    assert (anker.zegels, anker.regels) == (2, 2)
    assert bewijs.details == {
        "termijn_jaren": TERMIJN, "regels": 2, "zegels": 2, "laatste_zegel": bytes(anker.hash).hex()
    }  # fmt: skip
    verzegel(op=nu())
    gezien = kijk_na(bekend=bytes(eerste.hash).hex())  # a seal that was kept outside, of a year that is gone
    assert (gezien.fout, gezien.zegels, gezien.regels) == ("", 5, 3)
    assert kijk_na(bekend=bytes(laatste.hash).hex()).fout == ""
    uit = io.StringIO()
    call_command("logboek_controle", stdout=uit)
    assert "Het logboek is in orde" in uit.getvalue()


def test_de_taak_doet_het_als_wmo_app_en_zegt_het(drie_jaren):
    with connection.cursor() as cursor:
        cursor.execute("set role wmo_app")
        assert opruimtaak.run().endswith(f"jaar vernietigd. In een keer weg: {VOORBIJ}.")
        cursor.execute("reset role")


@pytest.mark.parametrize("zegel", [None, nu()])
def test_een_jaar_wacht_op_een_regel_zonder_zegel_of_met_een_jong_zegel(zegel):
    verzegeld(VOORBIJ)
    rij = regel(datetime(VOORBIJ, 12, 1, tzinfo=UTC))
    if zegel:
        verzegel(op=zegel)
    houd_bij()
    assert vernietig_oude_jaren(jaren=TERMIJN) == []
    assert Gebeurtenis.objects.filter(pk=rij.pk).exists()


def test_een_jonger_jaar_gaat_niet_voor_een_ouder():
    verzegeld(VOORBIJ)
    houd_bij()
    regel(datetime(VOORBIJ - 1, 12, 1, tzinfo=UTC))  # in the part for the rest, without a seal
    assert vernietig_oude_jaren(jaren=TERMIJN) == []


def test_alleen_het_portaal_zelf_en_nooit_binnen_een_jaar(drie_jaren):
    with (
        rls.binnen(fabriek.administratie().bereik),
        pytest.raises(ProgrammingError, match="portaal zelf"),
        transaction.atomic(),
    ):
        vernietig_oude_jaren(jaren=TERMIJN)
    with pytest.raises(ProgrammingError, match="minstens een jaar"), transaction.atomic():
        vernietig_oude_jaren(jaren=0)


@pytest.mark.parametrize(
    ("knoei", "zin"),
    [
        ("delete from logboek_zegel where id = {laatste}", "sluit niet aan"),
        ("update logboek_zegel set aantal = 9 where id = {laatste}", f"Het anker van {VOORBIJ} klopt niet"),
        (
            "update logboek_jaaranker set regels = 1 where jaar = {jaar}",
            f"Het anker van {VOORBIJ} klopt niet",
        ),
        ("delete from logboek_jaaranker where jaar = {jaar}", "het telt 0 regels en dat waren er 1"),
        ("update logboek_jaaranker set jaar = {loopt} where jaar = {jaar}", "het telt 0 regels"),
    ],
)
def test_wie_aan_een_vernietigd_jaar_knoeit_valt_op(drie_jaren, knoei, zin):
    vernietig_oude_jaren(jaren=TERMIJN)
    verzegel(op=nu())
    laatste = Jaaranker.objects.get().laatste
    als_superuser(knoei.format(laatste=laatste, jaar=VOORBIJ, loopt=LOOPT))
    assert zin in kijk_na().fout


def test_een_jaar_dat_te_vroeg_weg_is_valt_op(drie_jaren):
    vernietig_oude_jaren(jaren=TERMIJN)
    te_vroeg = controleer(nu=nu(), vernietigd_tot=date(VOORBIJ, 6, 1))
    assert te_vroeg.fout == f"De regels van {VOORBIJ} zijn weg, en de termijn van dat jaar is niet voorbij."
    assert "niet voorbij" in controleer(nu=nu()).fout


@pytest.mark.parametrize("rol", ["wmo_app", "wmo_auditor"])
def test_langs_de_tabel_heen_komt_niemand_bij_een_jaar(rol):
    houd_bij()
    deel = f"wmo_delen.logboek_gebeurtenis_{nu().year}"
    with connection.cursor() as cursor:
        cursor.execute("select has_schema_privilege(%s, 'wmo_delen', 'usage')", [rol])
        assert cursor.fetchone() == (False,)
        cursor.execute("select has_table_privilege(%s, %s, 'select')", [rol, deel])
        assert cursor.fetchone() == (False,)
        cursor.execute("select has_table_privilege('wmo_backup', %s, 'select')", [deel])
        assert cursor.fetchone() == (True,)


def test_ook_de_eigenaar_staat_bij_een_jaar_voor_een_muur():
    houd_bij()
    rij = regel(nu())
    vraag = f"select count(*) from wmo_delen.logboek_gebeurtenis_{rij.op.year}"
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        assert cursor.fetchone()[0] > 0
        with rls.binnen(rls.Werkbereik(gemeenten=(1,))):
            cursor.execute(vraag)
            assert cursor.fetchone() == (0,)


# --- Migrating a database that has lines --------------------------------------------------------------------------
MIGREER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from logboek.controle import controleer
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu
call_command("migrate", "logboek", "0005", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("insert into wmo_sec.sleutel (id, ipad, opad) values (1, %s, %s)", rls.blokken())
rls.zet(rls.SYSTEEM)
with connection.cursor() as cursor:
    cursor.execute('''
        insert into logboek_gebeurtenis (kenmerk, op, actie, object_soort, object_kenmerk, resultaat, actor_naam, rol, doel,
                                         operatie_id, details)
        select gen_random_uuid(), timestamptz '2024-12-31 22:59:59+00' + n * interval '200 days', 'dossier.gezien', '', n,
               'gelukt', 'portaal', 'systeem', '', gen_random_uuid(), '{"regel": 1}' from generate_series(0, 4) n''')
    cursor.execute("select id, op from logboek_gebeurtenis order by id")
    voor = cursor.fetchall()
    from logboek.canon import BEGIN, regelhash, zegelhash
    from logboek.verzegelen import KOLOMMEN
    from logboek.models import Gebeurtenis
    vorige = BEGIN
    for nummer, regel in enumerate(Gebeurtenis.objects.order_by("pk").values(*KOLOMMEN), start=1):
        som = zegelhash(vorige, regel["op"], [(regel["id"], regelhash(regel))])
        cursor.execute("insert into logboek_zegel (gezet_op, aantal, vorige, hash) values (%s, 1, %s, %s)",
                       [regel["op"], vorige, som])
        cursor.execute("insert into logboek_zegelregel (gebeurtenis_id, zegel_id, hash) values (%s, %s, %s)",
                       [regel["id"], nummer, regelhash(regel)])
        vorige = som
    call_command("migrate", "logboek", verbosity=0)
    cursor.execute("select id, op from logboek_gebeurtenis order by id")
    assert cursor.fetchall() == voor and len(voor) == 5
    cursor.execute("select tableoid::regclass::text, count(*) from logboek_gebeurtenis group by 1 order by 1")
    print(cursor.fetchall())
    cursor.execute("insert into logboek_gebeurtenis (kenmerk, op, actie, object_soort, object_kenmerk, resultaat,"
                   " actor_naam, rol, doel, operatie_id, details) select kenmerk, now(), actie, object_soort,"
                   " object_kenmerk, resultaat, actor_naam, rol, doel, operatie_id, details"
                   " from logboek_gebeurtenis limit 1 returning id")
    assert cursor.fetchone()[0] > max(nummer for nummer, _ in voor)
uitslag = controleer(nu=nu())
print(uitslag.zegels, uitslag.regels, uitslag.fout or "in orde")
"""


def test_een_gevulde_database_verhuist_regel_voor_regel():
    """Numbers, moments and seals stay; the line of the last second of a year stands in that year."""
    socket, naam = connection.settings_dict["HOST"], f"verhuizing_{os.getpid()}"
    url = f"postgresql://wmo_owner@/{naam}?host={socket}"
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as beheer:
        beheer.execute(f"create database {naam} owner wmo_owner template template0")
        try:
            klaar = subprocess.run(
                [sys.executable, "-c", MIGREER], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
                env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "wmo_portal.settings"},
            )  # fmt: skip
        finally:
            beheer.execute(f"drop database {naam} with (force)")
    assert klaar.returncode == 0, klaar.stderr
    jaren = [
        f"('wmo_delen.logboek_gebeurtenis_{jaar}', {n})"
        for jaar, n in ((2024, 1), (2025, 1), (2026, 2), (2027, 1))
    ]
    assert klaar.stdout == f"[{', '.join(jaren)}]\n5 5 in orde\n"
