"""Destroying after the retention term (R110): from the list to really gone, and once when two agree at the same moment."""

import re
import threading
from functools import partial

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from beschikkingen.kluis import rapportmerk
from beschikkingen.models import Client, Inlezing
from logboek.models import Gebeurtenis
from rapportage.inzageverzoek import paden
from rapportage.models import OpgaveCorrectie, VaststellingRegel
from resultaat.actions.vernietigen import VernietigFout, keur_goed
from resultaat.models import Ronde, Vernietigingslijst
from resultaat.statussen import VernietigStatus
from resultaat.vernietigregels import TABELNAMEN
from tests import fabriek
from tests.als_app import als_app
from tests.resultaat.archiefhulp import (
    oud_dossier,
    rijen_van_client,
    verstrijk,
    vondsten,
)
from tests.resultaat.samen import samen
from tests.resultaat.vernietighulp import goed, voorstel
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


# --- The whole of it --------------------------------------------------------------------------------------------------
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


# --- The screens ------------------------------------------------------------------------------------------------------
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


# --- At once ----------------------------------------------------------------------------------------------------------
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
