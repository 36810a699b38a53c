"""Destroying after the retention term (R110): two people, a thinking time, and then really gone."""

import re
import threading
from datetime import date, timedelta
from functools import partial

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.kluis import rapportmerk
from beschikkingen.models import Beschikking, Client, Inlezing
from logboek.models import Gebeurtenis
from rapportage.inzageverzoek import paden
from rapportage.models import OpgaveCorrectie, VaststellingRegel
from resultaat.actions.vernietigen import VernietigFout, keur_goed, stel_voor, trek_in
from resultaat.models import Evaluatie, InformatieVraag, Ronde, Vernietigingslijst
from resultaat.queries.vernietigen import kandidaten
from resultaat.statussen import EvaluatieStatus, VernietigStatus
from resultaat.vernietigregels import TABELNAMEN, Blokkade
from stopberichten.models import Stop, Toelichting
from tests import fabriek
from tests.als_app import als_app
from tests.resultaat.archiefhulp import (
    TOEN,
    oud_dossier,
    rijen_van_client,
    verstrijk,
    vondsten,
)
from tests.resultaat.samen import samen
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


@pytest.fixture
def ad():
    return fabriek.administratie(naam="Ad")


def voorstel(door, *clienten) -> Vernietigingslijst:
    with rls.binnen(door.bereik):
        return stel_voor(
            gemeente=clienten[0].gemeente, clienten=clienten, door=door, vandaag=vandaag(), moment=nu()
        )


def goed(lijst, door) -> Vernietigingslijst:
    with rls.binnen(door.bereik):
        return keur_goed(lijst=lijst, door=door, vandaag=vandaag(), moment=nu())


def blokkades(client) -> tuple[Blokkade, ...]:
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    return next(k.blokkades for k in alle if k.client.pk == client.pk)


# --- The whole of it -------------------------------------------------------------------------------------------------
@pytest.mark.als_eigenaar("looks through every table there is")
@pytest.mark.bsn_zichtbaar("the test itself looks for the number in every table")
def test_na_het_vernietigen_staat_er_nergens_meer_iets_en_van_de_buurvrouw_alles(ad, carla):
    weg, buur = oud_dossier("Zwaluwenburg"), oud_dossier("Leeuwerikhof")
    ronde = Ronde.objects.get()
    voor = {d.naam: vondsten(*d.sporen) for d in (weg, buur)}
    # Negative control: the search does find them, in the open columns and inside what is encrypted.
    for naam, gevonden in voor.items():
        bsn, achternaam, tekst = gevonden.values()
        assert {"beschikkingen_client (geopend)", "stopberichten_bericht (geopend)"} <= bsn, naam
        assert "beschikkingen_inlezing (geopend)" in bsn
        assert {"beschikkingen_client", "beschikkingen_document"} <= achternaam
        assert {
            "resultaat_bewaarwijziging",
            "resultaat_evaluatie", "resultaat_gesprek", "resultaat_informatievraag", "resultaat_resultaat",
            "resultaat_termijnvrijstelling", "resultaat_suiteregel", "stopberichten_toelichting",
            "stopberichten_toelichtingevent", "stopberichten_toelichtingregel", "rapportage_opgavecorrectie",
            "beschikkingen_inlezing", "beschikkingen_documentinhoud (geopend)",
        } <= tekst  # fmt: skip

    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # every composite key still holds
    assert vondsten(*weg.sporen) == {spoor: set() for spoor in weg.sporen}
    assert rijen_van_client(weg.client.pk, bytes(weg.client.bsn_index)) == {}
    assert vondsten(*buur.sporen) == voor["Leeuwerikhof"]
    ronde.refresh_from_db()
    assert ronde.tellingen == {"automatisch_ja": 1}  # the count of the round was never about a person


