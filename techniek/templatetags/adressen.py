"""Django's own tag `url`, sooner for the two kinds of address a page is full of (see `wmo_portal.lib.adressen`).

Built in for every template (settings.TEMPLATES): a template says `{% url "naam" kenmerk %}` as always. Whatever is not a
name alone, or a name with one mark, is Django's; a test lays both side by side for every address of the portal.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as gewoon
from django.utils.html import conditional_escape

from wmo_portal.lib.adressen import adres, adres_van

register = template.Library()


class Adres(URLNode):
    def render(self, context: Context) -> Any:
        bewaard = "" if self.kwargs or len(self.args) > 1 else self._bewaard(context)
        if not bewaard:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = bewaard
            return ""
        return conditional_escape(bewaard) if context.autoescape else bewaard

    def _bewaard(self, context: Context) -> str:
        naam, args = self.view_name.resolve(context), [arg.resolve(context) for arg in self.args]
        if not args:
            return adres(naam)
        return adres_van(naam, args[0]) if type(args[0]) is UUID else ""


@register.tag
def url(parser: Parser, token: Token) -> Adres:
    knoop = gewoon(parser, token)
    return Adres(knoop.view_name, knoop.args, knoop.kwargs, knoop.asvar)
