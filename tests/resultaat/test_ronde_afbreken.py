"""Two rounds at once, a process killed in the middle: the round takes its time and ends the same.

These stories need real commits and a real second process, so the rows are made and thrown away by themselves.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection

from beschikkingen.models import Beschikking
from logboek.models import Gebeurtenis
from resultaat.actions import ronde as rondes
from resultaat.actions.ronde import SLOT_RONDE, RondeIsBezig, alleen, voer_ronde_uit
from resultaat.models import Resultaat, Ronde, RondeRegel
from stopberichten.models import Stop
from tests import fabriek
from tests.als_app import als_app, als_eigenaar
from tests.trage_ronde import trage_ronde
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Maand

pytestmark = pytest.mark.django_db(transaction=True)

EIND = date(2026, 9, 30)
OP = datetime(2026, 10, 1, 6, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
SEPTEMBER = Maand(2026, 9)
AANTAL = 60

KORT, LANG = 0.03, 5.0
"""Seconds after every two stops: so that a kill lands between and inside batches alike; so that it is not done in time."""
KIND = """
import sys
import django
django.setup()
{traag}
from datetime import datetime
from organisaties.models import Gemeente
from tests.als_app import als_app, verzoeken
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Maand
with verzoeken(), als_app(), rls.binnen(rls.SYSTEEM):
    print("begonnen", flush=True)
    rondes.voer_ronde_uit(gemeente=Gemeente.objects.get(code="1783"), maand=Maand(2026, 9), proef=False,
                          door=None, moment=datetime.fromisoformat(sys.argv[1]))
    print("klaar", flush=True)
