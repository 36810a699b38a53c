"""The key ring of this installation: BSNs, message contents and documents go in and out here, nowhere else."""

from functools import cache
from uuid import UUID

from django.conf import settings

from beschikkingen.models import Client
from wmo_portal.lib.sleutelbos import Sleutelbos


@cache
def bos() -> Sleutelbos:
    return Sleutelbos.uit_tekst(settings.BSN_SLEUTELS, settings.BSN_INDEXSLEUTEL)


def context(model: str, kenmerk: object) -> str:
    """What a ciphertext is bound to: it cannot be moved to another row (veiligheid D2)."""
    return f"{model}|{kenmerk}"


def bsn_van(client: Client) -> str:
    """The BSN itself. The caller shows it masked, or logs that it was revealed."""
    return bos().ontsleutel(client.bsn_versleuteld, context("beschikkingen_client", client.kenmerk))


def zet_bsn(client: Client, bsn: str) -> None:
    """Fill both columns of an unsaved or saved client; `bsn` is valid already."""
    client.bsn_versleuteld = bos().versleutel(bsn, context("beschikkingen_client", client.kenmerk))
    client.bsn_index = bos().index(bsn)


def rapportmerk(kenmerk: UUID) -> str:
    """The mark of a client in figures: 32 hexadecimal characters. Without the key nobody can make it."""
    return bos().index(f"rapportmerk|{kenmerk.hex}").hex()
