"""Receiving 301, 305 and 307: what is kept, what changes, what goes back. With Annie Bakker from Naaldwijk."""

from dataclasses import replace
from datetime import date

import pytest

import iwmo
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client, Toewijzing
from iwmo import model as m
from logboek.models import Gebeurtenis
from organisaties.models import Aanbieder, Gemeente
from stopberichten.berichtinhoud import inhoud_van, retour_van
from stopberichten.models import Bericht, Levering, Stop
from tests import fabriek
from tests.stopberichten import brieven
from tests.stopberichten.brieven import ANNIE, BRAM, ontvang, start, stop, toegewezen, weg, xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def westland():
    return fabriek.westland()


@pytest.fixture
def linde():
    return fabriek.aanbieder("Zorggroep De Linde", agb=brieven.LINDE)


@pytest.fixture
def annie(westland, linde):
    """Annie's allocation is known and her care runs since 5 January."""
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))
    return Client.objects.get()


def test_de_toewijzing_van_annie_komt_binnen_met_een_301(westland, linde):
    uit = ontvang(xml("301", toegewezen()))
    assert uit.geaccepteerd
    toewijzing = Toewijzing.objects.select_related("client", "beschikking").get()
    assert (toewijzing.gemeente, toewijzing.aanbieder) == (westland, linde)
    assert bsn_van(toewijzing.client) == brieven.BSN_ANNIE
    assert toewijzing.client.weergavenaam == "A. Bakker"
    assert toewijzing.beschikking.nummer == "T300201"
    assert (toewijzing.ingangsdatum, toewijzing.einddatum) == (date(2026, 1, 1), date(2026, 12, 31))


def test_start_en_stop_hangen_aan_de_toewijzing_en_aan_elkaar(annie):
    uit = ontvang(xml("307", stop()))
    assert uit.geaccepteerd
    levering, gestopt = Levering.objects.get(), Stop.objects.get()
    assert gestopt.levering == levering
    assert gestopt.toewijzing == levering.toewijzing == Toewijzing.objects.get()
    assert gestopt.client == annie
    assert (gestopt.reden, gestopt.einddatum, gestopt.ontvangen_na_werkdagen) == ("23", date(2026, 10, 13), 2)


def test_het_bericht_wordt_versleuteld_bewaard(annie):
    brief = xml("307", stop())
    bericht = ontvang(brief).bericht
    bericht.refresh_from_db()
    assert brieven.BSN_ANNIE.encode() not in bytes(bericht.inhoud)
    assert brieven.BSN_ANNIE.encode() not in bytes(bericht.retour)
    assert inhoud_van(bericht) == brief


def test_geaccepteerd_geeft_een_308_met_alleen_een_header(annie):
    retour = iwmo.lees(retour_van(ontvang(xml("307", stop())).bericht))
    assert (retour.soort, retour.client) == ("308", None)
    assert retour.header.retour.retourcodes == ()
    # IV028: copied, not swapped.
    assert (retour.header.afzender, retour.header.ontvanger) == (brieven.LINDE, "1783")


def test_afgekeurd_op_inhoud_geeft_0001_en_laat_niets_achter(annie):
    fout = xml("307", stop(eind=date(2026, 1, 4)))  # TR018: before the begin
    uit = ontvang(fout)
    assert (uit.geaccepteerd, uit.bericht.header_codes) == (False, ["0001"])
    assert iwmo.lees(retour_van(uit.bericht)).header.retour.retourcodes == ("0001",)
    assert not Stop.objects.exists()
    assert [melding["regel"] for melding in uit.bericht.meldingen] == ["TR018"]


def test_een_stop_zonder_start_wordt_in_zijn_geheel_afgekeurd(annie):
    """OP286: one wrong product and nothing of the message counts."""
    uit = ontvang(xml("307", stop(), stop(begin=date(2026, 2, 1))))
    assert uit.bericht.product_codes == [["0200"], ["9069"]]
    assert uit.bericht.wacht_op_nummers == [300_201]
    retour = iwmo.lees(retour_van(uit.bericht))
    assert [p.retourcodes for p in retour.client.producten] == [("0200",), ("9069",)]
    assert not Stop.objects.exists()


