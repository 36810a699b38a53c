"""`manage.py ronde --gemeente 1783 --maand 2026-10 [--proef] [--terugdraaien --door E-MAIL --reden TEKST]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisaties.models import Gebruiker, Gemeente
from resultaat.actions.ronde import RondeFout, voer_ronde_uit
from resultaat.actions.ronde_terug import draai_terug
from resultaat.enums import Verdict
from resultaat.models import Ronde
from resultaat.queries.ronde import tellingen
from resultaat.ronde import REGEL
from resultaat.statussen import RondeStatus
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu


class Command(BaseCommand):
    help = "Voert de maandelijkse ronde van een gemeente uit, draait haar proef, of draait haar terug."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gemeente", required=True, help="De CBS-code, bijvoorbeeld 1783 voor Westland.")
        parser.add_argument(
            "--maand", required=True, help="De maand waarover de ronde gaat, bijvoorbeeld 2026-10."
        )
        parser.add_argument("--proef", action="store_true", help="Reken alles uit en verander niets.")
        parser.add_argument(
            "--terugdraaien", action="store_true", help="Draai de ronde van deze maand terug."
        )
        parser.add_argument("--door", default="", help="Wie de ronde start of terugdraait: het e-mailadres.")
        parser.add_argument("--reden", default="", help="Waarom de ronde wordt teruggedraaid.")

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            gemeente, maand, door = (
                _gemeente(opties["gemeente"]),
                _maand(opties["maand"]),
                _door(opties["door"]),
            )
            try:
                if opties["terugdraaien"]:
                    self._terug(gemeente, maand, door, opties["reden"])
                else:
                    self._uitvoeren(gemeente, maand, door, proef=opties["proef"])
            except RondeFout as fout:
                raise CommandError(str(fout)) from fout

    def _uitvoeren(self, gemeente: Gemeente, maand: Maand, door: Gebruiker | None, *, proef: bool) -> None:
        uitslag = voer_ronde_uit(gemeente=gemeente, maand=maand, proef=proef, door=door, moment=nu())
        self.stdout.write(uitslag.zin)
        for regel in overzicht(uitslag.ronde):
            self.stdout.write(regel)
        if proef:
            self.stdout.write("Dit was een proefdraai: er is niets veranderd.")

    def _terug(self, gemeente: Gemeente, maand: Maand, door: Gebruiker | None, reden: str) -> None:
        ronde = (
            Ronde.objects.filter(gemeente=gemeente, maand=maand.eerste, proef=False)
            .exclude(status=RondeStatus.TERUGGEDRAAID)
            .first()
        )
        if ronde is None:
            raise CommandError(f"Er is geen ronde van {gemeente} over {maand.naam} om terug te draaien.")
        if door is None:
            raise CommandError("Geef met --door het e-mailadres van wie de ronde terugdraait.")
        draai_terug(ronde=ronde, door=door, reden=reden, moment=nu())
        self.stdout.write(f"De ronde van {gemeente} over {maand.naam} is teruggedraaid.")


def overzicht(ronde: Ronde) -> list[str]:
    """The verdicts and under each the rules that fired, as a table for a terminal."""
    regels = ["", f"{'Oordeel':<26}{'Regel':<7}{'Aantal':>7}  Waarom", "-" * 100]
    per_regel: dict[tuple[str, str], int] = {}
    for verdict, nummer in ronde.regels.values_list("verdict", "regel"):
        per_regel[(verdict, nummer)] = per_regel.get((verdict, nummer), 0) + 1
    for (verdict, nummer), aantal in sorted(per_regel.items(), key=lambda paar: paar[0][1]):
        regels.append(f"{Verdict(verdict).label:<26}{nummer:<7}{aantal:>7}  {REGEL[nummer].zin}")
    totaal = sum(telling.aantal for telling in tellingen(ronde))
    return [*regels, "-" * 100, f"{'Samen':<33}{totaal:>7}", ""]


def _gemeente(code: str) -> Gemeente:
    gemeente = Gemeente.objects.filter(code=code).first()
    if gemeente is None:
        bekend = ", ".join(f"{g.code} {g.naam}" for g in Gemeente.objects.filter(ingericht=True))
        raise CommandError(f"De gemeentecode {code!r} is niet bekend. Wel bekend: {bekend}.")
    return gemeente


def _maand(tekst: str) -> Maand:
    try:
        return Maand.lees(tekst)
    except ValueError as fout:
        raise CommandError(str(fout)) from fout


def _door(email: str) -> Gebruiker | None:
    if not email:
        return None
    gebruiker = Gebruiker.objects.filter(email__iexact=email, is_active=True).first()
    if gebruiker is None:
        raise CommandError(f"Er is geen gebruiker met het e-mailadres {email!r}.")
    return gebruiker
