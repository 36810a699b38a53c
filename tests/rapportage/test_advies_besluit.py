"""Advice beside decision, per municipality (M6): one query, and every number is as long as its list."""

import itertools
from datetime import date

import pytest
from django.urls import reverse

from beschikkingen.enums import Leveringsvorm
from logboek.models import Gebeurtenis
from rapportage.adviesbesluit import Verhouding, per_gemeente, verhouding
from rapportage.overzicht import Keuze
from rapportage.queries.advies_besluit import besluiten
from resultaat.actions.registreer import NIET_BEHAALD
from resultaat.enums import Uitkomst, Vervolg
from resultaat.models import Resultaat, Ronde
from tests import fabriek
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu

K3 = Kwartaal(2026, 3)
_J, _Z, _C, _N = Uitkomst
ADVIEZEN = ("", NIET_BEHAALD, *(u.value for u in Uitkomst))


@pytest.mark.parametrize(
    ("advies", "uitkomst", "soort"),
    [
        ("", _J, Verhouding.GEEN_ADVIES),
        ("", _N, Verhouding.GEEN_ADVIES),
        ("ja", _J, Verhouding.EENS),
        ("ja", _C, Verhouding.TOCH_NIET),
        (NIET_BEHAALD, _J, Verhouding.TOCH_BEHAALD),
        (NIET_BEHAALD, _Z, Verhouding.EENS),
        (NIET_BEHAALD, _N, Verhouding.EENS),
        ("nee_neutraal", _N, Verhouding.EENS),
        ("nee_neutraal", _C, Verhouding.ANDERE_NEE),
        ("nee_neutraal", _J, Verhouding.TOCH_BEHAALD),
    ],
)
def test_hoe_advies_en_besluit_zich_verhouden(advies, uitkomst, soort):
    assert verhouding(advies, uitkomst) is soort


def test_elke_combinatie_heeft_een_antwoord_en_eens_alleen_als_beide_hetzelfde_zeggen():
    for advies, uitkomst in itertools.product(ADVIEZEN, Uitkomst):
        soort = verhouding(advies, uitkomst)
        if advies and (advies == "ja") != uitkomst.behaald:
            assert soort in (Verhouding.TOCH_BEHAALD, Verhouding.TOCH_NIET)
        assert (soort is Verhouding.GEEN_ADVIES) == (advies == "")


def oordeel(advies: str, uitkomst: Uitkomst, *, gemeente=None, dag=date(2026, 8, 1), **velden) -> Resultaat:
    vorm = velden.pop("leveringsvorm", Leveringsvorm.ZIN)
    client = fabriek.client(gemeente or fabriek.westland(), **velden.pop("client", {}))
    t = fabriek.toewijzing(fabriek.beschikking(client), leveringsvorm=vorm)
    velden.setdefault("geregistreerd_door", fabriek.consulent(t.gemeente))
    return Resultaat.objects.create(
        gemeente=t.gemeente, aanbieder=t.aanbieder, toewijzing=t, uitkomst=uitkomst, paragraaf="1B", advies=advies,
        vervolg=Vervolg.DOORLOPEN, resultaatdatum=dag, geregistreerd_op=nu(), toelichting="Zie gesprek.", **velden,
    )  # fmt: skip


@pytest.fixture
def kees():
    return fabriek.contractmanager(fabriek.westland(), fabriek.delft(), naam="Kees")


def tabel(wie):
    rijen, totaal = per_gemeente(besluiten(wie, Keuze(K3.periode)))
    return {
        r.naam: (str(r.eens), {s: len(r.cel(s)) for s in Verhouding if r.cel(s)}) for r in (*rijen, totaal)
    }