def test_status_3_trekt_in_en_gooit_niets_weg(annie):
    ontvang(xml("307", stop()))
    uit = ontvang(xml("307", weg(stop())))
    gestopt = Stop.objects.get()
    assert gestopt.ingetrokken_op is not None
    assert gestopt.ingetrokken_in == uit.bericht


def test_fout_22_wordt_19_in_een_bericht(annie):
    """Casus 4 of the standard: remove and deliver in the same message."""
    ontvang(xml("307", stop(reden="22")))
    assert ontvang(xml("307", stop(reden="19"), weg(stop(reden="22")))).geaccepteerd
    assert list(Stop.objects.geldig().values_list("reden", flat=True)) == ["19"]


def test_zorg_begint_opnieuw_na_een_tijdelijke_stop(annie):
    """R71."""
    ontvang(xml("307", stop(reden="20", eind=date(2026, 5, 1))))
    assert ontvang(xml("305", start(begin=date(2026, 7, 1)))).geaccepteerd
    uit = ontvang(xml("307", stop(begin=date(2026, 7, 1), reden="19")))
    assert uit.geaccepteerd
    laatste = Stop.objects.get(reden="19")
    assert laatste.levering == Levering.objects.get(begindatum=date(2026, 7, 1))


def test_definitief_na_tijdelijk_wordt_niet_op_tijd_gemeten(annie):
    """OP272: within 5 working days after it is known, and we do not know when that was."""
    ontvang(xml("307", stop(reden="20", eind=date(2026, 5, 1))))
    ontvang(xml("307", stop(reden="23", eind=date(2026, 5, 1))))
    assert Stop.objects.get(reden="20").ontvangen_na_werkdagen > 5
    assert Stop.objects.get(reden="23").ontvangen_na_werkdagen is None


# --- Once ----------------------------------------------------------------------------------------------------
def test_tien_keer_hetzelfde_bericht_is_een_keer(annie):
    brief = xml("307", stop())
    uitkomsten = [ontvang(brief) for _ in range(10)]
    assert [u.nieuw for u in uitkomsten] == [True, *[False] * 9]
    assert {u.bericht.pk for u in uitkomsten} == {uitkomsten[0].bericht.pk}
    assert Stop.objects.count() == 1


def test_met_andere_regeleinden_is_het_hetzelfde_bericht(annie):
    brief = xml("307", stop())
    eerste, tweede = ontvang(brief), ontvang(brief.replace(b"\r\n", b"\n"))
    assert (tweede.nieuw, tweede.bericht) == (False, eerste.bericht)


def test_een_ander_bericht_met_dezelfde_identificatie_is_9056(annie):
    ontvang(xml("307", stop(), kenmerk="EENMALIG"))
    uit = ontvang(xml("307", weg(stop()), kenmerk="EENMALIG"))
    assert (uit.bericht.header_codes, uit.bericht.client_codes) == (["9056"], None)
    assert Stop.objects.geldig().count() == 1


def test_tien_keer_hetzelfde_afgekeurde_bericht_is_een_regel_op_de_lijst(westland, linde):
    brief = xml("305", start())
    assert len({ontvang(brief).bericht.pk for _ in range(10)}) == 1


def test_een_afgekeurd_bericht_telt_als_niet_verstuurd_en_mag_opnieuw(westland, linde):
    """OP286: the same file, delivered again after the allocation came, is accepted."""
    brief = xml("305", start())
    te_vroeg = ontvang(brief)
    assert te_vroeg.bericht.product_codes == [["9019"]]
    ontvang(xml("301", toegewezen()))
    opnieuw = ontvang(brief)
    assert (opnieuw.geaccepteerd, opnieuw.nieuw) == (True, True)
    te_vroeg.bericht.refresh_from_db()
    assert te_vroeg.bericht.herbeoordeeld_in == opnieuw.bericht
    assert te_vroeg.bericht.client == Client.objects.get()


