"""A draft and what becomes of it: Fatma of De Linde tells Westland that it stops, or changes."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from beschikkingen.documenten import DocumentGeweigerd
from beschikkingen.enums import BeschikkingStatus, ToewijzingStatus
from beschikkingen.models import Beschikking, Document, Toewijzing
from logboek.models import Gebeurtenis
from stopberichten.actions_toelichting import (
    Botsing,
    Invoer,
    KanNiet,
    RegelInvoer,
    begin,
    bewaar_concept,
    verwijder_zorgplan,
    voeg_zorgplan_toe,
)
from stopberichten.actions_toelichting_indienen import (
    AlVerstuurd,
    NietCompleet,
    dien_in,
    stuur_zorgplan_na,
    trek_in,
)
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import concept_van, formulier_van, regels_van, sleutel_van
from tests import fabriek
from tests.stopberichten.toelichtinghulp import een_pdf, volledig, vul, zaak
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db
PDF = een_pdf()


def acties(toelichting: Toelichting) -> list[str]:
    return list(
        Gebeurtenis.objects.filter(object_kenmerk=str(toelichting.kenmerk))
        .order_by("pk")
        .values_list("actie", flat=True)
    )


def stuur(toelichting: Toelichting, door, versie: int | None = None) -> Toelichting:
    toelichting.refresh_from_db()
    return dien_in(
        toelichting=toelichting, versie=versie or toelichting.versie, door=door, op=nu(), vandaag=vandaag()
    )


# --- Begin --------------------------------------------------------------------------------------------------------------
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


# --- Keep what is typed ----------------------------------------------------------------------------------------------
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


# --- Send ----------------------------------------------------------------------------------------------------------------
def test_versturen_geeft_een_nummer_en_de_gemeente_ziet_het_dan_pas():
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    anna = fabriek.consulent()
    assert formulier_van(anna, concept.kenmerk) is None
    vorm = stuur(concept, bij.fatma)
    assert vorm.status == ToelichtingStatus.INGEDIEND
    assert vorm.nummer is not None
    assert vorm.nummer.startswith(f"T-{vandaag().year}-")
    assert len(vorm.nummer) == len("T-2026-000123")
    assert vorm.ingediend_door == bij.fatma
    assert formulier_van(anna, concept.kenmerk) == vorm
    assert acties(vorm)[-1] == "toelichting.ingediend"


def test_twee_formulieren_hebben_twee_nummers():
    eerste, tweede = zaak(), zaak()
    nummers = {stuur(vul(z.begin(), z.fatma), z.fatma).nummer for z in (eerste, tweede)}
    assert len(nummers) == 2


def test_een_half_concept_gaat_niet_weg_en_zegt_wat_er_mist():
    bij = zaak()
    concept = bij.begin()
    with pytest.raises(NietCompleet) as fout:
        stuur(concept, bij.fatma)
    assert {b.veld for b in fout.value.bezwaren} == {
        "soort",
        "huidige_situatie",
        "reden",
        "behaald",
        "behaald_toelichting",
    }
    concept.refresh_from_db()
    assert (concept.status, concept.nummer) == (ToelichtingStatus.CONCEPT, None)


def test_twee_keer_versturen_kan_niet():
    bij = zaak()
    vorm = stuur(vul(bij.begin(), bij.fatma), bij.fatma)
    with pytest.raises(AlVerstuurd, match=str(vorm.nummer)):
        stuur(vorm, bij.fatma)


def test_wat_na_de_controle_is_gewijzigd_gaat_niet_ongezien_weg():
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    gezien = concept.versie
    vul(concept, bij.fatma, Invoer(teksten={"overige_zaken": "nog snel iets"}))
    with pytest.raises(Botsing):
        stuur(concept, bij.fatma, versie=gezien)


def test_gebieden_zonder_verzoek_gaan_niet_mee():
    bij = zaak(("Financiën", "Wonen"))
    concept = bij.begin()
    invoer = volledig(concept)
    wonen = next(r for r in regels_van(concept) if r.toewijzing == bij.toewijzingen[1])
    anders = {
        **invoer.regels,
        sleutel_van(wonen): RegelInvoer(overslaan=True, teksten={"reden": "toch niet"}),
    }
    vorm = stuur(vul(concept, bij.fatma, Invoer(regels=anders)), bij.fatma)
    assert [r.toewijzing for r in regels_van(vorm)] == [bij.toewijzingen[0]]


def test_een_trede_onder_een_beeindiging_gaat_niet_mee():
    bij = zaak()
    concept = bij.begin()
    (regel,) = regels_van(concept)
    invoer = volledig(concept).regels[sleutel_van(regel)]
    met_trede = RegelInvoer(soort="beeindiging", gevraagde_trede=2, behaald=True, teksten=invoer.teksten)
    stuur(vul(concept, bij.fatma, Invoer(regels={sleutel_van(regel): met_trede})), bij.fatma)
    assert regels_van(concept)[0].gevraagde_trede is None


def test_een_verwijderde_toewijzing_houdt_het_tegen():
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    Toewijzing.objects.filter(pk=bij.toewijzingen[0].pk).update(status=ToewijzingStatus.VERWIJDERD)
    with pytest.raises(NietCompleet, match="verwijderd"):
        stuur(concept, bij.fatma)


def test_een_toewijzing_die_intussen_is_gesloten_houdt_het_niet_tegen():
    """A late form is better than none."""
    bij = zaak()
    concept = vul(bij.begin(), bij.fatma)
    Toewijzing.objects.filter(pk=bij.toewijzingen[0].pk).update(status=ToewijzingStatus.GESLOTEN)
    assert stuur(concept, bij.fatma).nummer


# --- The zorgplan -----------------------------------------------------------------------------------------------------
def test_het_zorgplan_van_een_concept_is_van_de_aanbieder_alleen_tot_het_verstuurd_is():
    bij, anna = zaak(), fabriek.consulent()
    concept = bij.begin()
    document = voeg_zorgplan_toe(toelichting=concept, inhoud=PDF, naam="plan.pdf", door=bij.fatma, op=nu())
    assert not Document.objects.visible_to(anna).exists()
    vorm = stuur(vul(concept, bij.fatma, volledig(concept, "wijziging")), bij.fatma)
    assert Document.objects.visible_to(anna).get() == document
    document.refresh_from_db()
    assert (document.beschikking, vorm.zorgplan_later) == (bij.beschikking, False)


def test_een_ander_bestand_komt_in_de_plaats():
    bij = zaak()
    concept = bij.begin()
    voeg_zorgplan_toe(toelichting=concept, inhoud=PDF, naam="oud.pdf", door=bij.fatma, op=nu())
    voeg_zorgplan_toe(toelichting=concept, inhoud=PDF, naam="nieuw.pdf", door=bij.fatma, op=nu())
    assert [d.naam for d in Document.objects.all()] == ["nieuw.pdf"]
    verwijder_zorgplan(toelichting=concept, door=bij.fatma)
    concept.refresh_from_db()
    assert (concept.zorgplan, Document.objects.count()) == (None, 0)


def test_een_fout_bestand_verandert_niets():
    bij = zaak()
    concept = bij.begin()
    with pytest.raises(DocumentGeweigerd):
        voeg_zorgplan_toe(toelichting=concept, inhoud=b"MZ", naam="plan.exe", door=bij.fatma, op=nu())
    concept.refresh_from_db()
    assert concept.zorgplan is None


def test_beloofd_is_een_taak_tot_het_er_is():
    bij = zaak()
    concept = bij.begin()
    vorm = stuur(vul(concept, bij.fatma, volledig(concept, "wijziging", zorgplan_later=True)), bij.fatma)
    assert vorm.zorgplan_later
    document = stuur_zorgplan_na(toelichting=vorm, inhoud=PDF, naam="plan.pdf", door=bij.fatma, op=nu())
    vorm.refresh_from_db()
    assert vorm.zorgplan == document
    with pytest.raises(KanNiet, match="geen zorgplan meer"):
        stuur_zorgplan_na(toelichting=vorm, inhoud=PDF, naam="plan.pdf", door=bij.fatma, op=nu())


def test_een_belofte_bij_een_beeindiging_is_geen_taak():
    bij = zaak()
    concept = bij.begin()
    vorm = stuur(vul(concept, bij.fatma, volledig(concept, zorgplan_later=True)), bij.fatma)
    assert vorm.zorgplan_later is False


# --- Take back --------------------------------------------------------------------------------------------------------
def test_een_weggelegd_concept_heeft_de_gemeente_nooit_gezien():
    bij, anna = zaak(), fabriek.consulent()
    concept = trek_in(toelichting=vul(bij.begin(), bij.fatma), door=bij.fatma)
    assert concept.status == ToelichtingStatus.INGETROKKEN
    assert formulier_van(anna, concept.kenmerk) is None
    assert not ToelichtingRegel.objects.visible_to(anna).exists()
    assert formulier_van(bij.fatma, concept.kenmerk) == concept


def test_een_ingetrokken_formulier_telt_niet_meer_en_blijft_te_lezen():
    bij, anna = zaak(), fabriek.consulent()
    vorm = trek_in(toelichting=stuur(vul(bij.begin(), bij.fatma), bij.fatma), door=bij.fatma)
    assert not Toelichting.objects.ingediend().exists()
    assert formulier_van(anna, vorm.kenmerk) == vorm
    with pytest.raises(KanNiet, match="al ingetrokken"):
        trek_in(toelichting=vorm, door=bij.fatma)


@pytest.mark.parametrize("hoe", ["afgehandeld", "gesloten"])
def test_intrekken_kan_tot_de_gemeente_klaar_is(hoe):
    bij = zaak()
    vorm = stuur(vul(bij.begin(), bij.fatma), bij.fatma)
    if hoe == "afgehandeld":
        Toelichting.objects.update(
            status=ToelichtingStatus.AFGEHANDELD, afgehandeld_op=nu(), afgehandeld_door=fabriek.consulent()
        )
    else:
        Beschikking.objects.update(status=BeschikkingStatus.GESLOTEN, gesloten_op=nu())
    vorm.refresh_from_db()
    with pytest.raises(KanNiet, match=hoe):
        trek_in(toelichting=Toelichting.objects.get(), door=bij.fatma)


def test_een_verstuurd_formulier_van_een_ingetrokken_concept_komt_er_niet():
    bij = zaak()
    concept = trek_in(toelichting=vul(bij.begin(), bij.fatma), door=bij.fatma)
    with pytest.raises(KanNiet, match="ingetrokken"):
        stuur(concept, bij.fatma)
