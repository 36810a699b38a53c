"""The kwartaalopgave client by client and municipality by municipality: what is confirmed, corrected, explained."""

import pytest
from django.db import IntegrityError, transaction

from rapportage.actions.opgave import NietCompleet, corrigeer
from rapportage.enums_opgave import NIET_MEE, Deel
from rapportage.models import (
    OpgaveCorrectie,
    OpgaveUitval,
)
from rapportage.queries.opgave import concept, uitvaldeel
from tests import fabriek
from tests.rapportage.opgavehulp import (
    OP,
    bewaar,
    linde_begint,
    regel_van,
    url,
    vul,
    zorg,
)

pytestmark = pytest.mark.django_db


# --- Client by client ----------------------------------------------------------------------------------------------
def test_confirmed_plus_corrected_is_reported():
    """Yilmaz did not leave: De Linde ended the care itself. The sum stays, and the difference has a reason."""
    opgave, wie = linde_begint()
    corrigeer(
        opgave=opgave, regel=regel_van(opgave, wie, "03"), wordt="04", reden="Wij stopten.", door=wie, op=OP
    )
    deel = uitvaldeel(opgave, wie)
    assert {c.value: n for c, n in deel.aantallen.items() if n} == {"01": 1, "04": 1, "nog_in_zorg": 1}
    (verschil,) = deel.verschillen
    assert (verschil.berichten, verschil.opgave, verschil.reden) == ("03", "04", "Wij stopten.")
    assert len(deel.clienten(verschil.gemeente_id, "04")) == deel.aantallen["04"]


def test_no_difference_without_a_reason_and_confirming_takes_it_away():
    opgave, wie = linde_begint()
    regel = regel_van(opgave, wie, "03")
    with pytest.raises(NietCompleet, match="waarom"):
        corrigeer(opgave=opgave, regel=regel, wordt=NIET_MEE, reden="  ", door=wie, op=OP)
    with pytest.raises(IntegrityError, match="opgavecorrectie_heeft_reden"), transaction.atomic():
        OpgaveCorrectie.objects.create(
            opgave=opgave, aanbieder=wie.aanbieder, gemeente_id=regel.gemeente_id, sleutel=regel.sleutel,
            wordt="04", reden="", gecorrigeerd_op=OP, gecorrigeerd_door=wie,
        )  # fmt: skip
    corrigeer(opgave=opgave, regel=regel, wordt=NIET_MEE, reden="Nooit begonnen.", door=wie, op=OP)
    assert uitvaldeel(opgave, wie).aantallen["03"] == 0
    assert corrigeer(opgave=opgave, regel=regel, wordt="03", reden="", door=wie, op=OP) is False
    assert not OpgaveCorrectie.objects.exists()


def test_a_typed_number_needs_a_reason_and_an_empty_one_follows_the_clients():
    opgave, wie = linde_begint()
    vul(opgave, wie)
    bewaar(opgave, Deel.UITVAL, {"maatwerk-1783-03": "2", "maatwerk-1783-03-reden": ""}, wie, versie=2)
    assert [b.veld for b in concept(opgave, wie).bezwaren[Deel.UITVAL]] == ["maatwerk-1783-03-reden"]
    bewaar(
        opgave,
        Deel.UITVAL,
        {"maatwerk-1783-03": "2", "maatwerk-1783-03-reden": "Zonder toewijzing."},
        wie,
        versie=3,
    )
    assert concept(opgave, wie).compleet
    bewaar(opgave, Deel.UITVAL, {"maatwerk-1783-03": "", "maatwerk-1783-03-reden": ""}, wie, versie=4)
    assert not OpgaveUitval.objects.exists()
    assert uitvaldeel(opgave, wie).aantallen["03"] == 1


def test_clients_of_an_algemene_voorziening_are_a_line_apart():
    opgave, wie = linde_begint()
    bewaar(opgave, Deel.UITVAL, {"algemeen-1783-04": "5", "algemeen-0503-nog_in_zorg": "zeven"}, wie)
    deel = uitvaldeel(opgave, wie)
    assert deel.aantallen["04"] == 5
    assert deel.verdeling().aantallen["04"] == 0
    assert any("‘zeven’ is geen aantal" in b.zin for b in deel.bezwaren())


def test_an_explanation_under_a_number_that_became_zero_is_not_sent():
    opgave, wie = linde_begint()
    vul(opgave, wie)
    corrigeer(
        opgave=opgave, regel=regel_van(opgave, wie, "03"), wordt="01", reden="Was klaar.", door=wie, op=OP
    )
    beeld = concept(opgave, wie).beeld
    assert {t["categorie"]: t["tekst"] for t in beeld["uitval"]["toelichtingen"]}[
        "03 eenzijdig door cliënt"
    ] == ""


# --- Per municipality (R86) ------------------------------------------------------------------------------------------
def test_one_explanation_for_all_and_more_for_one_municipality(http):
    """De Linde has 03 in Westland and in Delft: it says something about both, and more about Delft."""
    opgave, wie = linde_begint()
    zorg(wie.aanbieder, "Smit", "21", gemeente=fabriek.delft())
    http.force_login(wie)
    pagina = http.get(url("opgave-deel", opgave, "uitval")).content.decode()
    assert 'name="toelichting-03-0503"' in pagina
    assert 'name="toelichting-04-0503"' not in pagina
    bewaar(opgave, Deel.UITVAL, {"toelichting-03": "Verhuizing.", "toelichting-03-0503": "Eén gezin."}, wie)
    bewaar(opgave, Deel.UITVAL, {"toelichting-03-0503": "Twee gezinnen."}, wie, versie=2)
    (blok,) = [t for t in concept(opgave, wie).beeld["uitval"]["toelichtingen"] if t["tekst"]]
    assert blok["per_gemeente"] == [{"gemeente": "Delft", "tekst": "Twee gezinnen."}]
    controle = http.get(url("opgave-controle", opgave)).content.decode()
    assert "Twee gezinnen." in controle
    assert "Eén gezin." not in controle


def test_a_text_for_one_municipality_does_not_replace_the_one_for_all():
    opgave, wie = linde_begint()
    bewaar(
        opgave,
        Deel.UITVAL,
        {"toelichting-03-1783": "Alleen Westland.", "toelichting-03-0503": "x" * 5000},
        wie,
    )
    velden = {b.veld for b in uitvaldeel(opgave, wie).bezwaren()}
    assert {"toelichting-03", "toelichting-03-0503"} <= velden
    assert "toelichting-03-1783" not in velden


def test_an_explanation_for_a_municipality_without_clients_is_not_sent():
    opgave, wie = linde_begint()
    bewaar(opgave, Deel.UITVAL, {"toelichting-03": "Verhuizing.", "toelichting-03-0503": "Niemand."}, wie)
    assert "Niemand." not in str(concept(opgave, wie).beeld)
