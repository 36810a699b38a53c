"""Who handles a dossier, and "mijn, alle, niemand" in worklist and radar."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from beschikkingen.actions import draai_proef, lees_in
from beschikkingen.models import Client
from logboek.models import Gebeurtenis
from resultaat.actions.behandelaar import BehandelaarFout, wijs_toe
from resultaat.models import Resultaat
from resultaat.queries.radar import Keus, radar
from resultaat.queries.werkvoorraad import Behandeling, Filter, tel, werkvoorraad
from resultaat.werksoorten import Werksoort
from stopberichten.models import Stop
from tests import fabriek
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def aflopend(naam: str, behandelaar=None):
    client = fabriek.client(achternaam=naam, behandelaar=behandelaar)
    eind = vandaag() + timedelta(days=20)
    b = fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind)
    return fabriek.toewijzing(b)


def namen(wie, van=None) -> list[str]:
    rijen = werkvoorraad(wie, vandaag(), filter_=Filter(van=van)).rijen
    return sorted({rij.client for rij in rijen})


def test_mijn_alle_en_niemand(carla, cor):
    weg = fabriek.consulent(naam="Weg")
    for naam, wie in (("Een", carla), ("Twee", cor), ("Drie", None), ("Vier", weg)):
        aflopend(naam, wie)
    weg.is_active = False
    weg.save()
    assert namen(carla) == ["Drie", "Een", "Twee", "Vier"]  # nobody's work is hidden by default
    assert namen(carla, Behandeling.MIJN) == ["Een"]
    assert namen(carla, Behandeling.NIEMAND) == ["Drie", "Vier"]  # who left handles nothing


@pytest.mark.parametrize("van", [None, *Behandeling])
def test_elk_aantal_is_dat_van_de_lijst_ook_bij_een_tegenspraak(carla, van):
    aflopend("Een", carla)
    for naam, wie in (("Tegen", carla), ("Spraak", None)):
        t = aflopend(naam, wie)
        fabriek.start(t)
        stop = fabriek.stop(t, "19")
        Stop.objects.filter(pk=stop.pk).update(verwerkt_op=nu())
        Resultaat.objects.create(
            gemeente=t.gemeente, aanbieder=t.aanbieder, toewijzing=t, uitkomst="nee_client", paragraaf="4",
            vervolg="doorlopen", resultaatdatum=vandaag(), geregistreerd_op=nu(), geregistreerd_door=carla,
            toelichting="Wilde niet.",
        )  # fmt: skip
    voorraad = werkvoorraad(carla, vandaag(), filter_=Filter(van=van))
    per = {soort: sum(r.soort is soort for r in voorraad.rijen) for soort in Werksoort}
    assert per == voorraad.aantallen == tel(carla, vandaag(), Filter(van=van))
    verwacht = {None: 2, Behandeling.MIJN: 1, Behandeling.NIEMAND: 1}
    assert per[Werksoort.TEGENSPRAAK] == verwacht[van]


@pytest.mark.parametrize(("van", "verwacht"), [("", 3), ("mijn", 1), ("niemand", 1)])
def test_de_radar_filtert_hetzelfde(carla, cor, van, verwacht):
    for naam, wie in (("Een", carla), ("Twee", cor), ("Drie", None)):
        aflopend(naam, wie)
    beeld = radar(carla, vandaag=vandaag(), keus=Keus(van=van))
    assert len(beeld.open) == verwacht


def test_de_keuze_staat_in_het_adres_en_blijft_bij_bladeren(http, carla, cor):
    aflopend("Een", carla)
    aflopend("Twee", cor)
    http.force_login(carla)
    pagina = http.get(reverse("resultaat:werkvoorraad"), {"van": "mijn"}).content.decode()
    assert "Een" in pagina
    assert "Twee" not in pagina
    assert "van=mijn&amp;soort=aflopend" in pagina or "soort=aflopend&amp;van=mijn" in pagina
    radarpagina = http.get(reverse("resultaat:termijnen"), {"van": "mijn"}).content.decode()
    assert "Twee" not in radarpagina
    assert "soort=te_laat&amp;van=mijn" in radarpagina


def test_een_aanbieder_ziet_de_filter_niet_en_kan_hem_niet_gebruiken(http, carla):
    t = aflopend("Een", carla)
    http.force_login(fabriek.medewerker(t.aanbieder))
    pagina = http.get(reverse("resultaat:termijnen"), {"van": "niemand"}).content.decode()
    assert "Mijn dossiers" not in pagina
    assert "Een" in pagina


# --- Giving it to somebody ---------------------------------------------------------------------------------------------
def test_de_administratie_wijst_toe_in_het_dossier_en_het_staat_in_het_logboek(http, carla):
    t = aflopend("Een")
    ad = fabriek.administratie(naam="Ad")
    http.force_login(ad)
    adres = reverse("resultaat:behandelaar", args=[t.beschikking.kenmerk])
    antwoord = http.post(adres, {"behandelaar": str(carla.kenmerk), "was": ""}, follow=True)
    assert "De behandelaar is nu Carla." in antwoord.content.decode()
    assert Client.objects.get().behandelaar == carla
    regel = Gebeurtenis.objects.get(actie="behandelaar.toewijzen")
    assert (regel.actor_naam, bytes(regel.client_index)) == ("Ad", bytes(t.client.bsn_index))


def test_twee_wijzen_tegelijk_toe_en_de_tweede_hoort_wie_het_werd(carla, cor):
    client = aflopend("Een").client
    wijs_toe(client=client, aan=carla.kenmerk, was=None, door=carla)
    with pytest.raises(BehandelaarFout, match="Carla is intussen de behandelaar"):
        wijs_toe(client=client, aan=cor.kenmerk, was=None, door=cor)
    wijs_toe(client=client, aan=None, was=carla.kenmerk, door=cor)
    assert Client.objects.get().behandelaar is None


@pytest.mark.parametrize("wie", ["delft", "administratie", "uit"])
def test_alleen_een_consulent_van_de_gemeente_die_er_werkt(carla, wie):
    mensen = {
        "delft": lambda: fabriek.consulent(fabriek.delft()),
        "administratie": fabriek.administratie,
        "uit": lambda: fabriek.consulent(is_active=False),
    }
    client = aflopend("Een").client
    with pytest.raises(BehandelaarFout, match="Kies een consulent van Westland"):
        wijs_toe(client=client, aan=mensen[wie]().kenmerk, was=None, door=carla)


def test_de_database_weigert_iemand_van_een_andere_gemeente():
    client, dora = aflopend("Een").client, fabriek.consulent(fabriek.delft())
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    with pytest.raises(IntegrityError, match="client_behandelaar_fk"), transaction.atomic():
        Client.objects.filter(pk=client.pk).update(behandelaar=dora)


def test_wie_niet_meer_voor_de_gemeente_werkt_laat_zijn_dossiers_los(carla):
    client = aflopend("Een", carla).client
    carla.gemeenten.set([fabriek.delft()])
    client.refresh_from_db()
    assert client.behandelaar is None


# --- With a list that is read in ---------------------------------------------------------------------------------------
def csv(behandelaar: str, bsn: str) -> bytes:
    aanbieder = fabriek.aanbieder()
    kop = "Beschikkingnummer;BSN;Achternaam;Ingangsdatum beschikking;Toewijzingnummer;AGB-code aanbieder;Behandelaar"
    return f"{kop}\nB-1;{bsn};Wit;01-01-2026;300123;{aanbieder.agb};{behandelaar}\n".encode()


def lees(inhoud: bytes):
    proef = draai_proef(
        gemeente=fabriek.westland(),
        bestandsnaam="suite.csv",
        inhoud=inhoud,
        vandaag=vandaag(),
        op=nu(),
        door=None,
    )
    lees_in(inlezing=proef, vandaag=vandaag(), op=nu(), door=None)
    proef.refresh_from_db()
    return proef


def test_de_kolom_behandelaar_wijst_toe_en_leeg_wist_niets(carla):
    bsn = fabriek.volgend_bsn()
    lees(csv(carla.email.upper(), bsn))
    assert Client.objects.get().behandelaar == carla
    lees(csv("", bsn))
    assert Client.objects.get().behandelaar == carla


def test_een_onbekend_adres_is_een_foute_rij(carla):
    proef = lees(csv("iemand@example.nl", fabriek.volgend_bsn()))
    assert "is geen consulent van Westland" in proef.fouten[0]["zin"]
    assert not Client.objects.exists()
