"""Every address × method × role × {own, other municipality, other provider, revoked} (threats 1, 2, 8 and 16)."""

import pytest
from django.test import Client as Http

from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from tests.huis.test_wetten import OPENBAAR, eigen_views
from tests.veiligheid import wereld as werelden
from tests.veiligheid.loop import (
    EEN_PAAR,
    INLOG,
    Wandeling,
    adres,
    patronen,
    rollen_van,
    toegestaan,
    voorstel,
    wandel,
)
from tests.veiligheid.matrix import MATRIX
from tests.veiligheid.wereld import ROLLEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stil")]


def eigen_namen() -> set[str]:
    return {naam for naam, _ in eigen_views() if naam not in OPENBAAR}


def test_elk_adres_heeft_een_rij():
    zonder = eigen_namen() - set(MATRIX)
    assert not zonder, "Zet in tests/veiligheid/matrix.py, na lezen:\n" + "\n".join(voorstel(zonder))


def test_elke_rij_heeft_een_adres():
    assert set(MATRIX) - eigen_namen() == set()


@pytest.mark.parametrize("naam", sorted(MATRIX))
def test_de_rij_zegt_wat_de_view_doet(naam):
    """The table is written by hand, the rights stand in the view: both must say the same."""
    view, rij = patronen()[naam].callback, MATRIX[naam]
    assert set(rij.rollen) == set(rollen_van(view))
    assert {m[0] for m in toegestaan(view) if m in ("GET", "POST")} == set(rij.methoden)


@pytest.mark.parametrize("letter", ROLLEN)
def test_iedereen_komt_waar_hij_mag_en_nergens_anders(letter):
    wandeling = wandel(letter)
    assert not wandeling.fout, "\n".join(wandeling.fout)
    assert wandeling.teksten > 100_000  # it did read pages


def test_wie_niet_is_ingelogd_ziet_de_inlogpagina():
    wereld, http = werelden.bouw(), Http()
    fout = []
    for naam, rij in MATRIX.items():
        antwoord = http.get(adres(naam, rij, wereld.WL))
        if antwoord.status_code != 302 or not antwoord.url.startswith(INLOG):
            fout.append(f"GET {naam} gaf {antwoord.status_code}")
        if http.post(adres(naam, rij, wereld.WL)).status_code != 302:
            fout.append(f"POST {naam}")
    assert fout == []


def test_wie_is_uitgezet_ziet_bij_de_volgende_klik_de_inlogpagina():
    wereld, http = werelden.bouw(), Http()
    fout = []
    for naam, rij in MATRIX.items():
        letter = rij.rollen[0]
        wie = wereld.mensen[ROLLEN[letter].value]
        http.force_login(wie)
        Gebruiker.objects.filter(pk=wie.pk).update(is_active=False)
        antwoord = http.get(adres(naam, rij, wereld.WL))
        Gebruiker.objects.filter(pk=wie.pk).update(is_active=True)
        if antwoord.status_code != 302 or not antwoord.url.startswith(INLOG):
            fout.append(f"GET {naam} gaf {antwoord.status_code}")
    assert fout == []


def test_zonder_rechten_ziet_de_wandeling_dat(monkeypatch):
    """The negative control of the rights."""
    monkeypatch.setattr(Gebruiker, "mag", lambda self, recht: True)
    fout = wandel("B", {naam: MATRIX[naam] for naam in EEN_PAAR}).fout
    assert any("rol mag niet" in zin for zin in fout)


def test_een_post_zonder_csrf_wordt_geweigerd():
    assert Wandeling(werelden.bouw(), "B").loop_zonder_csrf().fout == []


def test_zonder_csrf_controle_ziet_de_wandeling_dat(monkeypatch):
    from django.middleware.csrf import CsrfViewMiddleware

    monkeypatch.setattr(CsrfViewMiddleware, "process_view", lambda *a, **k: None)
    assert len(Wandeling(werelden.bouw(), "B").loop_zonder_csrf().fout) > 50


def test_een_get_die_schrijft_valt_op(monkeypatch):
    """The negative control of "a GET changes nothing"."""
    from organisaties import middleware
    from techniek.models import Hartslag

    teller = iter(range(10_000))
    oud = middleware.rls.zet

    def zet(bereik):
        oud(bereik)
        if not bereik.systeem:
            Hartslag.objects.create(taak=f"stiekem {next(teller)}", begonnen_op="2026-01-01T00:00Z")

    monkeypatch.setattr(middleware.rls, "zet", zet)
    assert any("schreef in" in zin for zin in wandel("B", {"start": MATRIX["start"]}).fout)


def test_een_geweigerd_recht_staat_in_het_logboek(http):
    wie = werelden.bouw().mensen["consulent"]
    http.force_login(wie)
    assert http.get("/inlezen/").status_code == 404
    regel = Gebeurtenis.objects.get(actie="toegang.geweigerd")
    assert (regel.actor_naam, regel.resultaat) == ("Carla", "geweigerd")
    assert regel.details == {"recht": ["beschikkingen inlezen"], "pagina": "beschikkingen:inlezen"}
