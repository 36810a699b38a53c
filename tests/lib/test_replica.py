"""Where a replica stands in the log of the first database."""

import pytest

from wmo_portal.lib.replica import plaats


@pytest.mark.parametrize(
    ("lsn", "verwacht"),
    [
        ("0/0", 0),
        ("1/0", 1 << 32),
        ("0/2000", 0x2000),
        ("0/2018", 0x2000),  # just behind the head of a page that is not there yet
        ("0/2019", 0x2019),
        ("0/2028", 0x2028),  # inside an ordinary page
        ("0/1000028", 0x1000000),  # the longer head of the first page of a segment
        ("3/AB000018", (3 << 32) + 0xAB000018),  # inside that longer head nothing ends
    ],
)
def test_de_kop_van_een_lege_bladzijde_telt_niet(lsn, verwacht):
    assert plaats(lsn) == verwacht
