"""The round itself: what it writes, and that it writes it once. Putting it back stands in test_ronde_terug."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from beschikkingen.models import Beschikking, Toewijzing
from logboek.models import Gebeurtenis
from resultaat.actions import ronde as rondes
from resultaat.actions.ronde import MaandNogNietBegonnen, RondeIsBezig, begin_ronde, ga_door, voer_ronde_uit
from resultaat.models import Bewaarwijziging, Resultaat, Ronde, RondeRegel
from tests import fabriek
from tests.resultaat.rondehulp import EIND, OP, SEPTEMBER, ZAKEN, draai, jansen, per_stop, toestand, vers
from wmo_portal.lib.perioden import Maand

pytestmark = pytest.mark.django_db


def test_meneer_jansen_krijgt_ja_en_zijn_dossier_gaat_dicht():
    stop = jansen()
    uitslag = draai()
    assert (uitslag.gezien, uitslag.gewijzigd) == (1, 1)
    stop = vers(stop)
    assert (stop.oordeel, stop.oordeel_regel, stop.verwerkt_op) == ("automatisch_ja", "RR20", OP)
    ja = Resultaat.objects.get(toewijzing=stop.toewijzing)
    assert (ja.uitkomst, ja.paragraaf, ja.vervolg) == ("ja", "1A", "sluiten")
    assert (ja.stop, ja.ronde, ja.geregistreerd_door, ja.resultaatdatum) == (stop, uitslag.ronde, None, EIND)
    assert ja.formulier is not None
    assert ja.trede_van == stop.toewijzing.trede
    assert stop.toewijzing.status == "gesloten"
    dossier = stop.toewijzing.beschikking
    assert (dossier.status, dossier.gesloten_op) == ("gesloten", OP)
    assert dossier.vernietigen_na_datum == date(2041, 9, 30)
    regel = RondeRegel.objects.get()
    assert (regel.verdict, regel.regel, regel.vorig_oordeel) == ("automatisch_ja", "RR20", "")
    assert (regel.resultaat, regel.handelde_af, regel.sloot_toewijzing, regel.sloot_dossier) == (
        ja,
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("dag", "wordt"), [(date(2041, 10, 1), date(2041, 10, 1)), (date(2041, 9, 29), date(2041, 9, 30))]
)
def test_een_langere_bewaartermijn_van_voor_het_heropenen_blijft(dag, wordt):
    """As when a consulent's judgement closes it (U15); what was last chosen counts, a shorter one no longer does."""
    stop = jansen()
    for naar in (date(2045, 1, 1), dag):
        Bewaarwijziging.objects.create(
            gemeente=stop.gemeente, beschikking=stop.toewijzing.beschikking, van_datum=date(2041, 1, 1), naar_datum=naar,
            grond="langer", reden="Bezwaar.", gewijzigd_op=OP, gewijzigd_door=fabriek.administratie(),
        )  # fmt: skip
    draai()
    assert vers(stop).toewijzing.beschikking.vernietigen_na_datum == wordt


def test_het_logboek_noemt_de_ronde_het_resultaat_en_het_dossier():
    stop = jansen()
    draai()
    acties = dict(Gebeurtenis.objects.values_list("actie", "client_index"))
    assert set(acties) == {"ronde.starten", "resultaat.registreren", "dossier.sluiten", "ronde.afronden"}
    assert bytes(acties["resultaat.registreren"]) == bytes(stop.bsn_index) == bytes(acties["dossier.sluiten"])


def test_de_geschiedenis_houdt_de_oude_stand_van_stop_toewijzing_en_dossier():
    jansen()
    draai()
    with connection.cursor() as cursor:
        for tabel in (
            "stopberichten_stopevent",
            "beschikkingen_toewijzingevent",
            "beschikkingen_beschikkingevent",
        ):
            cursor.execute(f"select count(*) from {tabel}")
            assert cursor.fetchone() == (1,), tabel


def test_het_dossier_blijft_open_tot_ook_het_tweede_gebied_is_beoordeeld():
    dossier = fabriek.beschikking(eind=EIND)
    eerste = fabriek.toewijzing(dossier, gebied_naam="Financiën")
    tweede = fabriek.toewijzing(dossier, gebied_naam="Huisvesting")
    for toewijzing in (eerste, tweede):
        fabriek.stop(toewijzing)
    fabriek.formulier(eerste)
    draai()
    dossier.refresh_from_db()
    assert dossier.status == "lopend"
    fabriek.formulier(tweede)
    draai(op=OP + timedelta(days=1))
    dossier.refresh_from_db()
    assert dossier.status == "gesloten"
    assert list(RondeRegel.objects.order_by("pk").values_list("sloot_dossier", flat=True)) == [True, True]


