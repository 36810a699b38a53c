"""The KPI "resultaat behaald" (H5): who reached it, with and without neutraal, per area and per client."""

import io
import re
import uuid
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from beschikkingen.enums import Leveringsvorm
from logboek.models import Gebeurtenis
from rapportage import tasks
from rapportage.actions.rapporten import geef
from rapportage.kpi import Dimensie, Oordeel, Waarde, aandeel, alle_gebieden, van_client
from rapportage.models import Rapport
from rapportage.overzicht import Keuze
from rapportage.queries.resultaat_behaald import EINDE, Verfijning, resultaat_behaald
from resultaat.enums import Uitkomst
from resultaat.models import Resultaat
from tests import fabriek
from tests.rapportage.test_rapporten import met_pango, woorden
from wmo_portal.lib.perioden import Kwartaal, Periode
from wmo_portal.lib.tijd import AMSTERDAM

K3 = Kwartaal(2026, 3)
VRAAG = {"kwartaal": "2026-K3"}
JA, ZA, CL, NE = Uitkomst


def oordeel(uitkomst, *, toewijzing=1, wie="a" * 32, dag=K3.eerste, volgorde=0):
    plaats = {d: Waarde("x", "X") for d in Dimensie} | {Dimensie.MOMENT: EINDE}
    return Oordeel(wie, False, toewijzing, dag, uitkomst, (), plaats, volgorde)


# --- The rule ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("uitkomsten", "zonder", "met"),
    [
        ([JA, ZA, NE], "50.0", "33.3"),
        ([JA, JA, CL], "66.7", "66.7"),
        ([NE], None, "0.0"),
        ([], None, None),
    ],
)
def test_neutraal_is_left_out_of_the_headline(uitkomsten, zonder, met):
    deel = aandeel(uitkomsten)
    verwacht = tuple(None if w is None else Decimal(w) for w in (zonder, met))
    assert (deel.zonder_neutraal, deel.met_neutraal) == verwacht


@pytest.mark.parametrize(
    ("uitkomsten", "samen"),
    [([JA, JA], JA), ([JA, CL], CL), ([JA, NE], JA), ([NE, NE], NE), ([CL, ZA], ZA)],
)
def test_a_client_over_all_areas(uitkomsten, samen):
    assert van_client(oordeel(u, toewijzing=n) for n, u in enumerate(uitkomsten)) is samen


def test_the_last_judgement_of_an_area_is_the_one():
    tussenstap, einde = oordeel(CL, volgorde=1), oordeel(JA, dag=K3.laatste, volgorde=0)
    assert van_client([einde, tussenstap]) is JA
    assert alle_gebieden([einde, tussenstap]) == (Decimal("100.0"), Decimal("100.0"), 1)


@given(
    st.lists(st.tuples(st.sampled_from(list(Uitkomst)), st.integers(0, 3), st.integers(0, 4)), max_size=20)
)
def test_the_share_with_neutraal_is_never_higher(rijen):
    oordelen = [oordeel(u, toewijzing=t, wie=f"{w:032x}", volgorde=n) for n, (u, t, w) in enumerate(rijen)]
    zonder, met, clienten = alle_gebieden(oordelen)
    assert clienten == len({w for _, _, w in rijen})
    assert met is None or zonder is None or met <= zonder


# --- From the database -------------------------------------------------------------------------------------------
def oordeel_over(
    uitkomst=JA, dag=date(2026, 8, 1), *, achternaam="De Wit", gemeente=None, redenen=(), stap=False, **velden
):
    client = fabriek.client(
        gemeente or fabriek.westland(), achternaam=achternaam, afgeschermd=velden.pop("afgeschermd", False)
    )
    toewijzing = velden.pop("toewijzing", None) or fabriek.toewijzing(
        fabriek.beschikking(client, begin=date(2022, 1, 1)), **velden
    )
    return Resultaat.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        toewijzing=toewijzing,
        stap=fabriek.stap(toewijzing, 1, 3, date(2026, 1, 1), dag) if stap else None,
        uitkomst=uitkomst,
        redenen=list(redenen) or ([] if uitkomst is JA else ["zorgmijder"]),
        paragraaf="1A",
        vervolg="sluiten",
        resultaatdatum=dag,
        geregistreerd_op=datetime(2026, 9, 1, tzinfo=AMSTERDAM),
        geregistreerd_door=fabriek.consulent(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("dag", "aantal"), [(date(2022, 12, 31), 0), (date(2023, 1, 1), 1)])
def test_only_from_2023_on(dag, aantal):
    oordeel_over(dag=dag)
    periode = Periode(date(2022, 1, 1), date(2026, 9, 30))
    assert len(resultaat_behaald(fabriek.contractmanager(), Keuze(periode)).oordelen) == aantal


@pytest.mark.django_db
def test_what_was_corrected_or_is_pgb_does_not_count():
    oordeel_over()
    oordeel_over(leveringsvorm=Leveringsvorm.PGB)
    weg = oordeel_over(CL)
    Resultaat.objects.filter(pk=weg.pk).update(actueel=False)
    assert resultaat_behaald(fabriek.contractmanager(), Keuze(K3.periode)).totaal.totaal == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("momenten", "aantal"),
    [((), 2), (("tussenstap",), 1), (("einde", "monitoring"), 1), (("monitoring",), 0)],
)
def test_intermediate_steps_have_their_own_filter(momenten, aantal):
    oordeel_over()
    oordeel_over(CL, stap=True)
    rapport = resultaat_behaald(fabriek.contractmanager(), Keuze(K3.periode), Verfijning(momenten=momenten))
    assert rapport.totaal.totaal == aantal


