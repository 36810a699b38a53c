"""What `python -m tests.oude_code` does with forms: it types everywhere it can, and nothing bad is called good."""

import pytest
from lxml import html

from tests.wisselformulieren import Antwoord, Formulier, Mens, vul_in
from tests.wisseloordeel import Uitslag, beoordeel, kwijt, waarom

MENS = Mens("consulent", {"sessie": "x"})
BLADZIJDE = """<main><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="teken"><input type="hidden" name="versie" value="3">
<textarea name="reden">Al gezegd.</textarea><input name="dag" class="wmo-datum"><input name="kort" maxlength="5">
<input name="agb" maxlength="20"><input type="hidden" name="vorige"><input type="password" name="geheim">
<input type="radio" name="uitkomst" value="ja"><input type="radio" name="uitkomst" value="nee">
<input type="radio" name="vervolg" value="a" checked><input type="radio" name="vervolg" value="b">
<input type="checkbox" name="vinkje"><input type="checkbox" name="aan" checked>
<select name="trede"><option value="">Kies</option><option value="1">1</option><option value="2">2</option></select>
<input type="file" name="document"><input name="dicht" value="x" disabled></form></main>"""
FOUT = "<div data-foutoverzicht>Kies een antwoord.</div>"


def ingevuld() -> Formulier:
    return vul_in(MENS, "/registreren/1/", html.fromstring(BLADZIJDE).xpath("//form")[0], "wissel-1-x")


def test_een_formulier_wordt_ingevuld_als_door_een_mens():
    formulier = ingevuld()
    velden = dict(formulier.velden)
    assert velden.pop("dag").count("-") == 2
    assert velden == {
        "csrfmiddlewaretoken": "teken", "versie": "3", "reden": "Al gezegd. Getypt vóór de wissel: wissel-1-x.",
        "kort": "", "agb": "99990099", "vorige": "", "geheim": "geheim van de wissel",
        "vervolg": "a", "aan": "on", "trede": "2", "uitkomst": "nee",
    }  # fmt: skip
    assert (formulier.actie, formulier.bestanden, formulier.getypt) == ("/registreren/1/", ["document"], 1)
    lichaam, soort = formulier.lichaam()
    assert b'filename="wissel.pdf"' in lichaam
    assert soort.startswith("multipart/form-data; boundary=")


@pytest.mark.parametrize(
    ("antwoord", "oordeel"),
    [
        (Antwoord(302, "", "/dossiers/1/"), "aangenomen"),
        (Antwoord(200, f"{FOUT} wissel-1-x"), "geweigerd"),
        (Antwoord(409, '<div class="wmo-conflict"> wissel-1-x'), "geweigerd"),
        (Antwoord(302, "", "/account/login/"), "uitgelogd"),
        (Antwoord(200, FOUT), "niet alles wat getypt was staat er nog"),
        (Antwoord(200, "wissel-1-x"), "een bladzijde die niet zegt wat er mis is"),
        (Antwoord(500, "Er ging iets mis"), "500 Er ging iets mis"),
        (Antwoord(403, "Verlopen"), "403 Verlopen"),
        (Antwoord(0, "TimeoutError: "), "0 TimeoutError: "),
    ],
)
def test_alleen_aangenomen_of_geweigerd_met_alles_erin_is_goed(antwoord, oordeel):
    assert beoordeel(ingevuld(), antwoord) == oordeel


def test_wat_aangenomen_is_moet_ergens_bewaard_zijn():
    uitslag = Uitslag(aangenomen=[ingevuld()])
    assert kwijt(uitslag, "Al gezegd. Getypt vóór de wissel: wissel-1-x.") == []
    assert kwijt(uitslag, "wissel-11-x") == ["consulent op /registreren/*/: aangenomen, en nergens bewaard"]


def test_geweigerd_mag_alleen_wie_na_een_ander_kwam():
    """Whatever else is refused is a fault of the upgrade, or of who filled it in; either is to be looked at."""
    formulier = ingevuld()
    zin = waarom(Antwoord(200, f"<main>{FOUT}<p>wissel-1-x</p></main>"))
    assert zin == "Kies een antwoord."
    alleen = Uitslag(geweigerd=[(formulier, zin)])
    assert alleen.zonder_reden == ["consulent op /registreren/*/ geweigerd: Kies een antwoord."]
    na_een_ander = Uitslag(aangenomen=[formulier], geweigerd=[(formulier, zin)])
    assert na_een_ander.zonder_reden == []
    assert list(na_een_ander.zinnen())[1:] == [
        "  aangenomen: consulent op /registreren/*/",
        "  geweigerd: consulent op /registreren/*/: Kies een antwoord.",
    ]
