"""The tag `url` of every template writes what Django's own writes, for every address of the portal."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.template import Context, Engine, engines
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, set_script_prefix

from techniek.templatetags.adressen import Adres
from wmo_portal.lib.adressen import adres, adres_van

DJANGO = Engine()
KENMERK = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")


def _namen(patronen, voor: str = "") -> Iterator[str]:
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            yield from _namen(
                patroon.url_patterns, f"{voor}{patroon.namespace}:" if patroon.namespace else voor
            )
        elif isinstance(patroon, URLPattern) and patroon.name:
            yield f"{voor}{patroon.name}"


urlpatterns = [path("meting/", engines.all, name="meting")]  # another table; nobody asks the page
NAMEN = sorted(set(_namen(get_resolver().url_patterns)))
TEKSTEN = (
    "{% url naam %}",
    "{% url naam kenmerk %}",
    "{% url naam kenmerk as hier %}[{{ hier }}]",
    "{% url naam as hier %}[{{ hier }}]",
    "{% url naam kenmerk kenmerk %}",
    "{% url naam kenmerk=kenmerk %}",
    "{% autoescape off %}{% url naam kenmerk %}{% endautoescape %}",
)


def _schrijf(sjabloon, waarden) -> str:
    try:
        return str(sjabloon.render(waarden))
    except NoReverseMatch:
        return "er is geen pagina"


@pytest.mark.parametrize("kenmerk", [KENMERK, str(KENMERK), 7, "", None, "een naam/van iets"])
def test_the_same_as_django(kenmerk):
    assert len(NAMEN) > 100
    for tekst in TEKSTEN:
        eigen, django = engines["django"].from_string(tekst), DJANGO.from_string(tekst)
        assert isinstance(eigen.template.nodelist.get_nodes_by_type(Adres)[0], Adres)
        for naam in (*NAMEN, "bestaat-niet", ""):
            waarden = {"naam": naam, "kenmerk": kenmerk}
            assert _schrijf(eigen, waarden) == _schrijf(django, Context(waarden)), (naam, tekst)


def test_pages_with_a_mark_are_found_and_another_mark_is_another_page():
    """Else the comparison above would compare nothing but pages that are not there."""
    assert sum(bool(adres_van(naam, KENMERK)) for naam in NAMEN) > 30
    ander = uuid4()
    assert adres_van("resultaat:dossier", KENMERK) == f"/dossiers/{KENMERK}/"
    assert adres_van("resultaat:dossier", ander) == f"/dossiers/{ander}/"


def test_a_name_stands_for_one_page_wherever_it_is_asked():
    """Django may choose between two tables with the same name by the page that is asked; here there are no two."""
    elders = RequestFactory().get("/")
    elders.current_app = "beschikkingen"
    for naam in NAMEN:
        for tekst in ("{% url naam %}", "{% url naam kenmerk %}"):
            waarden = {"naam": naam, "kenmerk": KENMERK}
            hier = _schrijf(engines["django"].from_string(tekst), waarden)
            context = Context(waarden)
            context.request = elders
            assert _schrijf(DJANGO.from_string(tekst), context) == hier


def test_what_is_kept_belongs_to_the_table_of_addresses():
    assert adres("meting") == ""
    with override_settings(ROOT_URLCONF="tests.ui.test_adressen"):
        assert adres("meting") == "/meting/"
        assert adres("resultaat:dossiers") == ""
    assert adres("resultaat:dossiers") == "/dossiers/"
    try:
        set_script_prefix("/onder/")
        assert adres("resultaat:dossiers") == "/onder/dossiers/"
    finally:
        set_script_prefix("/")