def test_twee_gebieden_in_een_ronde_sluiten_samen_het_dossier(monkeypatch):
    monkeypatch.setattr(rondes, "PER_KEER", 1)
    dossier = fabriek.beschikking(eind=EIND)
    for naam in ("Financiën", "Huisvesting"):
        toewijzing = fabriek.toewijzing(dossier, gebied_naam=naam)
        fabriek.formulier(toewijzing)
        fabriek.stop(toewijzing)
    draai()
    dossier.refresh_from_db()
    assert dossier.status == "gesloten"


def test_een_pgb_gebied_hoeft_niet_beoordeeld_om_te_sluiten():
    dossier = fabriek.beschikking(eind=EIND)
    fabriek.toewijzing(dossier, gebied_naam="Huisvesting", leveringsvorm="pgb")
    zin = fabriek.toewijzing(dossier)
    fabriek.formulier(zin)
    fabriek.stop(zin)
    draai()
    dossier.refresh_from_db()
    assert dossier.status == "gesloten"


def test_de_laatste_dag_van_de_maand_telt_mee_en_de_dag_erna_niet():
    op_de_dag, erna = jansen(), jansen(EIND + timedelta(days=1))
    draai()
    assert vers(op_de_dag).verwerkt_op
    assert not vers(erna).verwerkt_op
    assert not RondeRegel.objects.filter(stop=erna).exists()


def test_delft_blijft_buiten_de_ronde_van_westland():
    van_delft = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft()), eind=EIND))
    fabriek.formulier(van_delft)
    stop = fabriek.stop(van_delft)
    draai()
    assert vers(stop).oordeel == ""


def test_een_proefdraai_zegt_hetzelfde_en_verandert_niets():
    goed, zonder = jansen(), fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    los = fabriek.losse_stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), einddatum=EIND)
    ervoor = toestand()
    proef = draai(proef=True).ronde
    assert toestand() == ervoor
    assert proef.tellingen == {"automatisch_ja": 1, "wacht_op_formulier": 1, "niet_te_koppelen": 1}
    echt = draai().ronde
    assert per_stop(echt) == per_stop(proef) == {goed.pk: "RR20", zonder.pk: "RR14", los.pk: "RR02"}


def versies():
    """Physical row versions: a row that was rewritten, even with the same values, has another ctid; locked, an xmax."""
    with connection.cursor() as cursor:
        cursor.execute(
            " union all ".join(
                f"select '{t}', id, ctid::text, xmax::text from {t}" for t in (*ZAKEN, "resultaat_ronderegel")
            )
        )
        return sorted(cursor.fetchall())


@pytest.mark.parametrize("per_keer", [10, 1])
def test_een_tweede_keer_schrijft_geen_enkele_rij(monkeypatch, per_keer):
    """Also when a line of the earlier run is the first and the last of its batch: each batch reads only its own."""
    monkeypatch.setattr(rondes, "PER_KEER", per_keer)
    jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    fabriek.losse_stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), einddatum=EIND)
    eerste = draai()
    ervoor, regels = versies(), Gebeurtenis.objects.filter(actie="resultaat.registreren").count()
    tweede = draai(op=OP + timedelta(hours=1))
    assert (tweede.gezien, tweede.gewijzigd) == (2, 0)
    assert versies() == ervoor
    assert Gebeurtenis.objects.filter(actie="resultaat.registreren").count() == regels
    assert tweede.ronde == eerste.ronde
    assert tweede.ronde.tellingen == eerste.ronde.tellingen


def test_een_tweede_keer_kost_per_batch_alleen_het_lezen_en_de_voortgang(django_assert_num_queries):
    """Nothing decided: nothing locked, nothing planned but the reading. `een_batch` without its savepoint."""
    jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    ronde = draai().ronde
    bereik = {**rondes._bereik(ronde, OP), "na": 0}
    with django_assert_num_queries(2):
        batch = rondes._een_batch(ronde, bereik)
    assert (batch.gezien, batch.besluiten) == (1, 0)


