"""The filter `date` of every template writes what Django's own writes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Engine, engines
from hypothesis import given
from hypothesis import strategies as st

VORMEN = ("d-m-Y", "d-m-Y H:i", "d-m-Y H:i:s", "H:i", "j F Y", "SHORT_DATE_FORMAT")
DJANGO = Engine()


def beide(waarde, vorm):
    """Ours and Django's; a day has no hour, which Django calls a TypeError."""
    tekst = f'{{{{ w|date:"{vorm}" }}}}'
    uit = []
    for schrijf in (
        lambda: engines["django"].from_string(tekst).render({"w": waarde}),
        lambda: DJANGO.from_string(tekst).render(Context({"w": waarde})),
    ):
        try:
            uit.append(schrijf())
        except TypeError as fout:
            uit.append(str(fout))
    return uit


@pytest.mark.parametrize("vorm", VORMEN)
@given(
    waarde=st.one_of(
        st.none(),
        st.text(max_size=5),
        st.dates(min_value=date(1, 1, 3)),
        st.datetimes(
            min_value=datetime(1583, 1, 3), timezones=st.sampled_from([UTC, ZoneInfo("Asia/Tokyo")])
        ),
    )
)
def test_the_same_as_django(vorm, waarde):
    eigen, django = beide(waarde, vorm)
    assert eigen == django


def test_a_moment_is_told_in_our_own_time():
    zomer, winter = datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert beide(zomer, "d-m-Y H:i")[0] == "02-07-2026 00:30"
    assert beide(winter, "d-m-Y")[0] == "01-01-2027"
