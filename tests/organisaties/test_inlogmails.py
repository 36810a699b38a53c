"""What somebody is told about his own log-in: that it changed, and that somebody may be trying it (ASVS 6.3.5, 6.3.7)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from organisaties import inloglog, inlogmails
from techniek.models import Mail
from tests.organisaties.inlogverhaal import WACHTWOORD

pytestmark = pytest.mark.django_db


def onderwerpen() -> list[str]:
    return list(Mail.objects.order_by("aangemaakt_op").values_list("onderwerp", flat=True))


def probeer(http, wachtwoord, email="marijke@example.nl"):
    http.post("/account/login/", {"login": email, "password": wachtwoord})


def test_vijf_keer_een_fout_wachtwoord_is_een_mail(http, marijke):
    for aantal in range(1, 6):
        probeer(http, "fout-fout-fout-fout")
        assert len(onderwerpen()) == (aantal == 5)
    mail = Mail.objects.get()
    assert (mail.aan, mail.onderwerp) == (
        "marijke@example.nl",
        "Iemand probeert misschien bij u in te loggen",
    )
    assert "verkeerd wachtwoord" in mail.tekst


def test_van_wie_wij_niet_kennen_gaat_er_geen_mail(http, marijke):
    for _ in range(6):
        probeer(http, "fout-fout-fout-fout", "onbekend@example.nl")
    assert onderwerpen() == []


def test_na_het_wachtwoord_drie_keer_een_verkeerde_code(marijke):
    """That somebody gets so far is worse: he has the password."""
    for aantal in range(1, 4):
        inloglog.noteer_mislukt(marijke.email, "tweede stap")
        assert len(onderwerpen()) == (aantal == 3)
    assert "Iemand gaf uw goede wachtwoord" in Mail.objects.get().tekst


def test_een_mail_per_dag_hoe_lang_iemand_ook_doorgaat(marijke):
    for _ in range(12):
        inloglog.noteer_mislukt(marijke.email, "wachtwoord")
    assert len(onderwerpen()) == 1


def test_verspreid_over_de_dag_is_een_vergissing(marijke):
    for _ in range(5):
        inloglog.noteer_mislukt(marijke.email, "tweede stap")
    Mail.objects.all().delete()
    morgen = datetime.now(UTC) + timedelta(days=1)
    inlogmails.meld_verdacht(marijke, "tweede stap", morgen)
    assert onderwerpen() == []


def test_een_nieuw_wachtwoord_wordt_gemeld(http, marijke):
    probeer(http, WACHTWOORD)
    nieuw = "zeven-groene-lantaarns-buiten"
    velden = {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw}
    assert http.post(reverse("account_change_password"), velden).status_code == 302
    assert onderwerpen() == ["Uw wachtwoord is gewijzigd"]
    assert nieuw not in Mail.objects.get().tekst


def test_een_app_erbij_is_een_mail(marijke):
    """The app brings its recovery codes: two signals, one change."""
    moment = datetime(2026, 11, 2, 9, 0, 10, tzinfo=UTC)
    inlogmails.meld_gewijzigd(marijke, "tweede_stap.toegevoegd", moment)
    inlogmails.meld_gewijzigd(marijke, "tweede_stap.toegevoegd", moment + timedelta(seconds=5))
    assert len(onderwerpen()) == 1
    inlogmails.meld_gewijzigd(marijke, "tweede_stap.toegevoegd", moment + timedelta(minutes=5))
    assert len(onderwerpen()) == 2


def test_wie_is_uitgezet_krijgt_geen_mail(marijke):
    marijke.is_active = False
    inlogmails.meld_gewijzigd(marijke, "wachtwoord.gewijzigd", datetime.now(UTC))
    assert onderwerpen() == []


@pytest.fixture(autouse=True)
def _schone_teller():
    """The brake on guessing counts by address; each story begins with none."""
    cache.clear()
