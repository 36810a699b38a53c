"""The kwartaalopgave seen from both sides: questions, answers, and who finds nothing."""

from datetime import timedelta

import pytest
from django.db import connection

from meldingen.actions import verstuur
from rapportage.actions.opgave import Botsing, KanNiet, NietCompleet, corrigeer
from rapportage.actions.opgave_indienen import (
    beantwoord,
    stel_vast,
    stel_vraag,
)
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.models import (
    Clientervaring,
    Kwartaalopgave,
    OpgaveIndiening,
    OpgaveVraag,
)
from rapportage.queries.opgave import uitvaldeel
from techniek.models import Mail
from tests import fabriek
from tests.rapportage.opgavehulp import (
    OP,
    bewaar,
    contractmanager,
    dien,
    ingediend,
    linde_begint,
    regel_van,
    url,
    vul,
    zorg,
)
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import dag_van

pytestmark = pytest.mark.django_db


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
