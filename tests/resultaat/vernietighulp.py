"""What the stories of destroying share: who proposes, who agrees, and what stands in the way of it."""

from resultaat.actions.vernietigen import keur_goed, stel_voor
from resultaat.models import Vernietigingslijst
from resultaat.queries.vernietigen import kandidaten
from resultaat.vernietigregels import Blokkade
from tests import fabriek
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag


def voorstel(door, *clienten) -> Vernietigingslijst:
    with rls.binnen(door.bereik):
        return stel_voor(
            gemeente=clienten[0].gemeente, clienten=clienten, door=door, vandaag=vandaag(), moment=nu()
        )


def goed(lijst, door) -> Vernietigingslijst:
    with rls.binnen(door.bereik):
        return keur_goed(lijst=lijst, door=door, vandaag=vandaag(), moment=nu())


def blokkades(client) -> tuple[Blokkade, ...]:
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    return next(k.blokkades for k in alle if k.client.pk == client.pk)
