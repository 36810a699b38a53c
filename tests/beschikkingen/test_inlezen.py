"""Gerda of the administration reads decisions in from a Suite export."""

from datetime import date

import pytest

from beschikkingen.actions import AlIngelezen, lees_in
from beschikkingen.enums import BeschikkingStatus, InlezingStatus, Perspectief, SoortBeschikking
from beschikkingen.inlezen import KOLOMMEN, MAX_RIJEN, keur_bestand, keuzelijsten
from beschikkingen.inlezen import kolommen as k
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Beschikking, Client, Inlezing, Monitoringsmoment, Stap, Toewijzing
from organisaties.models import Productafspraak
from tests import fabriek
from tests.beschikkingen.inleeshulp import OP, VANDAAG, fouten, inlezen, proef, rij, xlsx
from wmo_portal.lib.bsn import vind_bsns
from wmo_portal.lib.tabelblad import BestandGeweigerd

pytestmark = pytest.mark.django_db


def test_een_proef_schrijft_alleen_de_proef_zelf(westland):
    inlezing = proef(westland, xlsx(rij(), rij(**{k.GEBIED: "Huisvesting"})))
    assert inlezing.tellingen == {
        "nieuw": 2, "gewijzigd": 0, "ongewijzigd": 0, "fout": 0, "clienten": 1, "beschikkingen": 1, "toewijzingen": 2,
    }  # fmt: skip
    assert (Client.objects.count(), Beschikking.objects.count(), Toewijzing.objects.count()) == (0, 0, 0)
    assert inlezing.status == InlezingStatus.PROEF


def test_inlezen_maakt_client_beschikking_en_toewijzing(westland):
    inlezen(westland, rij(**{k.TOEWIJZING: "300123"}))
    toewijzing = Toewijzing.objects.get(toewijzingnummer=300123)
    assert bsn_van(toewijzing.client) == fabriek.test_bsns()[0]
    assert toewijzing.client.weergavenaam == "T. de Wit"
    assert (toewijzing.resultaatgebied.naam, toewijzing.trede.naam) == ("Financiën", "Trede 2")
    assert toewijzing.perspectief == Perspectief.VERBETERING
    beschikking = toewijzing.beschikking
    assert (beschikking.soort, beschikking.einddatum) == (SoortBeschikking.MET_EINDDATUM, date(2026, 12, 31))
    # From the day of the decision on the provider could know (R62).
    assert beschikking.registratiedatum == date(2025, 12, 10)


def test_twee_keer_inlezen_verandert_niets(westland):
    bestand = [rij(), rij(**{k.GEBIED: "Huisvesting"})]
    inlezen(westland, *bestand)
    versies = list(Toewijzing.objects.values_list("pk", "versie"))
    plan = inlezen(westland, *bestand)
    assert plan.tellingen["ongewijzigd"] == 2
    assert list(Toewijzing.objects.values_list("pk", "versie")) == versies


def test_hetzelfde_bestand_kan_niet_twee_keer_uitgevoerd(westland):
    inlezing = proef(westland, xlsx(rij()))
    lees_in(inlezing=inlezing, vandaag=VANDAAG, op=OP, door=None)
    with pytest.raises(AlIngelezen, match="al ingelezen op 05-10-2026"):
        lees_in(inlezing=inlezing, vandaag=VANDAAG, op=OP, door=None)


def test_een_nieuwe_einddatum_wijzigt_en_telt_vanaf_vandaag(westland):
    eerst = rij()
    inlezen(westland, eerst)
    plan = inlezen(westland, {**eerst, k.EIND: date(2026, 11, 30)})
    beschikking = Beschikking.objects.get()
    assert plan.tellingen["gewijzigd"] == 1
    assert (beschikking.einddatum, beschikking.registratiedatum) == (date(2026, 11, 30), VANDAAG)
    assert beschikking.versie == 2
    assert Toewijzing.objects.get().einddatum == date(2026, 11, 30)


