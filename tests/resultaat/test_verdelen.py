"""Many dossiers at once to a colleague, to oneself, or to nobody in particular."""

import threading
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from beschikkingen.models import Client
from logboek.models import Gebeurtenis
from resultaat.actions import behandelaar
from resultaat.actions.behandelaar import BehandelaarFout, Verdeling, verdeel
from resultaat.queries.werkvoorraad import werkvoorraad
from tests import fabriek
from tests.resultaat.samen import samen
from wmo_portal.lib.tijd import vandaag

pytestmark = pytest.mark.django_db


def aflopend(naam: str, wie=None, gemeente=None) -> Client:
    client = fabriek.client(gemeente, achternaam=naam, behandelaar=wie)
    eind = vandaag() + timedelta(days=20)
    fabriek.toewijzing(fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind))
    return client


def wie_heeft() -> dict[str, str]:
    rijen = Client.objects.select_related("behandelaar")
    return {c.achternaam: c.behandelaar.naam if c.behandelaar else "" for c in rijen}


def vinkjes(wie) -> dict[str, str]:
    """What the boxes on this person's list send."""
    return {rij.client: rij.vinkje for rij in werkvoorraad(wie, vandaag()).rijen}


def stuur(http, wie, namen, vink=None, **velden):
    http.force_login(wie)
    http.cookies.pop("messages", None)  # what was said before
    vink = vink or vinkjes(wie)
    antwoord = http.post(
        reverse("resultaat:verdelen"),
        {"client": [vink[n] for n in namen], "terug": "/werkvoorraad/?van=niemand", **velden},
    )
    return antwoord, [str(m) for m in get_messages(antwoord.wsgi_request)]


# --- What becomes of it -------------------------------------------------------------------------------------------------
def test_drie_aangevinkt_en_aan_cor_gegeven(http, carla, cor):
    for naam in ("Een", "Twee", "Drie", "Vier"):
        aflopend(naam, carla if naam == "Twee" else None)
    antwoord, gezegd = stuur(http, carla, ["Een", "Twee", "Drie"], aan=str(cor.kenmerk))
    assert antwoord.url == "/werkvoorraad/?van=niemand"
    assert gezegd == ["Cor is nu de behandelaar van 3 cliënten."]
    assert wie_heeft() == {"Een": "Cor", "Twee": "Cor", "Drie": "Cor", "Vier": ""}


def test_iedere_client_krijgt_een_eigen_regel_in_het_logboek(http, carla, cor):
    een, twee = aflopend("Een"), aflopend("Twee", carla)
    stuur(http, carla, ["Een", "Twee"], aan=str(cor.kenmerk))
    regels = {r.object_kenmerk: r for r in Gebeurtenis.objects.filter(actie="behandelaar.toewijzen")}
    assert set(regels) == {str(een.kenmerk), str(twee.kenmerk)}
    assert regels[str(een.kenmerk)].details == {"was": "", "wordt": str(cor.kenmerk)}
    assert regels[str(twee.kenmerk)].details == {"was": str(carla.kenmerk), "wordt": str(cor.kenmerk)}
    assert {r.actor_naam for r in regels.values()} == {"Carla"}
    assert len({r.operatie_id for r in regels.values()}) == 1  # one deed


def test_zelf_overnemen_en_weer_aan_niemand(http, carla):
    aflopend("Een")
    _, gezegd = stuur(http, carla, ["Een"], zelf="ja", aan="")
    assert gezegd == ["U bent nu de behandelaar van 1 cliënt."]
    assert wie_heeft() == {"Een": "Carla"}
    _, gezegd = stuur(http, carla, ["Een"], aan="niemand")
    assert gezegd == ["1 cliënt heeft nu geen behandelaar."]
    assert wie_heeft() == {"Een": ""}


def test_een_client_met_twee_rijen_telt_eenmaal(http, carla):
    client = aflopend("Een")
    fabriek.toewijzing(client.beschikkingen.get(), gebied_naam="Huisvesting")
    vink = [rij.vinkje for rij in werkvoorraad(carla, vandaag()).rijen]
    assert len(vink) == 2
    http.force_login(carla)
    http.post(reverse("resultaat:verdelen"), {"client": vink, "zelf": "ja"})
    assert Gebeurtenis.objects.filter(actie="behandelaar.toewijzen").count() == 1


