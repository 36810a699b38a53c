"""Where an organisation logs in with its own accounts (OpenID Connect). One row each; no row, no door."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final, Protocol

from django.db import models

from organisaties.enums import Rol
from organisaties.geheimen import bos

GEHEIM_SOORT: Final = "organisaties_inlogdienst"
"""What the ciphertext of the client secret is bound to, with the mark of its row."""


class Iemand(Protocol):
    """What of a person says where he belongs (a Gebruiker, which knows this module and not the other way)."""

    rol: str
    aanbieder_id: int | None

    @property
    def gemeente_ids(self) -> tuple[int, ...]: ...


class Inlogdienst(models.Model):
    """An identity provider, and for whom we believe it: the municipalities of one organisation, or one provider."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    naam = models.CharField(max_length=100)
    gemeenten = models.ManyToManyField("organisaties.Gemeente", blank=True, related_name="inlogdiensten")
    aanbieder = models.ForeignKey(
        "organisaties.Aanbieder",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inlogdiensten",
    )
    uitgever = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    geheim_versleuteld = models.BinaryField(default=b"")
    tweede_stap = models.CharField(max_length=300, blank=True)
    eis_naam = models.CharField(max_length=100, blank=True)
    eis_waarde = models.CharField(max_length=200, blank=True)
    verplicht = models.BooleanField(default=False)
    actief = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["naam"]

    def __str__(self) -> str:
        return self.naam

    @property
    def geheim(self) -> str:
        """The client secret in the clear: only for the call to the identity provider."""
        return (
            bos().ontsleutel(self.geheim_versleuteld, self._context) if bytes(self.geheim_versleuteld) else ""
        )

    @geheim.setter
    def geheim(self, tekst: str) -> None:
        self.geheim_versleuteld = bos().versleutel(tekst, self._context)

    @property
    def _context(self) -> str:
        return f"{GEHEIM_SOORT}|{self.kenmerk}"

    @property
    def staat_in_voor(self) -> frozenset[str]:
        """The values of `acr` or `amr` by which this service says: there was a second factor."""
        return frozenset(self.tweede_stap.split())

    def is_van(self, wie: Iemand) -> bool:
        """Is this person of this organisation, with all he may see? A municipality speaks for itself alone.

        Who works for a municipality outside this service could be impersonated there by this one: so not. A beheerder
        belongs to no organisation and always logs in here.
        """
        if self.aanbieder_id:
            return wie.rol == Rol.AANBIEDER and wie.aanbieder_id == self.aanbieder_id
        mijn = set(wie.gemeente_ids)
        eigen = wie.rol not in (Rol.AANBIEDER, Rol.BEHEERDER)
        return eigen and bool(mijn) and mijn <= set(self.gemeenten.values_list("pk", flat=True))