@pytest.mark.als_eigenaar("looks through every table there is")
@pytest.mark.bsn_zichtbaar("the test itself looks for the number in every table")
def test_zonder_een_tabel_in_de_lijst_vindt_de_zoektocht_het_terug(ad, carla):
    """Negative control of the search after the deed: what the function would forget, is found."""
    weg = oud_dossier("Zwaluwenburg")
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('wmo_sec.vernietig'::regproc)")
        bron = cursor.fetchone()[0]
        vergeet = bron.replace("['stopberichten_toelichtingevent', 'pgh_obj_id = any($9)'],", "")
        assert vergeet != bron
        cursor.execute(vergeet)
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)
    assert vondsten(weg.tekst) == {weg.tekst: {"stopberichten_toelichtingevent"}}


def test_ook_als_de_rol_van_het_draaiende_portaal(ad, carla):
    weg = oud_dossier()
    with als_app():
        lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    with als_app():
        klaar = goed(lijst, carla)
    assert (klaar.status, klaar.client_ids) == (VernietigStatus.VERNIETIGD, [])
    assert not Client.objects.filter(pk=weg.client.pk).exists()


ZONDER = {
    "rapportage_opgavedocument": "A file of a provider's quarter: its document names no decision.",
}


def test_elke_tabel_met_een_weg_naar_een_client_staat_in_de_functie():
    """A table that is added tomorrow is not forgotten: it stands in the function, or here with why not."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('wmo_sec.vernietig'::regproc)")
        bron = cursor.fetchone()[0]
    in_functie = set(re.findall(r"\['(\w+)',", bron)) | set(re.findall(r"update (\w+) set", bron))
    verwacht = {model._meta.db_table for model in paden()} | {"beschikkingen_client"}
    assert verwacht - in_functie == set(ZONDER)
    namen = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert in_functie <= namen
    assert in_functie - {"resultaat_vernietigingslijst"} <= set(TABELNAMEN)


def test_een_vastgesteld_kwartaal_en_het_cijfer_van_de_aanbieder_blijven(ad, carla):
    weg = oud_dossier()
    merk = rapportmerk(weg.client.kenmerk)
    voor = list(VaststellingRegel.objects.values())
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)
    assert list(VaststellingRegel.objects.values()) == voor
    correctie = OpgaveCorrectie.objects.get(sleutel=merk)
    assert (correctie.wordt, correctie.reden) == ("05", "Vernietigd na de bewaartermijn.")


def test_het_logboek_houdt_zijn_regels_met_de_index_tot_zijn_eigen_termijn(ad, carla, http):
    weg = oud_dossier()
    http.force_login(carla)
    http.get(reverse("resultaat:dossier", args=[weg.client.beschikkingen.get().kenmerk]))
    index = bytes(weg.client.bsn_index)
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)
    assert Gebeurtenis.objects.filter(client_index=index, actie="dossier.gezien").count() == 1
    acties = ["vernietiging.voorstellen", "vernietiging.uitvoeren"]
    regels = Gebeurtenis.objects.filter(actie__in=acties).order_by("pk")
    assert [(r.actie, r.actor_naam, r.client_index) for r in regels] == [
        (acties[0], "Ad", None),
        (acties[1], "Carla", None),
    ]


def test_een_ingelezen_bestand_waar_zij_niet_in_staat_blijft(ad, carla):
    weg, buur = oud_dossier("Zwaluwenburg"), oud_dossier("Leeuwerikhof")
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    klaar = goed(lijst, carla)
    assert sorted(bool(i.inhoud) for i in Inlezing.objects.all()) == [False, True]
    assert klaar.verklaring["ingelezen_bestanden"] == 1
    assert buur.client.beschikkingen.exists()


def test_een_leeg_gemaakt_bestand_zegt_waarom_er_niets_meer_in_staat(http, ad):
    weg = oud_dossier()
    Inlezing.objects.update(inhoud=b"", fouten=[])
    http.force_login(ad)
    inlezing = Inlezing.objects.get()
    antwoord = http.post(reverse("beschikkingen:inlezing-fouten", args=[inlezing.kenmerk]), follow=True)
    assert "is vernietigd" in antwoord.content.decode()
    antwoord = http.post(reverse("beschikkingen:inlezing-uitvoeren", args=[inlezing.kenmerk]), follow=True)
    assert "is vernietigd" in antwoord.content.decode()
    assert weg.client.beschikkingen.count() == 1


# --- Two people and a thinking time, in the database itself ------------------------------------------------------------
def test_wie_voorstelde_keurt_niet_goed_ook_niet_buiten_de_actie_om(ad):
    lijst = voorstel(ad, oud_dossier().client)
    verstrijk(lijst, 15)
    with pytest.raises(VernietigFout, match="zelf voorgesteld"):
        goed(lijst, ad)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="ander dan wie"), transaction.atomic():
        _zet_goedgekeurd(lijst, ad)


def test_wie_alleen_werkt_kan_ook_geen_collega_opvoeren(ad, carla):
    """The signed scope says who is at work, whatever stands in the column."""
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="ander dan wie"), transaction.atomic():
        _zet_goedgekeurd(lijst, carla)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="wie nu werkt"), transaction.atomic():
        Vernietigingslijst.objects.create(
            gemeente=weg.gemeente, client_ids=[weg.pk], aantal=1, bewaartermijn_jaren=15, bewaartermijn_bron="x",
            voorgesteld_op=TOEN, voorgesteld_door=carla, bedenktijd_tot_op=TOEN,
        )  # fmt: skip
    assert Client.objects.filter(pk=weg.pk).exists()


def _zet_goedgekeurd(lijst, wie):
    Vernietigingslijst.objects.filter(pk=lijst.pk).update(
        status=VernietigStatus.GOEDGEKEURD, goedgekeurd_op=nu(), goedgekeurd_door=wie
    )


@pytest.mark.parametrize(("dagen", "mag"), [(0, False), (13, False), (14, True)])
def test_de_bedenktijd_is_niet_over_te_slaan(ad, carla, dagen, mag):
    lijst = voorstel(ad, oud_dossier().client)
    verstrijk(lijst, dagen)
    if mag:
        assert goed(lijst, carla).status == VernietigStatus.VERNIETIGD
        return
    with pytest.raises(VernietigFout, match="bedenktijd loopt"):
        goed(lijst, carla)
    later = lijst.bedenktijd_tot_op + timedelta(days=1)  # a clock that runs ahead helps nobody
    with rls.binnen(carla.bereik), pytest.raises(VernietigFout, match="niets vernietigd"):
        keur_goed(lijst=lijst, door=carla, vandaag=vandaag(), moment=later)
    lijst.refresh_from_db()
    assert lijst.status == VernietigStatus.VOORGESTELD


def test_een_kortere_bedenktijd_geldt_niet_voor_wat_al_is_voorgesteld(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    weg.gemeente.bedenktijd_dagen = 1
    weg.gemeente.save()
    verstrijk(lijst, 2)
    with pytest.raises(VernietigFout, match="bedenktijd loopt"):
        goed(lijst, carla)


@pytest.mark.parametrize(
    "anders",
    [
        {"bedenktijd_tot_op": TOEN},
        {"voorgesteld_op": TOEN},
        {"aantal": 5},
        {"status": VernietigStatus.VERNIETIGD, "vernietigd_op": TOEN, "client_ids": []},
    ],
)
def test_aan_een_voorstel_verandert_niemand_iets(ad, carla, anders):
    lijst = voorstel(ad, oud_dossier().client)
    with rls.binnen(carla.bereik), als_app():
        with pytest.raises(ProgrammingError), transaction.atomic():
            Vernietigingslijst.objects.filter(pk=lijst.pk).update(**anders)
        with pytest.raises(ProgrammingError, match="blijft bewaard"), transaction.atomic():
            Vernietigingslijst.objects.filter(pk=lijst.pk).delete()


def test_wie_goedkeurt_kan_er_niemand_bij_zetten(ad, carla):
    lijst, ander = voorstel(ad, oud_dossier().client), fabriek.toewijzing().client
    verstrijk(lijst, 15)
    with (
        rls.binnen(carla.bereik),
        pytest.raises(ProgrammingError, match="bestaat niet"),
        transaction.atomic(),
    ):
        Vernietigingslijst.objects.filter(pk=lijst.pk).update(
            status=VernietigStatus.GOEDGEKEURD,
            goedgekeurd_op=nu(),
            goedgekeurd_door=carla,
            client_ids=[*lijst.client_ids, ander.pk],
        )


def test_de_functie_zelf_doet_niets_zonder_goedgekeurde_lijst_of_buiten_het_systeem(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)

    def roep():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [weg.pk]])

    with als_app():
        with pytest.raises(ProgrammingError, match="niet goedgekeurd"):
            roep()
        with rls.binnen(carla.bereik), pytest.raises(ProgrammingError, match="portaal zelf"):
            roep()
    verstrijk(lijst, 15)
    with rls.binnen(carla.bereik):
        _zet_goedgekeurd(lijst, carla)
    ander = oud_dossier("Leeuwerikhof").client
    with (
        pytest.raises(ProgrammingError, match="niet goedgekeurd"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [ander.pk]])
    assert Client.objects.filter(pk__in=[weg.pk, ander.pk]).count() == 2


def test_de_functie_weigert_wie_nog_een_lopende_beschikking_heeft(ad, carla):
    """Somebody got a new decision between the look and the deed: the database looks again."""
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(carla.bereik):
        _zet_goedgekeurd(lijst, carla)
    fabriek.beschikking(weg)
    with (
        pytest.raises(ProgrammingError, match="niet voorbij"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [weg.pk]])


# --- What stands in the way --------------------------------------------------------------------------------------------
def test_een_gewoon_oud_dossier_kan_weg():
    assert blokkades(oud_dossier().client) == ()


@pytest.mark.parametrize(
    ("dag", "staat_erop"),
    [(date(2023, 11, 30), True), (None, False), (0, False), (-1, True)],
)
def test_op_de_lijst_vanaf_de_dag_na_de_termijn(dag, staat_erop):
    """0 is today: the term runs up to and including that day."""
    weg = oud_dossier().client
    tot = vandaag() + timedelta(days=dag) if isinstance(dag, int) else dag
    Beschikking.objects.update(vernietigen_na_datum=tot or vandaag() + timedelta(days=400))
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    assert [k.client.pk for k in alle] == ([weg.pk] if staat_erop else [])


def test_zonder_dag_op_het_dossier_telt_de_termijn_van_de_gemeente():
    """Withdrawn, so never closed: its end and the municipality's years say until when."""
    weg = oud_dossier().client
    Beschikking.objects.update(
        status=BeschikkingStatus.INGETROKKEN, gesloten_op=None, gesloten_door=None, vernietigen_na_datum=None
    )
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    assert [(k.client.pk, k.termijn_tot) for k in alle] == [(weg.pk, date(2023, 11, 30))]
    weg.gemeente.bewaartermijn_jaren = 20
    weg.gemeente.save()
    assert kandidaten(fabriek.administratie(), vandaag())[0] == []


