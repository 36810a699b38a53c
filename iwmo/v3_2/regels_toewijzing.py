"""Rules over the toewijzingen of a 301 (and CS003, which also holds for the period of a contact)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from iwmo.model import Bericht, Berichtproduct, ToegewezenProduct
from iwmo.regels import Bevinding, contacten_van, contactplek, plek
from iwmo.v3_2.regelset import EIND_2020, client_van, gevuld, leeg, productregel, regel, toewijzingen

HULPMIDDELEN = frozenset(("11", "12", "13", "14"))
Genummerd = tuple[int, ToegewezenProduct]


def _na_2020(einddatum: date | None) -> bool:
    """The words "groter dan 31-12-2020 of leeg": the toewijzingen under the present rules."""
    return einddatum is None or einddatum > EIND_2020


def _heeft_code(toewijzing: ToegewezenProduct) -> bool:
    return toewijzing.product is not None and toewijzing.product.code is not None


@productregel("CD041", "301", "Indien Code in Product gevuld is, verplicht vullen.")
def cd041(toewijzing: ToegewezenProduct) -> Bevinding | None:
    return gevuld("Omvang") if _heeft_code(toewijzing) and toewijzing.omvang is None else None


@productregel("CD075", "301", "Verplicht vullen indien Budget gevuld is")
def cd075(toewijzing: ToegewezenProduct) -> Bevinding | None:
    fout = toewijzing.budget is not None and toewijzing.einddatum is None
    return gevuld("Einddatum") if fout else None


@productregel("CD076", "301", "Verplicht vullen indien Frequentie waarde 2 (per week)")
def cd076(toewijzing: ToegewezenProduct) -> Bevinding | None:
    per_week = toewijzing.omvang is not None and toewijzing.omvang.frequentie == "2"
    return gevuld("Einddatum") if per_week and toewijzing.einddatum is None else None


@productregel("CD077", "301", "Indien Budget gevuld is, dan leeg laten")
def cd077(toewijzing: ToegewezenProduct) -> Bevinding | None:
    fout = toewijzing.budget is not None and toewijzing.omvang is not None
    return leeg("Omvang") if fout else None


@productregel("CD078", "301", "Indien Omvang gevuld is, dan leeg laten")
def cd078(toewijzing: ToegewezenProduct) -> Bevinding | None:
    fout = toewijzing.omvang is not None and toewijzing.budget is not None
    return leeg("Budget") if fout else None


@productregel("CD079", "301", "Indien Budget leeg is, dan verplicht vullen")
def cd079(toewijzing: ToegewezenProduct) -> Bevinding | None:
    fout = toewijzing.budget is None and toewijzing.product is None
    return gevuld("Product") if fout else None


@productregel(
    "CD080",
    "301",
    "Indien Code in Product leeg is en Einddatum van het ToegewezenProduct groter dan 31-12-2020 of leeg is, "
    "dan leeg laten",
)
def cd080(toewijzing: ToegewezenProduct) -> Bevinding | None:
    if toewijzing.omvang is None or _heeft_code(toewijzing) or not _na_2020(toewijzing.einddatum):
        return None
    return leeg("Omvang")


@regel(
    "CS003",
    "301",
    "Indien van toepassing vullen met een waarde die groter is dan, of gelijk is aan de Begindatum "
    "(of Ingangsdatum) van de aangeduide periode.",
)
def cs003(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, toewijzing in toewijzingen(bericht):
        begin, einde = toewijzing.ingangsdatum, toewijzing.einddatum
        if einde is not None and einde < begin:
            plaats = plek(bericht, nummer, "Einddatum")
            yield Bevinding(plaats, einde.isoformat(), f"vanaf {begin.isoformat()}")
    client = client_van(bericht)
    for nummer, contact in contacten_van(client):
        if contact.periode is not None:
            begindatum, einddatum = contact.periode.begindatum, contact.periode.einddatum
            if begindatum and einddatum and einddatum < begindatum:
                plaats = contactplek(client, nummer, "Periode/Einddatum")
                yield Bevinding(plaats, einddatum.isoformat(), f"vanaf {begindatum.isoformat()}")


@productregel(
    "CS335",
    "301",
    "RedenWijziging 13 (verwijderd) mag alleen gebruikt worden indien de ingangsdatum gelijk is aan de "
    "einddatum",
)
def cs335(toewijzing: ToegewezenProduct) -> Bevinding | None:
    if toewijzing.reden_wijziging != "13" or toewijzing.einddatum == toewijzing.ingangsdatum:
        return None
    einde = toewijzing.einddatum.isoformat() if toewijzing.einddatum else "geen einddatum"
    verwacht = f"Einddatum {toewijzing.ingangsdatum.isoformat()}"
    return Bevinding("RedenWijziging", f"13 bij {einde}", verwacht)


@productregel("CS336", "301", "01 (Administratieve correctie (vervallen)) niet gebruiken")
def cs336(toewijzing: ToegewezenProduct) -> Bevinding | None:
    if toewijzing.reden_wijziging != "01":
        return None
    return Bevinding("RedenWijziging", "01", "02 tot en met 14, of leeg")


@productregel(
    "CS338",
    "301",
    "Indien eenheid de waarde 14, 16, 83 of 84 heeft en Einddatum groter dan 31-12-2020 of leeg is, dan "
    "Frequentie vullen met de waarde 2 , 4 of 6",
)
def cs338(toewijzing: ToegewezenProduct) -> Bevinding | None:
    omvang = toewijzing.omvang
    if (
        omvang is None
        or omvang.eenheid not in ("14", "16", "83", "84")
        or omvang.frequentie in ("2", "4", "6")
    ):
        return None
    if not _na_2020(toewijzing.einddatum):
        return None
    return Bevinding("Omvang/Frequentie", omvang.frequentie, "2, 4 of 6")


def _categorie(toewijzing: ToegewezenProduct) -> str | None:
    return None if toewijzing.product is None else toewijzing.product.categorie


def _overlappend(groep: Iterable[tuple[Genummerd, bool]]) -> Iterator[Genummerd]:
    """Each toewijzing that overlaps an earlier one, where at least one of the two is "breed" (stands for the
    whole group). One sweep over the sorted periods: a message may hold tens of thousands."""
    einde_van_allen = einde_van_brede = date.min
    for (nummer, toewijzing), breed in sorted(groep, key=lambda rij: rij[0][1].ingangsdatum):
        einde = toewijzing.einddatum or date.max
        if toewijzing.ingangsdatum <= (einde_van_allen if breed else einde_van_brede):
            yield nummer, toewijzing
        einde_van_allen = max(einde_van_allen, einde)
        if breed:
            einde_van_brede = max(einde_van_brede, einde)


def _alles_verschilt(producten: Sequence[Berichtproduct]) -> bool:
    """The usual message: every toewijzing has a code of its own, so none can overlap another."""
    if len(producten) < 2:
        return True
    codes = {(p.product.categorie, p.product.code) for p in producten if p.product and p.product.code}
    return len(codes) == len(producten)


def _groepen(actueel: list[Genummerd]) -> Iterator[list[tuple[Genummerd, bool]]]:
    """Same code within a category; without code the whole category; without product everything."""
    per_code: dict[tuple[str, str], list[tuple[Genummerd, bool]]] = defaultdict(list)
    per_categorie: dict[str, list[tuple[Genummerd, bool]]] = defaultdict(list)
    for rij in actueel:
        product = rij[1].product
        if product is None:
            continue
        per_categorie[product.categorie].append((rij, product.code is None))
        if product.code is not None:
            per_code[product.categorie, product.code].append((rij, True))
    yield from per_code.values()
    yield from per_categorie.values()
    yield [(rij, rij[1].product is None) for rij in actueel]


@regel(
    "TR302",
    "301",
    "Een Product mag alleen vaker in een toewijzingsbericht voorkomen indien de zorgperiodes elkaar niet "
    "overlappen, of indien sprake is van hulpmiddelen",
)
def tr302(bericht: Bericht) -> Iterator[Bevinding]:
    """Toelichting of the rule: categories 11 to 14 may overlap; removed toewijzingen do not count."""
    if _alles_verschilt(client_van(bericht).producten):
        return
    actueel = [
        (nummer, toewijzing)
        for nummer, toewijzing in toewijzingen(bericht)
        if _categorie(toewijzing) not in HULPMIDDELEN and not toewijzing.verwijderd
    ]
    gemeld: set[int] = set()
    for groep in _groepen(actueel):
        for nummer, toewijzing in _overlappend(groep):
            if nummer not in gemeld:
                gemeld.add(nummer)
                vanaf = f"een periode vanaf {toewijzing.ingangsdatum.isoformat()}"
                yield Bevinding(
                    plek(bericht, nummer), vanaf, "geen overlap met een andere toewijzing van dit product"
                )
