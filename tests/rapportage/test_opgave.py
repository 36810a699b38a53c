"""The kwartaalopgave as stories: De Linde fills in the third quarter of 2026, the contract manager reads it."""

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.urls import reverse

from rapportage.actions.opgave import Botsing, KanNiet, NietCompleet, begin
from rapportage.actions.opgave_indienen import (
    AlIngediend,
    dien_in,
    neem_vorige_over,
)
from rapportage.enums_opgave import Deel
from rapportage.models import (
    BeleidsdoelScore,
    Clientervaring,
    Kwartaalopgave,
    OpgaveIndiening,
)
from rapportage.opgave_beeld import zegel
from rapportage.queries.opgave import concept, doelen_van
from tests import fabriek
from tests.rapportage.opgavehulp import (
    K3,
    OP,
    bewaar,
    dien,
    ingediend,
    linde_begint,
    regio_met_twee,
    url,
    vul,
    zorg,
)

pytestmark = pytest.mark.django_db


# --- Begin and send ------------------------------------------------------------------------------------------------
def test_one_opgave_per_provider_region_and_quarter():
    opgave, wie = linde_begint()
    collega = fabriek.medewerker(wie.aanbieder)
    assert begin(regio=opgave.regio, kwartaal=K3, door=collega, op=OP) == opgave
    assert Kwartaalopgave.objects.count() == 1
    with pytest.raises(KanNiet, match="loopt nog tot en met 31-12-2026"):
        begin(regio=opgave.regio, kwartaal=K3.volgende, door=wie, op=OP)


def test_prefilled_from_the_messages_and_sent_as_it_was_shown():
    opgave, wie = linde_begint()
    assert not concept(opgave, wie).compleet
    vul(opgave, wie)
    stand = concept(opgave, wie)
    assert stand.compleet
    westland = next(g for g in stand.beeld["uitval"]["gemeenten"] if g["code"] == "1783")
    assert [cel["aantal"] for cel in westland["maatwerk"]["cellen"]] == [1, 0, 1, 0, 0, 1]
    assert westland["maatwerk"]["uitval"] == 1
    assert westland["maatwerk"]["cellen"][0]["aandeel"] == "33,3%"
    dien(opgave, wie)
    opgave.refresh_from_db()
    assert (opgave.status, opgave.indieningen, opgave.ingediend_door) == ("ingediend", 1, wie)
    indiening = OpgaveIndiening.objects.get()
    assert zegel(indiening.inhoud) == indiening.sha256
    assert "De Wit" not in str(indiening.inhoud)
    with pytest.raises(AlIngediend):
        dien_in(opgave=opgave, gezien=indiening.sha256, door=wie, op=OP)
    assert OpgaveIndiening.objects.count() == 1


def test_nothing_is_sent_that_is_not_complete():
    opgave, wie = linde_begint()
    vul(opgave, wie)
    bewaar(opgave, Deel.ERVARING, {"hoe": ""}, wie, versie=2)
    with pytest.raises(NietCompleet, match="Beantwoord vraag 2"):
        dien(opgave, wie)
    opgave.refresh_from_db()
    assert opgave.status == "concept"


def test_what_changed_since_the_check_page_is_shown_before_it_is_sent():
    """A message that comes in between check and sending changes a number: first look again."""
    opgave, wie = linde_begint()
    vul(opgave, wie)
    gezien = zegel(concept(opgave, wie).beeld)
    zorg(wie.aanbieder, "Smit")
    with pytest.raises(Botsing):
        dien_in(opgave=opgave, gezien=gezien, door=wie, op=OP)
    dien(opgave, wie)


def test_what_was_sent_cannot_be_changed_by_anybody():
    ingediend()
    indiening = OpgaveIndiening.objects.get()
    with (
        pytest.raises((InternalError, ProgrammingError), match="opgaveindiening_blijft"),
        transaction.atomic(),
    ):
        OpgaveIndiening.objects.filter(pk=indiening.pk).update(inhoud={})
    with (
        pytest.raises((InternalError, ProgrammingError), match="opgaveindiening_blijft"),
        transaction.atomic(),
    ):
        OpgaveIndiening.objects.filter(pk=indiening.pk).delete()


