"""How a figure is written in a page or a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rapportage.tabellen import Cel
from rapportage.tellingen import toon
from wmo_portal.lib.perioden import Kwartaal

register = template.Library()


@register.filter
def procent(waarde: Decimal | None) -> str:
    """`12,5%`, or a dash when there is nothing to divide."""
    return toon(waarde)


@register.filter
def kwartaalnaam(code: str) -> str:
    """2026-K3 as a reader says it: 3e kwartaal 2026."""
    return Kwartaal.lees(code).naam


@register.simple_tag
def getal(cel: Cel, rij: str, url: str) -> SafeString | str:
    """The number; as a link to its clients when the reader may see them and there is somebody to see."""
    if not url or not cel.aantal:
        return str(cel.aantal)
    return format_html(
        '<a class="utrecht-link utrecht-link--html-a" href="{}">{}'
        '<span class="wmo-alleen-voorlezen"> {}, {}</span></a>',
        _met(url, cel.adres),
        cel.aantal,
        rij,
        cel.kop,
    )


@register.simple_tag
def oordeelgetal(aantal: int, url: str, woorden: str, **cel: str) -> SafeString | str:
    """The same for a number of judgements; `cel` is its address."""
    if not url or not aantal:
        return str(aantal)
    return format_html(
        '<a class="utrecht-link utrecht-link--html-a" href="{}">{}'
        '<span class="wmo-alleen-voorlezen"> {}</span></a>',
        _met(url, [(naam, waarde) for naam, waarde in cel.items() if waarde]),
        aantal,
        woorden,
    )


def _met(url: str, cel: Sequence[tuple[str, str]]) -> str:
    """The address of a list, about one figure of it."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(cel)}" if cel else url
