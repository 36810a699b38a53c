"""The part of the timeline that people wrote or were sent: forms, questions, talks, reminders, what the round said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from beschikkingen.enums import Herinnersoort
from resultaat.enums import Verdict
from resultaat.models import Evaluatie, Herinnering
from resultaat.queries.dossier import Dossier
from resultaat.queries.tijdlijnpunt import Gebeurd, punt
from resultaat.ronde import REGEL
from stopberichten.enums import ToelichtingStatus


def van_papieren(dossier: Dossier) -> Iterator[Gebeurd]:
    for vorm in dossier.toelichtingen:
        if vorm.ingediend_op:
            weg = " (ingetrokken)" if vorm.status == ToelichtingStatus.INGETROKKEN else ""
            soorten = " en ".join(
                sorted({r.get_soort_display().lower() for r in vorm.regels.all() if r.soort})
            )
            yield punt(
                vorm.ingediend_op,
                titel=f"Toelichting {vorm.nummer}{weg}",
                tekst=soorten,
                door=str(vorm.aanbieder),
                soort="info",
            )
        if vorm.afgehandeld_op and vorm.besluit:
            yield punt(
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
        yield punt(
            gesprek.datum,
            titel=f"Gesprek met {met}",
            tekst=gesprek.verslag,
            door=str(gesprek.vastgelegd_door),
            soort="info",
        )
    yield from _van_de_termijn(dossier)


def _van_vragen(dossier: Dossier) -> Iterator[Gebeurd]:
    for vraag in dossier.vragen:
        yield punt(
            vraag.gesteld_op, titel="Aanvullende informatie gevraagd", tekst=vraag.vraag, soort="waarschuwing"
        )
        if vraag.beantwoord_op:
            wie = str(vraag.beantwoord_door or "")
            yield punt(
                vraag.beantwoord_op,
                titel="Antwoord van de aanbieder",
                tekst=vraag.antwoord,
                door=wie,
                soort="info",
            )
        if vraag.ingetrokken_op:
            yield punt(
                vraag.ingetrokken_op,
                titel="Vraag ingetrokken",
                tekst=vraag.ingetrokken_reden,
                door=str(vraag.ingetrokken_door or "") if dossier.intern else "",
            )


def _ingetrokken(evaluatie: Evaluatie) -> Iterator[Gebeurd]:
    """Both points: that it came in, and that it was taken back, by whom and why."""
    waar = str(evaluatie.toewijzing.resultaatgebied or f"toewijzing {evaluatie.toewijzing.toewijzingnummer}")
    yield punt(
        evaluatie.ingediend_op,
        titel=f"{evaluatie.documentnaam.capitalize()} ontvangen",
        tekst=waar,
        door=str(evaluatie.ingediend_door),
        label="ingetrokken",
    )
    if evaluatie.ingetrokken_op:
        yield punt(
            evaluatie.ingetrokken_op,
            titel=f"{evaluatie.documentnaam.capitalize()} ingetrokken",
            tekst=f"{waar}. {evaluatie.ingetrokken_reden}",
            door=str(evaluatie.ingetrokken_door or ""),
            soort="waarschuwing",
        )


def _herinneringen(rijen: Iterable[Herinnering]) -> Iterator[Gebeurd]:
    """What went out in one mail is one point: after days without any job all that was missed goes at once (R65)."""
    punten = Counter(
        punt(
            h.gemaakt_op,
            titel=Herinnersoort(h.soort).label,
            tekst=". ".join(
                filter(
                    None,
                    (str(h.toewijzing.resultaatgebied or ""), f"Uiterste dag: {h.termijn_datum:%d-%m-%Y}."),
                )
            ),
            soort="fout" if h.soort == Herinnersoort.TE_LAAT else "waarschuwing",
        )
        for h in rijen
    )
    for een, aantal in punten.items():
        yield replace(een, label=f"{aantal} keer" if aantal > 1 else "")


def _van_de_termijn(dossier: Dossier) -> Iterator[Gebeurd]:
    yield from _herinneringen(dossier.herinneringen)
    for v in dossier.vrijstellingen:
        yield punt(
            v.vastgelegd_op,
            titel="Document niet nodig",
            tekst=v.reden if dossier.intern else "",
            door=str(v.vastgelegd_door) if dossier.intern else "",
        )
    for regel in dossier.ronderegels:
        waarom = REGEL[regel.regel].zin if regel.regel in REGEL else ""
        yield punt(
            regel.ronde.begonnen_op,
            titel=f"Maandelijkse ronde {regel.ronde.maand:%m-%Y}: {Verdict(regel.verdict).label.lower()}",
            tekst=waarom,
        )
