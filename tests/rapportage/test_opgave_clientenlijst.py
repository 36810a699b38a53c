"""A list of forty clients comes in: hostile cells, merged cells, hidden rows, a BSN that lost its zero, dates as text."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beschikkingen.kluis import bsn_van
from logboek.models import Gebeurtenis
from rapportage.models import OpgaveCorrectie, OpgaveInlezing
from rapportage.queries.opgave import uitvaldeel
from tests import fabriek
from tests.rapportage.opgavehulp import linde_begint, zorg
from wmo_portal.lib.bsn import is_geldig

pytestmark = pytest.mark.django_db
KOPPEN = ["Gemeente", "Merk", "BSN", "Geboortedatum", "Uw opgave", "Reden van verschil"]


def veertig():
    """De Linde with 40 clients: the three of always and 37 in care in Delft."""
    opgave, wie = linde_begint()
    toewijzingen = [zorg(wie.aanbieder, f"Cliënt{n}", gemeente=fabriek.delft()) for n in range(37)]
    return opgave, wie, toewijzingen


def stuur(http, opgave, werkmap):
    buffer = io.BytesIO()
    werkmap.save(buffer)
    return http.post(
        reverse("rapportage:opgave-inlezen", args=[opgave.kenmerk, "uitval"]),
        {"bestand": SimpleUploadedFile("eigen lijst.xlsx", buffer.getvalue())},
        follow=True,
    ).content.decode()


def sjabloon(http, opgave):
    adres = reverse("rapportage:opgave-sjabloon", args=[opgave.kenmerk, "uitval"])
    return openpyxl.load_workbook(io.BytesIO(http.get(adres + "?clienten=1").content))


def test_the_template_names_the_own_clients_without_bsn_and_read_back_changes_nothing(http):
    opgave, wie, toewijzingen = veertig()
    http.force_login(wie)
    werkmap = sjabloon(http, opgave)
    rijen = list(werkmap["Cliënten"].iter_rows(min_row=2, values_only=True))
    assert len(rijen) == 40
    assert all(not rij[2] for rij in rijen)
    assert not any(bsn_van(t.client) in str(rijen) for t in toewijzingen)
    assert Gebeurtenis.objects.filter(actie="kwartaalopgave.clienten_bekeken").exists()
    assert "Alle rijen zijn overgenomen" in stuur(http, opgave, werkmap)
    assert not OpgaveCorrectie.objects.exists()


def test_forty_rows_with_everything_that_goes_wrong_in_practice(http):
    opgave, wie, toewijzingen = veertig()
    http.force_login(wie)
    bsns = [bsn_van(t.client) for t in toewijzingen]
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.append(["Overzicht Q3", None, None, None, None, None])
    blad.append(KOPPEN)
    for bsn in bsns:
        blad.append(["Delft", "", int(bsn), "12-8-1960", "", ""])
    blad["E3"], blad["F3"] = "03", "Kwam niet meer."
    blad["E4"], blad["F4"] = "Voortijdig afgesloten: eenzijdig door de aanbieder", ""
    blad["E5"], blad["F5"] = "=HYPERLINK(1)".removeprefix("="), "x"
    blad["E6"], blad["F6"] = "05", "'=cmd|calc!A0 <script>alert(1)</script>"
    blad["E7"], blad["F7"] = "telt niet mee", f"Staat dubbel met {bsns[9]}."
    blad["C8"] = bsns[0]
    blad["C9"] = 12345
    blad["A10"] = "Amsterdam"
    blad["C11"] = None
    blad.row_dimensions[12].hidden = True
    blad["E12"], blad["F12"] = "04", "Verborgen rij."
    blad.merge_cells("A13:A14")
    pagina = stuur(http, opgave, werkmap)
    inlezing = OpgaveInlezing.objects.get()
    per = {rij["nummer"]: rij for rij in inlezing.verslag}
    assert len(per) == 37
    fout = {nummer: rij["zin"] for nummer, rij in per.items() if not rij["gelukt"]}
    assert set(fout) == {4, 5, 8, 9, 10, 11, 14}
    assert "waarom" in fout[4].lower() or "reden" in fout[4].lower()
    assert "‘HYPERLINK(1)’ is geen antwoord" in fout[5]
    assert "twee keer" in fout[8]
    assert fout[9] == fout[10], "one answer, whatever the reason"
    assert "Vul het merk of het BSN in" in fout[11]
    assert "Gemeente" in fout[14]
    correcties = dict(OpgaveCorrectie.objects.values_list("wordt", "reden"))
    assert set(correcties) == {"03", "04", "05", "niet_mee"}
    assert correcties["04"] == "Verborgen rij."
    aantallen = uitvaldeel(opgave, wie).aantallen
    assert (aantallen["03"], aantallen["04"], aantallen["05"]) == (2, 1, 1)
    assert "<script>" not in pagina
    assert "30 van de 37 rijen" in pagina


def test_no_bsn_is_kept_in_the_report_and_the_rows_to_repair_can_be_downloaded(http):
    """A leading zero that Excel took is given back; what is kept of a BSN is its last three digits."""
    opgave, wie, toewijzingen = veertig()
    http.force_login(wie)
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.append(KOPPEN)
    bsn = bsn_van(toewijzingen[0].client)
    blad.append(["Delft", "", bsn, "", "03", ""])
    blad.append(["0503", "", f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", "", f"zie {bsn}", "x"])
    pagina = stuur(http, opgave, werkmap)
    opgeslagen = str(OpgaveInlezing.objects.get().verslag)
    for tekst in (pagina, opgeslagen):
        assert bsn not in tekst
        assert f"•••••{bsn[-3:]}" in tekst
    adres = pagina[pagina.rindex('href="', 0, pagina.index("/fouten/")) + 6 : pagina.index("/fouten/") + 8]
    fouten = openpyxl.load_workbook(io.BytesIO(http.get(adres).content))["Niet overgenomen"]
    assert fouten.max_row == 3
    assert bsn not in str(list(fouten.iter_rows(values_only=True)))


def test_a_client_of_another_provider_gets_the_same_answer_as_nobody(http):
    opgave, wie = linde_begint()
    vreemd = zorg(fabriek.aanbieder("De Eik"), "Vreemd")
    http.force_login(wie)
    werkmap = openpyxl.Workbook()
    blad = werkmap.active
    blad.append(KOPPEN)
    niemand = next(str(n) for n in range(999_990_000, 999_999_999) if is_geldig(str(n)))
    for bsn in (bsn_van(vreemd.client), niemand):
        blad.append(["Westland", "", bsn, "", "03", "x"])
    stuur(http, opgave, werkmap)
    zinnen = {rij["zin"] for rij in OpgaveInlezing.objects.get().verslag}
    assert len(zinnen) == 1
    assert "niet in uw lijst" in zinnen.pop()
