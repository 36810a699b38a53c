"""The clock is asked in one place and answers in Dutch time."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from wmo_portal.lib import tijd


@pytest.mark.parametrize(
    ("utc", "dag", "verschil"),
    [
        ("2026-12-31T22:59:59", date(2026, 12, 31), 1),
        ("2026-12-31T23:00:00", date(2027, 1, 1), 1),
        ("2026-07-01T21:59:59", date(2026, 7, 1), 2),
        ("2026-07-01T22:00:00", date(2026, 7, 2), 2),
        ("2026-03-29T00:59:59", date(2026, 3, 29), 1),  # the last second of winter time
        ("2026-03-29T01:00:00", date(2026, 3, 29), 2),
        ("2026-10-25T01:00:00", date(2026, 10, 25), 1),  # the first second of winter time
    ],
)
def test_today_is_the_dutch_day(utc, dag, verschil):
    with time_machine.travel(datetime.fromisoformat(utc).replace(tzinfo=UTC), tick=False):
        assert tijd.vandaag() == dag
        assert tijd.nu().utcoffset().total_seconds() == verschil * 3600


def test_the_day_of_a_moment():
    assert tijd.dag_van(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="zonder tijdzone"):
        tijd.dag_van(datetime(2026, 12, 31, 23, 30))
