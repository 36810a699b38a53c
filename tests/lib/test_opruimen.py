"""The collector waits, and always comes back."""

import gc

import pytest

from wmo_portal.lib.opruimen import pas_later


def test_binnen_wordt_niet_opgeruimd_en_daarna_weer_wel():
    assert gc.isenabled()
    with pas_later():
        assert not gc.isenabled()
        with pas_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_ook_na_een_fout_ruimt_python_weer_op():
    with pytest.raises(ZeroDivisionError), pas_later():
        1 / 0  # noqa: B018  the fault is what matters
    assert gc.isenabled()


def test_wie_het_opruimen_zelf_uitzette_houdt_het_uit():
    gc.disable()
    try:
        with pas_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