def _lopend(weg):
    fabriek.beschikking(weg)


def _later(weg):
    Beschikking.objects.filter(pk=fabriek.beschikking(weg).pk).update(
        status=BeschikkingStatus.GESLOTEN,
        gesloten_op=nu(),
        vernietigen_na_datum=vandaag() + timedelta(days=1),
    )


def _vraag(weg):
    InformatieVraag.objects.filter(beschikking__client=weg).update(
        antwoord="", beantwoord_op=None, beantwoord_door=None
    )


def _evaluatie(weg):
    Evaluatie.objects.filter(beschikking__client=weg).update(status=EvaluatieStatus.INGEDIEND)


def _verzoek(weg):
    Toelichting.objects.filter(client=weg, nummer__isnull=False).update(status="in_behandeling")


def _stop(weg):
    Stop.objects.filter(client=weg).update(verwerkt_op=None)


def _tegenspraak(weg):
    """Code 19 received lately, and judged otherwise: a contradiction that is still to be solved."""
    from resultaat.models import Resultaat

    Stop.objects.filter(client=weg).update(ontvangen_op=nu())
    Resultaat.objects.filter(toewijzing__client=weg, actueel=True).update(uitkomst="nee_client")


def _voorgesteld(weg):
    voorstel(fabriek.administratie(), weg)


