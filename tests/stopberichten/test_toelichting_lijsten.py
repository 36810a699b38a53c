"""Lists, the pairs of form and 307 from both sides, the tiles of the start page, and the weekly nudge."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from meldingen.actions import verstuur
from organisaties.startblokken import blokken_voor
from stopberichten.actions_toelichting_herinneren import BRON
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting
from stopberichten.queries_toelichtinglijst import (
    PER_BLAD,
    Staat,
    blad,
    stops_zonder_toelichting,
    toelichtingen,
    toelichtingen_zonder_stop,
)
from techniek.models import Mail
from tests import fabriek
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 18)  # a Wednesday; five working days before is Wednesday the 11th


def op(dag: date, uur: int = 12) -> datetime:
    return datetime(dag.year, dag.month, dag.day, uur, tzinfo=AMSTERDAM)


def herinner(*, op: datetime, vandaag: date) -> int:
    uitslag = verstuur(vandaag=vandaag, moment=op, bronnen=[BRON])
    assert uitslag.fouten == []
    return uitslag.mails


TE_LANG, NET_NIET = op(date(2026, 11, 10), 23), op(date(2026, 11, 11), 0)


def open_stops(wie, *, om: bool = True) -> list[Stop]:
    return list(stops_zonder_toelichting(wie, VANDAAG, om=om))


def open_vormen(wie, *, om: bool = True) -> list[Toelichting]:
    return list(toelichtingen_zonder_stop(wie, VANDAAG, om=om))


# --- 307 without form ---------------------------------------------------------------------------------------------
def test_een_307_zonder_formulier_zien_aanbieder_en_administratie():
    stop = fabriek.stop(fabriek.toewijzing(), "23", ontvangen_op=TE_LANG)
    for wie in (fabriek.medewerker(), fabriek.administratie()):
        assert open_stops(wie) == [stop]
        assert open_stops(wie, om=False) == []


def test_binnen_vijf_werkdagen_staat_hij_op_de_andere_lijst():
    stop = fabriek.stop(fabriek.toewijzing(), "23", ontvangen_op=NET_NIET)
    assert open_stops(fabriek.medewerker()) == []
    assert open_stops(fabriek.medewerker(), om=False) == [stop]


@pytest.mark.parametrize(
    ("reden", "nodig"),
    [("19", True), ("20", True), ("21", True), ("22", True), ("23", True)]
    + [(code, False) for code in ("02", "31", "36", "37", "38", "39")],
)
def test_alleen_de_codes_met_formulierplicht(reden, nodig):
    fabriek.stop(fabriek.toewijzing(), reden, ontvangen_op=TE_LANG)
    assert bool(open_stops(fabriek.medewerker())) is nodig


@pytest.mark.parametrize(
    ("status", "soort", "weg"),
    [
        (ToelichtingStatus.INGEDIEND, ToelichtingSoort.BEEINDIGING, True),
        (ToelichtingStatus.AFGEHANDELD, ToelichtingSoort.BEEINDIGING, True),
        (ToelichtingStatus.CONCEPT, ToelichtingSoort.BEEINDIGING, False),
        (ToelichtingStatus.INGETROKKEN, ToelichtingSoort.BEEINDIGING, False),
        (ToelichtingStatus.INGEDIEND, ToelichtingSoort.WIJZIGING, False),
    ],
)
def test_een_verstuurde_beeindiging_maakt_het_paar_heel(status, soort, weg):
    toewijzing = fabriek.toewijzing()
    fabriek.stop(toewijzing, "23", ontvangen_op=TE_LANG)
    fabriek.formulier(toewijzing, status=status, soort=soort)
    assert (open_stops(fabriek.medewerker()) == []) is weg


def test_verwerkt_ingetrokken_los_of_zonder_formulier_verder_is_geen_werk():
    for velden in (
        {"verwerkt_op": TE_LANG},
        {
            "zonder_formulier_op": TE_LANG,
            "zonder_formulier_door": fabriek.administratie(),
            "zonder_formulier_reden": "Aanbieder bestaat niet meer.",
        },
    ):
        fabriek.stop(fabriek.toewijzing(), "23", ontvangen_op=TE_LANG, **velden)
    fabriek.losse_stop(fabriek.toewijzing(), "23", ontvangen_op=TE_LANG)
    assert open_stops(fabriek.medewerker()) == []


def test_een_ander_ziet_de_paren_niet():
    toewijzing = fabriek.toewijzing()
    fabriek.stop(toewijzing, "23", ontvangen_op=TE_LANG)
    fabriek.formulier(fabriek.toewijzing(), op=TE_LANG)
    for wie in (fabriek.medewerker(fabriek.aanbieder("De Eik")), fabriek.administratie(fabriek.delft())):
        assert open_stops(wie) == open_vormen(wie) == []


# --- Form without 307 ------------------------------------------------------------------------------------------------
def test_een_beeindiging_zonder_307_zien_beide_kanten():
    vorm = fabriek.formulier(fabriek.toewijzing(), op=TE_LANG)
    for wie in (fabriek.medewerker(), fabriek.administratie()):
        assert open_vormen(wie) == [vorm]
        assert [r.toewijzing for r in open_vormen(wie)[0].gebieden] == [vorm.regels.get().toewijzing]


def test_binnen_vijf_werkdagen_na_het_versturen_nog_niet():
    fabriek.formulier(fabriek.toewijzing(), op=NET_NIET)
    assert open_vormen(fabriek.medewerker()) == []
    assert len(open_vormen(fabriek.medewerker(), om=False)) == 1


@pytest.mark.parametrize("soort", list(ToelichtingSoort))
def test_bij_een_wijziging_hoort_geen_307(soort):
    fabriek.formulier(fabriek.toewijzing(), op=TE_LANG, soort=soort)
    assert bool(open_vormen(fabriek.medewerker())) is (soort == ToelichtingSoort.BEEINDIGING)


def test_een_geldige_307_maakt_het_paar_heel_en_een_ingetrokken_niet():
    toewijzing = fabriek.toewijzing()
    fabriek.formulier(toewijzing, op=TE_LANG)
    stop = fabriek.stop(toewijzing, "23")
    assert open_vormen(fabriek.medewerker()) == []
    Stop.objects.filter(pk=stop.pk).update(ingetrokken_op=TE_LANG, ingetrokken_in=stop.bericht)
    assert len(open_vormen(fabriek.medewerker())) == 1


# --- Pages ----------------------------------------------------------------------------------------------------------
def test_de_aanbieder_kan_meteen_door_naar_wat_ontbreekt(http):
    zonder_form, zonder_307 = fabriek.toewijzing(), fabriek.toewijzing()
    fabriek.stop(zonder_form, "23", ontvangen_op=op(date(2026, 1, 5)))
    fabriek.formulier(zonder_307, op=op(date(2026, 1, 5)))
    http.force_login(fabriek.medewerker())
    pagina = http.get(reverse("stopberichten:stops-zonder-toelichting")).content.decode()
    assert reverse("stopberichten:toelichting-begin", args=[zonder_form.kenmerk]) in pagina
    pagina = http.get(reverse("stopberichten:toelichtingen-zonder-stop")).content.decode()
    assert reverse("stopberichten:stop-met-de-hand", args=[zonder_307.kenmerk]) in pagina
    http.force_login(fabriek.administratie())
    for naam in ("stops-zonder-toelichting", "toelichtingen-zonder-stop"):
        pagina = http.get(reverse(f"stopberichten:{naam}")).content.decode()
        assert "Jansen" in pagina
        assert "met-de-hand" not in pagina
        assert "toelichtingen/nieuw/" not in pagina


def test_een_lege_lijst_zegt_wat_er_komt(http):
    http.force_login(fabriek.medewerker())
    for naam in ("toelichtingen", "stops-zonder-toelichting", "toelichtingen-zonder-stop"):
        assert "Hier komen" in http.get(reverse(f"stopberichten:{naam}")).content.decode()


def test_een_afgeschermde_client_staat_niet_bij_naam_in_een_lijst(http):
    wie = fabriek.client(achternaam="Verborgen", afgeschermd=True)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(wie))
    fabriek.formulier(toewijzing, op=op(date(2026, 1, 5)))
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(wie)), "23", ontvangen_op=op(date(2026, 1, 5)))
    http.force_login(fabriek.medewerker())
    for naam in ("toelichtingen", "stops-zonder-toelichting", "toelichtingen-zonder-stop"):
        pagina = http.get(reverse(f"stopberichten:{naam}")).content.decode()
        assert "Verborgen" not in pagina
        assert "Afgeschermde cliënt" in pagina


def test_de_stand_staat_in_het_adres_en_een_onbekende_bestaat_niet(http):
    fabriek.formulier(fabriek.toewijzing(), status=ToelichtingStatus.INFO_GEVRAAGD)
    http.force_login(fabriek.medewerker())
    lijst = reverse("stopberichten:toelichtingen")
    assert "Jansen" in http.get(lijst + "?staat=vraag").content.decode()
    assert "Jansen" not in http.get(lijst + "?staat=afgehandeld").content.decode()
    assert http.get(lijst + "?staat=alles").status_code == 404
    http.force_login(fabriek.consulent())
    assert http.get(lijst + "?staat=concept").status_code == 404


def test_bladeren_slaat_niets_over_en_toont_niets_dubbel():
    toewijzing = fabriek.toewijzing()
    moment = op(VANDAAG)
    vormen = [fabriek.formulier(toewijzing, op=moment) for _ in range(PER_BLAD + 3)]
    lijst = toelichtingen(fabriek.consulent(), Staat.INGEDIEND)
    eerste = blad(lijst, op="ingediend_op", nieuwste_eerst=True)
    tweede = blad(lijst, op="ingediend_op", nieuwste_eerst=True, na=eerste.volgende)
    terug = blad(lijst, op="ingediend_op", nieuwste_eerst=True, voor=tweede.vorige)
    assert [v.pk for v in [*eerste.rijen, *tweede.rijen]] == [v.pk for v in reversed(vormen)]
    assert terug.rijen == eerste.rijen
    assert (eerste.vorige, tweede.volgende) == ("", "")


# --- Start page ---------------------------------------------------------------------------------------------------------
def test_het_getal_op_een_tegel_is_het_aantal_rijen_erachter(http):
    fabriek.stop(fabriek.toewijzing(), "23", ontvangen_op=op(date(2026, 1, 5)))
    fabriek.formulier(fabriek.toewijzing(), op=op(date(2026, 1, 5)))
    fabriek.formulier(fabriek.toewijzing(), status=ToelichtingStatus.CONCEPT)
    fabriek.formulier(fabriek.toewijzing(), status=ToelichtingStatus.INFO_GEVRAAGD)
    wie = fabriek.medewerker()
    http.force_login(wie)
    eigen = [b for b in blokken_voor(wie, VANDAAG) if "/toelichtingen/" in b.url]
    assert {b.label: b.aantal for b in eigen} == {
        "307 zonder Toelichting": 1,
        "Toelichting zonder 307": 1,
        "Concepten": 1,
    }
    for tegel in eigen:
        assert http.get(tegel.url).content.decode().count('<th scope="row">') == tegel.aantal


# --- The weekly nudge --------------------------------------------------------------------------------------------------
def test_een_oud_concept_geeft_een_mail_per_week_en_een_vers_concept_geen():
    fatma, joris = fabriek.medewerker(), fabriek.medewerker()
    fabriek.formulier(
        fabriek.toewijzing(), status=ToelichtingStatus.CONCEPT, door=fatma, op=op(VANDAAG) - timedelta(days=7)
    )
    fabriek.formulier(
        fabriek.toewijzing(),
        status=ToelichtingStatus.CONCEPT,
        door=joris,
        op=op(VANDAAG) - timedelta(days=6, hours=23),
    )
    assert herinner(op=op(VANDAAG), vandaag=VANDAAG) == 1
    assert herinner(op=op(VANDAAG), vandaag=VANDAAG) == 0
    mail = Mail.objects.get()
    assert mail.aan == fatma.email
    assert "1 × concept dat nog niet is verstuurd" in mail.tekst
    assert "Jansen" not in mail.tekst
    volgende = VANDAAG + timedelta(days=7)
    assert herinner(op=op(volgende), vandaag=volgende) == 2


def test_na_vijf_weken_houdt_het_aandringen_op():
    fabriek.formulier(
        fabriek.toewijzing(), status=ToelichtingStatus.CONCEPT, op=op(VANDAAG) - timedelta(days=35)
    )
    assert herinner(op=op(VANDAAG), vandaag=VANDAAG) == 0


def test_paren_en_zorgplannen_komen_in_dezelfde_mail():
    fatma = fabriek.medewerker()
    vorm = fabriek.formulier(fabriek.toewijzing(), door=fatma, op=op(date(2026, 11, 2)))
    Toelichting.objects.filter(pk=vorm.pk).update(zorgplan_later=True)
    fabriek.stop(fabriek.toewijzing(), "23", ontvangen_op=TE_LANG)
    assert herinner(op=op(VANDAAG), vandaag=VANDAAG) == 2
    per_adres = dict(Mail.objects.values_list("aan", "tekst"))
    assert "1 × zorgplan" in per_adres[fatma.email]
    assert "1 × beëindiging waarvoor nog een 307-bericht" in per_adres[fatma.email]
    assert "1 × 307-bericht waarbij nog een Toelichting" in per_adres["post@example.nl"]


def test_wie_er_niet_meer_werkt_krijgt_geen_mail():
    fatma = fabriek.medewerker()
    fabriek.formulier(
        fabriek.toewijzing(), status=ToelichtingStatus.CONCEPT, door=fatma, op=op(VANDAAG) - timedelta(days=8)
    )
    fatma.is_active = False
    fatma.save()
    assert herinner(op=op(VANDAAG), vandaag=VANDAAG) == 0