# --- What is not done, and said -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"aan": ""}, "Kies eerst aan wie u de dossiers geeft."),
        ({"aan": "geen-kenmerk"}, "Kies eerst aan wie u de dossiers geeft."),
        ({"aan": str(uuid.uuid4())}, "Kies een consulent van uw gemeente."),
    ],
)
def test_zonder_een_collega_gebeurt_er_niets(http, carla, velden, zin):
    aflopend("Een", carla)
    assert stuur(http, carla, ["Een"], **velden)[1] == [zin]
    assert wie_heeft() == {"Een": "Carla"}


def test_zonder_vinkjes_gebeurt_er_niets(http, carla, cor):
    aflopend("Een")
    zin = "Vink eerst aan welke dossiers u wilt verdelen."
    assert stuur(http, carla, [], aan=str(cor.kenmerk))[1] == [zin]
    assert stuur(http, carla, ["x"], {"x": "met de hand"}, aan=str(cor.kenmerk))[1] == [zin]


@pytest.mark.parametrize("wie", ["delft", "administratie", "uit"])
def test_alleen_aan_een_consulent_van_de_eigen_gemeente_die_er_werkt(carla, wie):
    mensen = {
        "delft": lambda: fabriek.consulent(fabriek.delft()),
        "administratie": fabriek.administratie,
        "uit": lambda: fabriek.consulent(is_active=False),
    }
    client = aflopend("Een")
    with pytest.raises(BehandelaarFout, match="Kies een consulent van uw gemeente"):
        verdeel(gekozen={client.kenmerk: None}, aan=mensen[wie]().kenmerk, door=carla)


def test_wie_niet_voor_de_gemeente_van_een_client_werkt_krijgt_alleen_de_andere(http, cor):
    beide = fabriek.consulent(naam="Beide")
    beide.gemeenten.add(fabriek.delft())
    aflopend("Westlander")
    aflopend("Delvenaar", gemeente=fabriek.delft())
    _, gezegd = stuur(http, beide, ["Westlander", "Delvenaar"], aan=str(cor.kenmerk))
    assert gezegd == [
        "Cor is nu de behandelaar van 1 cliënt.",
        "1 cliënt niet veranderd: Cor werkt niet voor die gemeente.",
    ]
    assert wie_heeft() == {"Westlander": "Cor", "Delvenaar": ""}


def test_een_client_van_een_andere_gemeente_bestaat_niet(carla):
    vreemd = aflopend("Vreemd", gemeente=fabriek.delft())
    assert verdeel(gekozen={vreemd.kenmerk: None}, aan=carla.kenmerk, door=carla) == Verdeling(carla)
    assert wie_heeft() == {"Vreemd": ""}


def test_wat_een_ander_intussen_toewees_blijft_zo_en_wordt_gezegd(http, carla, cor):
    anna = fabriek.consulent(naam="Anna")
    aflopend("Een")
    aflopend("Twee")
    gezien = vinkjes(carla)
    verdeel(gekozen={Client.objects.get(achternaam="Een").kenmerk: None}, aan=anna.kenmerk, door=anna)
    _, gezegd = stuur(http, carla, ["Een", "Twee"], gezien, aan=str(cor.kenmerk))
    assert gezegd[0] == "Cor is nu de behandelaar van 1 cliënt."
    assert gezegd[1].startswith("1 cliënt niet veranderd: een ander wees intussen een behandelaar toe.")
    assert wie_heeft() == {"Een": "Anna", "Twee": "Cor"}


def test_wie_hem_al_heeft_is_geen_verrassing(http, carla, cor):
    aflopend("Een")
    gezien = vinkjes(carla)
    verdeel(gekozen={Client.objects.get().kenmerk: None}, aan=cor.kenmerk, door=cor)
    assert stuur(http, carla, ["Een"], gezien, aan=str(cor.kenmerk))[1] == [
        "Er is niets veranderd: dit was de behandelaar al."
    ]
    assert Gebeurtenis.objects.filter(actie="behandelaar.toewijzen").count() == 1


