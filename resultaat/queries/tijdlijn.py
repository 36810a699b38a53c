"""Everything that happened in a dossier as one list, newest first, in the shape of the component `tijdlijn`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beschikkingen.enums import BeschikkingStatus
from resultaat.enums import Uitkomst
from resultaat.models import Bewaarwijziging, Resultaat
from resultaat.queries.dossier import Dossier
from resultaat.queries.tijdlijn_papieren import van_papieren
from resultaat.queries.tijdlijnpunt import Gebeurd, punt
from resultaat.queries.zaak import Zaak


def tijdlijn(dossier: Dossier, vandaag: date) -> list[Gebeurd]:
    """What is still to come (an end, a monitoring moment) stands on top and is marked so.

    In a dossier that is no longer open nothing is to come: what was planned has lapsed, and the end is what it became.
    """
    alles = [*_van_beschikking(dossier, vandaag), *van_papieren(dossier)]
    for zaak in dossier.zaken:
        alles += [*_van_berichten(zaak), *_van_stappen(zaak, dossier, vandaag), *_van_oordeel(zaak, dossier)]
    return sorted(alles, key=lambda g: g.wanneer, reverse=True)


def _waar(zaak: Zaak) -> str:
    return str(zaak.toewijzing.resultaatgebied or f"toewijzing {zaak.toewijzing.toewijzingnummer}")


def _van_beschikking(dossier: Dossier, vandaag: date) -> Iterator[Gebeurd]:
    b = dossier.beschikking
    yield punt(b.registratiedatum, titel="Beschikking in het portaal", tekst=b.get_soort_display())
    yield punt(
        b.ingangsdatum,
        titel="Beschikking gaat in",
        tekst=f"Nummer {b.nummer}",
        soort=_komt(b.ingangsdatum, vandaag),
    )
    yield from _einde(dossier, vandaag)
    if dossier.zaken:
        for moment in dossier.zaken[0].momenten:
            if moment.afgerond_op is not None:
                yield punt(moment.datum, titel="Monitoringsmoment", soort="ok", label="afgerond")
            else:
                yield punt(
                    moment.datum, titel="Monitoringsmoment", **_gepland(dossier, moment.datum, vandaag)
                )
    for wijziging in dossier.bewaarwijzigingen:
        yield _bewaren(wijziging)
    for opvolger in dossier.opvolgers:
        yield punt(
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
            yield punt(b.einddatum, titel="Einde van de beschikking", **stand)
        return
    laatste = _laatste_zorgdag(dossier)
    eerder = f"De beschikking liep tot en met {b.einddatum:%d-%m-%Y}." if b.einddatum else ""
    wie = str(b.gesloten_door) if b.gesloten_door and dossier.intern else ""
    if laatste and (b.einddatum is None or laatste < b.einddatum):
        yield punt(laatste, titel="Einde van de zorg", tekst=eerder)
    elif b.einddatum and b.einddatum <= vandaag:
        yield punt(b.einddatum, titel="Einde van de beschikking")
    else:
        yield punt(b.gesloten_op, titel="Dossier gesloten", tekst=eerder, soort="ok", door=wie)
        return
    yield punt(b.gesloten_op, titel="Dossier gesloten", soort="ok", door=wie)


def _laatste_zorgdag(dossier: Dossier) -> date | None:
    """The last day of care in the whole dossier. None: of one of its resultaatgebieden it is not known."""
    dagen = [zaak.stop.einddatum if zaak.stop else zaak.einddatum for zaak in dossier.zaken]
    bekend = [dag for dag in dagen if dag]
    return max(bekend) if bekend and len(bekend) == len(dagen) else None


def _bewaren(wijziging: Bewaarwijziging) -> Gebeurd:
    return punt(
        wijziging.gewijzigd_op,
        titel=f"Bewaren tot en met {wijziging.naar_datum:%d-%m-%Y}",
        tekst=f"Was {wijziging.van_datum:%d-%m-%Y}. {wijziging.get_grond_display()}: {wijziging.reden}",
        door=str(wijziging.gewijzigd_door),
    )


def _van_berichten(zaak: Zaak) -> Iterator[Gebeurd]:
    waar = _waar(zaak)
    for levering in zaak.leveringen:
        yield punt(levering.begindatum, titel="Zorg gestart", tekst=waar, label="305", soort="info")
    for stop in zaak.stops:
        weg = stop.ingetrokken_op is not None
        tekst = (
            f"{waar}. Code {stop.reden}: {stop.get_reden_display()}. Ontvangen {stop.ontvangen_op:%d-%m-%Y}."
        )
        titel = "Zorg gestopt (stopbericht ingetrokken)" if weg else "Zorg gestopt"
        yield punt(stop.einddatum, titel=titel, tekst=tekst, label="307", soort="neutraal" if weg else "info")
    for evaluatie in zaak.evaluaties:
        yield punt(
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
        yield punt(stap.begindatum, titel=titel, tekst=f"{_waar(zaak)}: {stap.trede}", **stand)


def _van_oordeel(zaak: Zaak, dossier: Dossier) -> Iterator[Gebeurd]:
    for resultaat in zaak.resultaten:
        if dossier.intern:
            yield _resultaat(zaak, resultaat, dossier.redenen)
        elif resultaat.actueel:
            yield punt(
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
    return punt(
        r.geregistreerd_op,
        titel=f"Resultaat: {r.get_uitkomst_display().lower()}",
        tekst=" ".join(deel for deel in delen if deel),
        door=str(r.geregistreerd_door or "De maandelijkse ronde"),
        soort="neutraal" if not r.actueel else "ok" if r.uitkomst == Uitkomst.JA else "waarschuwing",
        label=label,
    )
