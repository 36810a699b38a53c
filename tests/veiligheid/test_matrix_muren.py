"""Each wall alone holds the whole matrix, and without both the walk sees the leaks (threats 1 to 3)."""

import pytest

from organisaties.models import Gebruiker
from organisaties.zichtbaar import ZichtbaarQuerySet
from tests.veiligheid.loop import EEN_PAAR, Wandeling, wandel
from tests.veiligheid.matrix import MATRIX
from wmo_portal.lib import rls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stil")]
# The addresses that are about a row which has an owner: where the walls must hold.
MET_EIGENAAR = {naam: rij for naam, rij in MATRIX.items() if rij.over and not rij.gedeeld}
LIJSTEN = {naam: rij for naam, rij in MATRIX.items() if not rij.over and rij.rollen != "B"}


def _zonder_eerste_muur(monkeypatch):
    """Every `visible_to` answers everything, as if each developer had forgotten it."""

    def alles(self, gebruiker):
        return self

    klassen = [ZichtbaarQuerySet]
    while klassen:
        klasse = klassen.pop()
        klassen += klasse.__subclasses__()
        if "visible_to" in vars(klasse):
            monkeypatch.setattr(klasse, "visible_to", alles)


def _zonder_tweede_muur(monkeypatch):
    """Every request gets the scope of the system, still as this person: row level security lets all through."""
    monkeypatch.setattr(
        Gebruiker, "bereik", property(lambda wie: rls.Werkbereik(gebruiker=wie.pk, systeem=True))
    )


def _lekken(wandeling: Wandeling) -> list[str]:
    return [zin for zin in wandeling.fout if " (van " in zin or "toont" in zin]


@pytest.mark.parametrize("letter", "CA")
def test_de_tweede_muur_houdt_het_alleen(letter, monkeypatch):
    _zonder_eerste_muur(monkeypatch)
    assert _lekken(wandel(letter, MET_EIGENAAR | LIJSTEN)) == []


@pytest.mark.parametrize("letter", "CA")
def test_de_eerste_muur_houdt_het_alleen(letter, monkeypatch):
    _zonder_tweede_muur(monkeypatch)
    assert _lekken(wandel(letter, MET_EIGENAAR | LIJSTEN)) == []


@pytest.mark.parametrize("letter", "CA")
def test_zonder_muren_ziet_de_wandeling_lekken(letter, monkeypatch):
    """The negative control: this walk does find what is open."""
    _zonder_eerste_muur(monkeypatch)
    _zonder_tweede_muur(monkeypatch)
    fout = wandel(letter, {naam: MATRIX[naam] for naam in EEN_PAAR}).fout
    assert any(" (van " in zin for zin in fout)
    assert any("toont" in zin for zin in fout)


def test_een_ander_antwoord_voor_wat_bestaat_valt_op(monkeypatch):
    """The negative control of "the same 404": a page that says a little more about a foreign row than about none."""
    echt = Wandeling.vraag

    def vraag(self, methode, pad, http=None):
        antwoord = echt(self, methode, pad, http)
        if antwoord.status_code == 404 and str(self.wereld.DE.rij["bericht"].kenmerk) in pad:
            antwoord.content = antwoord.content.replace(b"</h1>", b" of u mag het niet zien</h1>")
        return antwoord

    monkeypatch.setattr(Wandeling, "vraag", vraag)
    fout = wandel("C", {"stopberichten:bericht": MATRIX["stopberichten:bericht"]}).fout
    assert [zin for zin in fout if "anders dan een onbekend adres" in zin]
