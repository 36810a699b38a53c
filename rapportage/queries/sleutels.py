"""The keyed hash of a client: made here, where the key of the installation is at hand."""

from uuid import UUID

from beschikkingen.kluis import bos


def sleutel_van(kenmerk: UUID) -> str:
    """Thirty-two hexadecimal characters; the same client gives the same, without the key nobody can make it."""
    return bos().index(f"rapportmerk|{kenmerk.hex}").hex()
