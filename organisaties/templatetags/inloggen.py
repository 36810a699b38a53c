"""The log-in services of organisations on the log-in page."""

from typing import Any

from django import template

from organisaties.queries import inlogdiensten

register = template.Library()


@register.inclusion_tag("organisaties/inlogdiensten.html")
def via_organisatie() -> dict[str, Any]:
    return {"diensten": inlogdiensten()}
