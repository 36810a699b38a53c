"""What the stories of the evaluation share: care that ends soon, and the document that a provider sends in."""

from datetime import timedelta

from resultaat.actions.evaluatie import (
    Inzending,
    dien_evaluatie_in,
)
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from wmo_portal.lib.tijd import nu, vandaag


def lopend(dagen=70, **velden):
    eind = vandaag() + timedelta(days=dagen)
    return fabriek.toewijzing(fabriek.beschikking(begin=eind - timedelta(days=300), eind=eind), **velden)


def dien_in(toewijzing, door=None, **velden):
    inzending = Inzending(
        **{
            "inhoud": maak_pdf(),
            "bestandsnaam": "verslag.pdf",
            "behaald": True,
            "vervolg_nodig": True,
            "reden": "Nog lichte hulp nodig.",
            "ontvangen_datum": vandaag(),
            "gevraagde_trede": fabriek.trede(2),
            **velden,
        }
    )
    wie = door or fabriek.medewerker(toewijzing.aanbieder)
    return dien_evaluatie_in(toewijzing=toewijzing, inzending=inzending, door=wie, moment=nu())
