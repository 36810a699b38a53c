"""Everything that happened in a dossier as one list, newest first, in the shape of the component `tijdlijn`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from beschikkingen.enums import BeschikkingStatus, Herinnersoort
from resultaat.enums import Uitkomst, Verdict
from resultaat.models import Bewaarwijziging, Evaluatie, Resultaat
from resultaat.queries.dossier import Dossier
from resultaat.queries.zaak import Zaak
from resultaat.ronde import REGEL
from stopberichten.enums import ToelichtingStatus
from wmo_portal.lib.tijd import AMSTERDAM

_BEGIN_VAN_DE_DAG: Final = time(0, 0, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebeurd:
    """One point. `wanneer` sorts; `op` is what is shown."""

    wanneer: datetime
    op: str
    titel: str
    tekst: str = ""
    door: str = ""
    soort: str = "neutraal"
    label: str = ""


def _op(moment: datetime | date, **rest: str) -> Gebeurd:
    if isinstance(moment, datetime):
        lokaal = moment.astimezone(AMSTERDAM)
        return Gebeurd(wanneer=lokaal, op=f"{lokaal:%d-%m-%Y %H:%M}", **rest)
    return Gebeurd(wanneer=datetime.combine(moment, _BEGIN_VAN_DE_DAG), op=f"{moment:%d-%m-%Y}", **rest)


def tijdlijn(dossier: Dossier, vandaag: date) -> list[Gebeurd]:
    """What is still to come (an end, a monitoring moment) stands on top and is marked so.

    In a dossier that is no longer open nothing is to come: what was planned has lapsed, and the end is what it became.
    """
    alles = [*_van_beschikking(dossier, vandaag), *_van_papieren(dossier)]
    for zaak in dossier.zaken:
        alles += [*_van_berichten(zaak), *_van_stappen(zaak, dossier, vandaag), *_van_oordeel(zaak, dossier)]
    return sorted(alles, key=lambda g: g.wanneer, reverse=True)


def _waar(zaak: Zaak) -> str:
    return str(zaak.toewijzing.resultaatgebied or f"toewijzing {zaak.toewijzing.toewijzingnummer}")


def _van_beschikking(dossier: Dossier, vandaag: date) -> Iterator[Gebeurd]:
    b = dossier.beschikking
    yield _op(b.registratiedatum, titel="Beschikking in het portaal", tekst=b.get_soort_display())
    yield _op(
        b.ingangsdatum,
        titel="Beschikking gaat in",
        tekst=f"Nummer {b.nummer}",
        soort=_komt(b.ingangsdatum, vandaag),
    )
    yield from _einde(dossier, vandaag)
    if dossier.zaken:
        for moment in dossier.zaken[0].momenten:
            if moment.afgerond_op is not None:
                yield _op(moment.datum, titel="Monitoringsmoment", soort="ok", label="afgerond")
            else:
                yield _op(moment.datum, titel="Monitoringsmoment", **_gepland(dossier, moment.datum, vandaag))
    for wijziging in dossier.bewaarwijzigingen:
        yield _bewaren(wijziging)
    for opvolger in dossier.opvolgers:
        yield _op(
            opvolger.ingangsdatum, titel="Vervolgbeschikking gaat in", tekst=f"Nummer {opvolger.nummer}"
        )


def _komt(dag: date, vandaag: date) -> str:
    return "verwacht" if dag > vandaag else "neutraal"


def _gepland(dossier: Dossier, dag: date, vandaag: date) -> dict[str, str]:
    """How a day that was planned stands: past, to come, or lapsed because the dossier is no longer open."""
    soort = _komt(dag, vandaag)
    if soort == "verwacht" and dossier.beschikking.status != BeschikkingStatus.LOPEND:
        return {"soort": "neutraal", "label": "vervallen"}
    return {"soort": soort}


def _einde(dossier: Dossier, vandaag: date) -> Iterator[Gebeurd]:
    """The end of the decision, or what came instead of it: care that stopped earlier, a dossier that was closed."""
    b = dossier.beschikking
    if b.gesloten_op is None:
        if b.einddatum:
            stand = _gepland(dossier, b.einddatum, vandaag)
            yield _op(b.einddatum, titel="Einde van de beschikking", **stand)
        return
    laatste = _laatste_zorgdag(dossier)
    eerder = f"De beschikking liep tot en met {b.einddatum:%d-%m-%Y}." if b.einddatum else ""
    wie = str(b.gesloten_door) if b.gesloten_door and dossier.intern else ""
    if laatste and (b.einddatum is None or laatste < b.einddatum):
        yield _op(laatste, titel="Einde van de zorg", tekst=eerder)
    elif b.einddatum and b.einddatum <= vandaag:
        yield _op(b.einddatum, titel="Einde van de beschikking")
    else:
        yield _op(b.gesloten_op, titel="Dossier gesloten", tekst=eerder, soort="ok", door=wie)
        return
    yield _op(b.gesloten_op, titel="Dossier gesloten", soort="ok", door=wie)


def _laatste_zorgdag(dossier: Dossier) -> date | None:
    """The last day of care in the whole dossier. None: of one of its resultaatgebieden it is not known."""
    dagen = [zaak.stop.einddatum if zaak.stop else zaak.einddatum for zaak in dossier.zaken]
    bekend = [dag for dag in dagen if dag]
    return max(bekend) if bekend and len(bekend) == len(dagen) else None


def _bewaren(wijziging: Bewaarwijziging) -> Gebeurd:
    return _op(
        wijziging.gewijzigd_op,
        titel=f"Bewaren tot en met {wijziging.naar_datum:%d-%m-%Y}",
        tekst=f"Was {wijziging.van_datum:%d-%m-%Y}. {wijziging.get_grond_display()}: {wijziging.reden}",
        door=str(wijziging.gewijzigd_door),
    )


def _van_berichten(zaak: Zaak) -> Iterator[Gebeurd]:
    waar = _waar(zaak)
    for levering in zaak.leveringen:
        yield _op(levering.begindatum, titel="Zorg gestart", tekst=waar, label="305", soort="info")
    for stop in zaak.stops:
        weg = stop.ingetrokken_op is not None
        tekst = (
            f"{waar}. Code {stop.reden}: {stop.get_reden_display()}. Ontvangen {stop.ontvangen_op:%d-%m-%Y}."
        )
        titel = "Zorg gestopt (stopbericht ingetrokken)" if weg else "Zorg gestopt"
        yield _op(stop.einddatum, titel=titel, tekst=tekst, label="307", soort="neutraal" if weg else "info")
    for evaluatie in zaak.evaluaties:
        yield _op(
            evaluatie.ingediend_op,
            titel=f"{evaluatie.documentnaam.capitalize()} ontvangen",
            tekst=f"{waar}. {evaluatie.reden}",
            door=str(evaluatie.ingediend_door),
            soort="info",
        )


def _van_stappen(zaak: Zaak, dossier: Dossier, vandaag: date) -> Iterator[Gebeurd]:
    for stap in zaak.stappen:
        stand = _gepland(dossier, stap.begindatum, vandaag)
        titel = f"Stap {stap.volgnummer} begint"
        yield _op(stap.begindatum, titel=titel, tekst=f"{_waar(zaak)}: {stap.trede}", **stand)


def _van_oordeel(zaak: Zaak, dossier: Dossier) -> Iterator[Gebeurd]:
    for resultaat in zaak.resultaten:
        if dossier.intern:
            yield _resultaat(zaak, resultaat, dossier.redenen)
        elif resultaat.actueel:
            yield _op(
                resultaat.geregistreerd_op,
                titel=f"Resultaat: {resultaat.get_uitkomst_display().lower()}",
                tekst=_waar(zaak),
                soort="ok" if resultaat.uitkomst == Uitkomst.JA else "waarschuwing",
            )


def _resultaat(zaak: Zaak, r: Resultaat, redenen: dict[str, str]) -> Gebeurd:
    delen = [
        f"{_waar(zaak)}, §{r.paragraaf}. {r.get_vervolg_display()}.",
        f"{'; '.join(redenen.get(code, code) for code in r.redenen)}." if r.redenen else "",
        r.toelichting,
        f"Afgeweken van het advies: {r.afwijking_reden}" if r.afwijking_reden else "",
        f"Correctie: {r.correctie_reden}" if r.correctie_reden else "",
    ]
    label = "" if r.actueel else "ingetrokken" if r.ingetrokken_op else "gecorrigeerd"
    return _op(
        r.geregistreerd_op,
        titel=f"Resultaat: {r.get_uitkomst_display().lower()}",
        tekst=" ".join(deel for deel in delen if deel),
        door=str(r.geregistreerd_door or "De maandelijkse ronde"),
        soort="neutraal" if not r.actueel else "ok" if r.uitkomst == Uitkomst.JA else "waarschuwing",
        label=label,
    )


def _van_papieren(dossier: Dossier) -> Iterator[Gebeurd]:
    for vorm in dossier.toelichtingen:
        if vorm.ingediend_op:
            weg = " (ingetrokken)" if vorm.status == ToelichtingStatus.INGETROKKEN else ""
            soorten = " en ".join(
                sorted({r.get_soort_display().lower() for r in vorm.regels.all() if r.soort})
            )
            yield _op(
                vorm.ingediend_op,
                titel=f"Toelichting {vorm.nummer}{weg}",
                tekst=soorten,
                door=str(vorm.aanbieder),
                soort="info",
            )
        if vorm.afgehandeld_op and vorm.besluit:
            yield _op(
                vorm.afgehandeld_op,
                titel=f"Verzoek {vorm.nummer}: {vorm.besluit}",
                tekst=vorm.besluit_tekst,
                soort="ok",
            )
    yield from _van_vragen(dossier)
    for evaluatie in dossier.ingetrokken:
        yield from _ingetrokken(evaluatie)
    for gesprek in dossier.gesprekken:
        met = ", ".join(gesprek.deelnemers).replace("client", "cliënt")
        yield _op(
            gesprek.datum,
            titel=f"Gesprek met {met}",
            tekst=gesprek.verslag,
            door=str(gesprek.vastgelegd_door),
            soort="info",
        )
    yield from _van_de_termijn(dossier)


def _van_vragen(dossier: Dossier) -> Iterator[Gebeurd]:
    for vraag in dossier.vragen:
        yield _op(
            vraag.gesteld_op, titel="Aanvullende informatie gevraagd", tekst=vraag.vraag, soort="waarschuwing"
        )
        if vraag.beantwoord_op:
            wie = str(vraag.beantwoord_door or "")
            yield _op(
                vraag.beantwoord_op,
                titel="Antwoord van de aanbieder",
                tekst=vraag.antwoord,
                door=wie,
                soort="info",
            )
        if vraag.ingetrokken_op:
            yield _op(
                vraag.ingetrokken_op,
                titel="Vraag ingetrokken",
                tekst=vraag.ingetrokken_reden,
                door=str(vraag.ingetrokken_door or "") if dossier.intern else "",
            )


def _ingetrokken(evaluatie: Evaluatie) -> Iterator[Gebeurd]:
    """Both points: that it came in, and that it was taken back, by whom and why."""
    waar = str(evaluatie.toewijzing.resultaatgebied or f"toewijzing {evaluatie.toewijzing.toewijzingnummer}")
    yield _op(
        evaluatie.ingediend_op,
        titel=f"{evaluatie.documentnaam.capitalize()} ontvangen",
        tekst=waar,
        door=str(evaluatie.ingediend_door),
        label="ingetrokken",
    )
    if evaluatie.ingetrokken_op:
        yield _op(
            evaluatie.ingetrokken_op,
            titel=f"{evaluatie.documentnaam.capitalize()} ingetrokken",
            tekst=f"{waar}. {evaluatie.ingetrokken_reden}",
            door=str(evaluatie.ingetrokken_door or ""),
            soort="waarschuwing",
        )


def _van_de_termijn(dossier: Dossier) -> Iterator[Gebeurd]:
    for h in dossier.herinneringen:
        soort = "fout" if h.soort == Herinnersoort.TE_LAAT else "waarschuwing"
        tekst = f"{h.toewijzing.resultaatgebied or ''} Uiterste dag: {h.termijn_datum:%d-%m-%Y}."
        yield _op(h.gemaakt_op, titel=Herinnersoort(h.soort).label, tekst=tekst.strip(), soort=soort)
    for v in dossier.vrijstellingen:
        yield _op(
            v.vastgelegd_op,
            titel="Document niet nodig",
            tekst=v.reden if dossier.intern else "",
            door=str(v.vastgelegd_door) if dossier.intern else "",
        )
    for regel in dossier.ronderegels:
        waarom = REGEL[regel.regel].zin if regel.regel in REGEL else ""
        yield _op(
            regel.ronde.begonnen_op,
            titel=f"Maandelijkse ronde {regel.ronde.maand:%m-%Y}: {Verdict(regel.verdict).label.lower()}",
            tekst=waarom,
        )