@pytest.mark.django_db
def test_every_division_adds_up_to_the_total():
    for uitkomst, gebied in ((JA, "Financiën"), (CL, "Dagbesteding"), (NE, "Financiën")):
        oordeel_over(uitkomst, gebied_naam=gebied, aan=fabriek.aanbieder(gebied))
    rapport = resultaat_behaald(fabriek.contractmanager(), Keuze(K3.periode))
    for dimensie in Dimensie:
        rijen = rapport.verdeling(dimensie)
        assert sum(a.totaal for _, a in rijen) == 3
        for waarde, deel in rijen:
            for uitkomst, aantal in deel.aantallen.items():
                assert aantal == len(rapport.cel(dimensie, waarde.code, uitkomst=uitkomst))


@pytest.mark.django_db
def test_the_page_the_drill_down_and_the_log(http):
    oordeel_over(achternaam="Canarie")
    oordeel_over(CL, achternaam="Canarie", redenen=["zorgmijder", "life_event"])
    oordeel_over(NE, achternaam="Canarie", redenen=["overlijden"], afgeschermd=True)
    oordeel_over(gemeente=fabriek.delft())
    http.force_login(fabriek.contractmanager(fabriek.westland()))
    tekst = http.get(reverse("rapportage:resultaat-behaald"), VRAAG).content.decode()
    assert "50,0%" in tekst
    assert "33,3%" in tekst
    links = {
        a.replace("&amp;", "&") for a in re.findall(r'href="(/resultaat-behaald/clienten/[^"]+)"', tekst)
    }
    assert any("reden=life_event" in link for link in links)
    for link in links:
        getal = int(re.search(re.escape(link.replace("&", "&amp;")) + r'">(\d+)', tekst)[1])
        lijst = http.get(link).content.decode()
        assert len(re.findall(r'<th scope="row" class="wmo-kort">', lijst)) == getal
        assert "Canarie" not in lijst
    assert Gebeurtenis.objects.filter(actie="resultaat.clienten_bekeken").count() == len(links)


@pytest.mark.django_db
def test_the_workbook_says_the_same(http):
    oordeel_over(achternaam="Canarie")
    oordeel_over(CL, achternaam="Canarie")
    http.force_login(fabriek.contractmanager())
    boek = load_workbook(io.BytesIO(http.get(reverse("rapportage:resultaat-excel"), VRAAG).content))
    assert [c.value for c in boek["Per gemeente"][2]] == ["Westland", 1, 0, 1, 0, 2, 0.5, 0.5]
    assert boek["Oordelen"].max_row == 3
    assert "Controle" in boek.sheetnames
    assert not any("Canarie" in str(c.value) for blad in boek for rij in blad.iter_rows() for c in rij)
    http.force_login(fabriek.administratie())
    zonder = load_workbook(io.BytesIO(http.get(reverse("rapportage:resultaat-excel"), VRAAG).content))
    assert "Oordelen" not in zonder.sheetnames


@met_pango
@pytest.mark.django_db
def test_the_pdf_from_request_to_file_says_the_same_and_is_tagged(http):
    oordeel_over(achternaam="Canarie")
    oordeel_over(CL, achternaam="Canarie", redenen=["zorgmijder"])
    manager = fabriek.contractmanager()
    http.force_login(manager)
    http.post(reverse("rapportage:resultaat-pdf"), {**VRAAG, "eenmalig": str(uuid.uuid4())})
    tasks.maak_rapporten()
    rapport = Rapport.objects.get()
    assert rapport.fout == ""
    inhoud = geef(rapport=rapport, door=manager)
    tekst = woorden(inhoud)
    regel = next(r for r in tekst.splitlines() if r.strip().startswith("Westland"))
    assert re.findall(r"[\d,]+%?", regel) == ["1", "0", "1", "0", "2", "50,0%", "50,0%"]
    assert "Canarie" not in tekst
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl"
        assert str(pdf.docinfo["/Title"]).startswith("Resultaat behaald")
        soorten = Counter(str(deel.S) for deel in pdf.objects if getattr(deel, "S", None) is not None)
    assert soorten["/H1"] == 1
    assert soorten["/TH"] > 10
    assert soorten["/Figure"]


@pytest.mark.django_db
@pytest.mark.parametrize("maak", [fabriek.consulent, fabriek.medewerker, fabriek.beheerder])
@pytest.mark.parametrize("naam", ["resultaat-behaald", "resultaat-clienten", "resultaat-excel"])
def test_others_are_told_the_page_does_not_exist(http, maak, naam):
    http.force_login(maak())
    assert http.get(reverse(f"rapportage:{naam}"), VRAAG).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cel", [{"rij": "gemeente", "waarde": "0503"}, {"rij": "x"}, {"uitkomst": "misschien"}]
)
def test_a_cell_that_is_not_there_does_not_exist(http, cel):
    oordeel_over()
    http.force_login(fabriek.contractmanager())
    assert http.get(reverse("rapportage:resultaat-clienten"), {**VRAAG, **cel}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 3])
def test_two_queries_whatever_the_number(aantal, django_assert_num_queries):
    for _ in range(aantal):
        oordeel_over()
    wie = fabriek.contractmanager()
    assert wie.gemeente_ids
    with django_assert_num_queries(2):
        assert resultaat_behaald(wie, Keuze(K3.periode)).totaal.totaal == aantal
