"""The keyed hash of a client: made where the key of the installation is at hand."""

from beschikkingen.kluis import rapportmerk as sleutel_van

__all__ = ["sleutel_van"]
