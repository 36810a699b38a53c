"""A round can be put back, as long as nobody built on it."""

import pytest

from logboek.models import Gebeurtenis
from resultaat.actions import ronde as rondes
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.actions.ronde import ga_door
from resultaat.actions.ronde_terug import KanNietTerugdraaien, draai_terug
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Resultaat
from stopberichten.models import Stop
from tests import fabriek
from tests.resultaat.rondehulp import EIND, OP, draai, jansen, per_stop, toestand, vers
from wmo_portal.lib.perioden import Maand

pytestmark = pytest.mark.django_db


def test_terugdraaien_geeft_elke_rij_terug_zoals_zij_was():
    jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    oud = fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), "23")
    Stop.objects.filter(pk=oud.pk).update(oordeel="wacht_op_formulier", oordeel_regel="RR14")
    fabriek.formulier(oud.toewijzing)
    administratie = fabriek.administratie()
    ervoor = toestand(zonder=("versie",))
    ronde = draai().ronde
    assert toestand(zonder=("versie",)) != ervoor
    draai_terug(ronde=ronde, door=administratie, reden="Verkeerde maand.", moment=OP)
    assert toestand(zonder=("versie",), waar="actueel") == ervoor
    ingetrokken = Resultaat.objects.get()
    assert (ingetrokken.actueel, ingetrokken.ingetrokken_op, ingetrokken.ingetrokken_door) == (
        False,
        OP,
        administratie,
    )
    ronde.refresh_from_db()
    assert (ronde.status, ronde.teruggedraaid_door, ronde.teruggedraaid_reden) == (
        "teruggedraaid",
        administratie,
        "Verkeerde maand.",
    )


def test_na_terugdraaien_kan_de_maand_opnieuw_met_dezelfde_uitkomst():
    jansen()
    eerste = draai().ronde
    draai_terug(ronde=eerste, door=fabriek.administratie(), reden="Oefening.", moment=OP)
    tweede = draai().ronde
    assert tweede != eerste
    assert per_stop(tweede) == per_stop(eerste)
    assert Resultaat.objects.filter(actueel=True).count() == 1


def test_terugdraaien_kan_niet_meer_als_een_consulent_corrigeerde():
    stop = jansen()
    ronde = draai().ronde
    ja = Resultaat.objects.get()
    registreer(
        toewijzing=stop.toewijzing,
        oordeel=Oordeel(
            uitkomst=Uitkomst.NEE_NEUTRAAL,
            paragraaf=Paragraaf.P4,
            vervolg=Vervolg.SLUITEN,
            resultaatdatum=EIND,
            toelichting="Cliënt bleek verhuisd.",
        ),
        door=fabriek.consulent(),
        moment=OP,
        corrigeert=ja,
        correctie_reden="Nieuwe informatie.",
    )
    ervoor = toestand()
    with pytest.raises(
        KanNietTerugdraaien, match="Een consulent heeft 1 resultaat van deze ronde daarna gewijzigd"
    ):
        draai_terug(ronde=ronde, door=fabriek.administratie(), reden="Toch niet.", moment=OP)
    assert toestand() == ervoor


def test_het_oordeel_van_de_consulent_over_een_andere_stop_blijft_staan():
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND))
    fabriek.formulier(toewijzing)
    stop = fabriek.stop(toewijzing, "23")
    ronde = draai().ronde
    registreer(
        toewijzing=toewijzing,
        oordeel=Oordeel(
            uitkomst=Uitkomst.JA,
            paragraaf=Paragraaf.P4,
            vervolg=Vervolg.SLUITEN,
            resultaatdatum=EIND,
            stop=stop,
        ),
        door=fabriek.consulent(),
        moment=OP,
    )
    draai_terug(ronde=ronde, door=fabriek.administratie(), reden="Verkeerde maand.", moment=OP)
    assert (vers(stop).oordeel, vers(stop).verwerkt_op) == ("naar_consulent", OP)
    assert Resultaat.objects.get().actueel


def test_een_dossier_dat_de_consulent_sloot_gaat_weer_open_als_een_gebied_zijn_oordeel_verliest():
    """The round judged one area, Karin the other, and that closed the dossier. Without the first it is not done."""
    dossier = fabriek.beschikking(eind=EIND)
    een, ander = fabriek.toewijzing(dossier), fabriek.toewijzing(dossier, gebied_naam="Huisvesting")
    fabriek.formulier(een)
    fabriek.stop(een)
    ronde = draai().ronde
    registreer(
        toewijzing=ander,
        oordeel=Oordeel(
            uitkomst=Uitkomst.JA, paragraaf=Paragraaf.P4, vervolg=Vervolg.SLUITEN, resultaatdatum=EIND
        ),
        door=fabriek.consulent(),
        moment=OP,
    )
    dossier.refresh_from_db()
    assert dossier.status == "gesloten"
    draai_terug(ronde=ronde, door=fabriek.administratie(), reden="Verkeerde maand.", moment=OP)
    dossier.refresh_from_db()
    assert dossier.status == "lopend"
    assert Resultaat.objects.get(toewijzing=ander).actueel
    assert Gebeurtenis.objects.filter(actie="dossier.heropenen").count() == 1


@pytest.mark.parametrize(
    ("wat", "zin"),
    [
        ("proef", "Een proefdraai heeft niets veranderd"),
        ("al", "al teruggedraaid"),
        ("later", "Na deze ronde is die van oktober 2026 uitgevoerd"),
        ("reden", "waarom u deze ronde terugdraait"),
    ],
)
def test_wat_niet_terug_kan_zegt_waarom(wat, zin):
    jansen()
    door = fabriek.administratie()
    ronde = draai(proef=wat == "proef").ronde
    if wat == "later":
        draai(Maand(2026, 10))
    if wat == "al":
        draai_terug(ronde=ronde, door=door, reden="Eén keer.", moment=OP)
    with pytest.raises(KanNietTerugdraaien, match=zin):
        draai_terug(ronde=ronde, door=door, reden=" " if wat == "reden" else "Nog eens.", moment=OP)


def test_een_teruggedraaide_ronde_gaat_niet_meer_door():
    jansen()
    ronde = draai().ronde
    draai_terug(ronde=ronde, door=fabriek.administratie(), reden="Oefening.", moment=OP)
    with pytest.raises(rondes.RondeFout, match="teruggedraaid"):
        ga_door(ronde=ronde, moment=OP)
