"""How the controls of a form become HTML: by Django's own templates, but for a list to choose from.

Django fills a template for every option of a `<select>`. A municipality chooses from 400 providers; here those options
are one join. `tests/ui/test_weergave.py` lays both beside each other.
"""

from __future__ import annotations

from typing import Any, Final

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_KEUZELIJST: Final = "django/forms/widgets/select.html"
_OPTIE: Final = "django/forms/widgets/select_option.html"


class Weergave(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == _KEUZELIJST and _is_plat(context["widget"]):
            return _keuzelijst(context["widget"])
        return super().render(template_name, context, request)


def _is_plat(widget: dict[str, Any]) -> bool:
    """No groups, and no options of a kind of their own."""
    return all(
        not naam and all(optie["template_name"] == _OPTIE for optie in opties)
        for naam, opties, _ in widget["optgroups"]
    )


def _keuzelijst(widget: dict[str, Any]) -> SafeString:
    opties = (
        (str(optie["value"]), flatatt(optie["attrs"]), optie["label"])
        for _, groep, _ in widget["optgroups"]
        for optie in groep
    )
    return format_html(
        '<select name="{}"{}>\n{}\n</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        format_html_join("\n", '  <option value="{}"{}>{}</option>', opties),
    )
