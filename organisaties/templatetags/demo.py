"""The log-ins on the log-in page, in the demo and nowhere else."""

from typing import Any

from django import template
from django.conf import settings

from organisaties.demo import WACHTWOORD
from organisaties.queries import demogebruikers

register = template.Library()


@register.inclusion_tag("organisaties/demo_inlog.html", takes_context=True)
def demo_inlog(context: dict[str, Any]) -> dict[str, Any]:
    """One button per person. Empty outside the demo, whatever stands in the database."""
    mensen = demogebruikers() if settings.DEMO else []
    return {
        "mensen": mensen,
        "wachtwoord": WACHTWOORD if settings.DEMO else "",
        "csrf_token": context.get("csrf_token", ""),
    }
