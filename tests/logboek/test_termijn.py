"""A line of the log goes when its own term is over: sealed lines only, by the portal itself, and the seals still hold."""

from datetime import datetime, time, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from logboek.controle import controleer
from logboek.models import Gebeurtenis
from logboek.tasks import vernietig_oude_regels as taak
from logboek.verzegelen import vernietig_oude_regels, verzegel
from tests import fabriek
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import plus_maanden
from wmo_portal.lib.tijd import AMSTERDAM, nu, vandaag

pytestmark = pytest.mark.django_db


def regel(jaren_oud: float, index: bytes = b"x" * 16) -> Gebeurtenis:
    return Gebeurtenis.objects.bulk_create(
        [
            Gebeurtenis(
                op=nu() - timedelta(days=365.25 * jaren_oud), actie="dossier.gezien", client_index=index,
                operatie_id="00000000-0000-4000-8000-000000000001",
            )
        ]
    )[0]  # fmt: skip


def oud_zegel(jaren_oud: float) -> None:
    """Lines are sealed within minutes; the seal is as old as they are."""
    verzegel(op=nu() - timedelta(days=365.25 * jaren_oud))


def over() -> list[int]:
    return list(Gebeurtenis.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(("jaren_oud", "weg"), [(4.9, False), (5.1, True)])
def test_een_regel_gaat_na_de_termijn_en_niet_ervoor(jaren_oud, weg):
    rij = regel(jaren_oud)
    oud_zegel(jaren_oud)
    assert vernietig_oude_regels(jaren=5) == int(weg)
    assert over() == ([] if weg else [rij.pk])


def test_een_regel_zonder_zegel_blijft_tot_zij_er_een_heeft():
    rij = regel(9)
    assert vernietig_oude_regels(jaren=5) == 0
    assert over() == [rij.pk]


def test_de_zegels_houden_ook_zonder_de_regels_en_een_jonge_die_weg_is_valt_op():
    for jaren in (9, 8, 1):
        regel(jaren)
        verzegel(op=nu() - timedelta(days=365 * jaren))
    assert vernietig_oude_regels(jaren=5, per_keer=1) == 2
    grens = plus_maanden(vandaag(), -60)
    assert controleer(nu=nu(), vernietigd_tot=grens).fout == ""
    assert "verdwenen" in controleer(nu=nu()).fout  # without a term every line must be there


def test_de_index_van_een_client_staat_er_niet_langer_dan_de_termijn():
    index = bytes(fabriek.client().bsn_index)
    regel(9, index)
    oud_zegel(9)
    jong = regel(1, index)
    verzegel(op=nu())
    with override_settings(LOGTERMIJN_JAREN=5):
        assert taak.run() == "1 regels na 5 jaar vernietigd."
    assert list(Gebeurtenis.objects.filter(client_index=index)) == [jong]


def test_niemand_anders_ruimt_op_en_niet_eerder_dan_na_een_jaar():
    regel(9)
    verzegel(op=nu())
    ad = fabriek.administratie()
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="portaal zelf"), transaction.atomic():
        vernietig_oude_regels(jaren=5)
    with pytest.raises(ProgrammingError, match="minstens een jaar"), transaction.atomic():
        vernietig_oude_regels(jaren=0)
    with pytest.raises(ProgrammingError, match="kan niet worden"), transaction.atomic():
        Gebeurtenis.objects.all().delete()
    # Whoever sets the switch himself as the running portal has no right to delete at all.
    with connection.cursor() as cursor:
        cursor.execute("set role wmo_app")
        cursor.execute("select set_config('wmo.logtermijn', 'voorbij', true)")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("delete from logboek_gebeurtenis")
        cursor.execute("reset role")
    assert len(over()) >= 1


def test_een_regel_die_laat_een_zegel_kreeg_wacht_op_de_termijn_van_dat_zegel():
    """Otherwise the check would miss a line in a seal that is still young."""
    rij = regel(9)
    oud_zegel(1)
    assert vernietig_oude_regels(jaren=5) == 0
    assert over() == [rij.pk]


def test_op_de_dag_zelf_is_de_termijn_nog_niet_voorbij():
    """A line of this morning five years ago, at the check of this afternoon: its seal is of that day too."""
    grens = plus_maanden(vandaag(), -60)
    begin = datetime.combine(grens, time.min, AMSTERDAM)
    for op in (begin - timedelta(minutes=1), begin + timedelta(minutes=1)):
        Gebeurtenis.objects.bulk_create(
            [Gebeurtenis(op=op, actie="dossier.gezien", operatie_id="00000000-0000-4000-8000-000000000001")]
        )
        verzegel(op=op)
    assert vernietig_oude_regels(jaren=5) == 1
    assert controleer(nu=nu(), vernietigd_tot=grens).fout == ""


def test_ook_als_de_rol_van_het_draaiende_portaal():
    regel(9)
    oud_zegel(9)
    with connection.cursor() as cursor:
        cursor.execute("set role wmo_app")
        assert vernietig_oude_regels(jaren=5) == 1
        cursor.execute("reset role")
