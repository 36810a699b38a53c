"""Who may see and find what at the Toelichting: strangers get one answer, and a post changes only what is on the form."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.kluis import bsn_van
from logboek.models import Gebeurtenis
from stopberichten.actions_toelichting_zoeken import KEREN, TeVaak, zoek_client
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import regels_van, sleutel_van
from tests import fabriek
from tests.stopberichten.toelichtinghulp import (
    NIEUW,
    REDEN,
    adres,
    getypt,
    verstuurd,
)
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db


# --- Nobody posts what is not on the form -----------------------------------------------------------------------------
def test_een_post_met_andere_velden_verandert_niets_anders(http, bij):
    delft, eik = fabriek.delft(), fabriek.aanbieder("De Eik")
    ander = fabriek.toewijzing(fabriek.beschikking(fabriek.client(delft)), aan=eik)
    voor = Toelichting.objects.values().get()
    http.post(
        adres("toelichting-bewaar", bij.concept),
        {
            "versie": "1",
            "status": "ingediend",
            "nummer": "T-2026-999999",
            "gemeente": delft.pk,
            "gemeente_id": delft.pk,
            "aanbieder": eik.pk,
            "client": ander.client_id,
            "beschikking": ander.beschikking_id,
            "ingediend_door": bij.fatma.pk,
            "zorgplan_id": 1,
            "besluit": "toegekend",
            "aangemaakt_door": 1,
            f"g{ander.kenmerk.hex}-reden": "van een ander",
            f"g{ander.kenmerk.hex}-soort": "beeindiging",
        },
    )
    assert Toelichting.objects.values().get() == voor
    assert [r.toewijzing_id for r in regels_van(bij.concept)] == [bij.toewijzingen[0].pk]


@pytest.mark.parametrize("trede", ["99", "-1", "niets", "1e3", "9" * 40])
def test_een_trede_die_er_niet_is_wordt_geen_trede(http, bij, trede):
    s = sleutel_van(regels_van(bij.concept)[0])
    http.post(
        adres("toelichting-bewaar", bij.concept),
        getypt(bij.concept, **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": trede}),
    )
    (regel,) = regels_van(bij.concept)
    assert (regel.soort, regel.gevraagde_trede) == ("wijziging", None)


# --- Strangers --------------------------------------------------------------------------------------------------------
PAGINAS = [
    "toelichting",
    "toelichting-invullen",
    "toelichting-controle",
    "toelichting-intrekken",
    "toelichting-zorgplan",
    "toelichting-pdf",
    "toelichting-zorgplan-bestand",
]


BUITENSTAANDERS = {
    "een andere aanbieder": lambda: fabriek.medewerker(fabriek.aanbieder("De Eik")),
    "een andere gemeente": lambda: fabriek.consulent(fabriek.delft()),
    "een contractmanager": fabriek.contractmanager,
    "een beheerder": fabriek.beheerder,
}


@pytest.mark.parametrize("wie", BUITENSTAANDERS)
@pytest.mark.parametrize("stand", ["concept", "verstuurd"])
def test_voor_een_buitenstaander_bestaat_het_niet(http, bij, wie, stand):
    vorm = verstuurd(bij) if stand == "verstuurd" else bij.concept
    http.force_login(BUITENSTAANDERS[wie]())
    gezien = [http.get(adres(pagina, vorm)).status_code for pagina in PAGINAS]
    gezien += [
        http.post(adres(pagina, vorm), {"versie": "1"}).status_code
        for pagina in ("toelichting-bewaar", "toelichting-invullen", "toelichting-controle")
    ]
    assert set(gezien) == {404}


def test_de_gemeente_leest_het_verstuurde_en_nooit_een_concept(http, bij):
    anna = fabriek.consulent()
    http.force_login(anna)
    assert http.get(adres("toelichting", bij.concept)).status_code == 404
    vorm = verstuurd(bij)
    pagina = http.get(adres("toelichting", vorm)).content.decode()
    assert REDEN in pagina
    assert "Trek dit formulier in" not in pagina
    assert Gebeurtenis.objects.filter(actie="toelichting.gezien", actor_id=anna.pk).count() == 1
    for pagina in ("toelichting-invullen", "toelichting-intrekken", "toelichting-zorgplan"):
        assert http.get(adres(pagina, vorm)).status_code == 404


def test_over_de_toewijzing_van_een_ander_begint_niemand(http, bij):
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik"))
    begin = reverse("stopberichten:toelichting-begin", args=[van_eik.kenmerk])
    assert (http.get(begin).status_code, http.post(begin).status_code) == (404, 404)


# --- Looking up -------------------------------------------------------------------------------------------------------
def zoek(http, bsn: str, geboren: date):
    return http.post(reverse(NIEUW), {"bsn": bsn, "geboortedatum": f"{geboren:%d-%m-%Y}"})


def zonder_csrf(antwoord) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", antwoord.content.decode())


def test_een_eigen_client_wordt_gevonden(http, bij):
    client = bij.beschikking.client
    naar = zoek(http, bsn_van(client), client.geboortedatum)
    assert naar.url == reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk])


def test_bij_twee_beschikkingen_kiest_u(http, bij):
    client = bij.beschikking.client
    tweede = fabriek.toewijzing(
        fabriek.beschikking(client, begin=date(2027, 1, 1), eind=date(2027, 12, 31)), aan=bij.fatma.aanbieder
    )
    pagina = zoek(http, bsn_van(client), client.geboortedatum).content.decode()
    for toewijzing in (bij.toewijzingen[0], tweede):
        assert reverse("stopberichten:toelichting-begin", args=[toewijzing.kenmerk]) in pagina


def test_onbekend_van_een_ander_en_gesloten_geven_hetzelfde_antwoord(http, bij):
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik")).client
    gesloten = fabriek.toewijzing(aan=bij.fatma.aanbieder, status=ToewijzingStatus.GESLOTEN).client
    eigen = bij.beschikking.client
    antwoorden = [
        zoek(http, fabriek.volgend_bsn(), date(1960, 5, 4)),
        zoek(http, bsn_van(van_eik), van_eik.geboortedatum),
        zoek(http, bsn_van(gesloten), gesloten.geboortedatum),
        zoek(http, bsn_van(eigen), eigen.geboortedatum + timedelta(days=1)),
    ]
    assert {a.status_code for a in antwoorden} == {422}
    assert len({zonder_csrf(a) for a in antwoorden}) == 1
    assert len({len(a.content) for a in antwoorden}) == 1
    assert "Niet gevonden" in antwoorden[0].content.decode()


def test_zoeken_kan_niet_met_een_adres(http, bij):
    pagina = http.get(reverse(NIEUW), {"bsn": "van Bakker", "geboortedatum": "04-05-1960"})
    assert pagina.status_code == 200
    assert "van Bakker" not in pagina.content.decode()
    assert not Gebeurtenis.objects.filter(actie="toelichting.zoeken").exists()


def test_een_typfout_telt_niet_mee_en_zegt_wat_er_mis_is(http, bij):
    antwoord = zoek(http, "123456789", date(1960, 5, 4))
    assert antwoord.status_code == 422
    assert "elfproef" in antwoord.content.decode()
    assert not Gebeurtenis.objects.filter(actie="toelichting.zoeken").exists()


def test_na_tien_keer_moet_u_wachten_ook_als_u_nu_goed_zoekt(http, bij):
    client, vreemd = bij.beschikking.client, fabriek.volgend_bsn()
    for _ in range(KEREN):
        assert zoek(http, vreemd, date(1960, 5, 4)).status_code == 422
    geweigerd = zoek(http, bsn_van(client), client.geboortedatum)
    assert geweigerd.status_code == 429
    assert "10 keer gezocht in 10 minuten" in geweigerd.content.decode()
    # A colleague has his own ten, and after ten minutes so has Fatma.
    http.force_login(fabriek.medewerker(bij.fatma.aanbieder))
    assert zoek(http, bsn_van(client), client.geboortedatum).status_code == 302
    vraag = {"bsn": bsn_van(client), "geboortedatum": client.geboortedatum, "door": bij.fatma}
    with pytest.raises(TeVaak):
        zoek_client(**vraag, op=nu() + timedelta(minutes=9))
    assert zoek_client(**vraag, op=nu() + timedelta(minutes=11)) == bij.toewijzingen
