"""The key ring for secrets of logging in: second factors, and what we share with identity providers."""

from functools import cache

from django.conf import settings

from wmo_portal.lib.sleutelbos import Sleutelbos


@cache
def bos() -> Sleutelbos:
    return Sleutelbos.uit_tekst(settings.BSN_SLEUTELS, settings.BSN_INDEXSLEUTEL)
