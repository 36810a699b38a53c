"""Uploaded pictures: small enough to open, whole, and written anew without what the camera hid in them."""

from __future__ import annotations

import io
import threading
import warnings
from typing import Literal

from PIL import Image, ImageFile, ImageOps

from wmo_portal.lib.tabelblad.openen import BestandGeweigerd

Beeldsoort = Literal["jpg", "png"]
MAX_PIXELS = 40_000_000
MAX_ZIJDE = 12_000
_FORMAAT: dict[Beeldsoort, str] = {"jpg": "JPEG", "png": "PNG"}
_beeldslot = threading.Lock()


def controleer_afbeelding(inhoud: bytes, soort: Beeldsoort) -> None:
    """The header says how large it is before a pixel is unpacked; then all of it must be readable."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata; the size is checked here
        try:
            with Image.open(io.BytesIO(inhoud), formats=[_FORMAAT[soort]]) as beeld:
                breed, hoog = beeld.size
                if breed * hoog <= MAX_PIXELS and max(breed, hoog) <= MAX_ZIJDE:
                    _laad_heel(beeld)
                    return
        except Image.DecompressionBombError:
            pass
    raise BestandGeweigerd(
        f"Deze afbeelding is te groot: toegestaan zijn {MAX_ZIJDE} beeldpunten per zijde en "
        f"{MAX_PIXELS // 1_000_000} miljoen samen. Maak haar kleiner."
    )


def _laad_heel(beeld: ImageFile.ImageFile) -> None:
    """WeasyPrint, once imported, makes Pillow accept half pictures; here a picture is whole or refused."""
    with _beeldslot:
        vorige, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            beeld.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = vorige


def schone_afbeelding(inhoud: bytes, soort: Beeldsoort) -> bytes:
    """The same picture written anew: no place, camera or hidden data in it. Only after `controleer`."""
    with Image.open(io.BytesIO(inhoud), formats=[_FORMAAT[soort]]) as beeld:
        rechtop = ImageOps.exif_transpose(beeld)
        if soort == "jpg" and rechtop.mode not in ("RGB", "L"):
            rechtop = rechtop.convert("RGB")
        kaal = Image.new(rechtop.mode, rechtop.size)
        if rechtop.palette is not None:
            kaal.putpalette(rechtop.palette)
        kaal.paste(rechtop)
        uit = io.BytesIO()
        kaal.save(uit, _FORMAAT[soort], **({"quality": 90} if soort == "jpg" else {"optimize": False}))
    return uit.getvalue()
