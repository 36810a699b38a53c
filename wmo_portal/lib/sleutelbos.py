"""A ring of keys: AES-256-GCM for what must be read back, a keyed index for what must be found again.

Stored bytes: one byte key id, twelve bytes nonce, ciphertext with its sixteen-byte tag. The context (for
example `beschikkingen_client|<uuid>`) is authenticated, not stored: a ciphertext moved to another row does
not open. Keys come from the caller; this module reads no environment. Costs about 1.5 µs a BSN.

A random nonce of 96 bits is good for some four thousand million messages per key: rotate long before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SLEUTEL_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
INDEX_BYTES = 16
_SCHEIDING = re.compile(r"[\s.\-]")


class SleutelFout(ValueError):
    """The keys themselves are wrong; the message names the key by its number, never by its content."""


class OntsleutelFout(Exception):
    """The stored bytes do not open: tampered with, moved to another row, or their key is gone."""


def nieuwe_sleutel() -> str:
    """A fresh random key, as the settings want it (base64 of 32 bytes)."""
    return base64.b64encode(os.urandom(_SLEUTEL_BYTES)).decode("ascii")


def _lees_sleutel(tekst: str, naam: str) -> bytes:
    try:
        sleutel = base64.b64decode(tekst.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise SleutelFout(f"{naam} is geen geldige base64-tekst. Maak een nieuwe sleutel.") from None
    if len(sleutel) != _SLEUTEL_BYTES:
        raise SleutelFout(f"{naam} heeft {len(sleutel)} bytes; nodig zijn er {_SLEUTEL_BYTES}.")
    return sleutel


def _lees_ring(tekst: str) -> dict[int, bytes]:
    """`"1:<base64>,2:<base64>"` -> {1: …, 2: …}."""
    ring: dict[int, bytes] = {}
    for deel in filter(None, (d.strip() for d in tekst.split(","))):
        nummer, scheiding, sleutel = deel.partition(":")
        if not (scheiding and nummer.strip().isdecimal() and 1 <= int(nummer) <= 255):
            raise SleutelFout("Schrijf elke sleutel als nummer:sleutel, met een nummer van 1 tot en met 255.")
        if int(nummer) in ring:
            raise SleutelFout(
                f"Sleutelnummer {int(nummer)} staat er twee keer. Geef elke sleutel een eigen nummer."
            )
        ring[int(nummer)] = _lees_sleutel(sleutel, f"Sleutel {int(nummer)}")
    return ring


class Sleutelbos:
    """Reads with every key on the ring, writes with the one that has the highest number."""

    def __init__(self, sleutels: Mapping[int, bytes], index_sleutel: bytes) -> None:
        if not sleutels:
            raise SleutelFout("Er is geen sleutel opgegeven. Geef er ten minste één, als nummer:sleutel.")
        if index_sleutel in sleutels.values():
            raise SleutelFout(
                "De indexsleutel is gelijk aan een versleutelsleutel. Maak een eigen indexsleutel."
            )
        self._ring = {nummer: AESGCM(sleutel) for nummer, sleutel in sleutels.items()}
        # The two halves of HMAC-SHA256 (RFC 2104) with the key in them: from there a BSN costs half, and a third where
        # something else was done in between, because OpenSSL need not find and load its HMAC for each.
        blok = index_sleutel.ljust(hashlib.sha256().block_size, b"\0")
        self._binnen, self._buiten = (hashlib.sha256(bytes(b ^ half for b in blok)) for half in (0x36, 0x5C))
        self.nieuwste = max(sleutels)

    @classmethod
    def uit_tekst(cls, sleutels: str, index_sleutel: str) -> Sleutelbos:
        """From settings: `sleutels` as `"1:<base64>,2:<base64>"`. Raises SleutelFout."""
        return cls(_lees_ring(sleutels), _lees_sleutel(index_sleutel, "De indexsleutel"))

    def __repr__(self) -> str:
        return f"<Sleutelbos: {len(self._ring)} sleutels, schrijft met {self.nieuwste}>"

    def versleutel(self, tekst: str, context: str) -> bytes:
        return self.versleutel_bytes(tekst.encode("utf-8"), context)

    def ontsleutel(self, opgeslagen: bytes | memoryview, context: str) -> str:
        return self.ontsleutel_bytes(opgeslagen, context).decode("utf-8")

    def versleutel_bytes(self, inhoud: bytes, context: str) -> bytes:
        """For whole messages and files too; adds 29 bytes, holds the content twice in memory."""
        nonce = os.urandom(_NONCE_BYTES)
        versleuteld = self._ring[self.nieuwste].encrypt(nonce, inhoud, context.encode("utf-8"))
        return bytes([self.nieuwste]) + nonce + versleuteld

    def ontsleutel_bytes(self, opgeslagen: bytes | memoryview, context: str) -> bytes:
        """Raises OntsleutelFout."""
        ruw = bytes(opgeslagen)
        if len(ruw) < 1 + _NONCE_BYTES + _TAG_BYTES:
            raise OntsleutelFout(
                f"Dit gegeven is niet te lezen: het is {len(ruw)} bytes lang en een deel ontbreekt. "
                "Zet het terug uit de back-up."
            )
        sleutel = self._ring.get(ruw[0])
        if sleutel is None:
            raise OntsleutelFout(
                f"Dit gegeven is versleuteld met sleutel {ruw[0]}, en die is hier niet ingesteld. "
                "Voeg die sleutel weer toe."
            )
        try:
            return sleutel.decrypt(
                ruw[1 : 1 + _NONCE_BYTES], ruw[1 + _NONCE_BYTES :], context.encode("utf-8")
            )
        except InvalidTag:
            raise OntsleutelFout(
                "Dit gegeven is niet te lezen: het is veranderd, of het hoort bij een andere regel. "
                "Meld dit aan de beheerder."
            ) from None

    def is_verouderd(self, opgeslagen: bytes | memoryview) -> bool:
        """Whether key rotation still has to re-encrypt these bytes."""
        return bytes(opgeslagen[:1]) != bytes([self.nieuwste])

    def index(self, bsn: str) -> bytes:
        """Sixteen bytes to find a BSN again, the same for every way of writing it."""
        cijfers = bsn if bsn.isdecimal() else _SCHEIDING.sub("", bsn)
        binnen, buiten = self._binnen.copy(), self._buiten.copy()
        binnen.update(f"bsn|{cijfers.zfill(9)}".encode())
        buiten.update(binnen.digest())
        return buiten.digest()[:INDEX_BYTES]