# --- Last quarter --------------------------------------------------------------------------------------------------
def test_last_quarters_answers_are_taken_over_marked_and_never_over_what_was_typed():
    opgave, wie = ingediend()
    volgende = begin(regio=opgave.regio, kwartaal=K3.volgende, door=wie, op=OP + timedelta(days=100))
    bewaar(volgende, Deel.ERVARING, {"hoe": "Dit keer met gesprekken."}, wie)
    assert neem_vorige_over(opgave=volgende, deel=Deel.ERVARING, door=wie, op=OP) == 6
    rij = Clientervaring.objects.get(opgave=volgende)
    assert (rij.hoe, rij.clientenraad, rij.overgenomen_uit) == (
        "Dit keer met gesprekken.",
        "De raad is het eens.",
        "2026-K3",
    )
    assert "hoe" not in rij.overgenomen
    assert "clientenraad" in rij.overgenomen
    bewaar(volgende, Deel.ERVARING, {"clientenraad": "Nu niet meer."}, wie, versie=3)
    rij.refresh_from_db()
    assert "clientenraad" not in rij.overgenomen
    assert neem_vorige_over(opgave=volgende, deel=Deel.DOELEN, door=wie, op=OP) == 5
    assert BeleidsdoelScore.objects.filter(opgave=volgende, overgenomen=True).count() == 5


def test_there_is_nothing_to_take_over_in_the_first_quarter():
    opgave, wie = linde_begint()
    with pytest.raises(KanNiet, match="geen eerdere opgave"):
        neem_vorige_over(opgave=opgave, deel=Deel.DOELEN, door=wie, op=OP)


def test_goals_are_those_that_held_in_the_quarter():
    from rapportage.models import Beleidsdoel
    from rapportage.queries.opgave import doelen_van

    opgave, _ = linde_begint()
    Beleidsdoel.objects.filter(code="blijvend").update(geldig=("2023-01-01", "2026-09-30"))
    Beleidsdoel.objects.create(
        regio=opgave.regio,
        code="blijvend",
        tekst="Blijvend goed ondersteunen",
        volgorde=5,
        geldig=("2026-09-30", None),
    )
    assert [d.doel.tekst for d in doelen_van(opgave)][-1] == "Blijvend goed ondersteunen"
    assert len(doelen_van(opgave)) == 5


def test_the_same_reference_data_twice_is_once():
    from rapportage.models import Beleidsdoel
    from rapportage.referentie_opgave import laad_opgaveafspraken

    regio = regio_met_twee()
    laad_opgaveafspraken()
    assert Beleidsdoel.objects.filter(regio=regio).count() == 5


# --- A region that asks for no opgave -------------------------------------------------------------------------------
def test_a_region_without_an_agreement_gives_an_empty_list_and_no_error(http):
    linde = fabriek.aanbieder("De Linde")
    zorg(linde, "De Wit", "19")
    http.force_login(fabriek.medewerker(linde))
    assert "U hebt nu geen kwartaalopgave" in http.get(reverse("rapportage:opgaven")).content.decode()
    assert http.get("/").status_code == 200
    beginnen = {"regio": fabriek.regio().code, "kwartaal": "2026-K3"}
    assert http.post(reverse("rapportage:opgave-beginnen"), beginnen).status_code == 404


def test_a_draft_stays_readable_when_its_region_stops_asking(http):
    opgave, wie = linde_begint()
    opgave.regio.opgaveafspraak.delete()
    http.force_login(wie)
    for adres in (reverse("rapportage:opgaven"), url("opgave", opgave), "/"):
        assert http.get(adres).status_code == 200
    assert opgave.kwartaal[-1] in http.get(reverse("rapportage:opgaven")).content.decode()


def test_a_municipality_without_a_region_is_no_error(http):
    opgave, wie = linde_begint()
    los = fabriek.delft()
    type(los).objects.filter(pk=los.pk).update(regio=None)
    zorg(wie.aanbieder, "Kok", gemeente=los)
    http.force_login(wie)
    assert http.get(reverse("rapportage:opgaven")).status_code == 200
    assert http.get(url("opgave", opgave)).status_code == 200


# --- The goals ---------------------------------------------------------------------------------------------------------
def test_the_five_goals_of_the_format_stand_on_the_page_in_its_words_and_order(http):
    """R99: Mo reads what MH §3 asks, neither more nor less."""
    opgave, mo = linde_begint()
    http.force_login(mo)
    pagina = http.get(reverse("rapportage:opgave-deel", args=[opgave.kenmerk, "doelen"])).content.decode()
    vijf = (
        "Samenwerking in de keten en in netwerken rondom de cliënt volgens de principes van 1 gezin, 1 plan, 1 regisseur",
        "Versterken eigen kracht",
        "Beweging richting voorliggende veld via inzet vrijwilligers en mantelzorgers",
        "Van niet-vrij toegankelijke voorzieningen naar vrij toegankelijke voorzieningen",
        "Blijvend ondersteunen",
    )
    assert [doel.doel.tekst for doel in doelen_van(opgave)] == list(vijf)
    plaatsen = [pagina.find(f"{tekst}</") for tekst in vijf]
    assert -1 not in plaatsen
    assert plaatsen == sorted(plaatsen)