"""


def papieren(aantal: int = AANTAL) -> None:
    """Two of three as meneer Jansen, the rest without a form; every fourth dossier has two areas."""
    for n in range(aantal):
        dossier = fabriek.beschikking(eind=EIND)
        for gebied in ("Financiën", "Huisvesting") if n % 4 == 0 else ("Financiën",):
            toewijzing = fabriek.toewijzing(dossier, gebied_naam=gebied)
            if n % 3:
                fabriek.formulier(toewijzing)
            fabriek.stop(toewijzing)


def eindstand() -> tuple[object, ...]:
    """What the round leaves behind, without what differs by nature (ids of new rows, versions)."""
    return (
        sorted(Stop.objects.values_list("pk", "oordeel", "oordeel_regel", "verwerkt_op")),
        sorted(Resultaat.objects.values_list("stop_id", "uitkomst", "geregistreerd_op")),
        sorted(Beschikking.objects.values_list("pk", "status", "gesloten_op", "vernietigen_na_datum")),
        sorted(RondeRegel.objects.values_list("stop_id", "verdict", "regel", "handelde_af", "sloot_dossier")),
        Ronde.objects.values_list("status", "gedaan", "totaal").get(),
        Ronde.objects.get().tellingen,
    )


def klopt_onderweg() -> None:
    """At any moment: every settled stop has its result, its line in the round and its line in the log."""
    ja = set(Stop.objects.filter(oordeel="automatisch_ja").values_list("pk", flat=True))
    assert ja == set(Resultaat.objects.values_list("stop_id", flat=True))
    assert ja == set(RondeRegel.objects.filter(resultaat__isnull=False).values_list("stop_id", flat=True))
    assert len(ja) == Gebeurtenis.objects.filter(actie="resultaat.registreren").count()


def start_kind(pauze: float = KORT) -> subprocess.Popen[str]:
    naam = connection.settings_dict["NAME"]
    omgeving = {**os.environ, "DJANGO_SETTINGS_MODULE": "wmo_portal.settings"}
    omgeving["DATABASE_URL"] = _met_naam(os.environ["DATABASE_URL"], str(naam))
    kind = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", KIND.format(traag=trage_ronde(pauze)), OP.isoformat()],
        env=omgeving,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert kind.stdout is not None
    assert kind.stdout.readline() == "begonnen\n"
    return kind


def _met_naam(url: str, naam: str) -> str:
    voor, _, na = url.partition("?")
    return f"{voor.rsplit('/', 1)[0]}/{naam}" + (f"?{na}" if na else "")


def draai():
    return voer_ronde_uit(gemeente=fabriek.westland(), maand=SEPTEMBER, proef=False, door=None, moment=OP)


def wacht_tot_bezig() -> None:
    """Until the other process has the lock. Looks from outside: whoever tries the lock to see is in its way himself."""
    vraag = """
        select from pg_locks
         where locktype = 'advisory' and granted and (classid, objid) = (%s, %s)
           and database = (select oid from pg_database where datname = current_database())
    """
    for _ in range(1_200):
        with connection.cursor() as cursor:
            cursor.execute(vraag, [SLOT_RONDE, fabriek.westland().pk])
            if cursor.rowcount:
                return
        time.sleep(0.05)
    pytest.fail("niemand nam het slot")


def wacht_op_slot() -> None:
    """The server notices within a moment that the killed process is gone, and frees its lock."""
    for _ in range(1_200):
        try:
            with alleen(fabriek.westland()):
                return
        except RondeIsBezig:
            time.sleep(0.05)
    pytest.fail("het slot bleef vast")


def test_op_willekeurige_momenten_afgebroken_eindigt_de_ronde_hetzelfde():
    """Killed (-9) three times at moments drawn beforehand, then finished; against a round that was left alone."""
    papieren()
    dobbel = random.Random(20261001)
    gedood = 0
    for _ in range(3):
        kind = start_kind()
        time.sleep(dobbel.uniform(0.02, 0.25))
        gedood += kind.poll() is None
        os.kill(kind.pid, signal.SIGKILL)
        kind.wait()
        assert kind.stdout is not None
        kind.stdout.close()
        wacht_op_slot()
        klopt_onderweg()
    assert gedood == 3, "each of them was killed while it ran"
    halverwege = Resultaat.objects.count()
    draai()
    klopt_onderweg()
    afgebroken = eindstand()
    assert halverwege < Resultaat.objects.count()
    _maak_ongedaan()
    draai()
    assert afgebroken == eindstand()


def _maak_ongedaan() -> None:
    """The same papers as before any round; the portal itself throws no result away."""
    with als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("delete from resultaat_ronderegel")
        cursor.execute("delete from resultaat_resultaat")
        cursor.execute("delete from resultaat_ronde")
        cursor.execute("update stopberichten_stop set oordeel = '', oordeel_regel = '', verwerkt_op = null")
        cursor.execute("update beschikkingen_toewijzing set status = 'lopend'")
        cursor.execute(
            "update beschikkingen_beschikking set status = 'lopend', gesloten_op = null, vernietigen_na_datum = null"
        )


def tegelijk(aantal: int, doe) -> list[str]:
    """Let so many start at once; what each of them ended with."""
    begin, uit = threading.Barrier(aantal), []

    def een() -> None:
        try:
            with als_app():
                rls.zet(rls.SYSTEEM)
                begin.wait()
                doe()
            uit.append("klaar")
        except Exception as fout:  # the story is about which one
            uit.append(type(fout).__name__)
        finally:
            connection.close()

    draden = [threading.Thread(target=een) for _ in range(aantal)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return sorted(uit)


def langzaam(monkeypatch) -> None:
    monkeypatch.setattr(rondes, "PER_KEER", 5)
    echt = rondes._een_batch

    def traag(ronde, bereik):
        uit = echt(ronde, bereik)
        time.sleep(0.02)
        return uit

    monkeypatch.setattr(rondes, "_een_batch", traag)


def test_twee_rondes_tegelijk_de_tweede_hoort_dat_er_een_bezig_is(monkeypatch):
    papieren(20)
    een_is_weg, echt = threading.Event(), rondes._een_batch

    def wacht(ronde, bereik):
        een_is_weg.wait(20)
        return echt(ronde, bereik)

    def doe() -> None:
        try:
            draai()
        finally:
            een_is_weg.set()

    monkeypatch.setattr(rondes, "_een_batch", wacht)
    assert tegelijk(2, doe) == ["RondeIsBezig", "klaar"]
    klopt_onderweg()
    assert Ronde.objects.get().status == "klaar"


def test_zonder_het_slot_lopen_ze_door_elkaar(monkeypatch):
    """Negative control: the lock is what the test above sees. Without it both run, or one stumbles over the other."""
    papieren(20)
    langzaam(monkeypatch)
    echt = rondes._vraag
    monkeypatch.setattr(rondes, "_vraag", lambda sql, p: (True,) if "advisory" in sql else echt(sql, p))
    assert "RondeIsBezig" not in tegelijk(2, draai)


def test_een_gedood_proces_laat_zijn_slot_los():
    papieren(30)
    kind = start_kind(LANG)
    wacht_tot_bezig()
    with pytest.raises(RondeIsBezig, match="Voor Westland is al een ronde bezig"):
        draai()
    os.kill(kind.pid, signal.SIGKILL)
    kind.wait()
    assert kind.stdout is not None
    kind.stdout.close()
    wacht_op_slot()
    assert draai().ronde.status == "klaar"


def test_de_rondes_van_twee_gemeenten_wachten_niet_op_elkaar():
    papieren(1)
    with alleen(fabriek.delft()):
        assert draai().ronde.status == "klaar"


def test_een_consulent_die_net_eerder_was_krijgt_geen_tweede_resultaat_naast_zich():
    """Karin's judgement is not committed yet when the round looks: the round waits for it and then says RR03."""
    papieren(2)
    stop = Stop.objects.filter(toewijzing__toelichtingregels__isnull=False).first()
    assert stop is not None
    karin = fabriek.consulent()
    begonnen, mag_klaar = threading.Event(), threading.Event()

    @als_app()
    def registreer() -> None:
        rls.zet(rls.SYSTEEM)
        connection.set_autocommit(False)
        Resultaat.objects.create(
            gemeente=stop.gemeente,
            aanbieder=stop.aanbieder,
            toewijzing=stop.toewijzing,
            uitkomst="ja",
            paragraaf="1A",
            vervolg="sluiten",
            resultaatdatum=EIND,
            geregistreerd_op=OP,
            geregistreerd_door=karin,
        )
        begonnen.set()
        mag_klaar.wait(5)
        connection.commit()
        connection.set_autocommit(True)
        connection.close()

    draad = threading.Thread(target=registreer)
    draad.start()
    begonnen.wait(5)
    threading.Timer(0.3, mag_klaar.set).start()
    draai()
    draad.join()
    stop.refresh_from_db()
    assert (stop.oordeel, stop.oordeel_regel) == ("al_verwerkt", "RR03")
    assert Resultaat.objects.get(toewijzing=stop.toewijzing).geregistreerd_door == karin