def test_met_een_nieuwe_identificatie_verdwijnt_het_oude_ook_van_de_lijst(westland, linde):
    oud = ontvang(xml("305", start())).bericht
    ontvang(xml("301", toegewezen()))
    nieuw = ontvang(xml("305", start())).bericht
    oud.refresh_from_db()
    assert oud.herbeoordeeld_in == nieuw
    assert not Bericht.objects.te_vroeg().exists()


def test_een_ander_geweigerd_bericht_blijft_staan(westland, linde):
    """Only what stands in the accepted message is settled by it."""
    ander = ontvang(xml("305", start(nummer=999))).bericht
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))
    ander.refresh_from_db()
    assert ander.herbeoordeeld_in is None


# --- Not yet known, not readable, not yours ---------------------------------------------------------------------
def test_een_geldige_gemeente_die_we_niet_kennen_wordt_aangemeld(linde):
    uit = ontvang(xml("305", start(), van=brieven.Wie(gemeente="0363")))
    gemeente = Gemeente.objects.get(code="0363")
    assert (gemeente.naam, gemeente.ingericht) == ("Amsterdam", False)
    assert uit.bericht.product_codes == [["9019"]]


def test_een_onbekende_aanbieder_wordt_aangemeld(westland):
    uit = ontvang(xml("305", start(), van=brieven.Wie(agb="12345678")))
    assert Aanbieder.objects.get(agb="12345678").ingericht is False
    assert uit.bericht.aanbieder.agb == "12345678"


def test_een_gemeente_die_niet_bestaat_is_s300_en_wordt_geen_gemeente(linde):
    uit = ontvang(xml("305", start(), van=brieven.Wie(gemeente="9999")))
    assert uit.bericht.header_codes == ["S300"]
    assert uit.bericht.gemeente is None
    assert not Gemeente.objects.filter(code="9999").exists()


def test_dagtekening_in_de_toekomst_is_8848(annie):
    uit = ontvang(xml("307", stop(), op=date(2026, 10, 16)))
    assert uit.bericht.header_codes == ["8848"]
    assert ontvang(xml("307", stop(), op=date(2026, 10, 15))).geaccepteerd


BOM = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><b>&b;</b>'


@pytest.mark.parametrize(
    ("inhoud", "status"),
    [
        (b"geen xml", "geweigerd"),
        (BOM, "geweigerd"),
        (b"", "geweigerd"),
        ("<a>é</a>".encode("latin-1"), "geweigerd"),
        (b"x" * (25 * 1024 * 1024 + 1), "geweigerd"),
        (xml("307", stop()).replace(b"3_2", b"9_9"), "afgekeurd_schema"),
        (xml("307", stop())[:-40], "geweigerd"),
    ],
    ids=["tekst", "entiteiten", "leeg", "latin-1", "te groot", "andere release", "afgebroken"],
)
def test_onleesbaar_wordt_bewaard_met_een_zin_en_zonder_retour(inhoud, status):
    uit = ontvang(inhoud)
    assert (uit.bericht.status, uit.retour_naam) == (status, None)
    assert uit.bericht.meldingen[0]["tekst"].endswith(".")
    assert inhoud_van(uit.bericht) == inhoud
    assert ontvang(inhoud).nieuw is False


def test_een_retourbericht_hoort_hier_niet(annie):
    retour = retour_van(ontvang(xml("307", stop())).bericht)
    uit = ontvang(retour)
    assert uit.bericht.status == "geweigerd"
    assert "308" in uit.bericht.meldingen[0]["tekst"]


def test_een_aanbieder_stuurt_alleen_berichten_van_zichzelf(annie, linde):
    eik = fabriek.medewerker(fabriek.aanbieder("De Eik", agb=brieven.EIK))
    uit = ontvang(xml("307", stop()), door=eik)
    assert uit.bericht.status == "geweigerd"
    assert brieven.LINDE in uit.bericht.meldingen[0]["tekst"]
    assert not Stop.objects.exists()
    assert (uit.bericht.gemeente, uit.bericht.aanbieder) == (None, None)
    assert ontvang(xml("307", stop()), door=fabriek.medewerker(linde)).geaccepteerd


