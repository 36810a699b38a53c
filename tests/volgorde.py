"""In which order the files of a run over several processes begin: the longest first, so that nobody waits at the end.

Seconds of one process on a quiet machine, roughly (`bin/test --durations=0` tells them). A file
that is not here is short. Which tests run, and in which order those of one file do, stays as it is.
"""

import pytest

SECONDEN: dict[str, int] = {
    "tests/browser/test_verhalen.py": 169,
    "tests/veiligheid/test_matrix.py": 157,
    "tests/veiligheid/test_kanaries.py": 142,
    "tests/browser/test_rapporten.py": 111,
    "tests/veiligheid/test_matrix_muren.py": 95,
    "tests/browser/test_xss_kantoor.py": 84,
    "tests/browser/test_kwartaalopgave.py": 82,
    "tests/browser/test_resultaat.py": 82,
    "tests/browser/test_leeg.py": 76,
    "tests/browser/test_xss.py": 75,
    "tests/ui/test_componenten.py": 74,
    "tests/browser/test_berichten.py": 64,
    "tests/browser/test_toelichting.py": 61,
    "tests/veiligheid/test_inloggen.py": 60,
    "tests/stopberichten/test_volgorde.py": 59,
    "tests/organisaties/test_inlogdienst_uit.py": 54,
    "tests/browser/test_werkwijze.py": 52,
    "tests/embedded/test_servers.py": 51,
    "tests/lib/test_tabelblad_schrijven.py": 50,
    "tests/rapportage/test_demo.py": 49,
    "tests/huis/test_terugzetten.py": 45,
    "tests/browser/test_aanbieder.py": 40,
    "tests/veiligheid/test_inzageverzoek.py": 38,
    "tests/resultaat/test_herinneringen.py": 29,
    "tests/resultaat/test_ronde_afbreken.py": 34,
    "tests/rapportage/test_overzicht.py": 32,
    "tests/stopberichten/test_schermen_berichten.py": 32,
    "tests/embedded/test_supervisor.py": 31,
    "tests/verhalen/test_werker.py": 28,
    "tests/organisaties/test_sessies.py": 25,
    "tests/rapportage/test_resultaat_eigenschap.py": 25,
    "tests/organisaties/test_inlogdienst_leugens.py": 24,
    "tests/stopberichten/test_inname.py": 24,
    "tests/resultaat/test_termijnen_schermen.py": 23,
    "tests/rapportage/test_rekenblad.py": 23,
    "tests/rapportage/test_vaststellen.py": 22,
    "tests/rapportage/test_gesprekken.py": 22,
    "tests/rapportage/test_opgave_libreoffice.py": 20,
    "tests/browser/test_bestanden.py": 19,
    "tests/organisaties/test_inlogdienst.py": 19,
    "tests/veiligheid/test_opstart.py": 19,
    "tests/rapportage/test_rapporten.py": 18,
    "tests/resultaat/test_schermen_veel.py": 18,
    "tests/lib/test_drukwerk.py": 16,
    "tests/meldingen/test_dagmail.py": 14,
    "tests/rapportage/test_opgave_bestanden.py": 14,
    "tests/organisaties/test_inlogdienst_wie.py": 14,
    "tests/resultaat/test_werkvoorraad.py": 13,
    "tests/rapportage/test_telling.py": 13,
    "tests/resultaat/test_werkpagina.py": 13,
    "tests/iwmo/test_rondgang.py": 12,
    "tests/veiligheid/test_werkbereik.py": 12,
}


def langste_eerst(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: -SECONDEN.get(item.nodeid.partition("::")[0], 0))
