"""The seals over the log: each line once, and whoever changes one is named (veiligheid D3, threat 26)."""

import io
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from logboek.actions import leg_vast
from logboek.canon import BEGIN, regelhash, zegelhash
from logboek.controle import controleer
from logboek.models import Gebeurtenis, Zegel, ZegelRegel
from logboek.verzegelen import verzegel
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def regels(aantal: int = 3) -> None:
    for nummer in range(aantal):
        leg_vast(actie="proef.gedaan", door=None, details={"nummer": nummer, "tekst": "één"})


def als_superuser(sql: str) -> None:
    """What somebody with all rights on the server could do: switch the trigger off, change, switch it on."""
    tabel = sql.split()[1] if sql.startswith("update") else sql.split()[2]
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {tabel} disable trigger user; set constraints all immediate")
        cursor.execute(f"alter table {tabel} no force row level security")
        cursor.execute(sql)
        assert cursor.rowcount == 1
        cursor.execute(
            f"alter table {tabel} force row level security; alter table {tabel} enable trigger user"
        )


def uitslag(**opties):
    return controleer(nu=timezone.now() + timedelta(hours=1), **opties)


def test_elke_regel_krijgt_een_zegel():
    regels(3)
    assert verzegel(op=NU) == 3
    regels(2)
    assert verzegel(op=NU) == 2
    assert verzegel(op=NU) == 0
    assert ZegelRegel.objects.count() == Gebeurtenis.objects.count() == 5
    eerste, tweede = Zegel.objects.order_by("pk")
    assert bytes(eerste.vorige) == BEGIN
    assert bytes(tweede.vorige) == bytes(eerste.hash)
    gevonden = uitslag()
    assert (gevonden.fout, gevonden.zegels, gevonden.regels) == ("", 2, 5)


def test_een_regel_die_later_komt_dan_een_hoger_nummer_wordt_ook_verzegeld():
    """Lines commit out of order: "everything after the last number" would miss this one for ever."""
    regels(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "select setval('logboek_gebeurtenis_id_seq', (select max(id) + 10 from logboek_gebeurtenis))"
        )
    regels(1)
    verzegel(op=NU)
    hoogste = Gebeurtenis.objects.latest("pk").pk
    laat = Gebeurtenis.objects.earliest("pk")
    Gebeurtenis.objects.bulk_create([_kopie(laat, hoogste - 5)])
    assert verzegel(op=NU) == 1
    assert uitslag().fout == ""


def _kopie(regel, nummer):
    velden = {v.attname: getattr(regel, v.attname) for v in Gebeurtenis._meta.concrete_fields}
    return Gebeurtenis(**{**velden, "id": nummer})


@pytest.mark.parametrize(
    "kolom",
    [
        "actie = 'iets.anders'", "actor_naam = 'een ander'", "op = op + interval '1 microsecond'", "doel = 'x'",
        "details = '{\"nummer\": 99}'", "client_index = '\\x00'", "gemeente_id = 1", "operatie_id = kenmerk",
    ],
)  # fmt: skip
def test_een_veranderde_regel_wordt_genoemd(kolom):
    regels(3)
    verzegel(op=NU)
    regels(3)
    verzegel(op=NU)
    regel, zegel = Gebeurtenis.objects.order_by("pk")[4], Zegel.objects.latest("pk")
    als_superuser(f"update logboek_gebeurtenis set {kolom} where id = {regel.pk}")
    zin = uitslag().fout
    assert f"Zegel {zegel.pk}" in zin
    assert f"regel {regel.pk} van het logboek is veranderd" in zin


def test_een_weggehaalde_regel_wordt_genoemd():
    regels(3)
    verzegel(op=NU)
    weg = Gebeurtenis.objects.order_by("pk")[1].pk
    als_superuser(f"delete from logboek_gebeurtenis where id = {weg}")
    assert f"regel {weg} van het logboek is verdwenen" in uitslag().fout
    # After its term a line may go; the chain over the hashes still holds.
    assert uitslag(vernietigd_tot=(NU + timedelta(days=1)).date()).fout == ""
    assert "verdwenen" in uitslag(vernietigd_tot=NU.date()).fout


def test_een_regel_met_zijn_hash_veranderd_breekt_het_zegel():
    """Whoever also writes the right hash for his changed line breaks the seal over the hashes."""
    regels(3)
    verzegel(op=NU)
    regel = Gebeurtenis.objects.earliest("pk").pk
    als_superuser(f"update logboek_gebeurtenis set actie = 'x' where id = {regel}")
    nieuw = regelhash(Gebeurtenis.objects.values().get(pk=regel))
    als_superuser(f"update logboek_zegelregel set hash = '\\x{nieuw.hex()}' where gebeurtenis_id = {regel}")
    assert "het zegel zelf of een van zijn regels is veranderd" in uitslag().fout