@pytest.mark.django_db
def test_per_gemeente_met_het_aandeel_van_wat_een_advies_had(kees):
    for advies, uitkomst in (("ja", _J), ("ja", _J), (NIET_BEHAALD, _J), ("", _J)):
        oordeel(advies, uitkomst)
    oordeel("ja", _C, gemeente=fabriek.delft())
    assert tabel(kees) == {
        "Delft": ("0.0", {Verhouding.TOCH_NIET: 1}),
        "Westland": ("66.7", {Verhouding.EENS: 2, Verhouding.TOCH_BEHAALD: 1, Verhouding.GEEN_ADVIES: 1}),
        "Totaal": (
            "50.0",
            {
                Verhouding.EENS: 2,
                Verhouding.TOCH_BEHAALD: 1,
                Verhouding.TOCH_NIET: 1,
                Verhouding.GEEN_ADVIES: 1,
            },
        ),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dag", "telt"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_de_periode_aan_beide_kanten(kees, dag, telt):
    oordeel("ja", _J, dag=dag)
    assert len(besluiten(kees, Keuze(K3.periode))) == int(telt)


@pytest.mark.django_db
def test_de_ronde_pgb_en_wat_gecorrigeerd_is_tellen_niet(kees):
    ronde = Ronde.objects.create(gemeente=fabriek.westland(), maand=date(2026, 7, 1), begonnen_op=nu())
    oordeel("ja", _J, geregistreerd_door=None, ronde=ronde)
    oordeel("ja", _J, leveringsvorm=Leveringsvorm.PGB)
    oud = oordeel("ja", _J)
    Resultaat.objects.filter(pk=oud.pk).update(actueel=False)
    assert besluiten(kees, Keuze(K3.periode)) == []
    assert str(per_gemeente([])[1].eens) == "None"


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 3])
def test_een_vraag_aan_de_database_hoeveel_oordelen_er_ook_zijn(kees, aantal, django_assert_num_queries):
    for _ in range(aantal):
        oordeel("ja", _J)
    kees.gemeente_ids  # noqa: B018  # read once per request
    with django_assert_num_queries(1):
        assert len(besluiten(kees, Keuze(K3.periode))) == aantal


@pytest.mark.django_db
def test_elk_getal_opent_precies_die_oordelen_zonder_naam_van_client_of_consulent(http, kees):
    r = oordeel(NIET_BEHAALD, _J, client={"achternaam": "Zwaluw"})
    oordeel("ja", _J)
    http.force_login(kees)
    pagina = http.get(reverse("rapportage:advies-besluit"), {"kwartaal": "2026-K3"}).content.decode()
    assert "50,0%" in pagina
    assert "Oordelen van consulenten die nu gelden" in pagina  # the definition is printed
    lijst = reverse("rapportage:advies-besluit-clienten")
    assert lijst in pagina
    keus = {"kwartaal": "2026-K3", "rij": "1783", "verhouding": "toch_behaald"}
    achter = http.get(lijst, keus).content.decode()
    assert "1 oordeel." in achter
    assert "advies niet behaald, besluit behaald" in achter
    for naam in ("Zwaluw", r.geregistreerd_door.naam):
        assert naam not in pagina + achter
    regel = Gebeurtenis.objects.get(actie="advies.clienten_bekeken")
    assert regel.details["cel"]["verhouding"] == "toch_behaald"
    for fout in ({"rij": "0503"}, {"verhouding": "verzonnen"}):
        assert http.get(lijst, {**keus, **fout}).status_code == 404


@pytest.mark.django_db
def test_een_afgeschermde_client_telt_mee_en_staat_zonder_gegevens_in_de_lijst(http, kees):
    oordeel("ja", _J, client={"afgeschermd": True})
    http.force_login(kees)
    achter = http.get(reverse("rapportage:advies-besluit-clienten"), {"kwartaal": "2026-K3"}).content.decode()
    assert "afgeschermd" in achter
    assert fabriek.aanbieder().naam not in achter


@pytest.mark.django_db
def test_de_administratie_ziet_de_cijfers_en_geen_oordelen_en_een_consulent_niets(http):
    oordeel("ja", _J)
    http.force_login(fabriek.administratie())
    pagina = http.get(reverse("rapportage:advies-besluit"), {"kwartaal": "2026-K3"})
    assert reverse("rapportage:advies-besluit-clienten") not in pagina.content.decode()
    assert http.get(reverse("rapportage:advies-besluit-clienten")).status_code == 404
    http.force_login(fabriek.consulent())
    assert http.get(reverse("rapportage:advies-besluit")).status_code == 404
