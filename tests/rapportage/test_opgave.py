"""The kwartaalopgave as stories: De Linde fills in the third quarter of 2026, the contract manager reads it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.urls import reverse

from logboek.models import Gebeurtenis
from meldingen.actions import verstuur
from rapportage.actions.opgave import Botsing, KanNiet, NietCompleet, begin, corrigeer
from rapportage.actions.opgave_indienen import (
    AlIngediend,
    beantwoord,
    dien_in,
    neem_vorige_over,
    stel_vast,
    stel_vraag,
)
from rapportage.enums_opgave import NIET_MEE, Deel, OpgaveStatus
from rapportage.models import (
    BeleidsdoelScore,
    Clientervaring,
    Kwartaalopgave,
    OpgaveCorrectie,
    OpgaveIndiening,
    OpgaveUitval,
    OpgaveVraag,
)
from rapportage.opgave_beeld import zegel
from rapportage.queries.opgave import concept, doelen_van, uitvaldeel
from techniek.models import Mail
from tests import fabriek
from tests.rapportage.opgavehulp import (
    ERVARING,
    K3,
    OP,
    bewaar,
    contractmanager,
    dien,
    ingediend,
    linde_begint,
    regio_met_twee,
    vul,
    zorg,
)
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import dag_van

pytestmark = pytest.mark.django_db


def url(naam, opgave, *meer):
    return reverse(f"rapportage:{naam}", args=[opgave.kenmerk, *meer])


def regel_van(opgave, wie, categorie):
    return next(r for r in uitvaldeel(opgave, wie).regels if r.berichten == categorie)


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


# --- Saving while typing -------------------------------------------------------------------------------------------
def test_typing_is_kept_and_survives_another_session(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    scherm = str(uuid.uuid4())
    adres = url("opgave-bewaar", opgave, "doelen")
    lang = "👩\r\n" * 160
    for tekst in ("eerst", lang):
        antwoord = http.post(
            adres, {"versie": "1", "scherm": scherm, "blijvend-toelichting": tekst, "blijvend-ambitie": "4"},
            headers={"X-Bewaren": "1"},
        )  # fmt: skip
        assert antwoord.status_code == 200
    http.logout()
    http.force_login(fabriek.medewerker(wie.aanbieder))
    pagina = http.get(url("opgave-deel", opgave, "doelen")).content.decode()
    assert pagina.count("👩") == 160
    score = BeleidsdoelScore.objects.get()
    assert (score.ambitie, score.toelichting) == (4, lang.replace("\r\n", "\n"))
    assert any("20 tekens te veel" in b.zin for b in concept(opgave, wie).bezwaren[Deel.DOELEN])
    assert Gebeurtenis.objects.filter(actie="opgave.bewaard").count() == 1


def test_two_tabs_collide_in_one_part_and_not_in_two(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    een, twee = str(uuid.uuid4()), str(uuid.uuid4())
    ervaring = url("opgave-bewaar", opgave, "ervaring")
    assert http.post(ervaring, {"versie": "1", "scherm": een, "hoe": "Panel"}).status_code == 200
    assert (
        http.post(url("opgave-bewaar", opgave, "doelen"), {"versie": "1", "scherm": twee}).status_code == 200
    )
    assert http.post(ervaring, {"versie": "1", "scherm": twee, "hoe": "Enquête"}).status_code == 409
    pagina = http.post(
        url("opgave-deel", opgave, "ervaring"), {"versie": "1", "scherm": twee, "hoe": "Enquête"}
    )
    assert pagina.status_code == 409
    assert "Panel" in pagina.content.decode()
    assert "Enquête" in pagina.content.decode()
    assert Clientervaring.objects.get().hoe == "Panel"


def test_only_the_fields_of_the_part_can_be_posted(http):
    """Mass assignment: status, owner and numbers of the messages are not for a form to set."""
    opgave, wie = linde_begint()
    ander = fabriek.aanbieder("De Eik")
    http.force_login(wie)
    for deel in Deel:
        http.post(
            url("opgave-bewaar", opgave, deel),
            {"versie": "1", "status": "vastgesteld", "aanbieder": ander.pk, "aanbieder_id": ander.pk,
             "overgenomen": "hoe", "ingediend_op": "2026-10-01", "maatwerk-9999-01": "5", "vinkjes": "1",
             "geen-9999": "on", "gevraagd": "misschien", "blijvend-ambitie": "7", "verzonnen-ambitie": "1"},
        )  # fmt: skip
    opgave.refresh_from_db()
    assert (opgave.status, opgave.aanbieder_id, opgave.ingediend_op) == ("concept", wie.aanbieder_id, None)
    assert not OpgaveUitval.objects.exists()
    assert not BeleidsdoelScore.objects.exists()
    assert not Clientervaring.objects.filter(gevraagd__isnull=False).exists()


def test_after_sending_nothing_can_be_written(http):
    opgave, wie = ingediend()
    http.force_login(wie)
    assert http.post(url("opgave-bewaar", opgave, "ervaring"), {"versie": "2", "hoe": "x"}).status_code == 409
    assert http.get(url("opgave-deel", opgave, "ervaring")).status_code == 302
    assert Clientervaring.objects.get().hoe == ERVARING["hoe"]


# --- Two sides -----------------------------------------------------------------------------------------------------
def test_a_question_opens_it_and_what_was_sent_stays_readable():
    opgave, wie = ingediend()
    manager = contractmanager()
    vraag = stel_vraag(opgave=opgave, deel="uitval", vraag="Waar deed 03 zich voor?", door=manager, op=OP)
    opgave.refresh_from_db()
    assert opgave.status == OpgaveStatus.VRAGEN
    for _ in range(2):
        verstuur(vandaag=dag_van(OP), moment=OP)
    assert "heeft een vraag over uw kwartaalopgave 2026-K3" in Mail.objects.get(aan=wie.email).tekst
    bewaar(opgave, Deel.ERVARING, {"hoe": "Nog niet bedoeld voor anderen."}, wie, versie=2)
    with rls.binnen(manager.bereik):
        assert not Clientervaring.objects.exists()
        assert "bedoeld" not in str(OpgaveIndiening.objects.get().inhoud)
    with pytest.raises(NietCompleet, match="vragen van de contractmanager"):
        dien(opgave, wie)
    beantwoord(vraag=vraag, antwoord="In Westland.", door=wie, op=OP)
    with pytest.raises(KanNiet, match="al beantwoord"):
        beantwoord(vraag=vraag, antwoord="Nee, in Delft.", door=wie, op=OP)
    dien(opgave, wie, OP + timedelta(days=1))
    opgave.refresh_from_db()
    assert (opgave.status, opgave.indieningen) == (OpgaveStatus.OPNIEUW, 2)
    with pytest.raises(Botsing):
        stel_vast(opgave=opgave, versie=opgave.versie - 1, door=manager, op=OP)
    stel_vast(opgave=opgave, versie=opgave.versie, door=manager, op=OP)
    with pytest.raises(KanNiet, match="al vastgesteld"):
        stel_vast(opgave=opgave, versie=opgave.versie, door=manager, op=OP)
    with pytest.raises(KanNiet, match="Dit kan niet: de opgave is vastgesteld"):
        stel_vraag(opgave=opgave, deel="", vraag="Nog iets?", door=manager, op=OP)
    assert OpgaveVraag.objects.count() == 1


def test_strangers_find_nothing(http):
    """Another provider, another region, a consulent, a contract manager of half the region: it does not exist."""
    opgave, wie = ingediend()
    vreemden = [
        fabriek.medewerker(fabriek.aanbieder("De Eik")),
        fabriek.consulent(),
        fabriek.administratie(),
        fabriek.beheerder(),
        fabriek.contractmanager(),  # Westland only
    ]
    regel = uitvaldeel(opgave, wie).regels[0]
    paginas = [
        url("opgave", opgave), url("opgave-deel", opgave, "uitval"), url("opgave-controle", opgave),
        url("opgave-beoordelen", opgave), url("opgave-afstemming", opgave), url("opgave-verzonden", opgave, 1),
        url("opgave-clienten", opgave, "1783"), url("opgave-client", opgave, "1783", regel.sleutel),
        url("opgave-sjabloon", opgave, "uitval"), url("opgave-inlezen", opgave, "doelen"),
    ]  # fmt: skip
    posten = [
        url("opgave-bewaar", opgave, "ervaring"), url("opgave-indienen", opgave), url("opgave-vraag", opgave),
        url("opgave-vaststellen", opgave), url("opgave-pdf", opgave, 1), url("opgave-overnemen", opgave, "doelen"),
        url("opgave-document-toevoegen", opgave),
    ]  # fmt: skip
    for vreemde in vreemden:
        http.force_login(vreemde)
        assert {http.get(pagina).status_code for pagina in paginas} == {404}, vreemde
        assert {http.post(pagina, {"versie": "2"}).status_code for pagina in posten} == {404}, vreemde


def test_a_draft_is_nobody_elses_by_the_second_wall_too():
    opgave, wie = linde_begint()
    vul(opgave, wie)
    manager, eik = contractmanager(), fabriek.medewerker(fabriek.aanbieder("De Eik"))
    tabellen = [
        "kwartaalopgave",
        "opgavedeel",
        "opgavegemeente",
        "opgavetoelichting",
        "clientervaring",
        "beleidsdoelscore",
    ]
    for wie_kijkt, verwacht in ((manager, False), (eik, False), (wie, True)):
        with rls.binnen(wie_kijkt.bereik), connection.cursor() as cursor:
            for tabel in tabellen:
                cursor.execute(f"select count(*) from rapportage_{tabel}")
                assert bool(cursor.fetchone()[0]) is verwacht, (tabel, wie_kijkt)
    dien(opgave, wie)
    with rls.binnen(manager.bereik):
        assert Kwartaalopgave.objects.count() == 1
        assert OpgaveIndiening.objects.count() == 1
        assert not Clientervaring.objects.exists()
    with rls.binnen(eik.bereik):
        assert not OpgaveIndiening.objects.exists()


def test_a_provider_cannot_read_the_pages_of_the_contract_manager_of_its_own_opgave(http):
    opgave, wie = ingediend()
    http.force_login(wie)
    assert http.get(url("opgave-beoordelen", opgave)).status_code == 404
    assert http.post(url("opgave-vaststellen", opgave), {"versie": opgave.versie}).status_code == 404
    http.force_login(contractmanager())
    assert http.get(url("opgave", opgave)).status_code == 404
    assert http.post(url("opgave-indienen", opgave)).status_code == 404


def test_both_sides_see_the_same_reconciliation(http):
    opgave, wie = linde_begint()
    corrigeer(
        opgave=opgave, regel=regel_van(opgave, wie, "03"), wordt="04", reden="Wij stopten.", door=wie, op=OP
    )
    vul(opgave, wie)
    bewaar(opgave, Deel.UITVAL, {"toelichting-04": "Te weinig personeel."}, wie, versie=2)
    dien(opgave, wie)
    tabellen = []
    for lezer in (wie, contractmanager()):
        http.force_login(lezer)
        pagina = http.get(url("opgave-afstemming", opgave) + "?alle=1").content.decode()
        tabellen.append(pagina[pagina.index("<tbody>") : pagina.index("</tbody>")])
        assert "1 van 3 cliënten verschillen" in pagina
        assert "Yilmaz" not in pagina
    assert tabellen[0] == tabellen[1]
    assert "Wij stopten." in tabellen[0]


def test_a_shielded_client_is_counted_and_gives_nothing_away(http):
    opgave, wie = linde_begint()
    zorg(wie.aanbieder, "Geheim", "22", afgeschermd=True)
    corrigeer(opgave=opgave, regel=next(r for r in uitvaldeel(opgave, wie).regels if r.afgeschermd), wordt="02",
              reden="Om een bijzondere reden.", door=wie, op=OP)  # fmt: skip
    http.force_login(wie)
    assert "Geheim" not in http.get(url("opgave-clienten", opgave, "1783")).content.decode()
    vul(opgave, wie)
    bewaar(opgave, Deel.UITVAL, {"toelichting-02": "Doorverwezen."}, wie, versie=2)
    dien(opgave, wie)
    http.force_login(contractmanager())
    for pagina in ("opgave-beoordelen", "opgave-afstemming"):
        assert "bijzondere reden" not in http.get(url(pagina, opgave)).content.decode()


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