def test_een_leeg_veld_wist_niet_wat_bekend_is(westland):
    eerst = rij()
    inlezen(westland, eerst)
    inlezen(westland, {**eerst, k.GEBOORTEDATUM: None, k.VOORLETTERS: None})
    assert Client.objects.get().geboortedatum == date(1967, 8, 13)
    assert Client.objects.get().voorletters == "T"


def test_een_goede_rij_gaat_door_en_een_foute_blijft_liggen(westland):
    plan = inlezen(westland, rij(), rij(**{k.BESCHIKKING: "B-2", k.GEBIED: "Financieel"}))
    assert Toewijzing.objects.count() == 1
    (fout,) = plan.fouten
    assert (fout.rij, fout.kolom) == (3, k.GEBIED)
    assert fout.zin == "“Financieel” is geen resultaatgebied van H5. Toegestaan: Financiën, Huisvesting."


def test_een_fout_bsn_staat_in_geen_enkele_zin(westland):
    fout_bsn = "999900007"
    plan = inlezen(westland, rij(**{k.BSN: fout_bsn}), rij(**{k.BSN: "12345"}))
    assert [f.zin for f in plan.fouten] == [
        "Dit BSN voldoet niet aan de elfproef. Controleer het nummer op een tikfout.",
        "Een BSN heeft 9 cijfers; hier staan er 5.",
    ]
    assert fout_bsn not in str(Inlezing.objects.get().fouten)


def test_een_bsn_in_een_ander_veld_wordt_in_de_zin_gemaskeerd(westland):
    plan = inlezen(westland, rij(**{k.TREDE: f"Trede van {fabriek.test_bsns()[3]}"}))
    assert not vind_bsns(plan.fouten[0].zin)
    assert "•••••" in plan.fouten[0].zin


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ({k.EIND: date(2025, 12, 31)}, "De einddatum 31-12-2025 ligt voor de ingangsdatum 01-01-2026."),
        ({k.AGB: "75000099"}, "AGB-code “75000099” is niet bekend."),
        ({k.TREDE: "Trede 9"}, "“Trede 9” is geen trede van H5. Toegestaan: Waakvlam, Trede 1, Trede 2."),
        (
            {k.PERSPECTIEF: "misschien"},
            "“misschien” kan hier niet staan. Toegestaan: langdurig, verbetering, onbekend.",
        ),
        ({k.VORM: "giro"}, "Toegestaan: ZIN, PGB."),
        ({k.SOORT: "zonder einddatum"}, "De soort is “zonder einddatum” en er staat 31-12-2026."),
        ({k.SOORT: "met einddatum", k.EIND: None}, "De soort is “met einddatum” en die is leeg."),
        ({k.TOEWIJZING: "1234567890"}, "Verwacht: een heel getal tot en met 999999999."),
        (
            {k.MONITORING: date(2026, 6, 1)},
            "Een monitoringsmoment hoort bij een beschikking zonder einddatum.",
        ),
        ({k.STAP: "1", k.STAP_VAN: date(2026, 1, 1)}, "Een stap hoort bij een getrapte indicatie."),
        (
            {k.GEMEENTECODE: "0503"},
            "Hier staat gemeente “0503”. Dit bestand wordt ingelezen voor Westland (1783).",
        ),
        ({k.VORIGE: "B-0"}, "Beschikking “B-0” van deze cliënt is niet bekend."),
        ({k.ACHTERNAAM: None}, "deze cel is leeg en moet gevuld zijn"),
        ({k.INGANG: "31-02-2026"}, "is geen dag die bestaat"),
    ],
)
def test_elke_fout_heeft_een_zin(westland, waarden, zin):
    assert zin in fouten(westland, rij(**waarden))[2]


def test_zonder_einddatum_met_monitoringsmoment(westland):
    inlezen(westland, rij(**{k.EIND: None, k.MONITORING: date(2027, 3, 1)}))
    assert Beschikking.objects.get().soort == SoortBeschikking.ZONDER_EINDDATUM
    assert Monitoringsmoment.objects.get().datum == date(2027, 3, 1)


