"""A draft goes to Westland with its zorgplan, or is taken back."""

import pytest

from beschikkingen.documenten import DocumentGeweigerd
from beschikkingen.enums import BeschikkingStatus, ToewijzingStatus
from beschikkingen.models import Beschikking, Document, Toewijzing
from stopberichten.actions_toelichting import (
    Botsing,
    Invoer,
    KanNiet,
    RegelInvoer,
    verwijder_zorgplan,
    voeg_zorgplan_toe,
)
from stopberichten.actions_toelichting_indienen import (
    AlVerstuurd,
    NietCompleet,
    stuur_zorgplan_na,
    trek_in,
)
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import formulier_van, regels_van, sleutel_van
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from tests.stopberichten.toelichtinghulp import acties, stuur, volledig, vul, zaak
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


PDF = maak_pdf()


# --- Send -------------------------------------------------------------------------------------------------------------
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