def test_dubbel_klikken_is_een_keer(http, carla, cor):
    aflopend("Een")
    gezien, sleutel = vinkjes(carla), str(uuid.uuid4())
    velden = {"aan": str(cor.kenmerk), "eenmalig": sleutel}
    stuur(http, carla, ["Een"], gezien, **velden)
    verdeel(gekozen={Client.objects.get().kenmerk: cor.kenmerk}, aan=None, door=cor)
    stuur(http, carla, ["Een"], gezien, **velden)  # the retry of a lost answer, after Cor gave it back
    assert wie_heeft() == {"Een": ""}


def test_terug_gaat_nooit_naar_een_adres_van_buiten(http, carla):
    aflopend("Een")
    antwoord, _ = stuur(http, carla, ["Een"], zelf="ja", terug="https://kwaad.example/")
    assert antwoord.url == reverse("resultaat:werkvoorraad")


# --- The page -------------------------------------------------------------------------------------------------------------
def test_de_bladzijde_heeft_vinkjes_en_noemt_de_collegas_maar_niet_uzelf(http, carla, cor):
    fabriek.consulent(fabriek.delft(), naam="Dora")
    fabriek.consulent(naam="Weg", is_active=False)
    aflopend("Een", cor)
    http.force_login(carla)
    pagina = http.get(reverse("resultaat:werkvoorraad"), {"van": ""}).content.decode()
    assert vinkjes(carla)["Een"] in pagina
    assert f'<option value="{cor.kenmerk}">Cor</option>' in pagina
    assert not any(f">{naam}</option>" in pagina for naam in ("Carla", "Dora", "Weg"))


def test_een_lege_lijst_vraagt_niet_wat_u_wilt_verdelen(http, carla, cor):
    http.force_login(carla)
    assert "Geef wat u aanvinkte" not in http.get(reverse("resultaat:werkvoorraad")).content.decode()


@pytest.mark.parametrize("aantal", [1, 3, 50])
def test_evenveel_vragen_voor_een_als_voor_vijftig(carla, cor, aantal, django_assert_num_queries):
    gekozen = {fabriek.client(achternaam=f"C{n}").kenmerk: None for n in range(aantal)}
    assert carla.gemeente_ids  # once per request, and the middleware asks it already
    with django_assert_num_queries(8):  # six, and the savepoint around them
        assert verdeel(gekozen=gekozen, aan=cor.kenmerk, door=carla).gegeven == aantal


# --- Two at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_slot", [True, False])
def test_twee_nemen_tegelijk_hetzelfde_over_en_een_hoort_dat_hij_te_laat_is(
    monkeypatch, carla, cor, met_slot
):
    """Negative control: without the lock both find nobody, both are told it is theirs, and one of them is wrong."""
    client = aflopend("Een")
    klaar, echt = threading.Barrier(2, timeout=30), behandelaar._op_slot

    def samen_naar_het_slot(kenmerken, door):
        klaar.wait()
        return echt(kenmerken, door)

    def allebei_gekeken(kenmerken, door):
        rijen = Client.objects.visible_to(door).filter(kenmerk__in=list(kenmerken))
        gelezen = list(rijen.select_related("behandelaar"))
        klaar.wait()
        return gelezen

    monkeypatch.setattr(behandelaar, "_op_slot", samen_naar_het_slot if met_slot else allebei_gekeken)
    uit = samen(
        *(
            (wie, partial(verdeel, gekozen={client.kenmerk: None}, aan=wie.kenmerk, door=wie))
            for wie in (carla, cor)
        ),
        vangt=(),
    )
    kregen = sorted((v.gegeven, v.intussen) for v in uit)
    assert kregen == ([(0, 1), (1, 0)] if met_slot else [(1, 0), (1, 0)])
    if met_slot:
        (winnaar,) = (v.nieuw.naam for v in uit if v.gegeven)
        assert wie_heeft() == {"Een": winnaar}
