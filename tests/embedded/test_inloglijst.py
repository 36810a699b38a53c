"""The list of log-ins survives whatever else a command says."""

from wmo_portal.embedded.supervisor import people_in

LIJST = '[{"rol": "Consulent", "naam": "Marijke"}]'


def test_een_waarschuwing_voor_de_lijst_telt_niet():
    assert people_in(f"2026-11-21 INFO hallo\n{LIJST}\n") == [{"rol": "Consulent", "naam": "Marijke"}]


def test_een_regel_die_op_een_lijst_lijkt_telt_niet():
    assert people_in(f"[let op] iets\n{LIJST}") == [{"rol": "Consulent", "naam": "Marijke"}]


def test_zonder_lijst_draait_het_portaal_door():
    assert people_in("WARNING: er ging iets mis") == []