def test_wie_alle_zegels_opnieuw_maakt_valt_op_door_het_zegel_dat_buiten_bewaard_is():
    regels(3)
    verzegel(op=NU)
    bewaard = uitslag().laatste
    regel, zegel = Gebeurtenis.objects.earliest("pk").pk, Zegel.objects.get()
    als_superuser(f"update logboek_gebeurtenis set actie = 'x' where id = {regel}")
    hashes = {r["id"]: regelhash(r) for r in Gebeurtenis.objects.values()}
    als_superuser(
        f"update logboek_zegelregel set hash = '\\x{hashes[regel].hex()}' where gebeurtenis_id = {regel}"
    )
    nieuw = zegelhash(BEGIN, NU, hashes.items())
    als_superuser(f"update logboek_zegel set hash = '\\x{nieuw.hex()}' where id = {zegel.pk}")
    assert uitslag().fout == ""
    assert "staat niet in de keten" in uitslag(bekend=bewaard).fout


def test_een_weggehaald_zegel_breekt_de_keten():
    for _ in range(3):
        regels(1)
        verzegel(op=NU)
    midden = Zegel.objects.order_by("pk")[1]
    als_superuser(f"delete from logboek_zegel where id = {midden.pk}")
    assert "sluit niet aan op het zegel ervoor" in uitslag().fout


def test_een_regel_zonder_zegel_valt_na_vijf_minuten_op():
    regels(1)
    verzegel(op=NU)
    regels(1)
    assert controleer(nu=timezone.now()).fout == ""
    assert "heeft nog geen zegel" in uitslag().fout


@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam", "Asia/Tokyo"])
def test_de_tijdzone_van_de_lezer_verandert_geen_hash(zone):
    """The text of a moment depends on who reads it; the count of microseconds does not."""
    assert regelhash({"op": NU.astimezone(ZoneInfo(zone))}) == regelhash({"op": NU})


def test_de_opdracht_noemt_het_eerste_zegel_dat_niet_klopt():
    regels(2)
    verzegel(op=NU)
    uit = io.StringIO()
    call_command("logboek_controle", stdout=uit)
    assert "in orde: 1 zegels met 2 regels" in uit.getvalue()
    regel = Gebeurtenis.objects.earliest("pk").pk
    als_superuser(f"update logboek_gebeurtenis set actie = 'x' where id = {regel}")
    with pytest.raises(CommandError, match=f"regel {regel} van het logboek is veranderd"):
        call_command("logboek_controle")


@pytest.mark.django_db(transaction=True)
def test_twee_verzegelaars_tegelijk_geven_elke_regel_een_zegel():
    regels(40)
    klaar, samen = [], threading.Barrier(2)

    def een() -> None:
        rls.zet(rls.SYSTEEM)
        samen.wait(10)
        klaar.append(verzegel(op=NU))
        connections.close_all()

    draden = [threading.Thread(target=een) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert sorted(klaar) == [0, 40]
    assert uitslag().fout == ""


# --- Who may do what with the log ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "tabel", ["logboek_gebeurtenis", "logboek_zegel", "logboek_zegelregel", "beschikkingen_toewijzingevent"]
)
@pytest.mark.parametrize("daad", ["update {} set id = id", "delete from {}", "truncate {}"])
def test_het_draaiende_portaal_kan_alleen_toevoegen(tabel, daad):
    """As wmo_app itself: the grants are the wall, the triggers only the second one."""
    from django.db import ProgrammingError

    sleutel = {"logboek_zegelregel": "gebeurtenis_id", "beschikkingen_toewijzingevent": "pgh_id"}.get(
        tabel, "id"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role wmo_app")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(daad.format(tabel).replace("id = id", f"{sleutel} = {sleutel}"))
        cursor.execute("reset role")


@pytest.mark.parametrize("tabel", ["logboek_gebeurtenis", "logboek_zegel", "logboek_zegelregel"])
def test_ook_de_eigenaar_verandert_geen_regel(tabel):
    from django.db import ProgrammingError

    regels(1)
    verzegel(op=NU)
    for daad in (f"update {tabel} set hash = hash", f"delete from {tabel}"):
        daad = daad.replace("hash = hash", "actie = actie") if tabel == "logboek_gebeurtenis" else daad
        with pytest.raises(ProgrammingError, match="kan niet worden veranderd"), transaction.atomic():
            connection.cursor().execute(daad)


def test_de_accountant_leest_het_logboek_en_niets_anders():

    regels(1)
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('wmo_auditor', 'logboek_zegel', 'select')")
        assert cursor.fetchone() == (True,)
        cursor.execute("select has_table_privilege('wmo_auditor', 'beschikkingen_client', 'select')")
        assert cursor.fetchone() == (False,)