@pytest.mark.parametrize(
    ("maak", "waarom"),
    [
        (_lopend, Blokkade.LOPEND),
        (_later, Blokkade.LATER),
        (_vraag, Blokkade.VRAAG),
        (_evaluatie, Blokkade.EVALUATIE),
        (_verzoek, Blokkade.VERZOEK),
        (_stop, Blokkade.STOP),
        (_tegenspraak, Blokkade.TEGENSPRAAK),
        (_voorgesteld, Blokkade.VOORGESTELD),
    ],
)
def test_wat_in_de_weg_staat_staat_erbij_en_voorstellen_kan_niet(maak, waarom, ad):
    weg = oud_dossier().client
    maak(weg)
    assert waarom in blokkades(weg)
    with pytest.raises(VernietigFout, match=re.escape(blokkades(weg)[0].label)):
        voorstel(ad, weg)


def test_wie_na_het_voorstel_een_vraag_kreeg_blijft_en_de_ander_gaat(ad, carla):
    weg, blijft = oud_dossier("Zwaluwenburg").client, oud_dossier("Leeuwerikhof").client
    lijst = voorstel(ad, weg, blijft)
    _vraag(blijft)
    verstrijk(lijst, 15)
    klaar = goed(lijst, carla)
    assert (klaar.verklaring["clienten"], klaar.verklaring["bleven"]) == (1, {"vraag": 1})
    assert [c.achternaam for c in Client.objects.all()] == ["Leeuwerikhof"]


