"""A short fuzz in every run; the long one is `python -m tests.iwmo.fuzz --minuten 10`."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.iwmo.fuzz import BASIS, keur, verminkt, verminkt_pakket


@pytest.mark.parametrize("zaad", range(4))
def test_alleen_ordelijke_oordelen_over_verminkte_berichten(zaad: int) -> None:
    kans = random.Random(zaad)
    uitslagen = {keur(verminkt(kans)) for _ in range(250)}
    assert {"akkoord", "afgekeurd-schema", "niet-welgevormd", "geweigerd"} <= uitslagen


def test_alleen_ordelijke_oordelen_over_verminkte_pakketten() -> None:
    kans = random.Random(7)
    for _ in range(250):
        keur(verminkt_pakket(kans))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_willekeurige_bytes(data: bytes) -> None:
    assert keur(data) in ("geweigerd", "niet-welgevormd", "afgekeurd-schema")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_willekeurige_tekst(tekst: str) -> None:
    keur(tekst.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("basis", range(len(BASIS)))
def test_afgebroken_berichten(basis: int) -> None:
    """A file cut off at any place is no message: never akkoord, never an accident."""
    data = BASIS[basis].rstrip()
    for einde in range(0, len(data), 97):
        assert keur(data[:einde]) == "niet-welgevormd"
