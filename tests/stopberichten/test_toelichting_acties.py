"""A draft and what is typed in it: Fatma of De Linde is going to tell Westland that it stops, or changes."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from stopberichten.actions_toelichting import (
    Botsing,
    Invoer,
    KanNiet,
    RegelInvoer,
    begin,
    bewaar_concept,
)
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import concept_van, regels_van, sleutel_van
from tests import fabriek
from tests.stopberichten.toelichtinghulp import acties, stuur, vul, zaak
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db


# --- Begin ------------------------------------------------------------------------------------------------------------
def test_een_nieuw_concept_is_ingevuld_met_wat_we_weten():
    bij = zaak()
    concept = bij.begin()
    assert concept.verzoeker_naam == "Fatma el Amrani"
    assert concept.verzoeker_functie == "begeleider"
    assert concept.verzoeker_organisatie == "Zorggroep De Linde"
    assert concept.verzoeker_telefoon == "0174 123456"
    assert concept.verzoeker_email == bij.fatma.email
    assert concept.gemeente == bij.beschikking.gemeente
    assert concept.client == bij.beschikking.client
    assert [r.toewijzing for r in regels_van(concept)] == bij.toewijzingen
    assert acties(concept) == ["toelichting.begonnen"]


def test_alleen_het_gekozen_gebied_vraagt_iets():
    bij = zaak(("Financiën", "Wonen", "Dag"))
    concept = bij.begin(bij=1)
    assert [r.overslaan for r in regels_van(concept)] == [
        r.toewijzing != bij.toewijzingen[1] for r in regels_van(concept)
    ]
    assert concept.regels.filter(overslaan=False).get().toewijzing == bij.toewijzingen[1]


def test_een_collega_gaat_verder_met_hetzelfde_concept():
    bij = zaak()
    concept = bij.begin()
    joris = fabriek.medewerker(bij.fatma.aanbieder, naam="Joris")
    weer = begin(toewijzing=bij.toewijzingen[0], door=joris, op=nu())
    assert (weer.toelichting, weer.nieuw) == (concept, False)
    assert concept_van(joris, bij.beschikking.pk) == concept
    assert acties(concept) == ["toelichting.begonnen", "toelichting.hervat"]


def test_een_toewijzing_die_erbij_kwam_komt_in_het_concept():
    bij = zaak()
    concept = bij.begin()
    erbij = fabriek.toewijzing(bij.beschikking, aan=bij.fatma.aanbieder, gebied_naam="Wonen")
    begin(toewijzing=bij.toewijzingen[0], door=bij.fatma, op=nu())
    assert concept.regels.get(toewijzing=erbij).overslaan is True


def test_van_de_toewijzing_van_een_ander_komt_niets_in_het_formulier():
    bij = zaak()
    fabriek.toewijzing(bij.beschikking, aan=fabriek.aanbieder("De Eik"), gebied_naam="Wonen")
    assert [r.toewijzing for r in regels_van(bij.begin())] == bij.toewijzingen


def test_een_ander_kan_er_niet_over_beginnen():
    bij = zaak()
    eik = fabriek.medewerker(fabriek.aanbieder("De Eik"))
    with pytest.raises(KanNiet, match="niet van uw organisatie"):
        begin(toewijzing=bij.toewijzingen[0], door=eik, op=nu())
    assert not Toelichting.objects.exists()


def test_over_wat_gesloten_is_begint_niemand_meer():
    bij = zaak()
    Toewijzing.objects.filter(pk=bij.toewijzingen[0].pk).update(status=ToewijzingStatus.GESLOTEN)
    with pytest.raises(KanNiet):
        bij.begin()


def test_na_het_versturen_mag_er_een_nieuw_concept_komen():
    bij = zaak()
    eerste = bij.begin()
    stuur(vul(eerste, bij.fatma), bij.fatma)
    tweede = bij.begin()
    assert tweede != eerste
    assert tweede.status == ToelichtingStatus.CONCEPT


def test_de_database_kent_een_open_concept_per_beschikking_en_aanbieder():
    bij = zaak()
    concept = bij.begin()
    with pytest.raises(IntegrityError, match="toelichting_een_concept"), transaction.atomic():
        Toelichting.objects.create(
            gemeente=concept.gemeente,
            aanbieder=concept.aanbieder,
            client=concept.client,
            beschikking=concept.beschikking,
            aangemaakt_op=nu(),
            aangemaakt_door=bij.fatma,
            bewaard_op=nu(),
        )


# --- Keep what is typed -----------------------------------------------------------------------------------------------
def test_wat_getypt_is_wordt_bewaard_hoe_onzinnig_ook():
    bij = zaak()
    concept = bij.begin()
    (regel,) = regels_van(concept)
    vreemd = "x" * 9000 + "\x00\r\n😀"
    invoer = Invoer(
        teksten={"verzoeker_naam": "n" * 5000, "verzoeker_email": "geen adres", "overige_zaken": vreemd},
        regels={
            sleutel_van(regel): RegelInvoer(soort="onzin", gevraagde_trede=99, teksten={"reden": vreemd})
        },
    )
    vast = vul(concept, bij.fatma, invoer)
    assert vast.verzoeker_naam == "n" * 5000
    assert vast.verzoeker_email == "geen adres"
    assert vast.overige_zaken == "x" * 9000 + "\n😀"
    regel.refresh_from_db()
    assert (regel.soort, regel.gevraagde_trede) == ("", None)
    assert regel.reden == "x" * 9000 + "\n😀"


def test_wat_niet_is_meegestuurd_blijft_zoals_het_was():
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    vul(concept, bij.fatma, Invoer(teksten={"overige_zaken": "Zoon helpt."}))
    (regel,) = regels_van(concept)
    concept.refresh_from_db()
    assert regel.reden == "De doelen zijn bereikt."
    assert concept.overige_zaken == "Zoon helpt."
    assert concept.verzoeker_naam == "Fatma el Amrani"


def test_niets_nieuws_schrijft_niets():
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    weer = vul(concept, bij.fatma)
    assert (weer.versie, weer.bewaard_op) == (concept.versie, concept.bewaard_op)


def test_typen_laat_een_logregel_per_zitting():
    bij, scherm = zaak(), uuid.uuid4()
    concept, begin_op = bij.begin(), nu()
    for minuut in range(20):
        bewaar_concept(
            toelichting=concept,
            invoer=Invoer(teksten={"overige_zaken": f"zin {minuut}"}),
            versie=1,
            vanuit=scherm,
            door=bij.fatma,
            op=begin_op + timedelta(minutes=minuut),
        )
    assert acties(concept) == ["toelichting.begonnen", "toelichting.bewaard"]
    bewaar_concept(
        toelichting=concept,
        invoer=Invoer(teksten={"overige_zaken": "later"}),
        versie=1,
        vanuit=scherm,
        door=bij.fatma,
        op=begin_op + timedelta(minutes=40),
    )
    assert acties(concept)[-2:] == ["toelichting.bewaard", "toelichting.bewaard"]


def bewaar(concept: Toelichting, tekst: str, *, versie: int, vanuit, door) -> Toelichting:
    return bewaar_concept(
        toelichting=concept,
        invoer=Invoer(teksten={"overige_zaken": tekst}),
        versie=versie,
        vanuit=vanuit,
        door=door,
        op=nu(),
    )


def test_een_scherm_botst_niet_met_zichzelf_ook_niet_als_een_antwoord_verloren_ging():
    bij, scherm = zaak(), uuid.uuid4()
    concept = bij.begin()
    for tekst in ("een", "een twee", "een twee drie"):
        bewaar(concept, tekst, versie=1, vanuit=scherm, door=bij.fatma)
    concept.refresh_from_db()
    assert (concept.overige_zaken, concept.versie) == ("een twee drie", 4)


def test_een_tweede_scherm_dat_niets_wist_overschrijft_niet():
    bij = zaak()
    concept, links, rechts = bij.begin(), uuid.uuid4(), uuid.uuid4()
    bewaar(concept, "van links", versie=1, vanuit=links, door=bij.fatma)
    with pytest.raises(Botsing) as botsing:
        bewaar(concept, "van rechts", versie=1, vanuit=rechts, door=bij.fatma)
    assert botsing.value.toelichting.overige_zaken == "van links"
    # Having seen the stored version it may, and then the left one is behind.
    bewaar(concept, "van rechts", versie=2, vanuit=rechts, door=bij.fatma)
    with pytest.raises(Botsing):
        bewaar(concept, "toch links", versie=1, vanuit=links, door=bij.fatma)


def test_in_wat_verstuurd_is_schrijft_niemand_meer():
    bij = zaak()
    concept = stuur(vul(bij.begin(), bij.fatma), bij.fatma)
    with pytest.raises(Botsing):
        vul(concept, bij.fatma, Invoer(teksten={"overige_zaken": "nog iets"}))