def test_een_aanbieder_wijst_zichzelf_niets_toe(westland, linde):
    uit = ontvang(xml("301", toegewezen()), door=fabriek.medewerker(linde))
    assert uit.bericht.status == "geweigerd"
    assert not Toewijzing.objects.exists()


def test_delft_stuurt_niets_in_voor_westland(westland, linde):
    delft = fabriek.administratie(fabriek.delft())
    uit = ontvang(xml("301", toegewezen()), door=delft)
    assert "1783" in uit.bericht.meldingen[0]["tekst"]
    assert not Toewijzing.objects.exists()
    assert ontvang(xml("301", toegewezen()), door=fabriek.administratie(westland)).geaccepteerd


def test_elke_ontvangst_staat_in_het_logboek_zonder_bsn(annie, linde):
    anja = fabriek.medewerker(linde)
    bericht = ontvang(xml("307", stop()), door=anja).bericht
    regel = Gebeurtenis.objects.get(object_kenmerk=str(bericht.kenmerk))
    assert (regel.actie, regel.actor_id, regel.details["toegevoegd"]) == ("bericht.ontvangen", anja.pk, 1)
    assert brieven.BSN_ANNIE not in str(regel.details)


def test_wie_suite_laat_antwoorden_heeft_hier_niets_te_versturen(linde):
    fabriek.westland(retourweg="suite")
    bericht = ontvang(xml("305", start())).bericht
    assert (bericht.retour_status, retour_van(bericht) is not None) == ("geen", True)


def test_bij_een_productlijst_moet_de_code_erin_staan(linde, westland):
    """TR381 only where the municipality keeps a list."""
    ontvang(xml("301", toegewezen()))
    assert ontvang(xml("305", start(begin=date(2026, 1, 6)))).geaccepteerd
    ontvang(xml("305", weg(start(begin=date(2026, 1, 6)))))
    fabriek.westland(productlijst_geldt=True)
    assert ontvang(xml("305", start())).bericht.product_codes == [["S329"]]


def _toegewezen_aan(wie, eerste, aantal):
    """`aantal` allocations; the starts on them."""
    nummers = [eerste + n for n in range(aantal)]
    ontvang(
        xml(
            "301",
            *[toegewezen(nr, begin=date(2026, 1, 1), product=_product(n)) for n, nr in enumerate(nummers)],
            van=wie,
        )
    )
    return [replace(start(nr), product=_product(n)) for n, nr in enumerate(nummers)]


def _product(n):
    return m.Product("02", f"02A{n:02d}")


def test_het_aantal_vragen_hangt_niet_van_het_aantal_producten_af(westland, linde, django_assert_num_queries):
    een, drie = _toegewezen_aan(ANNIE, 300_000, 1), _toegewezen_aan(BRAM, 400_000, 3)
    for soort, maak, aantal in (("305", lambda p: p, 18), ("307", _stop_bij, 18)):
        for wie, producten in ((ANNIE, een), (BRAM, drie)):
            brief = xml(soort, *[maak(p) for p in producten], van=wie)
            with django_assert_num_queries(aantal):
                assert ontvang(brief).geaccepteerd


def _stop_bij(product):
    return replace(stop(product.toewijzingnummer), product=product.product)


@pytest.mark.parametrize(("verplicht", "codes"), [(False, None), (True, [["9019"]])])
def test_zonder_nummer_mag_tenzij_de_gemeente_nergens_taakgericht_werkt(linde, verplicht, codes):
    """TR019 speaks of output- and inspanningsgericht only; IV096 lets taakgericht do without a number."""
    fabriek.westland(nummer_verplicht=verplicht)
    assert ontvang(xml("305", start(None))).bericht.product_codes == codes
