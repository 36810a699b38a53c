"""The workbooks of the kwartaalopgave: filled in as far as we know, and read back row by row (R76, R103, U23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from rapportage.enums import Categorie
from rapportage.enums_opgave import Uitvalsoort
from rapportage.opgave_regels import ASSEN, SCHAAL, SCHAALUITLEG, TOELICHTING_MAX, Doelfeit, lees_aantal
from rapportage.opgave_uitval import Uitvaldeel
from rapportage.overzicht import Naam
from rapportage.tabellen import KORTE_NAMEN
from wmo_portal.lib.bsn import maskeer_tekst
from wmo_portal.lib.tabelblad import Boek, IngelezenRij, Kolom, VerwachteKolom, lees_blad
from wmo_portal.lib.tekst import te_lang, zoeksleutel

MAX_RIJEN: Final = 500
_CATEGORIEKOPPEN: Final = {KORTE_NAMEN[c]: c for c in Categorie}
_UITVAL_KOLOMMEN: Final = (
    Kolom("Gemeente", "tekst", 26),
    Kolom("Soort", "tekst", 24),
    *(Kolom(kop, "getal", 18) for kop in _CATEGORIEKOPPEN),
    Kolom("Reden van verschil", "tekst", 60),
)
_ASKOPPEN: Final = {
    "realisatie": "Realisatie (1-4)",
    "ambitie": "Ambitie (1-4)",
    "prioriteit": "Prioriteit (1-4)",
}
_DOEL_KOLOMMEN: Final = (
    Kolom("Doel", "tekst", 70),
    *(Kolom(kop, "getal", 16) for kop in _ASKOPPEN.values()),
    Kolom("Toelichting", "tekst", 80),
)


@dataclass(frozen=True, slots=True)
class Rijverslag:
    """What became of one row; `cellen` is the row as it stood in the file."""

    nummer: int
    gelukt: bool
    zin: str
    cellen: tuple[str, ...] = ()

    def als_json(self) -> dict[str, Any]:
        return {"nummer": self.nummer, "gelukt": self.gelukt, "zin": self.zin, "cellen": list(self.cellen)}


@dataclass
class Gelezen:
    """What may be taken over, and the report of every row."""

    aantallen: dict[tuple[int, str, str], tuple[str, str]] = field(default_factory=dict)
    scores: dict[str, dict[str, str]] = field(default_factory=dict)
    verslag: list[Rijverslag] = field(default_factory=list)


# --- Out ---------------------------------------------------------------------------------------------------------------
def uitvalsjabloon(deel: Uitvaldeel, *, titel: str, gemaakt_op: datetime, maker: str) -> bytes:
    """One row per municipality and sort, with the numbers as they are reported now."""
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op, maker=maker)
    boek.blad(
        "Uitval",
        _UITVAL_KOLOMMEN,
        [
            [naam.naam, soort.label, *(cel.aantal for cel in deel.rij(naam.pk, soort)), ""]
            for naam in deel.gemeenten
            for soort in Uitvalsoort
        ],
    )
    boek.toelichting(
        [
            (
                "Invullen",
                "Pas de aantallen aan en lees het bestand in bij Kwartaalopgave, Uitval. Leeg telt als 0.",
            ),
            (
                "Verschil",
                "Wijkt een aantal af van het berichtenverkeer, schrijf dan de reden in de laatste kolom.",
            ),
            *((KORTE_NAMEN[c], c.label) for c in Categorie),
        ]
    )
    return boek.bytes()


def doelensjabloon(doelen: Sequence[Doelfeit], *, titel: str, gemaakt_op: datetime, maker: str) -> bytes:
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op, maker=maker)
    boek.blad(
        "Beleidsdoelen",
        _DOEL_KOLOMMEN,
        [[doel.tekst, *(doel.scores.get(as_) for as_ in ASSEN), doel.toelichting] for doel in doelen],
    )
    boek.toelichting(
        [
            ("Score", SCHAALUITLEG),
            *((_ASKOPPEN[as_], vraag) for as_, vraag in ASSEN.items()),
            ("Toelichting", f"Hoogstens {TOELICHTING_MAX} tekens. Niet verplicht."),
        ]
    )
    return boek.bytes()


def verslagboek(rijen: Sequence[Mapping[str, Any]], *, titel: str, gemaakt_op: datetime, maker: str) -> bytes:
    """The rows that were not taken over, with why: to repair and read in again."""
    breedte = max((len(rij["cellen"]) for rij in rijen), default=0)
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op, maker=maker)
    boek.blad(
        "Niet overgenomen",
        [
            Kolom("Rij", "getal", 8),
            Kolom("Waarom niet", "tekst", 80),
            *(Kolom(f"Kolom {n + 1}", "tekst", 20) for n in range(breedte)),
        ],
        [
            [rij["nummer"], rij["zin"], *rij["cellen"], *([""] * (breedte - len(rij["cellen"])))]
            for rij in rijen
        ],
    )
    return boek.bytes()


# --- In: uitval --------------------------------------------------------------------------------------------------------
def lees_uitval(inhoud: bytes, deel: Uitvaldeel) -> Gelezen:
    """Raises BestandGeweigerd when the file as a whole cannot be read."""
    kolommen = [
        VerwachteKolom("Gemeente", gevuld=True),
        VerwachteKolom("Soort", verplicht=False),
        *(VerwachteKolom(kop) for kop in _CATEGORIEKOPPEN),
        VerwachteKolom("Reden van verschil", verplicht=False),
    ]
    uit = Gelezen()
    for rij in lees_blad(inhoud, verwachte_kolommen=kolommen, max_rijen=MAX_RIJEN, formules=True).rijen:
        fout = next(iter(rij.fouten), "") or _neem_uitvalrij(rij, deel, uit)
        uit.verslag.append(_verslag(rij, fout, "Overgenomen."))
    return uit


def _neem_uitvalrij(rij: IngelezenRij, deel: Uitvaldeel, uit: Gelezen) -> str:
    """Take the row over; why not, or nothing."""
    gemeente = _gemeente(str(rij.waarden["Gemeente"] or ""), deel.gemeenten)
    if gemeente is None:
        verwacht = ", ".join(naam.naam for naam in deel.gemeenten)
        return f"‘{rij.waarden['Gemeente']}’ is geen gemeente van deze regio. Verwacht: {verwacht}."
    soort = _soort(str(rij.waarden.get("Soort") or ""))
    if soort is None:
        return f"‘{rij.waarden.get('Soort')}’ is geen soort. Verwacht: {' of '.join(s.label for s in Uitvalsoort)}."
    if any((gemeente.pk, soort, c) in uit.aantallen for c in Categorie):
        return (
            f"{gemeente.naam}, {soort.label.lower()} staat twee keer in het bestand. Alleen de eerste telt."
        )
    reden, waarden = str(rij.waarden.get("Reden van verschil") or ""), {}
    for kop, categorie in _CATEGORIEKOPPEN.items():
        getypt = _als_getal(rij.waarden[kop])
        aantal = lees_aantal(getypt)
        if aantal is None:
            return f"‘{getypt}’ bij ‘{kop}’ is geen aantal. Vul een heel getal in, bijvoorbeeld 3."
        cel = deel.cel(gemeente.pk, soort, categorie)
        gelijk = aantal == cel.uit_clienten
        waarden[gemeente.pk, str(soort), str(categorie)] = ("", "") if gelijk else (str(aantal), reden)
    uit.aantallen.update(waarden)
    return ""


def _als_getal(waarde: Any) -> str:
    """A cell as typed; 3.0 of a spreadsheet is 3."""
    tekst = "" if waarde is None else str(waarde).strip()
    return tekst[:-2] if tekst.endswith((".0", ",0")) else tekst


def _gemeente(tekst: str, gemeenten: Sequence[Naam]) -> Naam | None:
    gezocht = zoeksleutel(tekst)
    return next((n for n in gemeenten if gezocht in (zoeksleutel(n.naam), n.code)), None)


def _soort(tekst: str) -> Uitvalsoort | None:
    gezocht = zoeksleutel(tekst)
    if not gezocht:
        return Uitvalsoort.MAATWERK
    return next((s for s in Uitvalsoort if gezocht in (zoeksleutel(s.label), s.value)), None)


# --- In: beleidsdoelen -------------------------------------------------------------------------------------------------
def lees_doelen(inhoud: bytes, doelen: Sequence[Doelfeit]) -> Gelezen:
    """A text that is too long is taken over too: it is never cut, the form says how much too long (R102)."""
    kolommen = [
        VerwachteKolom("Doel", gevuld=True),
        *(VerwachteKolom(kop) for kop in _ASKOPPEN.values()),
        VerwachteKolom("Toelichting", verplicht=False),
    ]
    uit = Gelezen()
    for rij in lees_blad(inhoud, verwachte_kolommen=kolommen, max_rijen=MAX_RIJEN, formules=True).rijen:
        fout = next(iter(rij.fouten), "") or _neem_doelrij(rij, doelen, uit)
        over = te_lang(str(rij.waarden.get("Toelichting") or ""), TOELICHTING_MAX)
        uit.verslag.append(
            _verslag(rij, fout, f"Overgenomen. De toelichting heeft {over}." if over else "Overgenomen.")
        )
    return uit


def _neem_doelrij(rij: IngelezenRij, doelen: Sequence[Doelfeit], uit: Gelezen) -> str:
    gezocht = zoeksleutel(str(rij.waarden["Doel"]))
    doel = next((d for d in doelen if zoeksleutel(d.tekst) == gezocht), None)
    if doel is None:
        return f"‘{rij.waarden['Doel']}’ is geen beleidsdoel van deze regio. Neem de tekst van het sjabloon over."
    if doel.veld in uit.scores:
        return "Dit doel staat twee keer in het bestand. Alleen de eerste telt."
    fouten = list(_scorefouten(rij))
    if fouten:
        return " ".join(fouten)
    getypt = {as_: _als_getal(rij.waarden[kop]) for as_, kop in _ASKOPPEN.items()}
    getypt["toelichting"] = str(rij.waarden.get("Toelichting") or "")
    # An empty cell changes nothing: what was typed on the page stays.
    uit.scores[doel.veld] = {veld: tekst for veld, tekst in getypt.items() if tekst}
    return ""


def _scorefouten(rij: IngelezenRij) -> Iterator[str]:
    """Empty is allowed: a draft may be partial."""
    for kop in _ASKOPPEN.values():
        getypt = _als_getal(rij.waarden[kop])
        if getypt and getypt not in {str(s) for s in SCHAAL}:
            yield f"‘{getypt}’ bij ‘{kop}’ is geen score. Vul 1, 2, 3 of 4 in."


def _verslag(rij: IngelezenRij, fout: str, goed: str) -> Rijverslag:
    cellen = tuple(maskeer_tekst(waarde) for waarde in rij.ruw.values())
    return Rijverslag(rij.nummer, not fout, maskeer_tekst(fout) or f"{goed}{berekend(rij)}", cellen)


def berekend(rij: IngelezenRij) -> str:
    """A formula is not worked out here: the sentence says which cells gave the outcome that stood in the file."""
    if not rij.berekend:
        return ""
    return f" Bij {', '.join(f'‘{kop}’' for kop in rij.berekend)} staat een formule: de uitkomst is gelezen."