@pytest.mark.parametrize("kijkt", [True, False])
def test_een_stop_die_tussen_oordelen_en_schrijven_verandert_wordt_opnieuw_beoordeeld(monkeypatch, kijkt):
    """The provider corrects the end date just then: the stop belongs to October. Negative control: not looking."""
    papieren(2)
    stop = Stop.objects.filter(toewijzing__toelichtingregels__isnull=False).first()
    assert stop is not None
    echt, keren = rondes._vraag, []

    @als_app()
    def corrigeer() -> None:
        rls.zet(rls.SYSTEEM)
        Stop.objects.filter(pk=stop.pk).update(einddatum=date(2026, 10, 31))
        connection.close()

    def vraag(sql, parameters):
        if sql == rondes.ronde_sql.SCHRIJF:
            keren.append(sql)
            if len(keren) == 1:
                draad = threading.Thread(target=corrigeer)
                draad.start()
                draad.join()
            sql = sql if kijkt else sql.replace("and s.xmin = u.versie", "")
        return echt(sql, parameters)

    monkeypatch.setattr(rondes, "_vraag", vraag)
    assert draai().gezien == (2 if kijkt else 3)
    stop.refresh_from_db()
    assert stop.oordeel == ("" if kijkt else "automatisch_ja")
    assert len(keren) == (2 if kijkt else 1)
    assert Resultaat.objects.filter(stop=stop).exists() is not kijkt
    klopt_onderweg()


def test_wie_elke_keer_wordt_ingehaald_houdt_op_en_zegt_het(monkeypatch):
    papieren(2)
    echt = rondes._vraag
    monkeypatch.setattr(
        rondes, "_vraag", lambda sql, p: (0, 0, 0) if sql == rondes.ronde_sql.SCHRIJF else echt(sql, p)
    )
    with pytest.raises(rondes._Ingehaald):
        draai()
    ronde = Ronde.objects.get()
    assert (ronde.status, ronde.pogingen) == ("mislukt", 1)
    assert not Resultaat.objects.exists()
    assert not Stop.objects.exclude(oordeel="").exists()


def test_de_database_laat_geen_tweede_ronde_van_een_maand_toe():
    gemeente = fabriek.westland()
    Ronde.objects.create(gemeente=gemeente, maand=SEPTEMBER.eerste, begonnen_op=OP)
    with pytest.raises(IntegrityError, match="ronde_een_per_maand"):
        Ronde.objects.create(gemeente=gemeente, maand=SEPTEMBER.eerste, begonnen_op=OP)
