"""Reference data that every installation needs: the two regions and their municipalities.

Loads what is missing and never overwrites: what a beheerder changed stays changed. Other apps add their part by
`REGISTER` (an app higher in the house may not be imported here).
"""

from collections.abc import Callable

from organisaties.models import Gemeente, Regio

REGISTER: list[Callable[[], str]] = []


def laad_referentie() -> list[str]:
    """Load everything; one Dutch sentence per part."""
    return [laad_regios(), *(laad() for laad in REGISTER)]


# Feiten 4.1: Maastricht-Heuvelland and Westland stand in the sources; the other four of H5 are a sample to edit.
REGIOS: dict[tuple[str, str], tuple[tuple[str, str, str], ...]] = {
    ("h5", "H5"): (
        ("1783", "Westland", "evaluatieformulier"),
        ("0503", "Delft", "zorgplan"),
        ("1916", "Leidschendam-Voorburg", "zorgplan"),
        ("1842", "Midden-Delfland", "zorgplan"),
        ("0603", "Rijswijk", "zorgplan"),
    ),
    ("mh", "Maastricht-Heuvelland"): (
        ("1903", "Eijsden-Margraten", "zorgplan"),
        ("1729", "Gulpen-Wittem", "zorgplan"),
        ("0935", "Maastricht", "zorgplan"),
        ("0938", "Meerssen", "zorgplan"),
        ("0981", "Vaals", "zorgplan"),
        ("0994", "Valkenburg aan de Geul", "zorgplan"),
    ),
}


def laad_regios() -> str:
    for (code, naam), gemeenten in REGIOS.items():
        regio, _ = Regio.objects.get_or_create(code=code, defaults={"naam": naam})
        for cbs, gemeente, document in gemeenten:
            Gemeente.objects.get_or_create(
                code=cbs, defaults={"naam": gemeente, "regio": regio, "evaluatiedocument": document}
            )
    return f"{len(REGIOS)} regio's met {sum(map(len, REGIOS.values()))} gemeenten."