def test_een_getrapte_indicatie_heeft_een_rij_per_stap(westland):
    nummer = {k.TOEWIJZING: "300500", k.SOORT: "getrapt"}
    inlezen(
        westland,
        rij(
            **nummer,
            **{k.STAP: "1", k.TREDE: "Trede 2", k.STAP_VAN: date(2026, 1, 1), k.STAP_TOT: date(2026, 6, 30)},
        ),
        rij(
            **nummer,
            **{
                k.STAP: "2",
                k.TREDE: "Waakvlam",
                k.STAP_VAN: date(2026, 7, 1),
                k.STAP_TOT: date(2026, 12, 31),
            },
        ),
    )
    stappen = Stap.objects.order_by("volgnummer").values_list("volgnummer", "trede__naam", "begindatum")
    assert list(stappen) == [(1, "Trede 2", date(2026, 1, 1)), (2, "Waakvlam", date(2026, 7, 1))]
    assert Toewijzing.objects.get().trede.naam == "Trede 2"


def test_stappen_die_overlappen_worden_geweigerd(westland):
    nummer = {k.TOEWIJZING: "300500", k.SOORT: "getrapt"}
    zinnen = fouten(
        westland,
        rij(**nummer, **{k.STAP: "1", k.STAP_VAN: date(2026, 1, 1), k.STAP_TOT: date(2026, 7, 1)}),
        rij(**nummer, **{k.STAP: "2", k.STAP_VAN: date(2026, 7, 1), k.STAP_TOT: date(2026, 12, 31)}),
    )
    assert zinnen == {3: "Stap 2 begint voor stap 1 is geëindigd."}


def test_dezelfde_toewijzing_op_twee_rijen(westland):
    zinnen = fouten(westland, rij(**{k.TOEWIJZING: "300500"}), rij(**{k.TOEWIJZING: "300500"}))
    assert zinnen[3].startswith("Toewijzing 300500 staat ook op rij 2.")


def test_dezelfde_beschikking_met_een_andere_einddatum(westland):
    zinnen = fouten(westland, rij(), rij(**{k.EIND: date(2027, 1, 31)}))
    assert zinnen == {3: "Op rij 2 staat bij dezelfde beschikking de einddatum anders."}


def test_een_toewijzing_verhuist_niet_naar_een_andere_aanbieder(westland):
    fabriek.aanbieder("De Eik", "75000002")
    eerst = rij(**{k.TOEWIJZING: "300500"})
    inlezen(westland, eerst)
    assert (
        "is van De Linde. Een andere aanbieder krijgt een nieuw"
        in fouten(westland, {**eerst, k.AGB: "75000002"})[2]
    )


def test_een_beschikking_verhuist_niet_naar_een_andere_client(westland):
    inlezen(westland, rij())
    ander = rij(**{k.BSN: fabriek.test_bsns()[1], k.ACHTERNAAM: "Bos"})
    assert fouten(westland, ander) == {2: "Beschikking B-1 is in het portaal van een andere cliënt."}
    assert not Client.objects.filter(achternaam="Bos").exists()


def test_een_gesloten_dossier_wijzigt_niet_door_inlezen(westland):
    eerst = rij()
    inlezen(westland, eerst)
    Beschikking.objects.update(status=BeschikkingStatus.GESLOTEN, gesloten_op=OP)
    assert inlezen(westland, eerst).tellingen["ongewijzigd"] == 1
    assert (
        "Een gesloten dossier wijzigt niet door inlezen."
        in fouten(westland, {**eerst, k.EIND: date(2026, 12, 1)})[2]
    )


def test_de_opvolger_mag_boven_zijn_voorganger_staan(westland):
    nieuw = rij(
        **{k.BESCHIKKING: "B-2", k.VORIGE: "B-1", k.INGANG: date(2027, 1, 1), k.EIND: date(2027, 12, 31)}
    )
    inlezen(westland, nieuw, rij())
    assert Beschikking.objects.get(nummer="B-2").voorganger.nummer == "B-1"