def test_een_nieuw_oordeel_raakt_geen_enkele_index_van_de_stop():
    """So that PostgreSQL writes the new version on the same page and in no index (HOT); also no index's condition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.attname, count(*) from pg_index i join pg_depend d on d.objid = i.indexrelid"
            " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid"
            " where i.indrelid = 'stopberichten_stop'::regclass and d.refobjid = i.indrelid group by 1"
        )
        indexen = dict(cursor.fetchall())
        cursor.execute("select reloptions from pg_class where oid = 'stopberichten_stop'::regclass")
        assert cursor.fetchone() == (["fillfactor=75"],)
    assert indexen["verwerkt_op"] == 1, "only the index of the open ones knows whether a stop is settled"
    assert not {"oordeel", "oordeel_regel"} & set(indexen)


def test_een_late_toelichting_wordt_door_de_volgende_ronde_opgepakt():
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND))
    stop = fabriek.stop(toewijzing)
    draai()
    assert vers(stop).oordeel == "wacht_op_formulier"
    fabriek.formulier(toewijzing)
    oktober = draai(Maand(2026, 10), op=datetime(2026, 11, 1, 6, tzinfo=OP.tzinfo)).ronde
    assert vers(stop).oordeel == "automatisch_ja"
    regel = oktober.regels.get()
    assert (regel.vorig_oordeel, regel.vorige_regel) == ("wacht_op_formulier", "RR14")


def test_twee_stops_op_een_toewijzing_geven_een_resultaat(monkeypatch):
    """Once in one batch and once in two: the first by id gets the result, the other finds it there."""
    for per_keer in (10, 1):
        monkeypatch.setattr(rondes, "PER_KEER", per_keer)
        toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND))
        fabriek.formulier(toewijzing)
        een = fabriek.stop(toewijzing, begindatum=date(2026, 1, 1))
        twee = fabriek.stop(toewijzing, begindatum=date(2026, 2, 1))
        proef = per_stop(draai(proef=True).ronde)
        assert {pk: proef[pk] for pk in (een.pk, twee.pk)} == {een.pk: "RR20", twee.pk: "RR03"}
        draai()
        assert (vers(een).oordeel_regel, vers(twee).oordeel_regel) == ("RR20", "RR03")
        assert Resultaat.objects.filter(toewijzing=toewijzing).count() == 1


def test_voortgang_en_aantal_query_s_per_batch(monkeypatch, django_assert_num_queries):
    """A batch costs the same number of statements whether it holds 3 stops or 300."""
    for _ in range(6):
        jansen()
    voortgang = []
    echt = rondes._zet

    def kijk_mee(ronde, **velden):
        if set(velden) == {"gedaan"}:
            voortgang.append((velden["gedaan"], ronde.totaal))
        echt(ronde, **velden)

    monkeypatch.setattr(rondes, "_zet", kijk_mee)
    monkeypatch.setattr(rondes, "PER_KEER", 3)
    gemeente = fabriek.westland()
    # lock 1, begin 5 (savepoint, look, insert, log, release), totals 3, per batch 7,
    # the last and empty one 3, end 5, unlock 1
    with django_assert_num_queries(1 + 5 + 3 + 2 * 7 + 3 + 5 + 1):
        uitslag = voer_ronde_uit(gemeente=gemeente, maand=SEPTEMBER, proef=False, door=None, moment=OP)
    assert voortgang == [(3, 6), (6, 6)]
    assert (uitslag.ronde.status, uitslag.ronde.gedaan, uitslag.ronde.totaal) == ("klaar", 6, 6)


def test_een_maand_die_nog_niet_begon_wordt_geweigerd():
    with pytest.raises(MaandNogNietBegonnen, match="november 2026 is nog niet begonnen"):
        draai(Maand(2026, 11))
    assert draai(Maand(2026, 10)).gezien == 0


def test_een_fout_halverwege_zegt_wat_er_was_en_de_volgende_keer_gaat_door(monkeypatch):
    monkeypatch.setattr(rondes, "PER_KEER", 1)
    eerste, tweede = jansen(), jansen()
    echt, keer = rondes._een_batch, []

    def hapert(ronde, bereik):
        keer.append(1)
        if len(keer) == 2:
            raise RuntimeError("de stroom viel uit")
        return echt(ronde, bereik)

    monkeypatch.setattr(rondes, "_een_batch", hapert)
    with pytest.raises(RuntimeError):
        draai()
    ronde = Ronde.objects.get()
    assert (ronde.status, ronde.fout, ronde.pogingen) == ("mislukt", "RuntimeError: de stroom viel uit", 1)
    assert vers(eerste).verwerkt_op
    assert not vers(tweede).verwerkt_op
    ga_door(ronde=ronde, moment=OP)
    ronde.refresh_from_db()
    assert (ronde.status, ronde.fout, ronde.gedaan, ronde.totaal) == ("klaar", "", 2, 2)
    assert vers(tweede).verwerkt_op


def test_begin_ronde_neemt_de_rij_van_de_maand_die_er_is():
    gemeente, anna = fabriek.westland(), fabriek.administratie()
    een = begin_ronde(gemeente=gemeente, maand=SEPTEMBER, proef=False, door=anna, moment=OP)
    twee = begin_ronde(gemeente=gemeente, maand=SEPTEMBER, proef=False, door=None, moment=OP)
    assert een == twee
    assert twee.begonnen_door == anna


def test_is_al_bezig_noemt_de_gemeente():
    assert issubclass(RondeIsBezig, rondes.RondeFout)
    assert Toewijzing.objects.count() == Beschikking.objects.count() == 0


def test_de_geschiedenis_van_duizend_rijen_vergelijkt_geen_miljoen_paren():
    """The plan of a trigger stays with the session that first saved one row; see techniek.rechten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, p.proconfig from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
            " join pg_class c on c.oid = t.tgrelid where t.tgname like 'pgtrigger%update_update%'"
        )
        instelling = dict(cursor.fetchall())
    assert {"stopberichten_stop", "beschikkingen_toewijzing", "beschikkingen_beschikking"} <= set(instelling)
    assert set(map(tuple, instelling.values())) == {("enable_nestloop=off",)}
