"""The templates of the kwartaalopgave go through LibreOffice and come back: opened, filled in, saved, read (R76, R103)."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rapportage.models import BeleidsdoelScore, OpgaveCorrectie, OpgaveUitval
from rapportage.queries.opgave import uitvaldeel
from tests.rapportage.opgavehulp import linde_begint

pytestmark = pytest.mark.django_db


def boek(inhoud):
    return openpyxl.load_workbook(io.BytesIO(inhoud))


def bytes_van(werkmap):
    buffer = io.BytesIO()
    werkmap.save(buffer)
    return buffer.getvalue()


def sjabloon(http, opgave, deel):
    return http.get(reverse("rapportage:opgave-sjabloon", args=[opgave.kenmerk, deel])).content


def stuur(http, opgave, deel, inhoud):
    return http.post(
        reverse("rapportage:opgave-inlezen", args=[opgave.kenmerk, deel]),
        {"bestand": SimpleUploadedFile("ingevuld.xlsx", inhoud)},
        follow=True,
    ).content.decode()


def test_what_libreoffice_saves_unchanged_changes_nothing(http, libreoffice):
    opgave, wie = linde_begint()
    http.force_login(wie)
    delen = ["uitval", "doelen"]
    adres = reverse("rapportage:opgave-sjabloon", args=[opgave.kenmerk, "uitval"])
    clienten = http.get(adres + "?clienten=1").content
    terug = libreoffice.zet_alle_om([*(sjabloon(http, opgave, deel) for deel in delen), clienten])
    for deel, inhoud in zip([*delen, "uitval"], terug, strict=True):
        assert "Alle rijen zijn overgenomen" in stuur(http, opgave, deel, inhoud)
    assert not OpgaveCorrectie.objects.exists()
    assert not OpgaveUitval.objects.exists()
    assert not BeleidsdoelScore.objects.exclude(realisatie=None).exists()


def test_numbers_filled_in_are_read_back(http, libreoffice):
    opgave, wie = linde_begint()
    http.force_login(wie)
    werkmap = boek(libreoffice.zet_om(sjabloon(http, opgave, "uitval")))
    rijen = {(rij[0].value, rij[1].value): rij for rij in werkmap["Uitval"].iter_rows(min_row=2)}
    rijen["Westland", "Maatwerkvoorziening"][4].value = 4
    rijen["Westland", "Maatwerkvoorziening"][8].value = "Drie gezinnen stonden niet in het berichtenverkeer."
    rijen["Delft", "Algemene voorziening"][7].value = 12
    pagina = stuur(http, opgave, "uitval", libreoffice.zet_om(bytes_van(werkmap)))
    assert "Alle rijen zijn overgenomen" in pagina
    deel = uitvaldeel(opgave, wie)
    assert (deel.aantallen["03"], deel.aantallen["nog_in_zorg"]) == (4, 13)


def test_a_formula_counts_for_what_it_showed_and_the_report_says_so(http, libreoffice):
    """Somebody writes =1+3 where a 4 belongs. Mo sees the 4 on the page and on the check page before it is sent."""
    opgave, wie = linde_begint()
    http.force_login(wie)
    werkmap = boek(sjabloon(http, opgave, "uitval"))
    werkmap["Uitval"]["E2"], werkmap["Uitval"]["I2"] = "=1+3", "Drie stonden niet in het berichtenverkeer."
    zonder_uitkomst = bytes_van(werkmap)
    pagina = stuur(http, opgave, "uitval", libreoffice.zet_om(zonder_uitkomst))
    assert "staat een formule: de uitkomst is gelezen." in pagina
    assert uitvaldeel(opgave, wie).aantallen["03"] == 4 + 1  # Delft by formula, Westland by its messages

    # Saved by a program that works nothing out: that row alone is not taken over.
    pagina = stuur(http, opgave, "uitval", zonder_uitkomst)
    assert "hier staat een formule en geen uitkomst" in pagina
    assert "3 van de 4 rijen" in pagina


def test_scores_and_a_text_with_emoji_and_line_breaks_come_back_whole(http, libreoffice):
    opgave, wie = linde_begint()
    http.force_login(wie)
    werkmap = boek(libreoffice.zet_om(sjabloon(http, opgave, "doelen")))
    blad = werkmap["Beleidsdoelen"]
    tekst = "Eerste regel 👩‍👧‍👦\n=tweede & <derde> regel\nénd"
    blad["B2"], blad["C2"], blad["D2"], blad["E2"] = 1, 2.0, 3, tekst
    blad["B3"], blad["E3"] = 5, "Te hoog"
    pagina = stuur(http, opgave, "doelen", libreoffice.zet_om(bytes_van(werkmap)))
    assert "‘5’ bij ‘Realisatie (1-4)’ is geen score." in pagina
    score = BeleidsdoelScore.objects.get(doel__code="samenwerking")
    assert (score.realisatie, score.ambitie, score.prioriteit, score.toelichting) == (1, 2, 3, tekst)


def test_the_report_of_rows_not_taken_over_opens_in_libreoffice(http, libreoffice):
    opgave, wie = linde_begint()
    http.force_login(wie)
    werkmap = boek(sjabloon(http, opgave, "uitval"))
    werkmap["Uitval"].append(["Amsterdam", "", 1, 0, 0, 0, 0, 0])
    pagina = stuur(http, opgave, "uitval", bytes_van(werkmap))
    adres = pagina[pagina.rindex('href="', 0, pagina.index("/fouten/")) + 6 : pagina.index("/fouten/") + 8]
    csv = libreoffice.zet_om(http.get(adres).content, naar="csv").decode()
    assert "Amsterdam" in csv
    assert "is geen gemeente van deze regio" in csv