def test_twee_beschikkingen_die_elkaar_opvolgen_kan_niet(westland):
    zinnen = fouten(
        westland,
        rij(**{k.VORIGE: "B-2"}),
        rij(**{k.BESCHIKKING: "B-2", k.VORIGE: "B-1", k.TOEWIJZING: "300900"}),
    )
    assert zinnen[2].startswith("Beschikking “B-2” van deze cliënt is niet bekend.")
    assert set(zinnen) == {2, 3}


def test_gebied_en_trede_volgen_uit_de_productafspraak(westland):
    Productafspraak.objects.create(
        regio=westland.regio,
        productcategorie="02",
        productcode="02B02",
        omschrijving="Financiën, licht",
        resultaatgebied=fabriek.gebied("Financiën"),
        trede=fabriek.trede(2),
        geldig=(date(2023, 1, 1), None),
    )
    inlezen(westland, rij(**{k.GEBIED: None, k.TREDE: None, k.CATEGORIE: "02", k.PRODUCT: "02B02"}))
    toewijzing = Toewijzing.objects.get()
    assert (toewijzing.resultaatgebied.naam, toewijzing.trede.naam) == ("Financiën", "Trede 1")


def test_een_formule_wordt_geweigerd(westland):
    with pytest.raises(BestandGeweigerd, match="formules"):
        proef(westland, xlsx(rij(**{k.ACHTERNAAM: "=A1"})))


def test_te_veel_rijen_wordt_geweigerd_met_een_zin(westland):
    kop = ";".join(kolom.kop for kolom in KOLOMMEN if kolom.verplicht)
    regel = ";".join(["B-1", "999900006", "Wit", "01-01-2026", "1", "75000001"])
    inhoud = "\n".join([kop, *[regel] * 100_000]).encode()
    with pytest.raises(BestandGeweigerd, match=f"meer dan {MAX_RIJEN} rijen. Splits"):
        keur_bestand(inhoud, keuzelijsten(westland))


def test_ontbrekende_kolommen_worden_genoemd(westland):
    with pytest.raises(BestandGeweigerd, match="“Toewijzingnummer”"):
        proef(westland, xlsx(rij(), koppen=[k.BESCHIKKING, k.BSN, k.ACHTERNAAM, k.INGANG, k.AGB]))


def test_csv_met_andere_koppen(westland):
    csv = (
        "Beschikkingsnummer;BSN cliënt;Geslachtsnaam;Begindatum;Einddatum;Toewijzing;AGB\n"
        "B-7;999900006;Wit;1-1-2026;31-12-2026;300777;75000001\n"
    )
    lees_in(inlezing=proef(westland, csv.encode()), vandaag=VANDAAG, op=OP, door=None)
    assert Toewijzing.objects.get().beschikking.nummer == "B-7"


def test_de_vragen_aan_de_database_groeien_niet_mee(westland, django_assert_num_queries):
    rijen = [rij(**{k.BESCHIKKING: f"B-{i}", k.BSN: fabriek.test_bsns()[i]}) for i in range(30)]
    regels_van = {}
    for aantal in (1, 30):
        regels_van[aantal] = keur_bestand(xlsx(*rijen[:aantal]), keuzelijsten(westland))[0]
    from beschikkingen.inlezen import maak_plan

    for aantal in (1, 30):
        with django_assert_num_queries(5):
            maak_plan(westland, regels_van[aantal], [], vandaag=VANDAAG, op=OP)


def test_er_gaat_iets_mis_halverwege_dan_staat_er_niets(westland, monkeypatch):
    inlezing = proef(westland, xlsx(rij()))

    def kapot(*_: object) -> None:
        raise RuntimeError("schijf vol")

    monkeypatch.setattr("beschikkingen.actions._noteer", kapot)
    with pytest.raises(RuntimeError):
        lees_in(inlezing=inlezing, vandaag=VANDAAG, op=OP, door=None)
    assert Client.objects.count() == 0
    assert Inlezing.objects.get().status == InlezingStatus.PROEF