def test_wie_niets_kan_vernietigen_hoort_dat_en_de_lijst_blijft_voorgesteld(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    _lopend(weg)
    verstrijk(lijst, 15)
    with pytest.raises(VernietigFout, match="Geen van de cliënten"):
        goed(lijst, carla)
    lijst.refresh_from_db()
    assert lijst.status == VernietigStatus.VOORGESTELD


def test_een_ingetrokken_lijst_laat_ieder_staan_en_kan_niet_meer_goed(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    with rls.binnen(carla.bereik):
        trek_in(lijst=lijst, reden="Er loopt nog een klacht.", door=carla, moment=nu())
    lijst.refresh_from_db()
    with pytest.raises(VernietigFout, match="al ingetrokken"):
        goed(lijst, carla)
    assert blokkades(weg) == ()


def test_delft_ziet_en_vernietigt_niets_van_westland(ad):
    weg, dora = oud_dossier().client, fabriek.administratie(fabriek.delft())
    assert kandidaten(dora, vandaag())[0] == []
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(dora.bereik), pytest.raises(VernietigFout):
        keur_goed(lijst=lijst, door=dora, vandaag=vandaag(), moment=nu())
    assert Client.objects.filter(pk=weg.pk).exists()


def test_dezelfde_mens_in_delft_blijft_daar(ad, carla):
    weg = oud_dossier()
    in_delft = oud_dossier("Zwaluwenburg", gemeente=fabriek.delft(), bsn=weg.bsn)
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)
    assert [c.pk for c in Client.objects.all()] == [in_delft.client.pk]
    assert in_delft.client.beschikkingen.get().documenten.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_hoeveel_er_ook_op_staan(aantal, django_assert_num_queries):
    for n in range(aantal):
        oud_dossier(f"Vogel{n}")
    ad = fabriek.administratie()
    ad.gemeente_ids  # noqa: B018  # read once per request
    with django_assert_num_queries(3):
        assert len(kandidaten(ad, vandaag())[0]) == aantal


# --- The screens -------------------------------------------------------------------------------------------------------
def test_van_lijst_tot_verklaring_in_de_schermen(http, ad, carla):
    weg = oud_dossier()
    http.force_login(ad)
    pagina = http.get(reverse("resultaat:vernietigen")).content.decode()
    assert weg.naam in pagina
    assert "Selectielijst" in pagina
    assert "14 dagen" in pagina
    http.post(
        reverse("resultaat:vernietigen-voorstellen"),
        {"gemeente": "1783", "client": [str(weg.client.kenmerk)]},
    )
    lijst = Vernietigingslijst.objects.get()
    eigen = http.get(reverse("resultaat:vernietigingslijst", args=[lijst.kenmerk])).content.decode()
    assert "Een collega keurt haar goed" in eigen
    verstrijk(lijst, 15)

    http.force_login(carla)
    goedkeuren = reverse("resultaat:vernietiging-goedkeuren", args=[lijst.kenmerk])
    antwoord = http.post(goedkeuren, follow=True)
    assert "Zet eerst het vinkje" in antwoord.content.decode()
    antwoord = http.post(goedkeuren, {"zeker": "ja"}, follow=True)
    assert "alle gegevens van 1 cliënt." in antwoord.content.decode()
    assert weg.naam not in antwoord.content.decode()

    verklaring = http.get(reverse("resultaat:vernietiging-verklaring", args=[lijst.kenmerk]))
    tekst = verklaring.content.decode()
    assert verklaring["Content-Type"] == "text/plain; charset=utf-8"
    for woord in (
        "Voorgesteld door Ad",
        "Goedgekeurd door Carla",
        "- documenten: 1",
        "- cliënten: 1",
        "SHA-256",
    ):
        assert woord in tekst
    assert weg.naam not in tekst
    assert weg.bsn not in tekst
    assert http.get(reverse("resultaat:dossiers")).status_code == 200


def test_een_aanbieder_een_contractmanager_en_een_beheerder_komen_er_niet(http):
    for wie in (fabriek.medewerker(), fabriek.contractmanager(), fabriek.beheerder()):
        http.force_login(wie)
        assert http.get(reverse("resultaat:vernietigen")).status_code == 404


# --- At once -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_slot", [True, False])
def test_twee_collegas_keuren_tegelijk_goed_en_het_gebeurt_een_keer(ad, monkeypatch, met_slot):
    """Without the lock and the look after it, the guard in the database is what stops the second: see `met_slot`."""
    from resultaat.actions import vernietigen

    lijst = voorstel(ad, oud_dossier().client)
    verstrijk(lijst, 15)
    mensen = [fabriek.consulent(naam=naam) for naam in ("Carla", "Cor")]
    klaar, echt = threading.Barrier(2, timeout=30), vernietigen.kandidaten_van

    if not met_slot:

        def samen_gekeken(*args, **kwargs):
            gevonden = echt(*args, **kwargs)
            klaar.wait()
            return gevonden

        monkeypatch.setattr(vernietigen, "kandidaten_van", samen_gekeken)
        zonder = Vernietigingslijst.objects.all
        monkeypatch.setattr(Vernietigingslijst.objects, "select_for_update", zonder)

    def doe(wie):
        mijn = Vernietigingslijst.objects.get(pk=lijst.pk)
        if met_slot:
            klaar.wait()
        return keur_goed(lijst=mijn, door=wie, vandaag=vandaag(), moment=nu()).status

    uit = samen(*((wie, partial(doe, wie)) for wie in mensen), vangt=(VernietigFout,))
    zin = "Deze lijst is al vernietigd." if met_slot else "Er is intussen iets veranderd"
    assert sorted(str(u).startswith(zin) for u in uit) == [False, True], uit
    assert VernietigStatus.VERNIETIGD in uit
    assert not Client.objects.exists()
    assert Gebeurtenis.objects.filter(actie="vernietiging.uitvoeren").count() == 1
