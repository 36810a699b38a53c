"""`manage.py vaststelling_controle`: does every frozen quarter still hold what its seal is over?

Also keeps the numbers of quarters that were frozen by a release that kept none. May run as often as you like.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rapportage.actions.vaststellen import vul_cijfers_aan
from rapportage.models import Vaststelling
from rapportage.vastcijfers import Zegelstand
from wmo_portal.lib import rls


class Command(BaseCommand):
    help = "Telt elk vastgesteld kwartaal na en noemt wat niet bij zijn zegel past."

    def handle(self, *args: Any, **opties: Any) -> None:
        with rls.binnen(rls.SYSTEEM):
            alle = list(Vaststelling.objects.select_related("regio").order_by("pk"))
            stuk = [vast for vast in alle if vul_cijfers_aan(vast=vast, door=None) is Zegelstand.STUK]
        if stuk:
            raise CommandError(
                f"Deze vaststellingen passen niet bij hun zegel: {'; '.join(map(str, stuk))}. Gebruik hun cijfers niet. "
                f"De andere {len(alle) - len(stuk)} zijn in orde."
            )
        self.stdout.write(f"{len(alle)} vaststellingen nageteld; alle zegels kloppen.")
