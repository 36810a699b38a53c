"""Template tags of the user interface: components with declared parameters, and the parts of a form field.

{% load ui %}
{% toon "badge" tekst="Gestopt" soort="neutraal" %}
{% component "melding" soort="waarschuwing" titel="Nog niet verstuurd" %}<p>…</p>{% endcomponent %}
{% component "tabel" bijschrift="Werkvoorraad" aantal=rijen|length %}
  {% vul "kop" %}<tr>…</tr>{% endvul %}{% vul "rijen" %}…{% endvul %}
{% endcomponent %}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.utils import flatatt
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.engine import Engine
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode.main import QRCode  # type: ignore[import-untyped]  # comes with allauth[mfa], untyped

from wmo_portal.lib.tekst import tekens
from wmo_portal.nlds.componenten import COMPONENTEN

register = template.Library()
MEEGENOMEN = ("request", "csrf_token", "user")
ENKEL_WOORDEN = frozenset({"badge"})
"""Components that depend on their words alone, of which there are few."""

SOORTEN: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "vinkjes", "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "radio", "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "vinkje", "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.FileInput, "bestand", "wmo-bestand"),
    (forms.Select, "keuze", "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "tekstvak", "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Widget, "tekst", "utrecht-textbox utrecht-textbox--html-input"),
)


# --- Components ----------------------------------------------------------------------------------------------
def _ingekort(opgemaakt: SafeString) -> SafeString:
    """Without white space around it, so that `{% if inhoud %}` means what it says."""
    return mark_safe(opgemaakt.strip())  # noqa: S308 - rendered by a template, so escaped already


class VulNode(template.Node):
    def __init__(self, vak: str, nodelist: NodeList) -> None:
        self.vak, self.nodelist = vak, nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@lru_cache(maxsize=512)
def _steeds_zo(motor: Engine, naam: str, escape: bool, *tekst: tuple[str, str, bool]) -> SafeString:  # noqa: FBT001
    """A component that is nothing but its few words, rendered once: it stands on a page a hundred times.

    With each word whether it is safe: what must be escaped and what must not are equal to Python.
    """
    waarden = {sleutel: woord for sleutel, woord, _ in tekst}
    return motor.get_template(f"componenten/{naam}.html").render(Context(waarden, autoescape=escape))


class ComponentNode(template.Node):
    """Renders `componenten/<naam>.html` with its parameters and nothing else of the surrounding page."""

    def __init__(self, naam: str, kwargs: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.naam, self.kwargs = naam, kwargs
        self.nodelist = nodelist  # Django looks here for {% block %} tags
        self.vakken = [n for n in nodelist if isinstance(n, VulNode)]
        self.inhoud = NodeList(n for n in nodelist if not isinstance(n, VulNode))

    def render(self, context: Context) -> SafeString:
        waarden: dict[str, Any] = {naam: bron.resolve(context) for naam, bron in self.kwargs.items()}
        engine = context.template.engine  # type: ignore[union-attr]  # a template is being rendered
        if self.naam in ENKEL_WOORDEN and all(
            type(waarde) in (str, SafeString) for waarde in waarden.values()
        ):
            woorden = ((naam, waarde, isinstance(waarde, SafeString)) for naam, waarde in waarden.items())
            return _steeds_zo(engine, self.naam, context.autoescape, *woorden)
        waarden |= {node.vak: _ingekort(node.render(context)) for node in self.vakken}
        waarden["inhoud"] = _ingekort(self.inhoud.render(context))
        waarden |= {naam: context[naam] for naam in MEEGENOMEN if naam in context}
        return engine.get_template(f"componenten/{self.naam}.html").render(context.new(waarden))


def _lees_component(parser: Parser, token: Token) -> tuple[str, dict[str, FilterExpression]]:
    tag, *delen = token.split_contents()
    if not delen or delen[0][:1] not in {'"', "'"}:
        raise template.TemplateSyntaxError(
            f"{{% {tag} %}} begint met de naam van een component tussen quotes."
        )
    naam = delen.pop(0).strip("\"'")
    if naam not in COMPONENTEN:
        raise template.TemplateSyntaxError(f"Er is geen component '{naam}'. Wel: {', '.join(COMPONENTEN)}.")
    kwargs = token_kwargs(delen, parser)
    if delen:
        raise template.TemplateSyntaxError(f"Component '{naam}': {' '.join(delen)} is geen naam=waarde.")
    bezwaren = COMPONENTEN[naam].bezwaren(set(kwargs))
    if bezwaren:
        raise template.TemplateSyntaxError(f"Component '{naam}': {'; '.join(bezwaren)}.")
    return naam, kwargs


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    naam, kwargs = _lees_component(parser, token)
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    node = ComponentNode(naam, kwargs, nodelist)
    onbekend = {vak.vak for vak in node.vakken} - COMPONENTEN[naam].vakken
    if onbekend:
        raise template.TemplateSyntaxError(f"Component '{naam}' kent geen vak {', '.join(sorted(onbekend))}.")
    return node


@register.tag
def toon(parser: Parser, token: Token) -> ComponentNode:
    """A component without content."""
    return ComponentNode(*_lees_component(parser, token), NodeList())


@register.tag
def vul(parser: Parser, token: Token) -> VulNode:
    delen = token.split_contents()
    if len(delen) != 2:
        raise template.TemplateSyntaxError('{% vul "naam" %} heeft precies één naam nodig.')
    nodelist = parser.parse(("endvul",))
    parser.delete_first_token()
    return VulNode(delen[1].strip("\"'"), nodelist)


class VangNode(template.Node):
    def __init__(self, naam: str, nodelist: NodeList) -> None:
        self.naam, self.nodelist = naam, nodelist

    def render(self, context: Context) -> str:
        context[self.naam] = _ingekort(self.nodelist.render(context))
        return ""


@register.tag
def vang(parser: Parser, token: Token) -> VangNode:
    """`{% vang naam %}…{% endvang %}`: keeps what was rendered, so that one block serves title and heading."""
    naam = token.split_contents()[1]
    nodelist = parser.parse(("endvang",))
    parser.delete_first_token()
    return VangNode(naam, nodelist)


# --- Form fields ---------------------------------------------------------------------------------------------
def _soort(veld: BoundField) -> tuple[str, str]:
    return next((soort, klasse) for widget, soort, klasse in SOORTEN if isinstance(veld.field.widget, widget))


@register.filter
def veldsoort(veld: BoundField) -> str:
    return _soort(veld)[0]


@register.filter
def beschreven_door(veld: BoundField) -> str:
    """Ids of the hint, the error and the counter of a field, in the order in which they are read."""
    basis = veld.auto_id
    delen = (
        ("helptext", veld.help_text),
        ("error", veld.errors),
        ("teller", veld.field.widget.attrs.get("data-max-tekens")),
    )
    return " ".join(f"{basis}_{naam}" for naam, er_is in delen if er_is and basis)


@register.filter
def doel_id(veld: BoundField) -> str:
    """The id that a link in the error summary goes to: of a group its first option."""
    return veld.id_for_label or (f"{veld.auto_id}_0" if veld.auto_id else "")


@register.simple_tag
def invoer(veld: BoundField) -> SafeString:
    """The control itself. A placeholder is left out: it vanishes on typing and repeats the label."""
    eigen = veld.field.widget.attrs.get("class", "")
    fout = " wmo-invoer--fout" if veld.errors else ""
    attrs: dict[str, str | bool] = {
        "class": f"{_soort(veld)[1]} {eigen}".strip() + fout,
        "placeholder": False,
    }
    beschrijving = beschreven_door(veld)
    return veld.as_widget(attrs={**attrs, "aria-describedby": beschrijving} if beschrijving else attrs)


@register.simple_tag
def optie(veld: BoundField, keuze: BoundWidget) -> SafeString:
    """One radio button or tick of a group. `aria-invalid` belongs to the group of radio buttons, not to one."""
    soort, klasse = _soort(veld)
    weg = {"class", "placeholder"} | ({"aria-invalid"} if soort == "radio" else set())
    attrs = {naam: waarde for naam, waarde in keuze.data["attrs"].items() if naam not in weg}
    attrs |= {"class": klasse, "value": keuze.data["value"], "name": keuze.data["name"]}
    if getattr(keuze.choice_label, "uitleg", ""):
        attrs["aria-describedby"] = f"{keuze.id_for_label}_uitleg"
    return format_html('<input type="{}"{}>', keuze.data["type"], flatatt(attrs))


@register.filter
def tekens_over(veld: BoundField) -> int:
    return int(veld.field.widget.attrs["data-max-tekens"]) - tekens(str(veld.value() or ""))


@register.simple_tag
def fouten_van(formulier: Any) -> list[dict[str, str]]:
    """Every error of a form or formset, in page order, with the id of the control it belongs to."""
    regels = getattr(formulier, "forms", None)
    if regels is None:
        return list(_fouten(formulier))
    naam = getattr(formulier, "regelnaam", "Regel")
    los = [{"id": "", "tekst": str(fout)} for fout in formulier.non_form_errors()]
    return los + [
        {**fout, "tekst": f"{naam} {nummer}: {fout['tekst']}"}
        for nummer, form in enumerate(regels, start=1)
        for fout in _fouten(form)
    ]


def _fouten(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for fout in form.non_field_errors():
        yield {"id": "", "tekst": str(fout)}
    for veld in form:
        for fout in veld.errors:
            yield {"id": doel_id(veld), "tekst": _met_label(str(veld.label or ""), str(fout))}


def _met_label(label: str, fout: str) -> str:
    return fout if not label or label.lower() in fout.lower() else f"{label}: {fout}"


@register.simple_tag
def qr_beeld(adres: str) -> SafeString:
    """A QR code as inline SVG of presentation attributes: a `data:` image is refused by our CSP."""
    code = QRCode(border=4)
    code.add_data(adres)
    rijen = code.get_matrix()
    pad = "".join(
        f"M{x} {y}h1v1h-1z" for y, rij in enumerate(rijen) for x, donker in enumerate(rij) if donker
    )
    return format_html(
        '<svg class="wmo-qr__beeld" viewBox="0 0 {0} {0}" role="img" aria-label="QR-code om te scannen" '
        'shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#ffffff"/>'
        '<path d="{1}" fill="#000000"/></svg>',
        len(rijen),
        pad,
    )
