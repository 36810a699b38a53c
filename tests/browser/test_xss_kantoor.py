"""The same as `test_xss`, for the roles of the office."""

import pytest

from tests.browser.test_xss import ELDERS
from tests.browser.vijandige_rondgang import rondgang

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.bsn_zichtbaar("no BSN is typed"),
]


@pytest.mark.parametrize("letter", ELDERS)
def test_nergens_wordt_een_tekst_een_element(browser, live_server, http, letter):
    rondgang(browser, live_server, http, letter)
